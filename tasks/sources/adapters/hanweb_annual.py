"""Hanweb's annual-report pages, ``/module/xxgk/xxgkAnnualReport.jsp?area=<organ>&fbtime=<year>``: there is no list."""

from collections.abc import Iterator
from urllib.parse import urlencode

from tasks.sources.adapter import Adapter, Ask, ListPage, Record, Start


class HanwebAnnual(Adapter):
    """Every declared organ in every wanted year has an address, though not always a report."""

    areas: dict[str, str]
    """Organ codes of the portal, with the organs' names."""

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """One page of addresses a year, made up rather than asked for."""
        for year in start.years:
            yield ListPage(tuple(self._record(start.required_address(), area, year) for area in self.areas))

    def _record(self, address: str, area: str, year: int) -> Record:
        query = urlencode({"area": area, "fbtime": year})
        return Record(f"{address}?{query}", f"{self.areas[area]}{year}年政府信息公开工作年度报告", year=year)
