"""SQL of the visitor's own on the snapshot: one question, its named parameters, its answer, all under one address."""

import re
from collections.abc import Iterator
from pathlib import Path

from explorer.asking import TEXT, BadQuestionError, Question, matching
from explorer.cookbook import recipes
from explorer.pages.page import Context, Page
from explorer.sandbox import Limits, SandboxError, ask
from explorer.wording.tools import WORDS
from warehouse.export.writing import as_csv
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

SHOWN_ROWS = 200
MOST_ROWS = 10_000
_SECONDS = 30.0
_LIMITS = Limits(seconds=20, megabytes=1_000)
_SQL = matching(r"[^\x00]{1,5000}", Text("至多 5000 字的 SQL", "up to 5000 characters of SQL"))
_NAME = re.compile(r"\$([A-Za-z_]\w*)")


def page(snapshot: Path) -> Page:
    """Return the page for the snapshot at a path."""

    def view(asked: Question, lease: Lease) -> Context:
        sql = str(asked.values.get("q", ""))
        names = list(dict.fromkeys(_NAME.findall(sql)))
        values = {name: asked.texts.get(f"p_{name}") for name in names}
        answered: Context | None = None
        refusal = ""
        if sql and all(value is not None for value in values.values()):
            try:
                answered = ask(
                    "sql",
                    _LIMITS,
                    snapshot=str(snapshot.absolute()),
                    sql=sql,
                    parameters=values,
                    rows=MOST_ROWS,
                    seconds=_SECONDS,
                )
            except SandboxError as error:
                refusal = error.told.wording(asked.lang)
        return {
            "sql": sql,
            "values": values,
            "answered": answered,
            "refusal": refusal,
            "recipes": recipes(),
            "shown_rows": SHOWN_ROWS,
            "most_rows": MOST_ROWS,
        }

    return Page("/sql", "sql.html", view, {"q": _SQL, "p_*": TEXT}, data=_data, csv=_csv, is_kept=False)


def _answered(context: Context) -> Context:
    answered: Context | None = context["answered"]
    if answered is None:
        refusal = context["refusal"]
        raise BadQuestionError(
            Text(refusal, refusal)
            if refusal
            else Text("q=… 还没有内容，或缺参数 p_…", "q=… asks nothing yet, or a parameter p_… is missing")
        )
    if answered["more"]:
        raise BadQuestionError(WORDS["sql cut"].format(most=f"{MOST_ROWS:,}"))
    return answered


def _data(context: Context) -> object:
    answered = _answered(context)
    return [dict(zip(answered["columns"], row, strict=True)) for row in answered["rows"]]


def _csv(context: Context) -> Iterator[str]:
    answered = _answered(context)
    yield "\ufeff"
    yield as_csv([answered["columns"], *answered["rows"]])
