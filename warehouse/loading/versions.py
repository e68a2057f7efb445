"""Report versions and their history: which address showed what, when, and which version counts.

The facts of :mod:`warehouse.views.history` are sets, so that neither the order of loading nor repetition matters;
whatever else a report version says of its history follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.connection.transactions import Connection
from warehouse.views.history import SEEN_REPORTS, standing_versions

PARTS_OF_REPORT = ("report_table", "cell", "statistics_line", "statement")
"""The tables of ``core`` whose rows belong to one report version."""

ASSESSED = ("audit.finding", "audit.not_assessable", "audit.assessed")
"""The tables of what was found of a report version, and of what it was assessed with."""

FACTS = ("sighting", "reading", "report")
"""The staged tables from which versions and their history follow."""

_NUMBERED = ("report", "cell", "statement")
"""The tables of ``core`` that repeat the report's number."""


def merge_versions(connection: Connection) -> tuple[int, int, int]:
    """Merge the staged sightings, readings and reports into the store, within the caller's transaction.

    Returns the numbers of report versions that are new, of those known before, and of cells of the new ones.
    """
    for statement in _MERGE_FACTS:
        connection.execute(statement)
    counted = connection.execute(_COUNT).fetchone()
    is_replaced = connection.execute("SELECT bool_or(known) FROM temp.accepted").fetchone() == (True,)
    for table in (*PARTS_OF_REPORT, "report"):
        columns = "staged.* REPLACE (accepted.report_no AS report_no)" if table in _NUMBERED else "staged.*"
        if is_replaced:
            connection.execute(
                f"DELETE FROM core.{table} WHERE report_id IN (SELECT report_id FROM temp.accepted WHERE known)"
            )
        connection.execute(
            f"INSERT INTO core.{table} SELECT {columns} FROM staged_{table} AS staged "
            "JOIN temp.accepted AS accepted ON accepted.report_id = staged.report_id"
        )
    for statement in (_COMPARE, _MARK_PENDING, _FOLLOW_SIGHTINGS):
        connection.execute(statement)
    if connection.execute("SELECT bool_or(removed) FROM temp.compared").fetchone() == (True,):
        for table in (*ASSESSED, *(f"core.{part}" for part in PARTS_OF_REPORT), "core.report"):
            connection.execute(
                f"DELETE FROM {table} WHERE report_id IN (SELECT report_id FROM temp.compared WHERE removed)"
            )
    for table in ("accepted", "concerned", "compared"):
        connection.execute(f"DROP TABLE temp.{table}")
    return counted or (0, 0, 0)


@dataclass(frozen=True)
class Disagreement:
    """Two addresses that one source lists at once, and that show ``cells`` different figures for one organ and year.

    The figures at ``current_url`` count, those at ``url`` do not.
    """

    organ: str
    year: int
    url: str
    current_url: str
    cells: int


def disagreements(connection: Connection, source_id: str, years: Sequence[int]) -> list[Disagreement]:
    """Return which listed addresses of a source disagree, for some report years.

    An address that is no longer listed has been replaced; one that showed other figures before was corrected.
    """
    found = connection.execute(_DISAGREEMENTS, {"source": source_id, "years": list(years)}).fetchall()
    return [Disagreement(*row) for row in found]


_MERGE_FACTS = (
    """
    INSERT INTO core.sighting
    SELECT DISTINCT url, evidence_sha256, seen_at FROM staged_sighting AS staged
    WHERE NOT EXISTS (
        FROM core.sighting AS known
        WHERE known.url = staged.url AND known.evidence_sha256 = staged.evidence_sha256
            AND known.seen_at = staged.seen_at
    )
    """,
    """
    CREATE OR REPLACE TEMP TABLE concerned AS
    SELECT organ_id, year FROM staged_report
    UNION
    SELECT report.organ_id, report.year
    FROM core.reading AS reading JOIN core.report AS report ON report.report_id = reading.report_id
    WHERE reading.url IN (SELECT url FROM staged_sighting UNION SELECT url FROM staged_reading)
    """,
    """
    MERGE INTO core.reading AS known USING (
        FROM staged_reading
        QUALIFY row_number() OVER (PARTITION BY url, evidence_sha256 ORDER BY extractor_version::INTEGER DESC) = 1
    ) AS staged ON known.url = staged.url AND known.evidence_sha256 = staged.evidence_sha256
    WHEN MATCHED AND staged.extractor_version::INTEGER > known.extractor_version::INTEGER
        THEN UPDATE SET report_id = staged.report_id, extractor_version = staged.extractor_version
    WHEN NOT MATCHED THEN INSERT
    """,
    # A version is kept as the newest extractor read it where it was first fetched; its number is of this loading.
    """
    CREATE OR REPLACE TEMP TABLE accepted AS
    SELECT staged.report_id, known.report_id IS NOT NULL AS known,
        (SELECT coalesce(max(report_no), 0) FROM core.report)
            + row_number() OVER (ORDER BY staged.fetched_at, staged.report_id) AS report_no
    FROM staged_report AS staged LEFT JOIN core.report AS known ON known.report_id = staged.report_id
    WHERE staged.report_id IN (SELECT report_id FROM core.reading) AND (
        known.report_id IS NULL
        OR (-staged.extractor_version::INTEGER, staged.fetched_at, staged.url)
            < (-known.extractor_version::INTEGER, known.fetched_at, known.url)
    )
    """,
)

