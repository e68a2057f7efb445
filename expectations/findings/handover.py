"""What an audit found, as a small DuckDB file of its own for Great Expectations: no other process waits for it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from expectations.invariants import INVARIANTS
from expectations.model import Rule
from warehouse.forms import Edition
from warehouse.sql import identifier, literal
from warehouse.store import Connection

REPORTS = "report"
"""The table of reports: who, when, where, and a column for every rule with the places that break it, once an edition
of the forms that they follow."""

BROKEN_INVARIANTS = "broken_invariant"
"""The table of what breaks the warehouse's invariants: some examples of each."""

NAMES = ("report_id", "organ", "year", "url")
"""The columns that say which report it is."""

_EXAMPLES = 100


def column_of(rule: Rule, edition: Edition) -> str:
    """Return the name of the column that says in how many places a report breaks a rule in one edition."""
    return f"{rule.id} {edition}"


def edition_of(column: str) -> str:
    """Return the edition of a column that :func:`column_of` named."""
    return column.rpartition(" ")[2]


def hand_over(connection: Connection, file: Path, rules: Iterable[Rule], years: Sequence[int] | None) -> None:
    """Write the current reports of some years, with what was found of them, and what breaks the invariants."""
    of_years = "true" if years is None else f"report.year IN ({', '.join(map(str, years)) or 'NULL'})"
    assessed = {edition for (edition,) in connection.execute(_EDITIONS.format(years=of_years)).fetchall()}
    pairs = [(rule, edition) for rule in rules for edition in rule.editions]
    columns = [column_of(*pair) for pair in pairs if not assessed or pair[1] in assessed]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    connection.execute(f"ATTACH {literal(str(file))} AS handover")
    try:
        connection.execute(
            _CREATE_REPORTS.format(
                values=", ".join(literal(column) for column in columns),
                columns=", ".join(f"{identifier(column)}::INTEGER AS {identifier(column)}" for column in columns),
                years=of_years,
            )
        )
        connection.execute(
            f"CREATE TABLE handover.{BROKEN_INVARIANTS} AS "
            + " UNION ALL ".join(
                f"(SELECT '{invariant.id}' AS invariant_id, to_json(broken)::VARCHAR AS example "
                f"FROM ({invariant.query(_UNCONFIRMED)}) AS broken LIMIT {_EXAMPLES})"
                for invariant in INVARIANTS
            )
        )
    finally:
        connection.execute("DETACH handover")


def confirm(connection: Connection) -> None:
    """Note that the invariants held for everything that was assessed."""
    connection.execute("UPDATE audit.assessed SET is_confirmed = true WHERE NOT is_confirmed")


_UNCONFIRMED = "(SELECT report_id FROM audit.assessed WHERE NOT is_confirmed)"

_COUNTED = """
    SELECT report.report_id, unnest(assessed.counts) AS counted
    FROM core.report AS report JOIN audit.assessed AS assessed ON assessed.report_id = report.report_id
    WHERE report.is_current AND {years}
"""

_EDITIONS = f"SELECT DISTINCT counted.edition FROM ({_COUNTED})"

_CREATE_REPORTS = f"""
    CREATE TABLE handover.{REPORTS} AS
    SELECT report_id, report.organ_name AS organ, report.year, report.url, {{columns}}
    FROM (
        PIVOT (
            SELECT report_id, counted.rule_id || ' ' || counted.edition AS held,
                CASE WHEN counted.passed + counted.failed > 0 THEN counted.failed END AS failed
            FROM ({_COUNTED})
        ) ON held IN ({{values}}) USING max(failed) GROUP BY report_id
    ) AS judged JOIN core.report AS report USING (report_id)
    ORDER BY year, organ
"""
