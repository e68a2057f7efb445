"""Prose that is nearly another report's."""

from dataclasses import dataclass

from expectations.checks.report import ReportCheck
from expectations.examples import YEAR, broken
from expectations.model import Assessment, Batch, Rule, Severity
from expectations.relations import assessment
from warehouse.prose import BUCKETS, EMPTY
from warehouse.sql import literal
from warehouse.text import Text

_BANDS = 16
_BAND = BUCKETS // _BANDS
"""Digests are compared where all buckets of some band agree: sure to meet a likeness of nine tenths."""


def bands(digests: str) -> str:
    """Compile the pairs of reports that stand next to each other among those whose digests agree in a band.

    ``digests`` is a relation with digest, year and a number that goes by organ; every pair is given both ways, once.
    """
    parts = ", ".join(f"prose_digest[band * {_BAND} + {place}]" for place in range(1, _BAND + 1))
    return f"""
        WITH band AS (
            SELECT number, hash(year, band, {parts}) AS buckets
            FROM {digests} AS digest CROSS JOIN range({_BANDS}) AS bands(band) WHERE prose_digest IS NOT NULL
        ), neighbour AS (
            SELECT DISTINCT number, lag(number) OVER (PARTITION BY buckets ORDER BY number) AS before FROM band
        )
        SELECT number, before AS other FROM neighbour WHERE before IS NOT NULL
        UNION ALL SELECT before, number FROM neighbour WHERE before IS NOT NULL
    """


_ALIKE = f"""
    SELECT number, other FROM ({bands("digest")})
    UNION SELECT later.number, earlier.number FROM digest AS later
        JOIN digest AS earlier ON earlier.organ_id = later.organ_id AND earlier.year = later.year - 1
"""


@dataclass(frozen=True)
class AlikeProse(ReportCheck):
    """The prose of a report must not share ``per_cent`` or more with its organ's of last year or another organ's.

    Compares the digests of the prose (:mod:`tasks.extract.prose.digest`): that of last year, and of the same year those
    of the nearest organs among the digests that agree in a band, so that the work grows with the reports, not with
    their pairs. ``left_value`` is the likeness to the most similar report, which ``quote`` names. Reports without
    a digest say too little and are left aside.
    """

    per_cent: int

    @property
    def _bands_agreeing(self) -> int:
        """In how many bands reports that share so much agree at least: a bucket that differs spoils one at the most."""
        return max(0, _BANDS - BUCKETS * (201 - 2 * self.per_cent) // 200)

    def assess(self, severity: Severity, batch: Batch) -> str:
        """Compile the assessment of every report that has a digest."""
        selected = assessment(
            "report",
            quote="nearest.name",
            left="nearest.per_cent",
            right=str(self.per_cent),
            severity=literal(severity),
            holds=f"(nearest.per_cent >= {self.per_cent}) IS NOT TRUE",
        )
        number = "number" if batch.alike else "row_number() OVER (ORDER BY organ_id, report_id)"
        hashed = ", ".join(
            f"hash(prose_digest[{band * _BAND + 1}:{(band + 1) * _BAND}]) AS band_{band}" for band in range(_BANDS)
        )
        agreeing = " + ".join(f"(own.band_{band} = other.band_{band})::INTEGER" for band in range(_BANDS))
        return f"""
            WITH digest AS (
                SELECT {number} AS number, report_id, organ_id, organ_name, year, prose_digest, {hashed}
                FROM {batch.reports} AS report WHERE prose_digest IS NOT NULL
            ), candidate AS ({batch.alike or _ALIKE}), near AS (
                SELECT candidate.number, candidate.other FROM candidate
                JOIN digest AS own ON own.number = candidate.number
                JOIN digest AS other ON other.number = candidate.other
                WHERE own.report_id IN (SELECT report_id FROM {batch.reports_with_cells} AS report)
                    AND {agreeing} >= {self._bands_agreeing}
            ), compared AS (
                SELECT own.report_id, other.organ_name || ' ' || other.year AS name,
                    list_filter(list_zip(own.prose_digest, other.prose_digest), pair -> pair[1] = pair[2]) AS same,
                    CASE WHEN list_contains(own.prose_digest, {EMPTY}) AND list_contains(other.prose_digest, {EMPTY})
                        THEN len(list_filter(same, pair -> pair[1] = {EMPTY})) ELSE 0 END AS empty,
                    len(own.prose_digest) AS buckets
                FROM near JOIN digest AS own ON own.number = near.number
                JOIN digest AS other ON other.number = near.other
            ), likeness AS (
                SELECT report_id, name, round(100.0 * (len(same) - empty) / nullif(buckets - empty, 0)) AS per_cent
                FROM compared
            ), nearest AS (
                SELECT * FROM likeness WHERE per_cent IS NOT NULL
                QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY per_cent DESC, name) = 1
            )
            SELECT {selected}
            FROM {batch.reports_with_cells} AS report LEFT JOIN nearest ON nearest.report_id = report.report_id
            WHERE report.prose_digest IS NOT NULL
        """

    def sentence(self, assessment: Assessment) -> Text:
        """Name the other report and say how alike the two are."""
        likeness, _ = assessment.sides
        return Text(
            f"报告文字约 {likeness}% 与「{assessment.quote}」的报告相同。",
            f"About {likeness} per cent of the prose is that of the report “{assessment.quote}”.",
        )

    def example(self, rule: Rule) -> Assessment:
        """Make up a copy."""
        return broken(rule, self.per_cent + 7, self.per_cent, quote=f"某某市民政局 {YEAR}")
