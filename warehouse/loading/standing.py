"""Which archived pages were read, by which version of the extractor, and what was wrong with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from warehouse.rows import Row
from warehouse.store import Connection

UNREAD = ("internal_error", "not_in_archive")
"""The codes of problems for which a page is read again, though it did not change: they say nothing about the page."""

_UNREAD_PAGES = f"SELECT item FROM main.problem WHERE stage = 'extract' AND code IN {UNREAD}"


@dataclass(frozen=True)
class Standing:
    """What the store knows of a source's pages.

    ``read`` holds, by its address, the digest of the page that the address showed last (``Page.evidence_sha256``), if
    a version of the extractor read that and nothing came between; ``troubled`` the addresses that could not be fetched.
    """

    read: Mapping[str, str]
    troubled: frozenset[str]

    def among(self, addresses: Collection[str]) -> "Standing":
        """Return what of this is known of some addresses; all troubled items stay, for attachments are among them."""
        return Standing({url: self.read[url] for url in addresses if url in self.read}, self.troubled)


def standing(connection: Connection, source_id: str, years: Sequence[int], extractor_version: str) -> Standing:
    """Return what is known of the pages that a source lists for some years."""
    read = connection.execute(
        "SELECT url, evidence_sha256 FROM ("
        "    FROM core.sighting WHERE url IN ("
        "        SELECT url FROM raw.page WHERE source_id = ? AND list_contains(?::INTEGER[], report_year))"
        "    QUALIFY row_number() OVER (PARTITION BY url ORDER BY seen_at DESC, evidence_sha256) = 1"
        ") JOIN core.reading USING (url, evidence_sha256) "
        f"WHERE extractor_version = ? AND url NOT IN ({_UNREAD_PAGES})",
        [source_id, list(years), extractor_version],
    ).fetchall()
    return Standing(dict(read), standing_problems(connection, source_id, "fetch"))


def standing_problems(
    connection: Connection, source_id: str, stage: str, years: Sequence[int] | None = None
) -> frozenset[str]:
    """Return the items of a source's open problems of a stage, of some report years or of all."""
    found = connection.execute(
        "SELECT DISTINCT item FROM main.problem WHERE source_id = $source AND stage = $stage "
        "AND ($years::INTEGER[] IS NULL OR list_contains($years::INTEGER[], year))",
        {"source": source_id, "stage": stage, "years": years and list(years)},
    ).fetchall()
    return frozenset(item for (item,) in found)


def pages_to_read(
    connection: Connection, source_ids: Sequence[str], years: Sequence[int], extractor_version: str | None
) -> list[Row]:
    """Return the archived pages of some sources and years as rows of ``raw.page``, source by source, oldest first.

    Those that ``extractor_version`` has read, and nothing came between, are left out; without one, none is.
    """
    found: list[Row] = (
        connection.execute(
            "FROM raw.page WHERE purpose = 'report' AND sha256 IS NOT NULL AND extractor_version IS NOT NULL "
            "AND list_contains($sources, source_id) AND list_contains($years, report_year) "
            f"AND ($version IS NULL OR extractor_version <> $version OR url IN ({_UNREAD_PAGES})) "
            "ORDER BY source_id, report_year, fetched_at, url",
            {"sources": list(source_ids), "years": list(years), "version": extractor_version},
        )
        .to_arrow_table()
        .to_pylist()
    )
    return found


def years_on_record(connection: Connection) -> tuple[int, ...]:
    """Return the report years that the store holds pages or reports of."""
    found = connection.execute(
        "SELECT report_year FROM raw.page WHERE report_year IS NOT NULL UNION SELECT year FROM core.report ORDER BY 1"
    ).fetchall()
    return tuple(int(year) for (year,) in found)


def bodies_in_use(connection: Connection) -> frozenset[str]:
    """Return the sha256 of every body that a report was or may again be read from: pages and their attachments."""
    found = connection.execute(
        "SELECT sha256 FROM raw.page WHERE extractor_version IS NOT NULL "
        "UNION SELECT unnest(attachments::JSON->>'$[*].sha256') FROM raw.page WHERE attachments IS NOT NULL "
        "UNION SELECT document_sha256 FROM core.report WHERE document_sha256 IS NOT NULL"
    ).fetchall()
    return frozenset(sha256 for (sha256,) in found)
