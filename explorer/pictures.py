"""Charts on their own, by name: the same rows and the same specification as on the pages, with a title of their own."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.asking import REGION, TEXT, Parameter, Question, choice, question
from explorer.charts import band, comparison, outcomes, peers, quality
from explorer.charts.drawing import Spec, alone, png, titled
from explorer.names import MEASURES
from explorer.pages import compare
from explorer.pages import peers as peers_page
from explorer.pages.home import QUALITY
from explorer.pages.organ import BAND, RATES, REPORTS, scope_of
from explorer.pages.page import NotThereError
from explorer.places import places
from explorer.rendering import day
from explorer.snapshots import Published
from explorer.wording import WORDS
from warehouse.rows import Row
from warehouse.snapshots.pool import Lease
from warehouse.text import Text
from warehouse.values import json_text

SCHEMES = ("light", "dark")
FORMS = ("svg", "png", "json")
_ORGAN = """
    SELECT organ_id, name FROM mart.organ WHERE organ_id = $organ OR name = $organ OR list_contains(aliases, $organ)
    ORDER BY organ_id <> $organ, organ_id LIMIT 1
"""

Drawn = tuple[Spec, Text]
"""A specification, and what is seen in it."""


@dataclass(frozen=True)
class Chart:
    """A chart that stands alone: how it is made, and what may be asked of it."""

    make: Callable[[Question, Lease], Drawn]
    parameters: dict[str, Parameter]


def _quality(asked: Question, lease: Lease) -> Drawn:
    region = asked.values.get("region")
    title = (
        WORDS["home quality"]
        if region is None
        else WORDS["quality of region"].format(region=places(lease).whole_name(region))
    )
    return quality.spec(lease.rows(QUALITY, region=region), asked.lang), title


def _outcomes(asked: Question, lease: Lease) -> Drawn:
    organ, reports = _reports(asked, lease)
    return outcomes.spec(reports, asked.lang), WORDS["outcomes of organ"].format(organ=organ["name"])


def _rate(asked: Question, lease: Lease) -> Drawn:
    organ, reports = _reports(asked, lease)
    rate = str(asked.values.get("measure", RATES[0]))
    scope = {"region": scope_of(reports[0]), "level": reports[0]["level"], "kind": reports[0]["kind"]}
    title = _of_organ(organ["name"], rate)
    return band.spec(reports, lease.rows(BAND, measure=rate, **scope), rate), title


def _peers(asked: Question, lease: Lease) -> Drawn:
    rates = peers_page.listing(asked)
    rows = lease.rows(f"SELECT * FROM ({rates.sql}) LIMIT {peers_page.MOST_DRAWN}", **rates.parameters)
    if not rows:
        raise NotThereError(
            Text(
                "没有机关的件数足以计算比例；请换年度、类型或指标",
                "no organ has enough cases for a rate; ask for another year, kind or measure",
            )
        )
    own = _organ(asked.values["organ"], lease) if "organ" in asked.values else None
    measure = MEASURES[str(asked.values.get("measure", peers_page.MEASURE))]
    title = Text(
        f"{measure.chinese}，{rows[0]['year']} 年，N = {len(rows)}",
        f"{measure.english}, {rows[0]['year']}, N = {len(rows)}",
    )
    return peers.spec(rows, own["organ_id"] if own else None), title


def _comparison(asked: Question, lease: Lease) -> Drawn:
    sides = {side: _organ(asked.values.get(side, ""), lease) for side in ("a", "b")}
    rates = compare.listing(asked)
    rows = lease.rows(rates.sql, **{side: organ["organ_id"] for side, organ in sides.items()})
    measure = str(asked.values.get("measure", compare.MEASURES[0]))
    title = _of_organ("、".join(organ["name"] for organ in sides.values()), measure)
    names = [organ["name"] for organ in sides.values()]
    return comparison.spec([row for row in rows if row["year"] is not None], names), title


def _of_organ(name: str, measure: str) -> Text:
    what = MEASURES[measure]
    return Text(f"{name}：{what.chinese}", f"{name}: {what.english}")


def _reports(asked: Question, lease: Lease) -> tuple[Row, list[Row]]:
    organ = _organ(asked.values.get("organ", ""), lease)
    reports = lease.rows(REPORTS, organ=organ["organ_id"])
    if not reports:
        raise NotThereError(Text(f"{organ['name']}没有报告", f"{organ['name']} has no report"))
    return organ, reports


def _organ(name: str, lease: Lease) -> Row:
    organ = lease.row(_ORGAN, organ=name)
    if organ is None:
        raise NotThereError(
            Text(
                f"organ={name}：没有这个机关；请写全名或其标识",
                f"organ={name}: no such organ; give its whole name or its identity",
            )
        )
    return organ


CHARTS = {
    "quality": Chart(_quality, {"region": REGION}),
    "outcomes": Chart(_outcomes, {"organ": TEXT}),
    "rate": Chart(_rate, {"organ": TEXT, "measure": choice(*RATES)}),
    "peers": Chart(_peers, peers_page.PARAMETERS),
    "comparison": Chart(_comparison, compare.PARAMETERS),
}
"""Every chart by name."""


def source_of(published: Published, lang: str) -> str:
    """Say of which snapshot a picture is, as is written below its title."""
    return WORDS["picture source"].format(id=published.id, at=day(published.at)).wording(lang)


def picture(name: str, form: str, lang: str, asked: list[tuple[str, str]], lease: Lease, source: str = "") -> bytes:
    """Draw a chart as ``svg``, ``png`` or its specification as ``json``; ``source`` is written below its title.

    Raises ``NotThereError`` where there is no such chart or organ, ``BadQuestionError`` for what cannot be asked of it.
    """
    if name not in CHARTS:
        raise NotThereError(
            Text(
                f"没有图 {name[:40]}；有：{'、'.join(CHARTS)}", f"no chart {name[:40]!r}; there are {', '.join(CHARTS)}"
            )
        )
    chart = CHARTS[name]
    known = {**chart.parameters, "scheme": choice(*SCHEMES)}
    checked = places(lease).settled(question(f"/charts/{name}", lang, {}, asked, known))
    spec, title = chart.make(checked, lease)
    spec = titled(spec, title.wording(lang), source)
    scheme = str(checked.values.get("scheme", SCHEMES[0]))
    if form == "json":
        return f"{json_text(spec)}\n".encode()
    return alone(spec, scheme).encode() if form == "svg" else png(spec, scheme)
