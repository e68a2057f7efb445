"""The places where rules are broken, on their way from the assessment to the findings: described one by one."""

import json

from expectations.findings.diagnosis import Correction, Diagnosis, diagnose
from expectations.model import Assessment, Reason, Rule, Verdict
from expectations.wording import sentence
from warehouse.forms import Edition, TableCode
from warehouse.rows import Row, rows_of
from warehouse.store import Connection
from warehouse.text import Text

CREATE_BROKEN = """
    CREATE OR REPLACE TEMP TABLE broken AS
    SELECT finding_id, rule_id, rule_version, report_id, 0 AS year, ''::VARCHAR AS edition, table_code, row_code,
        column_code, statement_ordinal, quote, left_value, right_value, severity, 0 AS breach, reason, verdict,
        strict_verdict, cells
    FROM audit.finding LIMIT 0
"""

INSERT_BROKEN = """
    INSERT INTO temp.broken BY NAME
    SELECT md5(concat_ws('|', '{rule_id}', failed.report_id, coalesce(failed.table_code, '*'),
            coalesce(failed.row_code, '*'), coalesce(failed.column_code, '*'), failed.statement_ordinal)) AS finding_id,
        '{rule_id}' AS rule_id, {version} AS rule_version, failed.*, coalesce(contributing.cells, []) AS cells
    FROM temp.failed AS failed LEFT JOIN ({evidence}) AS contributing ON {same_place}
"""
"""Takes the places where a rule failed, with the cells of each. The identity of a finding is rule, report and place."""


def describe(connection: Connection, rules: dict[str, Rule]) -> None:
    """Give every broken place its sentences, its group, and the cells where the error likely sits, if that is known."""
    places = rows_of(connection, _SELECT_BROKEN)
    assessments = {place["finding_id"]: assessment_of(rules[place["rule_id"]], place) for place in places}
    diagnoses = diagnose(connection, assessments, rules.values())
    unknown = Diagnosis(None, ())
    found = [
        _description(finding_id, diagnoses.get(finding_id, unknown), sentence(assessment))
        for finding_id, assessment in assessments.items()
    ]
    connection.execute(_CREATE_DESCRIPTION, [json.dumps(found, ensure_ascii=False)])


def _description(finding_id: str, diagnosis: Diagnosis, text: Text) -> dict[str, object]:
    return {
        "finding_id": finding_id,
        "group_id": diagnosis.group_id or finding_id,
        "likely": [_likely(correction) for correction in diagnosis.corrections],
        "chinese": text.chinese + "".join(correction.sentence().chinese for correction in diagnosis.corrections),
        "english": text.english + "".join(" " + each.sentence().english for each in diagnosis.corrections),
    }


def _likely(correction: Correction) -> dict[str, object]:
    return {
        "table_code": correction.table,
        "row_code": correction.row,
        "column_code": correction.column,
        "published": str(correction.published),
        "value": str(correction.value),
        "slip": correction.slip,
    }


def assessment_of(rule: Rule, place: Row) -> Assessment:
    """Make the assessment of a rule that a row of the store records."""
    return Assessment(
        rule=rule,
        report_id=place["report_id"],
        year=place["year"],
        table=TableCode(place["table_code"]) if place["table_code"] else None,
        edition=Edition(place["edition"]),
        row=place["row_code"],
        column=place["column_code"],
        quote=place["quote"],
        verdict=Verdict(place["verdict"]),
        reason=Reason(place["reason"]) if place["reason"] else None,
        breach=place["breach"],
        left=place["left_value"],
        right=place["right_value"],
        strict_verdict=Verdict(place["strict_verdict"]),
        cells=place["cells"],
    )


_SELECT_BROKEN = "FROM temp.broken ORDER BY report_id, finding_id"

_CREATE_DESCRIPTION = """
    CREATE OR REPLACE TEMP TABLE description AS
    SELECT unnest(from_json(?, '[{"finding_id": "VARCHAR", "group_id": "VARCHAR", "likely": [{"table_code": "VARCHAR",
        "row_code": "VARCHAR", "column_code": "VARCHAR", "published": "DECIMAL(20, 4)", "value": "DECIMAL(20, 4)",
        "slip": "VARCHAR"}], "chinese": "VARCHAR", "english": "VARCHAR"}]'), max_depth := 2)
"""
