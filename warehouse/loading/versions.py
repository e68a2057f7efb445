"""Report versions and their history: which address showed what, when, and which version counts.

Two facts make the history. A *sighting*: at a moment, an address showed a page (with its attachments, known by their
digest). A *reading*: what the extractor read in that page there, a report version or nothing. Both are sets, so that
neither the order of loading nor repetition matters; whatever else a report version says of its history follows:
of what an address showed of an organ's year the version seen last counts, and among several addresses that of the one
seen on the latest day, then the report published last.
"""

from warehouse.connection.transactions import Connection

PARTS_OF_REPORT = ("report_table", "cell", "statistics_line", "statement")
"""The tables of ``core`` whose rows belong to one report version."""


_SEEN_REPORTS = """
    core.sighting AS sighting
    JOIN core.reading AS reading
        ON reading.url = sighting.url AND reading.evidence_sha256 = sighting.evidence_sha256
    JOIN core.report AS report ON report.report_id = reading.report_id
"""


def merge_versions(connection: Connection) -> tuple[int, int, int]:
    """Merge the staged sightings, readings and reports into the store, within the caller's transaction.

    Returns the numbers of report versions that are new, of those known before, and of cells of the new ones.
    """
    for statement in _MERGE_FACTS:
        connection.execute(statement)
    counted = connection.execute(_COUNT).fetchone()
    accepted = "report_id IN (SELECT report_id FROM temp.accepted WHERE {})"
    for table in (*PARTS_OF_REPORT, "report"):
        connection.execute(f"DELETE FROM core.{table} WHERE {accepted.format('known')}")
        connection.execute(f"INSERT INTO core.{table} SELECT * FROM staged_{table} WHERE {accepted.format('true')}")
    for statement in (_COMPARE, _MARK_PENDING, _FOLLOW_SIGHTINGS):
        connection.execute(statement)
    for table in ("audit.finding", *(f"core.{part}" for part in PARTS_OF_REPORT), "core.report"):
        connection.execute(
            f"DELETE FROM {table} WHERE report_id IN (SELECT report_id FROM temp.compared WHERE removed)"
        )
    for table in ("accepted", "concerned", "compared"):
        connection.execute(f"DROP TABLE temp.{table}")
    return counted or (0, 0, 0)


def standing_versions(condition: str) -> str:
    """Compile the versions that count after the sightings and reports of a condition, one row an organ and year.

    Columns: organ_id, year, report_id, url, seen_at.
    """
    return f"""
        SELECT organ_id, year, report_id, url, seen_at FROM (
            SELECT report.organ_id, report.year, report.report_id, report.published_on, sighting.url, sighting.seen_at
            FROM {_SEEN_REPORTS} WHERE {condition}
            QUALIFY row_number() OVER (
                PARTITION BY report.organ_id, report.year, sighting.url ORDER BY sighting.seen_at DESC, report.report_id
            ) = 1
        )
        QUALIFY row_number() OVER (
            PARTITION BY organ_id, year
            ORDER BY (seen_at AT TIME ZONE 'Asia/Shanghai')::DATE DESC, published_on DESC NULLS LAST, url
        ) = 1
    """


def history_statements() -> tuple[str, ...]:
    """Return the statements that make the analysts' macros and view of history.

    ``as_of(moment)`` and its kin take a timestamp, or a date, which counts with its whole day.
    """
    moment = "CASE WHEN length(moment::VARCHAR) = 10 THEN moment::DATE + 1 ELSE moment::TIMESTAMPTZ END"
    return (
        f"CREATE OR REPLACE MACRO main.as_of(moment) AS TABLE {standing_versions(f'sighting.seen_at < {moment}')}",
        _REPORT_AS_OF,
        _CELL_AS_OF,
        _FINDING_AS_OF,
        _REPORT_HISTORY,
    )


_REPORT_AS_OF = """
    CREATE OR REPLACE MACRO main.report_as_of(moment) AS TABLE
    SELECT organ.name AS organ, report.* EXCLUDE (is_current), standing.seen_at
    FROM main.as_of(moment) AS standing
    JOIN core.report AS report ON report.report_id = standing.report_id
    JOIN core.organ AS organ ON organ.organ_id = report.organ_id
"""

_CELL_AS_OF = """
    CREATE OR REPLACE MACRO main.cell_as_of(moment) AS TABLE
    SELECT report.organ_id, report.organ, report.year, cell.*, report.url
    FROM main.report_as_of(moment) AS report
    JOIN core.cell AS cell ON cell.report_id = report.report_id
"""

_FINDING_AS_OF = """
    CREATE OR REPLACE MACRO main.finding_as_of(moment) AS TABLE
    SELECT report.organ_id, report.organ, report.year, finding.*, report.url
    FROM main.report_as_of(moment) AS report
    JOIN audit.finding AS finding ON finding.report_id = report.report_id
    WHERE finding.verdict = 'fail'
"""

_REPORT_HISTORY = f"""
    CREATE OR REPLACE VIEW main.report_history AS
    WITH shown AS (
        SELECT report.organ_id, report.year, sighting.url, sighting.seen_at, report.report_id,
            lag(report.report_id) OVER address IS DISTINCT FROM report.report_id AS changed
        FROM {_SEEN_REPORTS}
        WINDOW address AS (
            PARTITION BY report.organ_id, report.year, sighting.url ORDER BY sighting.seen_at, report.report_id
        )
    ), numbered AS (
        SELECT *, count(*) FILTER (changed) OVER (PARTITION BY organ_id, year, url ORDER BY seen_at, report_id)
            AS ordinal
        FROM shown
    ), period AS (
        SELECT organ_id, year, url, ordinal, report_id, min(seen_at) AS seen_from, max(seen_at) AS seen_to
        FROM numbered GROUP BY ALL
    )
    SELECT period.organ_id, organ.name AS organ, period.year, period.url, period.report_id,
        period.seen_from, period.seen_to,
        lead(period.seen_from) OVER (
            PARTITION BY period.organ_id, period.year, period.url ORDER BY period.ordinal
        ) AS replaced_at
    FROM period JOIN core.organ AS organ ON organ.organ_id = period.organ_id
"""


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
    # A version is kept as the newest extractor read it where it was first fetched.
    """
    CREATE OR REPLACE TEMP TABLE accepted AS
    SELECT staged.report_id, known.report_id IS NOT NULL AS known
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
        FROM {_SEEN_REPORTS} WHERE {_OF_CONCERNED} GROUP BY report.report_id
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
