"""The organs that should publish on a portal: those that its titles name, and those that the register adds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.extract.metadata.titles import organ_in
from tasks.pages import Link
from warehouse.regions import Region, locate, regions

_GOVERNMENT = "人民政府"


@dataclass(frozen=True, slots=True)
class Expected:
    """An organ that should publish, since which report year, and how that is known."""

    organ: str
    category: str | None
    since: int
    by_register: bool = False


def expected_organs(links: Sequence[Link], publisher: str, region: str | None) -> list[Expected]:
    """The organs that the titles of some links name, each since the first year that it was seen with.

    Where a government publishes here whose region the register knows, that government is expected too; and where one
    of the governments below it does, so is every other of its level that the register has in force.
    """
    named = _named(links)
    return [*named, *_by_register(named, links, publisher, regions().get(region or ""))]


def _named(links: Sequence[Link]) -> list[Expected]:
    seen: dict[str, Expected] = {}
    for link in sorted(links, key=lambda link: link.year):
        if organ := organ_in(link.title):
            seen.setdefault(organ, Expected(organ, link.category, link.year))
    in_order = dict.fromkeys(organ for link in links if (organ := organ_in(link.title)))
    return [seen[organ] for organ in in_order]


def _by_register(
    named: Sequence[Expected], links: Sequence[Link], publisher: str, own: Region | None
) -> Iterator[Expected]:
    """Governments that are not named, as the portal prints the names of those that are."""
    located = locate(publisher)
    if own is None or located is None or not located[1].startswith(_GOVERNMENT) or not links:
        return
    governed = {region.code: one for one in named if (region := _governed(one.organ, own))}
    if own.code not in governed:
        yield Expected(f"{own.name}{_GOVERNMENT}", None, max(link.year for link in links), by_register=True)
    below = [one for one in regions().values() if one.parent_code == own.code and one.listed_until is None]
    if seen := [governed[one.code] for one in below if one.code in governed]:
        first = min(seen, key=lambda one: one.since)
        before = own.name if all(one.organ.startswith(own.name) for one in seen) else ""
        for region in (one for one in below if one.code not in governed):
            yield Expected(f"{before}{region.name}{_GOVERNMENT}", first.category, first.since, by_register=True)


def _governed(organ: str, own: Region) -> Region | None:
    """The region whose government an organ is."""
    located = locate(organ, own.code)
    return located[0] if located and located[1] == _GOVERNMENT else None
