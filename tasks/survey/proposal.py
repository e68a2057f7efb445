"""A source as it is proposed: its YAML, with a comment at every value that says where it was found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tasks.calendar import is_over
from tasks.sources.declaration import Index, Politeness, Source
from tasks.survey.column_search import Found
from tasks.survey.columns import FoundList, lists_in_order
from tasks.survey.expected import expected_organs
from tasks.survey.proof import Proof
from tasks.web.addresses import host_of
from warehouse.regions import locate, regions
from warehouse.values import printable

_SHARE_EXPECTED = 0.8
"""What share of the reports that a year's lists hold now is expected of every later run."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a portal, beside its address."""

    address: str
    name: str
    networks: tuple[str, ...] = ()
    politeness: Politeness = field(default_factory=Politeness)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source with the file that declares it."""

    source: Source
    text: str


def proposed_source(given: Given, found: Found, hosts: Sequence[str]) -> Source:
    """The source that a search came to, not proven yet.

    Raises:
        ValueError: something that was found does not fit a declaration.
    """
    lists = lists_in_order(found.lists)
    return Source.model_validate(_fields(given, found, lists, hosts))


def written(given: Given, found: Found, hosts: Sequence[str], proof: Proof, day: date) -> Proposal:
    """The source with what its proof adds, and its file: floors, expected organs, and where each value was found."""
    lists = lists_in_order(found.lists)
    fields = _fields(given, found, lists, hosts)
    fields |= {
        "floor": _floor(proof, day),
        "expected": _expected(proof, found.publisher or found.title, fields["region"]),
    }
    elsewhere = [problem.item for problem in proof.problems if problem.code == "host_not_allowed"]
    fields["elsewhere"] = Counter(host for one in elsewhere if (host := host_of(one)))
    text = "".join(f"{line}\n" for line in _lines(given, found, lists, fields, day))
    content = yaml.safe_load(text)
    return Proposal(Source.model_validate({**content, "name": given.name}), text)


def _fields(given: Given, found: Found, lists: Sequence[FoundList], hosts: Sequence[str]) -> dict[str, Any]:
    families = Counter(one.adapter for one in lists)
    usual = families.most_common(1)[0][0]
    asked = {host_of(one.address) for one in lists} | {host_of(record.url) for one in lists for record in one.records}
    asked |= {host_of(index.address) for column in found.columns for index in column.indexes}
    return {
        "name": given.name,
        "title": found.title if len(found.title) > 1 else given.address,
        "publisher": found.publisher,
        "region": region_of(found.publisher or found.title),
        "home": given.address,
        "hosts": [host for host in hosts if host in asked or host == host_of(given.address)],
        "networks": list(given.networks),
        "politeness": given.politeness.model_dump(exclude_unset=True),
        "adapter": usual,
        "lists": [_listing(one, usual) for one in lists],
        "indexes": [_index(index, usual) for column in found.columns for index in column.indexes],
    }


def region_of(publisher: str) -> str | None:
    """The code of the region that a publisher's name begins with; ``None`` where the register does not know it."""
    located = locate(publisher)
    return located[0].code if located and located[0].listed_until is None else None


def _listing(one: FoundList, usual: str) -> dict[str, object]:
    listing = {"year": one.year, "category": one.category, "adapter": one.adapter, "parameters": one.parameters}
    return {**_given(listing, usual), "address": one.address}


def _index(index: Index, usual: str) -> dict[str, object]:
    return _given(index.model_dump(mode="json", exclude_defaults=True), usual)


def _given(fields: Mapping[str, object], usual: str) -> dict[str, object]:
    """Fields that say something: no adapter that is the source's."""
    return {name: value for name, value in fields.items() if value and (name, value) != ("adapter", usual)}


