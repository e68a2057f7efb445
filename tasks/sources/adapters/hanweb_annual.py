"""Hanweb's annual-report pages, ``/module/xxgk/xxgkAnnualReport.jsp?area=<organ>&fbtime=<year>``: there is no list."""

import re
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from tasks.sources.adapter import Adapter, Answer, Ask, ListPage, Recognition, Record, Start
from tasks.sources.markup import links_on

_PAGE = "/module/xxgk/xxgkAnnualReport.jsp"


class HanwebAnnual(Adapter):
    """Every declared organ in every wanted year has an address, though not always a report."""

    addresses: ClassVar[re.Pattern[str] | None] = re.compile(r"/xxgkAnnualReport\.jsp")

    areas: dict[str, str]
    """Organ codes of the portal, with the organs' names."""

    @classmethod
    def recognise(cls, page: Answer) -> Recognition | None:
        """By links to annual-report pages of several organs, whose codes and names are read from them."""
        found = [link for link in links_on(page) if _PAGE in link.url]
        areas = {area: link.title for link in found for area in parse_qs(urlsplit(link.url).query).get("area", ())}
        if not areas:
            return None
        address = found[0].url.partition("?")[0]
        return Recognition("it links to xxgkAnnualReport.jsp by area", parameters={"areas": areas}, address=address)

    def pages(self, start: Start, ask: Ask) -> Iterator[ListPage]:
        """One page of addresses a year, made up rather than asked for."""
        for year in start.years:
            yield ListPage(tuple(self._record(start.required_address(), area, year) for area in self.areas))

    def _record(self, address: str, area: str, year: int) -> Record:
        query = urlencode({"area": area, "fbtime": year})
        return Record(f"{address}?{query}", f"{self.areas[area]}{year}年政府信息公开工作年度报告", year=year)
