"""Summaries of runs that never were."""

from typing import Any

from flows.reporting.summary import Coverage, ProblemCount, RuleCount, RunSummary, WorstFinding
from warehouse.loading.runs import RunCounts

NEW = WorstFinding(
    "云泽市民政局",
    2023,
    "A1",
    "新收 3 加结转 1，不等于 5",
    "3 received and 1 carried in are not 5",
    "http://portal/1",
    "f1",
)
UNREACHABLE = ProblemCount("fetch", "unreachable", 7, "no answer")
BELOW = ProblemCount("discover", "below_floor", 1, "3 reports are listed, at least 90 were expected")
OF_THE_FUTURE = ProblemCount("extract", "of_the_future", 3, "as a later version gave it")
RULE = RuleCount("A1", "收支相抵", "What came in went out", "critical", 12)
COVERED = Coverage("sample", 2023, published=88, late=3, unreadable=1, missing=1, year_before=90)


def summary(**changes: Any) -> RunSummary:
    """A run that went well, but for the changes."""
    plain = {
        "run_id": "run",
        "years": (2023,),
        "counts": RunCounts(links=90, pages_fetched=90, reports_new=88),
        "reports": 88,
        "organs": 88,
        "cells": 17600,
        "rules": (),
        "problems": (),
        "worst": (),
        "new": (),
        "new_critical": 0,
        "coverage": (),
        "snapshot": "var/published/gouji.duckdb",
        "docs": "var/docs/index.html",
    }
    return RunSummary(**{**plain, **changes})
