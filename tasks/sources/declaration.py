"""What is declared of a portal: each has one YAML file in ``sources/``, read by ``tasks/sources/files.py``.

A source says where a portal lists its reports and how those lists answer (an adapter of
``tasks/discover/adapters/`` with its parameters), which hosts may be fetched, and what is known of the portal.
Nothing is registered elsewhere: adding a portal is adding its file.
"""

import ipaddress
import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from tasks.calendar import FIRST_YEAR, LAST_YEAR
from tasks.web.addresses import host_of
from warehouse.errors import GoujiError

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class SourceError(GoujiError):
    """A source file that cannot be used. The message is one line with file, line and field."""

    exit_code = 2


def _web_address(value: str) -> str:
    if host_of(value) is None:
        raise ValueError("must be a whole address that begins with http:// or https://")
    return value


def _region_code(value: object) -> object:
    if not isinstance(value, str) or re.fullmatch(r"\d{6}", value) is None:
        raise ValueError('must be a code of six digits in quotes, such as "330300"')
    return value


def _floor(value: object) -> object:
    counts = list(value.values()) if isinstance(value, dict) else [value]
    years = list(value) if isinstance(value, dict) else []
    if all(type(count) is int and count >= 0 for count in counts) and all(type(year) is int for year in years):
        return value
    raise ValueError("must be a number of reports, or one for each year, such as {2022: 80, 2023: 90}")


def _misplaced(message: str, *place: str | int) -> PydanticCustomError:
    """An error that only the whole source shows, with the field that it is about."""
    return PydanticCustomError("misplaced", "{message}", {"message": message, "place": place})


WebAddress = Annotated[str, AfterValidator(_web_address)]


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Politeness(_Declaration):
    """How often one host is asked. Whatever differs from the defaults needs a reason."""

    connections: int = Field(2, ge=1, le=64, description="Connections to one host at a time.")
    interval: float = Field(1.0, ge=0, le=600, description="Seconds between the starts of two requests to one host.")
    robots: bool = Field(True, description="Whether robots.txt is obeyed.")
    reason: str | None = Field(None, min_length=5, description="Why this portal is treated differently.")

    @model_validator(mode="after")
    def _deviation_has_reason(self) -> Self:
        if self.model_fields_set - {"reason"} and not self.reason:
            raise ValueError("an override of politeness needs a reason")
        return self


