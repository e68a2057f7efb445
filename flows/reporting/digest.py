"""What an operator must hear of a run: one short message, or none where nothing needs a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flows.reporting.summary import ProblemCount, RunSummary, WorstFinding
from tasks.runbook import kind_of
from tasks.survey.standing import Standing

Language = Literal["zh", "en"]

_LONGEST = 2000
"""Bytes of title and body together: WeCom, the narrowest of the services, refuses a text above 2,048."""
_BELOW_FLOOR = "below_floor"
_LONGEST_REASON = 300
_MOST_FINDINGS = 3
_MOST_PROBLEMS = 5


@dataclass(frozen=True)
class Digest:
    """A message: a title and a body of plain text. ``urgent`` where the run failed."""

    title: str
    body: str
    urgent: bool


_WORDS = {
    "zh": {
        "failed": "运行失败",
        "below_floor": "有来源列出的年报过少",
        "new_critical": "新发现 {count} 处严重勾稽问题",
        "title": "勾稽 {run}：{reasons}",
        "counts": "列出 {links} 篇，抓取 {fetched} 页，新版本 {new} 篇；现有 {reports} 篇，未决问题 {problems} 个。",
        "finding": "• {organ} {year} {rule}：{sentence}",
        "problem": "• {code} × {items}：{cause}。{remedy}。",
        "again": "已完成的不会重做：排除原因后再次运行即可。",
        "look": "详见 gouji findings、gouji problems",
        "cut": "……（其余从略）",
        "survey": "勾稽：{count} 个网站与来源文件不再相符",
        "update": "应用所提修改：gouji sources update NAME",
    },
    "en": {
        "failed": "the run failed",
        "below_floor": "a source lists too few reports",
        "new_critical": "{count} new critical findings",
        "title": "Gouji {run}: {reasons}",
        "counts": "{links} listed, {fetched} fetched, {new} new versions; {reports} reports, {problems} problems.",
        "finding": "• {organ} {year} {rule}: {sentence}",
        "problem": "• {code} × {items}: {cause}; {remedy}.",
        "again": "What is done is not done again: remove the cause and run once more.",
        "look": "See gouji findings, gouji problems",
        "cut": "… (more left out)",
        "survey": "Gouji: {count} portals are no longer as declared",
        "update": "To apply what is proposed: gouji sources update NAME",
    },
}


def digest(
    run: str,
    summary: RunSummary | None,
    failure: str | None,
    lang: Language,
    page: str | None = None,
    explorer: str = "",
) -> Digest | None:
    """Say what happened in the run of this name; ``None`` if it neither failed nor found anything that is urgent.

    ``failure`` is the reason of a run that failed, which may have no ``summary``; ``page`` is where to see more of it,
    ``explorer`` the address of the explorer.
    """
    words = _WORDS[lang]
    below = [problem for problem in summary.problems if problem.code == _BELOW_FLOOR] if summary else []
    new = summary.new_critical if summary else 0
    reasons = [words["failed"]] if failure and not below else []
    reasons += [words["below_floor"]] if below else []
    reasons += [words["new_critical"].format(count=new)] if new else []
    if not reasons:
        return None
    lines = [_shortened(failure), words["again"]] if failure and not below else []
    if summary:
        lines += _lines(summary, lang)
    title = words["title"].format(run=run, reasons="、".join(reasons) if lang == "zh" else ", ".join(reasons))
    body = _fitting(
        lines,
        _LONGEST - len(title.encode()),
        [words["look"], *([f"{explorer}/findings"] if explorer else []), *([page] if page else [])],
        words["cut"],
    )
    return Digest(title, body, urgent=failure is not None)


def survey_digest(changed: Sequence[Standing], lang: Language) -> Digest | None:
    """Say which portals are no longer as declared, and what is proposed; ``None`` where every one is."""
    if not changed:
        return None
    words = _WORDS[lang]
    lines = [f"• {one.name}: {change.text.wording(lang)}" for one in changed for change in one.changes]
    lines += [line for one in changed for line in one.diff.splitlines()]
    title = words["survey"].format(count=len(changed))
    body = _fitting(lines, _LONGEST - len(title.encode()), [words["update"]], words["cut"])
    return Digest(title, body, urgent=False)


def _lines(summary: RunSummary, lang: Language) -> list[str]:
    words, counts = _WORDS[lang], summary.counts
    below_first = sorted(summary.problems, key=lambda problem: (problem.code != _BELOW_FLOOR, -problem.items))
    return [
        words["counts"].format(
            links=counts.links,
            fetched=counts.pages_fetched,
            new=counts.reports_new,
            reports=summary.reports,
            problems=sum(problem.items for problem in summary.problems),
        ),
        *(_finding_line(finding, lang) for finding in summary.new[:_MOST_FINDINGS]),
        *(_problem_line(problem, lang) for problem in below_first[:_MOST_PROBLEMS]),
    ]


def _finding_line(finding: WorstFinding, lang: Language) -> str:
    sentence = finding.sentence_zh if lang == "zh" else finding.sentence_en
    return _WORDS[lang]["finding"].format(
        organ=finding.organ, year=finding.year, rule=finding.rule_id, sentence=sentence
    )


def _problem_line(problem: ProblemCount, lang: Language) -> str:
    kind = kind_of(problem.stage, problem.code)
    cause, remedy = kind.cause.wording(lang), kind.remedy.wording(lang)
    return _WORDS[lang]["problem"].format(code=problem.code, items=problem.items, cause=cause, remedy=remedy)


def _shortened(reason: str) -> str:
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"


def _fitting(lines: list[str], room: int, last: list[str], cut: str) -> str:
    """Join as many whole lines as there is room for, in bytes, and the last ones."""
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line, cut, *last]).encode()) > room:
            kept.append(cut)
            break
        kept.append(line)
    return "\n".join([*kept, *last])
