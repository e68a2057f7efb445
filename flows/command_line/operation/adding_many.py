"""``gouji sources add --from``: many portals at once, and the table that it ends with."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.command_line.output import print_json, print_mappings, tell

if TYPE_CHECKING:
    from tasks.survey.many import Result

OUTCOMES = {
    "zh": {
        "added": "已加入",
        "sure": "已找到并试读",
        "unsure": "不能确定",
        "refused": "robots.txt 不允许",
        "unreachable": "无法访问",
        "nothing": "没有找到年报",
        "declared": "已有来源",
    },
    "en": {
        "added": "added",
        "sure": "found and proven",
        "unsure": "unsure",
        "refused": "refused by robots.txt",
        "unreachable": "unreachable",
        "nothing": "no annual reports found",
        "declared": "declared already",
    },
}
_COLUMNS = {
    "zh": ("地址", "来源", "结果", "篇数", "原因"),
    "en": ("address", "source", "outcome", "reports", "why"),
}


def add_many(path: Path, write: bool, anew: bool, lang: str, as_json: bool) -> int:
    """Go through a list of addresses and print the table; exit code 1 unless every one is sure or declared already."""
    from tasks.settings import Settings
    from tasks.sources.files import load_sources
    from tasks.survey.many import Journal, read_portals, survey_many
    from tasks.survey.survey import Outcome

    settings = Settings()
    declared = load_sources(settings.sources)
    journal = Journal(path, settings)
    if anew:
        journal.forget()
    portals = read_portals(path, declared)
    results = survey_many(portals, journal, settings, declared, write=write, tell=lambda one: _tell(one, lang))
    if as_json:
        print_json([{**asdict(one), "outcome": _outcome(one)} for one in results])
    else:
        print_mappings([_row(one, lang) for one in results])
        counts = Counter(OUTCOMES[lang][_outcome(one)] for one in results)
        click.echo(", ".join(f"{outcome}: {count}" for outcome, count in counts.most_common()))
    return 0 if all(one.outcome in {Outcome.SURE, Outcome.DECLARED} for one in results) else 1


def _outcome(result: "Result") -> str:
    """How a result counts in the table: what was written is added."""
    return "added" if result.written else result.outcome.value


def _row(result: "Result", lang: str) -> dict[str, object]:
    reason = result.reason_en if lang == "en" else result.reason_zh
    values = (result.address, result.name, OUTCOMES[lang][_outcome(result)], result.reports, reason)
    return dict(zip(_COLUMNS[lang], values, strict=True))


def _tell(result: "Result", lang: str) -> None:
    tell(f"{result.address}: {OUTCOMES[lang][result.outcome.value]}")