class TransportSecurity(_Declaration):
    """What a portal's TLS needs that is not usual: each weakens what is known of who answers, and so has a reason."""

    verify: bool = Field(True, description="Whether the certificate is verified.")
    certificates: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*\.pem$",
        description="File in the folder of the source files with certificates that are trusted too (PEM): an issuer "
        "of its own, or the intermediate that the portal does not send.",
    )
    outdated: bool = Field(
        False, description="Whether TLS 1.0 and 1.1, weak keys and unsafe renegotiation are put up with."
    )
    reason: str = Field(min_length=5, description="Why.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.verify and not self.certificates and not self.outdated:
            raise ValueError("say what is unusual: verify: false, certificates: a file, or outdated: true")
        return self


class Listing(_Declaration):
    """One list of reports and how it answers.

    ``year`` is the report year that the list stands for, if it stands for one; a year in a title goes before it.
    ``adapter`` and ``parameters`` default to those of the source.
    """

    address: WebAddress | None = Field(None, description="Address of the list; not every adapter needs one.")
    year: Year | None = None
    category: str | None = None
    adapter: str | None = None
    parameters: dict[str, object] = Field(default_factory=dict)
    every_title: bool = Field(False, description="Whether whatever the list holds is an annual report.")
    maximum_pages: int = Field(300, ge=1, le=5000, description="Pages after which the list is given up.")


class Index(_Declaration):
    """A page that leads to lists not yet known, such as 信息公开年报 with its categories and years.

    ``through`` names links to follow from ``address`` first, as a breadcrumb may lead up to it. ``levels`` says what
    the links mean on the way down: a ``category``, or a ``year`` whose page is a list. ``published`` says that these
    years are those of publication, one after the year that is reported on.
    """

    address: WebAddress
    through: tuple[str, ...] = Field((), description="Link texts that lead to the index, in their order.")
    levels: tuple[str, ...] = ("category", "year")
    categories: tuple[str, ...] = Field((), description="Link texts that are categories, as printed.")
    category: str | None = Field(None, description="Category of every list that it leads to, where it is of one.")
    below: str | None = Field(None, description="What its links stand below in a menu that leads elsewhere too.")
    published: bool = Field(False, description="Whether the years of its links are those of publication.")
    adapter: str | None = None
    parameters: dict[str, object] = Field(default_factory=dict)

    @field_validator("levels")
    @classmethod
    def _known_levels(cls, levels: tuple[str, ...]) -> tuple[str, ...]:
        if not levels or set(levels) - {"category", "year"} or len(set(levels)) < len(levels):
            raise ValueError("levels are category, year, or both in their order")
        return levels

    @model_validator(mode="after")
    def _categories_named(self) -> Self:
        if "category" in self.levels and not self.categories:
            raise ValueError("levels name a category: say in categories how their links read")
        return self


class ExpectedOrgan(_Declaration):
    """An organ that should publish a report on this portal, for the report years ``since`` to ``until``."""

    organ: str = Field(min_length=2)
    category: str | None = None
    since: Year | None = None
    until: Year | None = None

    def expects(self, year: int) -> bool:
        """Whether a report for ``year`` should be there."""
        return (self.since or FIRST_YEAR) <= year <= (self.until or LAST_YEAR)


class DeclaredOrgan(_Declaration):
    """What is known of an organ beyond its name: what it is, under which government, and what it was before.

    ``parent`` is the government whose report adds this organ's figures up. ``aliases`` are other names that it
    publishes under. ``succeeds`` names the organs whose figures its reports go on from, ``since`` the report year of
    the first such report: one name where it was renamed, several where it was merged.
    """

    organ: str = Field(min_length=2)
    kind: Literal["government", "department", "township", "subdistrict", "administrative_committee"] | None = None
    level: Literal["province", "city", "county", "township"] | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()
    since: Year | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if bool(self.succeeds) != (self.since is not None):
            raise ValueError("succeeds and since belong together: whom the organ succeeds, and since which report year")
        if self.organ in {self.parent, *self.aliases, *self.succeeds}:
            raise ValueError(f"{self.organ} stands for itself as parent, alias or predecessor")
        return self


class Source(_Declaration):
    """One portal. ``name`` is the name of its file."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str = Field(min_length=2, description="The portal's name, as it calls itself.")
    publisher: str | None = Field(None, description="The organ that runs it.")
    region: Annotated[str, BeforeValidator(_region_code)] | None = Field(
        None, description="Region code after GB/T 2260."
    )
    home: WebAddress | None = None
    hosts: tuple[str, ...] = Field(min_length=1, description="Hosts that may be fetched, with a port where not usual.")
    networks: tuple[str, ...] = Field((), description="Networks beyond the public internet that the hosts may be in.")
    adapter: str | None = Field(None, description="Adapter of every list that names none.")
    parameters: dict[str, object] = Field(default_factory=dict)
    lists: tuple[Listing, ...] = ()
    indexes: tuple[Index, ...] = ()
    politeness: Politeness = Politeness()
    tls: TransportSecurity | None = None
    floor: Annotated[int | dict[int, int], BeforeValidator(_floor)] = Field(
        0, description="Reports below which a year's run is a failure."
    )
    expected: tuple[ExpectedOrgan, ...] = ()
    organs: tuple[DeclaredOrgan, ...] = Field((), description="What is known of organs beyond their names.")
    notes: str | None = None
    folder: Path | None = Field(None, exclude=True, description="Where its file is; not a field of the file.")

    @field_validator("hosts")
    @classmethod
    def _plain_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if host.endswith((":80", ":443")):
                raise ValueError(f"{host!r} has a usual port: leave it out")
            if host_of(f"http://{host}") != host:
                raise ValueError(f"{host!r} is not a plain lower-case host name with an optional port")
        return hosts

    @field_validator("networks")
    @classmethod
    def _parsed_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ipaddress.ip_network(network)
        return networks

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.lists and not self.indexes:
            raise ValueError("a source needs lists or indexes")
        for field in ("lists", "indexes"):
            for position, where in enumerate(getattr(self, field)):
                if where.address and not self.allows(where.address):
                    host = host_of(where.address)
                    raise _misplaced(f"{host} is not among the declared hosts", field, position, "address")
        known = [(one.address, one.adapter, one.parameters) for one in self.lists]
        for position, one in enumerate(known):
            if one[0] and one in known[:position]:
                raise _misplaced(f"lists.{known.index(one)} has this address already", "lists", position, "address")
        return self

    @field_validator("organs")
    @classmethod
    def _named_once(cls, organs: tuple[DeclaredOrgan, ...]) -> tuple[DeclaredOrgan, ...]:
        names = Counter(name for organ in organs for name in (organ.organ, *organ.aliases))
        if twice := [name for name, count in names.items() if count > 1]:
            raise ValueError(f"{twice[0]} is named twice, as an organ or as an alias")
        parents = {organ.organ: organ.parent for organ in organs}
        for organ in organs:
            above, seen = organ.parent, {organ.organ}
            while above is not None:
                if above in seen:
                    raise ValueError(f"{above} is its own parent")
                seen.add(above)
                above = parents.get(above)
        return organs

    def allows(self, address: str) -> bool:
        """Whether ``address`` is http(s) on one of the declared hosts."""
        return host_of(address) in self.hosts

    def floor_for(self, year: int) -> int:
        """Reports that a run for ``year`` must find at least."""
        return self.floor if isinstance(self.floor, int) else self.floor.get(year, 0)

    def expected_for(self, year: int) -> tuple[ExpectedOrgan, ...]:
        """The organs that should have a report for ``year``."""
        return tuple(organ for organ in self.expected if organ.expects(year))
