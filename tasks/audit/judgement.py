"""What the rules' verdicts on one report mean for its publication, in one sentence with its reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from expectations import Reason, Severity, Verdict
from tasks.audit.check import Finding, Verdicts
from tasks.extract.report import Report
from tasks.load.rows import completeness_of
from tasks.runbook import kind_of
from warehouse.forms import EVERY_FORM, STATUTORY_EDITIONS, STATUTORY_TABLES, TableCode
from warehouse.text import Text

_UNFILLED = (Reason.PARTS_BLANK, Reason.MOSTLY_BLANK, Reason.LOCAL_LINES)
_NAMED = 3
"""How many problems or rules a reason names."""


class Decision(StrEnum):
    """Whether a report can be published as it stands."""

    PUBLISH = "publish"
    """All that was stated was read, and no rule of the severity asked for is broken."""
    MEND = "mend"
    """Something is wrong in the report itself."""
    UNKNOWN = "unknown"
    """Something was not read or not stated, so that nobody can say."""


@dataclass(frozen=True)
class Judgement:
    """A decision and what it rests on: no reasons where a report can be published, else at least one.

    ``remarks`` is what a person should know of a report that can be published: how many findings are less grave, and
    that it was not held against the report of the year before.
    """

    decision: Decision
    reasons: tuple[Text, ...]
    remarks: tuple[Text, ...]

    def sentence(self) -> Text:
        """Say it: 可以公布, 不能公布，因为 … or 无法判断，因为 …."""
        opening, parts = _OPENINGS[self.decision], self.reasons or self.remarks
        chinese, english = "；".join(part.chinese for part in parts), "; ".join(part.english for part in parts)
        between = Text("，因为", " because ") if self.reasons else Text("，另", "; also ")
        if not parts:
            between = Text("", "")
        return Text(f"{opening.chinese}{between.chinese}{chinese}。", f"{opening.english}{between.english}{english}.")


_OPENINGS = {
    Decision.PUBLISH: Text("可以公布", "Can be published"),
    Decision.MEND: Text("不能公布", "Cannot be published"),
    Decision.UNKNOWN: Text("无法判断", "Cannot be judged"),
}


_NOT_COMPARED = Text(
    "请与上年报告一并核对（这次没有给出）", "check it together with last year's report (not given this time)"
)


def judge(report: Report, verdicts: Verdicts, least: Severity = Severity.CRITICAL) -> Judgement:
    """Say whether a report can be published; findings from the severity ``least`` on speak against it.

    Only what is known decides: a table that was not read whole, or a sum whose parts were left blank, leaves the
    question open. What is known to be wrong goes before what is not known.
    """
    grave = tuple(Severity)[: tuple(Severity).index(least) + 1]
    wrong = (*_broken(verdicts, grave), *_left_blank(report, verdicts))
    if wrong:
        return Judgement(Decision.MEND, (*wrong, *_not_read(report)), ())
    unknown = (*_not_read(report), *_unfilled(verdicts))
    if unknown:
        return Judgement(Decision.UNKNOWN, unknown, ())
    remarks = _less_grave(verdicts, grave)
    return Judgement(Decision.PUBLISH, (), (*remarks, *(() if verdicts.follows else (_NOT_COMPARED,))))


def _broken(verdicts: Verdicts, grave: Sequence[Severity]) -> Iterator[Text]:
    found = [finding for finding in verdicts.findings if finding.severity in grave]
    if found:
        rules = list(dict.fromkeys(finding.rule_id for finding in found))
        errors = len({finding.group_id for finding in found})
        what = Text("处错误，", "error") if errors < len(found) else Text("处", "place")
        yield Text(
            f"有 {errors} {what.chinese}不符合 {'、'.join(rules)}",
            f"{_counted(errors, what.english)} {'breaks' if errors == 1 else 'break'} {', '.join(rules)}",
        )


def _left_blank(report: Report, verdicts: Verdicts) -> Iterator[Text]:
    """Say what the publisher left empty: the whole form, or totals beside parts that are filled in."""
    if report.cells and all(cell.value is None and cell.state in ("blank", "dash") for cell in report.cells):
        yield Text("表格没有填写", "the form is not filled in")
        return
    unstated = [each for each in _undecided(verdicts) if each.reason == Reason.RESULT_BLANK]
    if unstated:
        rules = list(dict.fromkeys(finding.rule_id for finding in unstated))
        yield Text(
            f"有 {len(unstated)} 处分项已填而总计未填（{'、'.join(rules)}）",
            f"{_counted(len(unstated), 'total')} not stated beside filled parts ({', '.join(rules)})",
        )


def _not_read(report: Report) -> Iterator[Text]:
    """Say which tables were not read whole, or why none was."""
    if not report.has_figures:
        kinds = list(dict.fromkeys(kind_of(each.stage, each.code) for each in report.problems))[:_NAMED]
        causes = [kind.cause for kind in kinds]
        yield from causes or [Text("文中没有读到任何表格", "no table was read")]
        return
    read = completeness_of(report)
    if report.tables or not report.statistics:
        for table in STATUTORY_TABLES:
            if table not in report.tables:
                yield _of_table(table, Text("没有读到", "was not found"))
    for (table, _), found in read.items():
        if table in report.doubtful:
            yield _of_table(table, Text("两次识读结果不一致", "was read in two ways that disagree"))
        elif not found.complete and table is not TableCode.STATISTICS:
            missing = found.expected - found.read
            yield _of_table(table, Text(f"有 {missing} 格没有读到", f"lacks {_counted(missing, 'cell')}"))
        if found.unreadable:
            count = found.unreadable
            yield _of_table(table, Text(f"有 {count} 格无法识读", f"has {_counted(count, 'cell')} that cannot be read"))


def _unfilled(verdicts: Verdicts) -> Iterator[Text]:
    """Say which sums nobody can check because their parts were left blank, though blank as zero would break them."""
    unfilled = [each for each in _undecided(verdicts) if each.reason in _UNFILLED]
    if unfilled:
        rules = list(dict.fromkeys(finding.rule_id for finding in unfilled))
        yield Text(
            f"有 {len(unfilled)} 处分项未填，总计无从核对（{'、'.join(rules)}）",
            f"{_counted(len(unfilled), 'total')} whose parts are not filled in ({', '.join(rules)})",
        )


def _undecided(verdicts: Verdicts) -> Iterator[Finding]:
    """Yield the places of the printed identities that are not assessable, and would fail if blank meant zero."""
    return (
        place
        for place in verdicts.not_assessable
        if place.severity == Severity.CRITICAL and place.strict_verdict == Verdict.FAIL
    )


def _less_grave(verdicts: Verdicts, grave: Sequence[Severity]) -> Iterator[Text]:
    for severity, name in ((Severity.WARNING, Text("警示", "warning")), (Severity.INFO, Text("提示", "hint"))):
        count = sum(finding.severity == severity for finding in verdicts.findings)
        if count and severity not in grave:
            yield Text(f"有 {count} 处{name.chinese}请核对", f"{_counted(count, name.english)} to look at")


def _of_table(table: TableCode, what: Text) -> Text:
    form = EVERY_FORM.get((table, STATUTORY_EDITIONS[-1])) or next(
        form for (code, _), form in EVERY_FORM.items() if code is table
    )
    return Text(f"「{form.title.chinese}」表{what.chinese}", f"table “{form.title.english}” {what.english}")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