def _floor(proof: Proof, day: date) -> dict[int, int]:
    """Reports below which a year's run is a failure: of the years that are over and were listed whole."""
    listed = Counter[int]()
    for (year, _), count in proof.counts.items():
        listed[year] += count
    over = (year for year in sorted(proof.whole_years) if is_over(year, day))
    return {year: max(1, int(listed[year] * _SHARE_EXPECTED)) for year in over if listed[year]}


def _expected(proof: Proof, publisher: str, region: str | None) -> list[dict[str, object]]:
    """The organs that should publish, as the file gives them; ``by_register`` is no field of it."""
    expected = expected_organs(proof.discovery.links, publisher, region)
    return [{name: value for name, value in asdict(one).items() if value} for one in expected]


def _lines(
    given: Given, found: Found, lists: Sequence[FoundList], fields: Mapping[str, Any], day: date
) -> Iterator[str]:
    address = _one_line(given.address)
    yield f"# Found by `gouji sources add {address}` on {day}; comments say where each value was found."
    for step in found.way:
        yield f"#   {_one_line(step.title)}: {step.url}"
    yield f"title: {in_flow(fields['title'])}  # the title of {found.way[0].url if found.way else given.address}"
    if found.publisher:
        yield f"publisher: {in_flow(found.publisher)}  # behind 主办 on the same page"
    if fields["region"]:
        yield f'region: "{fields["region"]}"  # {_one_line(regions()[fields["region"]].name)}, named by the publisher'
    else:
        yield '# region: not known; the code of GB/T 2260 in quotes, such as "330300"'
    yield f"home: {in_flow(given.address)}"
    yield f"hosts: {in_flow(fields['hosts'])}  # of the lists and of the reports on them"
    if fields["elsewhere"]:
        others = ", ".join(f"{host} ({count})" for host, count in fields["elsewhere"].most_common())
        yield f"# Not fetched: reports on hosts that are not the portal's own: {_one_line(others)}"
    if given.networks:
        yield f"networks: {in_flow(fields['networks'])}"
    if fields["politeness"]:
        yield f"politeness: {in_flow(fields['politeness'])}"
    sign = next(one.sign for one in lists if one.adapter == fields["adapter"])
    yield f"adapter: {fields['adapter']}  # {_one_line(sign)}"
    yield "lists:"
    for one, listing in zip(lists, fields["lists"], strict=True):
        yield f"  - {in_flow(listing)}{_where(one, fields['adapter'])}"
    if fields["indexes"]:
        yield "# A new year's list is found from here:"
        yield "indexes:"
        yield from (f"  - {in_flow(index)}" for index in fields["indexes"])
    if fields["floor"]:
        yield f"floor: {in_flow(fields['floor'])}  # four fifths of what is listed now, of years listed whole"
    if fields["expected"]:
        yield "# Named by the titles on the list pages that were walked; `since` is the first year seen there."
        yield "expected:"
        for organ in fields["expected"]:
            by_register = "  # by the register of regions" if organ.pop("by_register", False) else ""
            yield f"  - {in_flow(organ)}{by_register}"


def _where(one: FoundList, usual: str) -> str:
    """Where a list was found, and what was not looked at."""
    signs = [f"linked on {one.found_on}"] if one.found_on else []
    signs += [one.sign] if one.adapter != usual else []
    signs += [] if one.looked_at else ["not looked at: its address is like its neighbours'"]
    signs += [f"also looks like {', '.join(one.others)}"] if one.others else []
    return f"  # {_one_line('; '.join(signs))}" if signs else ""


def in_flow(value: object) -> str:
    """A value as YAML on one line."""
    written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000_000)
    return written.removesuffix("...\n").strip()


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))


def write_source(proposal: Proposal, folder: Path) -> Path:
    """Write the file of a new source into a folder, and return its path.

    Raises:
        FileExistsError: there is a source of that name.
    """
    return write_text(proposal.text, proposal.source.name, folder)


def write_text(text: str, name: str, folder: Path) -> Path:
    """Write the text of a new source's file; raises as :func:`write_source` does."""
    path = folder / f"{name}.yaml"
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path
