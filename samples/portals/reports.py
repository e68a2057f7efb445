"""The reports that the small portals list: enough of each to be recognised, and nothing more."""

from dataclasses import dataclass
from datetime import date, timedelta

_BUREAUS = ("教育局", "科学技术局", "公安局", "民政局", "司法局", "财政局", "自然资源局", "水利局", "商务局", "审计局")


@dataclass(frozen=True, slots=True)
class ListedReport:
    """One report of a small portal: its number, title, year and date, and what its page says."""

    number: int
    title: str
    year: int
    listed_on: date

    @property
    def body(self) -> str:
        """The page's text, with the sections that every report has."""
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{self.title}</title></head><body>"
            f"<h1>{self.title}</h1><p>发布日期:{self.listed_on}</p><p>一、总体情况</p><p>第{self.number}号。</p>"
            "<p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p>"
            f"<table><tr><td>本年新收</td><td>{self.number}</td></tr></table>"
            "<p>四、政府信息公开行政复议、行政诉讼情况</p></body></html>"
        )


def reports(count: int, year: int, place: str = "清河市") -> tuple[ListedReport, ...]:
    """So many reports for one year, the same on every call."""
    first_day = date(year + 1, 1, 4)
    return tuple(
        ListedReport(number, f"{_organ(place, number)}{year}年政府信息公开工作年度报告", year, _day(first_day, number))
        for number in range(count)
    )


def _organ(place: str, number: int) -> str:
    return f"{place}{_BUREAUS[number % len(_BUREAUS)]}第{number // len(_BUREAUS) + 1}分局"


def _day(first_day: date, number: int) -> date:
    return first_day + timedelta(days=number % 27)
