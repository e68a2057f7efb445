"""Charts on their own, by name: the same rows and the same specification as on the pages."""

from collections.abc import Callable
from typing import Any

from explorer.asking import REGION, TEXT, Parameter, Question, choice, question
from explorer.charts import band, outcomes, quality
from explorer.charts.drawing import Spec, alone, png
from explorer.pages.home import QUALITY
from explorer.pages.organ import BAND, RATES, REPORTS, scope_of
from explorer.pages.page import NotThereError
from warehouse.snapshots.pool import Lease
from warehouse.values import json_text

_SCHEME = choice("light", "dark")


def _quality(asked: Question, lease: Lease) -> Spec:
    return quality.spec(lease.rows(QUALITY, region=asked.values.get("region")), asked.lang)


def _outcomes(asked: Question, lease: Lease) -> Spec:
    return outcomes.spec(_reports(asked, lease), asked.lang)


def _rate(asked: Question, lease: Lease) -> Spec:
    reports = _reports(asked, lease)
    rate = str(asked.values.get("measure", RATES[0]))
    scope = {"region": scope_of(reports[0]), "level": reports[0]["level"], "kind": reports[0]["kind"]}
    return band.spec(reports, lease.rows(BAND, measure=rate, **scope), rate, asked.lang)


def _reports(asked: Question, lease: Lease) -> list[dict[str, Any]]:
    organ = asked.values.get("organ")
    reports = lease.rows(REPORTS, organ=organ)
    if not reports:
        raise NotThereError(f"organ={organ or ''}: no report of such an organ")
    return reports


CHARTS: dict[str, tuple[Callable[[Question, Lease], Spec], dict[str, Parameter]]] = {
    "quality": (_quality, {"region": REGION}),
    "outcomes": (_outcomes, {"organ": TEXT}),
    "rate": (_rate, {"organ": TEXT, "measure": choice(*RATES)}),
}
"""Every chart: how it is made, and what may be asked of it."""


def picture(name: str, form: str, lang: str, asked: list[tuple[str, str]], lease: Lease) -> str | bytes:
    """Draw a chart as ``svg``, ``png`` or its specification as ``json``."""
    if name not in CHARTS:
        raise NotThereError(f"no chart {name[:40]!r}; there are {', '.join(CHARTS)}")
    make, parameters = CHARTS[name]
    checked = question(f"/charts/{name}", lang, {}, asked, {**parameters, "scheme": _SCHEME})
    spec = make(checked, lease)
    scheme = str(checked.values.get("scheme", "light"))
    if form == "json":
        return json_text(spec) + "\n"
    return alone(spec, scheme) if form == "svg" else png(spec, scheme)
