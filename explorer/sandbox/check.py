"""Reports that a visitor sends, read and held against the rules. Nothing is kept of them."""

from itertools import islice

from tasks.audit.check import Finding, Verdicts
from tasks.audit.check import check as held_against_the_rules
from tasks.audit.judgement import judge
from tasks.extract.extraction import extract
from tasks.extract.report import Report
from tasks.load.rows import report_rows
from tasks.runbook import kind_of

_MOST_REPORTS = 20


def answer(bodies: list[bytes], *, names: list[str]) -> list[dict[str, object]]:
    """Return each report that stands in the files: what it says, what the rules say of it, and what was not read."""
    read = (
        (name, each)
        for name, body in zip(names, bodies, strict=True)
        for report in (extract(body, item=name),)
        for each in (report, *report.others)
    )
    reports = list(islice(read, _MOST_REPORTS))
    verdicts = held_against_the_rules([report for _, report in reports])
    return [_told(name, report, each) for (name, report), each in zip(reports, verdicts, strict=True)]


def _told(name: str, report: Report, verdicts: Verdicts) -> dict[str, object]:
    rows = report_rows("", report)
    judgement = judge(report, verdicts)
    sentence = judgement.sentence()
    problems = [(problem, kind_of(problem.stage, problem.code)) for problem in report.problems]
    return {
        "name": name,
        "organ": report.organ,
        "year": report.year,
        "title": report.title,
        "decision": judgement.decision.value,
        "sentence_zh": sentence.chinese,
        "sentence_en": sentence.english,
        "tables": [row for row in rows["report_table"] if row["table_code"] != "statistics"],
        "cells": rows["cell"],
        "statements": rows["statement"],
        "findings": [_finding(number, each) for number, each in enumerate(verdicts.findings)],
        "not_assessable": [_finding(number, each) for number, each in enumerate(verdicts.not_assessable)],
        "problems": [
            {
                "code": problem.code,
                "detail": problem.detail,
                "cause_zh": kind.cause.chinese,
                "cause_en": kind.cause.english,
            }
            for problem, kind in problems
        ],
    }


def _finding(number: int, finding: Finding) -> dict[str, object]:
    """Write a finding as the warehouse has it; one is named by its number, for there is no other identity."""
    return {
        "finding_id": f"{finding.verdict}-{number}",
        "rule_id": finding.rule_id,
        "table_code": finding.table,
        "row_code": finding.row,
        "column_code": finding.column,
        "quote": finding.quote,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "strict_verdict": finding.strict_verdict,
        "cells": finding.cells,
        "group_id": finding.group_id,
        "likely": finding.likely,
        "sentence_zh": finding.sentence.chinese,
        "sentence_en": finding.sentence.english,
        "waiver": None,
    }