_COUNT = """
    SELECT count(*) FILTER (NOT known), (SELECT count(*) FROM staged_report) - count(*) FILTER (NOT known),
        (SELECT count(*) FROM staged_cell WHERE report_id IN (SELECT report_id FROM temp.accepted WHERE NOT known))
    FROM temp.accepted
"""

_OF_CONCERNED = "(report.organ_id, report.year) IN (SELECT (organ_id, year) FROM temp.concerned)"

# The reports concerned as they are and as they must be; one that no reading leads to any more is removed.
_COMPARE = f"""
    CREATE OR REPLACE TEMP TABLE compared AS
    SELECT report.report_id, report.year,
        report.report_id NOT IN (SELECT report_id FROM core.reading WHERE report_id IS NOT NULL) AS removed,
        standing.report_id IS NOT NULL AS is_current,
        coalesce(seen.first_seen_at, report.first_seen_at) AS first_seen_at,
        coalesce(seen.last_seen_at, report.last_seen_at) AS last_seen_at,
        report.is_current IS DISTINCT FROM (standing.report_id IS NOT NULL)
            OR report.report_id IN (SELECT report_id FROM temp.accepted) AS changed
    FROM core.report AS report
    LEFT JOIN (
        SELECT report.report_id, min(sighting.seen_at) AS first_seen_at, max(sighting.seen_at) AS last_seen_at
        FROM {SEEN_REPORTS} WHERE {_OF_CONCERNED} GROUP BY report.report_id
    ) AS seen ON seen.report_id = report.report_id
    LEFT JOIN ({standing_versions(_OF_CONCERNED)}) AS standing ON standing.report_id = report.report_id
    WHERE {_OF_CONCERNED}
"""

_MARK_PENDING = """
    INSERT INTO audit.pending
    SELECT gen_random_uuid()::VARCHAR, year
    FROM (SELECT DISTINCT year FROM temp.compared WHERE changed OR removed)
"""

_FOLLOW_SIGHTINGS = """
    UPDATE core.report AS report SET is_current = fact.is_current,
        first_seen_at = fact.first_seen_at, last_seen_at = fact.last_seen_at
    FROM (FROM temp.compared WHERE NOT removed) AS fact
    WHERE report.report_id = fact.report_id AND (report.is_current, report.first_seen_at, report.last_seen_at)
        IS DISTINCT FROM (fact.is_current, fact.first_seen_at, fact.last_seen_at)
"""

_DISAGREEMENTS = """
    WITH listed AS (
        SELECT url, year FROM raw.link WHERE source_id = $source AND list_contains($years::INTEGER[], year)
        QUALIFY run_id = arg_max(run_id, last_listed_at) OVER (PARTITION BY year)
    ), concerned AS (
        SELECT reading.url
        FROM core.report AS report JOIN core.reading AS reading ON reading.report_id = report.report_id
        WHERE (report.organ_id, report.year) IN (SELECT (organ_id, year) FROM core.report WHERE NOT is_current)
    ), shown AS (
        SELECT report.organ_id, report.year, report.report_id, report.is_current, latest.url
        FROM (
            FROM core.sighting WHERE url IN (FROM concerned)
                AND split_part(url, '#', 1) IN (SELECT split_part(url, '#', 1) FROM listed)
            QUALIFY row_number() OVER (PARTITION BY url ORDER BY seen_at DESC, evidence_sha256) = 1
        ) AS latest
        JOIN core.reading AS reading
            ON reading.url = latest.url AND reading.evidence_sha256 = latest.evidence_sha256
        JOIN core.report AS report ON report.report_id = reading.report_id
        JOIN listed ON listed.year = report.year AND split_part(listed.url, '#', 1) = split_part(latest.url, '#', 1)
    ), pair AS MATERIALIZED (
        SELECT other.organ_id, other.year, other.url, other.report_id,
            min(current.url) AS current_url, current.report_id AS current_id
        FROM shown AS other
        JOIN shown AS current ON current.organ_id = other.organ_id AND current.year = other.year
        WHERE current.is_current AND NOT other.is_current
        GROUP BY ALL
    ), differing AS (
        SELECT report_id FROM pair UNION SELECT current_id FROM pair
    ), figure AS (
        SELECT report_id, concat_ws('.', table_code, edition, row_code, column_code) AS place, value
        FROM core.cell WHERE state = 'number' AND report_id IN (FROM differing)
        UNION ALL
        SELECT report_id, code, value FROM core.statistics_line
        WHERE state = 'number' AND report_id IN (FROM differing)
    )
    SELECT organ.name, pair.year, pair.url, pair.current_url, count(DISTINCT here.place)
    FROM pair
    JOIN core.organ AS organ ON organ.organ_id = pair.organ_id
    JOIN figure AS here ON here.report_id = pair.report_id
    JOIN figure AS there ON there.report_id = pair.current_id AND there.place = here.place
    WHERE here.value <> there.value
    GROUP BY ALL ORDER BY ALL
"""
