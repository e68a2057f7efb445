"""What could not be assessed in a report, told when somebody asks: its places with their cells and sentences.

The store keeps it by report, rule and reason (``audit.not_assessable``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from expectations.declarations import RULES
from expectations.findings.places import assessment_of
from expectations.model import Batch, Rule, Verdict
from expectations.relations import PLACE, cells_of, codes, of_reports
from expectations.wording import sentence
from warehouse.rows import Row
from warehouse.sql import literal

Ask = Callable[[str], Sequence[Row]]
"""Asks a store or a snapshot and returns the rows by column name."""

_CODES = tuple(part for part in PLACE if part != "statement_ordinal")


def told(ask: Ask, report_id: str, rules: Mapping[str, Rule] = RULES) -> list[Row]:
    """Return the places of one report version that could not be assessed, in the order of rules and places.

    They have the columns of ``audit.finding``, without what only a finding has.
    """
    kept = ask(_KEPT.format(report_id=literal(report_id)))
    if not kept:
        return []
    batch = _batch(ask, report_id)
    by_rule: defaultdict[str, list[Row]] = defaultdict(list)
    for place in kept:
        by_rule[place["rule_id"]].append(place)
    known = ((rules[rule_id], places) for rule_id, places in by_rule.items() if rule_id in rules)
    return [row for rule, places in known for row in _told(ask, rule, places, batch)]


def _told(ask: Ask, rule: Rule, places: Sequence[Row], batch: Batch) -> Iterator[Row]:
    """Yield the places of one rule with their cells, as they stand now, and their sentences."""
    rows = (
        (*(literal(place[part]) for part in _CODES), _number(place["statement_ordinal"]), str(place["year"]))
        for place in places
    )
    listed = ", ".join(f"({', '.join(row)})" for row in rows)
    relation = f"(SELECT * FROM (VALUES {listed}) AS place({', '.join(_CODES)}, statement_ordinal, year))"
    found = {tuple(row[part] for part in PLACE): row["cells"] for row in ask(rule.check.evidence(relation, batch))}
    for place in places:
        place = {
            **place,
            "cells": found.get(tuple(place[part] for part in PLACE), []),
            "breach": None,
            "verdict": Verdict.NOT_ASSESSABLE.value,
        }
        text = sentence(assessment_of(rule, place))
        yield {
            **place,
            "group_id": place["finding_id"],
            "likely": [],
            "waiver": None,
            "sentence_zh": text.chinese,
            "sentence_en": text.english,
        }


def _number(value: int | None) -> str:
    return "NULL::INTEGER" if value is None else str(value)


def _batch(ask: Ask, report_id: str) -> Batch:
    """Compile the batch of one report version and of the current reports that it is held against.

    Those are of the year before, of the organs that it goes on from, and its government's of the same year.
    """
    versions = ask(_VERSIONS.format(report_id=literal(report_id)))
    listed = ", ".join(
        f"({literal(each['report_id'])}, {_number(each['report_no'])}, {literal(each['organ_id'])}, {each['year']}, "
        f"{literal(each['next_organ_id'])}, {literal(each['parent_organ_id'])})"
        for each in versions
    )
    columns = "report_id, report_no, organ_id, year, next_organ_id, parent_organ_id"
    reports = f"(FROM (VALUES {listed}) AS report({columns}))"
    lines = f"(FROM core.statistics_line WHERE report_id IN {codes(each['report_id'] for each in versions)})"
    cells = f"""(
        SELECT cell.*, report.organ_id, report.year, report.next_organ_id
        FROM {cells_of(of_reports("core.cell", reports), lines)} AS cell
        JOIN {reports} AS report ON report.report_id = cell.report_id
    )"""
    return Batch(cells, reports, reports)


_KEPT = """
    SELECT md5(concat_ws('|', rule_id, report_id, coalesce(table_code, '*'), coalesce(row_code, '*'),
            coalesce(column_code, '*'), statement_ordinal)) AS finding_id, aside.*, statement.quote,
        left_value - right_value AS difference
    FROM (
        SELECT kept.* EXCLUDE (places), unnest(kept.places, max_depth := 2), report.year
        FROM audit.not_assessable AS kept JOIN core.report AS report ON report.report_id = kept.report_id
        WHERE kept.report_id = {report_id}
    ) AS aside
    LEFT JOIN (SELECT ordinal, quote FROM core.statement WHERE report_id = {report_id}) AS statement
        ON statement.ordinal = aside.statement_ordinal
    ORDER BY rule_id, table_code, row_code, column_code, statement_ordinal
"""

_VERSIONS = """
    WITH asked AS (SELECT organ_id, year FROM core.report WHERE report_id = {report_id}), before AS (
        SELECT predecessor_organ_id AS organ_id FROM core.succession
        WHERE (successor_organ_id, since_year) IN (FROM asked)
        UNION SELECT organ_id FROM asked
    ), government AS (
        SELECT coalesce(min(parent_organ_id), '') AS organ_id, (SELECT year FROM asked) AS year
        FROM core.organ WHERE organ_id = (SELECT organ_id FROM asked)
    )
    SELECT report_id, report_no, organ_id, year,
        CASE WHEN year < (SELECT year FROM asked) THEN (SELECT organ_id FROM asked) ELSE organ_id END AS next_organ_id,
        (SELECT organ_id FROM government) AS parent_organ_id
    FROM core.report
    WHERE report_id = {report_id} OR is_current AND (organ_id, year) IN (FROM government)
        OR is_current AND organ_id IN (FROM before) AND year = (SELECT year - 1 FROM asked)
            AND (organ_id <> (SELECT organ_id FROM asked) OR NOT EXISTS (
                FROM core.succession WHERE predecessor_organ_id = (SELECT organ_id FROM asked)
                    AND since_year = (SELECT year FROM asked) AND successor_organ_id <> predecessor_organ_id
            ))
"""
