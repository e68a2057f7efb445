"""What an audit found, as a small DuckDB file of its own for Great Expectations: no other process waits for it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from expectations.invariants import INVARIANTS, held
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
        places = ", ".join(f"failed[{literal(column)}]::INTEGER AS {identifier(column)}" for column in columns)
        connection.execute(_CREATE_REPORTS.format(places=places, years=of_years))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE held AS {held(_UNCONFIRMED)}")
        connection.execute(
            f"CREATE TABLE handover.{BROKEN_INVARIANTS} AS "
            + " UNION ALL ".join(
                f"(SELECT '{invariant.id}' AS invariant_id, to_json(broken)::VARCHAR AS example "
                f"FROM ({invariant.query(_UNCONFIRMED, 'temp.held')}) AS broken LIMIT {_EXAMPLES})"
                for invariant in INVARIANTS
            )
        )
    finally:
        connection.execute("DETACH handover")
        connection.execute("DROP TABLE IF EXISTS temp.held")


def confirm(connection: Connection) -> None:
    """Note that the invariants held for everything that was assessed."""
    connection.execute("UPDATE audit.assessed SET is_confirmed = true WHERE NOT is_confirmed")


_UNCONFIRMED = """(
    SELECT report_id, report_no FROM audit.assessed JOIN core.report USING (report_id) WHERE NOT is_confirmed
)"""

_EDITIONS = """
    SELECT DISTINCT counted.edition FROM (
        SELECT unnest(assessed.counts) AS counted
        FROM core.report AS report JOIN audit.assessed AS assessed ON assessed.report_id = report.report_id
        WHERE report.is_current AND {years}
    )
"""

# Report by report: put together from all rows of all reports, half a million would take more memory than there is.
_CREATE_REPORTS = f"""
    CREATE TABLE handover.{REPORTS} AS
    SELECT {", ".join(NAMES)}, {{places}}
    FROM (
        SELECT report.report_id, report.organ_name AS organ, report.year, report.url,
            map_from_entries(list_transform(assessed.counts, lambda each: {{{{
                named: each.rule_id || ' ' || each.edition,
                failed: CASE WHEN each.passed + each.failed > 0 THEN each.failed END
            }}}})) AS failed
        FROM core.report AS report JOIN audit.assessed AS assessed ON assessed.report_id = report.report_id
        WHERE report.is_current AND len(assessed.counts) > 0 AND {{years}}
    )
    ORDER BY year, organ
"""
