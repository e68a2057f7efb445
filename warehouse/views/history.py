"""What the portals showed when: the versions that count at a moment, and how each address changed.

Two facts make the history. A *sighting*: at a moment, an address showed a page (with its attachments, known by their
digest), which was then read; that it was asked for again, and unchanged, is no sighting. A *reading*: what the
extractor read in that page there, a report version or nothing. Of what an address showed of an organ's year the version
seen last counts, and among several addresses that of the one seen so on the latest day, then the report published last.
"""

SEEN_REPORTS = """
    core.sighting AS sighting
    JOIN core.reading AS reading
        ON reading.url = sighting.url AND reading.evidence_sha256 = sighting.evidence_sha256
    JOIN core.report AS report ON report.report_id = reading.report_id
"""

_AT_ONE_ADDRESS = """(
    PARTITION BY report.organ_id, report.year, sighting.url ORDER BY sighting.seen_at, report.report_id
)"""
"""What an address showed of an organ's year, one sighting after the other."""


def standing_versions(condition: str) -> str:
    """Compile the versions that count after the sightings and reports of a condition, one row an organ and year.

    Columns: organ_id, year, report_id, url, seen_at.
    """
    return f"""
        SELECT organ_id, year, report_id, url, seen_at FROM (
            SELECT report.organ_id, report.year, report.report_id, report.published_on, sighting.url, sighting.seen_at
            FROM {SEEN_REPORTS} WHERE {condition}
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
    """Return the statements that make the analysts' macros and views of history.

    ``as_of(moment)`` and its kin take a timestamp, or a date, which counts with its whole day.
    """
    moment = "CASE WHEN length(moment::VARCHAR) = 10 THEN moment::DATE + 1 ELSE moment::TIMESTAMPTZ END"
    return (
        f"CREATE OR REPLACE MACRO main.as_of(moment) AS TABLE {standing_versions(f'sighting.seen_at < {moment}')}",
        _REPORT_AS_OF,
        _CELL_AS_OF,
        _FINDING_AS_OF,
        _REPORT_HISTORY,
        _REVISION,
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
        FROM {SEEN_REPORTS}
        WINDOW address AS {_AT_ONE_ADDRESS}
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

# Most organs have one version of a year: only where there are several is it looked at which followed which.
_REVISION = f"""
    CREATE OR REPLACE VIEW main.revision AS
    WITH shown AS (
        SELECT report.organ_id, report.year, sighting.url, report.report_id, sighting.seen_at,
            lag(report.report_id) OVER address AS earlier_report_id,
            lag(sighting.seen_at) OVER address AS last_seen_before_at
        FROM {SEEN_REPORTS}
        WHERE (report.organ_id, report.year) IN (
            SELECT (organ_id, year) FROM core.report GROUP BY organ_id, year HAVING count(*) > 1
        )
        WINDOW address AS {_AT_ONE_ADDRESS}
    )
    SELECT shown.organ_id, organ.name AS organ, shown.year, shown.url,
        shown.earlier_report_id, shown.report_id AS later_report_id,
        shown.last_seen_before_at, shown.seen_at AS first_seen_after_at
    FROM shown JOIN core.organ AS organ ON organ.organ_id = shown.organ_id
    WHERE shown.earlier_report_id <> shown.report_id
"""
