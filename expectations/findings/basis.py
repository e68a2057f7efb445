"""What the assessment of a report rests on: itself, the reports beside it, its organ, the rules as they are declared.

All of it goes into one number a report, its *basis*. As long as the basis of a report is the one it was assessed with,
its findings stand; where it is another one, the report is assessed again.
"""

import hashlib
from collections.abc import Iterable

from expectations.checks.alike import bands
from expectations.model import Batch, Rule
from expectations.relations import CURRENT_REPORTS, LINEAGE
from warehouse.store import Connection


def compare(connection: Connection, rules: Iterable[Rule], years: Iterable[int] | None, *, everything: bool) -> int:
    """Find the current reports of some years, and of the years after, whose assessment rests on something new.

    With ``everything``, all of them. Leaves tables in the session: ``changed``, the reports to be assessed with their
    basis, those that look at each other near each other, numbered by ``ordinal``; and ``beside``, for every report of
    these years those that its assessment looks at. Returns how many are to be assessed.
    """
    years = None if years is None else sorted(set(years))
    within = {"years": years and sorted({year + step for year in years for step in (-1, 0, 1)})}
    connection.execute(_CREATE_STANDING, within)
    connection.execute(_CREATE_BESIDE)
    connection.execute(
        _CREATE_CHANGED,
        {
            "rules": _declared(rules),
            "years": years and sorted({year + step for year in years for step in (0, 1)}),
            "everything": everything,
        },
    )
    counted = connection.execute("SELECT count(*) FROM temp.changed").fetchone()
    return int(counted[0]) if counted else 0


def forget(connection: Connection) -> None:
    """Drop the tables that :func:`compare` left."""
    for table in ("standing", "beside", "changed"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _declared(rules: Iterable[Rule]) -> str:
    """Digest what the rules ask: their versions and their SQL."""
    batch = Batch("cells", "reports", "reports_with_cells")
    said = "\n".join(f"{rule.id} {rule.version} {rule.check.assess(rule.severity, batch)}" for rule in rules)
    return hashlib.sha256(said.encode()).hexdigest()


# Numbered by organ: what stands beside what is written down, and joined, as numbers.
_CREATE_STANDING = f"""
    CREATE OR REPLACE TEMP TABLE standing AS
    SELECT row_number() OVER (ORDER BY report.organ_id, report.report_id) AS number, report.report_id, report.report_no,
        report.organ_id, report.year, report.kind, report.level, report.parent_organ_id, report.predecessors,
        report.has_previous, lineage.next_organ_id, lineage.merged
    FROM {CURRENT_REPORTS} AS report JOIN {LINEAGE} AS lineage ON lineage.report_id = report.report_id
    WHERE $years::INTEGER[] IS NULL OR list_contains($years::INTEGER[], report.year)
"""

_CREATE_BESIDE = f"""
    CREATE OR REPLACE TEMP TABLE beside AS
    SELECT 'before' AS side, later.number, earlier.number AS other
    FROM temp.standing AS later JOIN temp.standing AS earlier
        ON earlier.next_organ_id = later.organ_id AND earlier.year = later.year - 1
    UNION ALL
    SELECT 'same', later.number, earlier.number
    FROM temp.standing AS later JOIN temp.standing AS earlier
        ON earlier.organ_id = later.organ_id AND earlier.year = later.year - 1
    UNION ALL
    SELECT 'above', member.number, government.number
    FROM temp.standing AS member JOIN temp.standing AS government
        ON government.organ_id = member.parent_organ_id AND government.year = member.year
    UNION ALL
    SELECT 'below', government.number, member.number
    FROM temp.standing AS member JOIN temp.standing AS government
        ON government.organ_id = member.parent_organ_id AND government.year = member.year
    UNION ALL
    SELECT 'alike', number, other FROM ({
    bands(
        "(SELECT standing.number, standing.year, report.prose_digest FROM core.report AS report "
        "JOIN temp.standing AS standing ON standing.report_id = report.report_id)"
    )
})
"""

_CREATE_CHANGED = """
    CREATE OR REPLACE TEMP TABLE changed AS
    WITH seen AS (
        SELECT beside.number, bit_xor(hash(beside.side, other.report_id, other.report_no)) AS others
        FROM temp.beside AS beside JOIN temp.standing AS other ON other.number = beside.other
        GROUP BY beside.number
    ), declared AS (
        SELECT parent_organ_id AS organ_id, bit_xor(hash(organ_id)) AS members
        FROM core.organ WHERE parent_organ_id IS NOT NULL GROUP BY parent_organ_id
    ), rested AS (
        SELECT report.number, report.report_id, report.year, report.organ_id, report.parent_organ_id,
            hash($rules, report.report_id, report.report_no, report.kind, report.level, report.parent_organ_id,
                report.predecessors, report.has_previous, declared.members, seen.others) AS basis
        FROM temp.standing AS report
        LEFT JOIN seen ON seen.number = report.number
        LEFT JOIN declared ON declared.organ_id = report.organ_id
        WHERE $years::INTEGER[] IS NULL OR list_contains($years::INTEGER[], report.year)
    )
    SELECT rested.number, rested.report_id, rested.year, rested.basis, row_number() OVER (
        ORDER BY coalesce(rested.parent_organ_id, rested.organ_id), rested.organ_id, rested.year
    ) AS ordinal
    FROM rested LEFT JOIN audit.assessed AS known ON known.report_id = rested.report_id
    WHERE $everything OR known.basis IS DISTINCT FROM rested.basis
"""
