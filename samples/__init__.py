"""An offline portal with realistic reports, for the demo, the tests and the benchmarks.

Everything is made up and deterministic: 90 organs of the fictional city of 云泽 with reports for 2019–2024, consistent
across years, dressed as real pages look, and a declared list of planted inconsistencies.

>>> from samples import planted, sample_reports
>>> next(sample_reports(years=[2021])).organ.name
'云泽市人民政府'
>>> {found.rule for found in planted()} == {"A1", "A2", "A3", "A5", "B1"}
True
"""

from samples.city import Organ, many_organs, organs
from samples.inconsistencies import COPIES, SLIPS, Slip, planted, published_reports
from samples.reports import SEED, YEARS, SampleReport, sample_reports
from samples.violations import ALL_RULES, BASIC_RULES, Planted, further_violations, violations

__all__ = [
    "ALL_RULES",
    "BASIC_RULES",
    "COPIES",
    "SEED",
    "SLIPS",
    "YEARS",
    "Organ",
    "Planted",
    "SampleReport",
    "Slip",
    "further_violations",
    "many_organs",
    "organs",
    "planted",
    "published_reports",
    "sample_reports",
    "violations",
]
