"""The statutory calendar of a report year: departments by 31 January, governments by 31 March of the next year.

Source: 政府信息公开条例 (国务院令第711号), article 49.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

FIRST_YEAR = 2008
"""The first report year: the regulations came into force in May 2008."""
LAST_YEAR = 2099


CHINA = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Return the day in China, wherever this runs."""
    return datetime.now(CHINA).date()


def season_year(day: date) -> int:
    """Return the report year that is published and corrected in the year of ``day``: in 2024, the reports for 2023."""
    return day.year - 1


def is_over(year: int, today: date) -> bool:
    """Whether every report for ``year`` should be out on ``today``."""
    return today > date(year + 1, 3, 31)
