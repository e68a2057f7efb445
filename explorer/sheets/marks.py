"""Which cells of a report its findings speak of: numbered by the error that they go back to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from expectations.findings.slips import SLIPS, SLIPS_OF_SEVERAL
from warehouse.rows import Row
from warehouse.text import Text

Address = tuple[str, str, str]
"""Table, row and column of a cell, as codes."""


@dataclass(frozen=True)
class Change:
    """What another version has in the place of a figure: one from before, or one that came later."""

    is_later: bool
    value: Decimal | None


SEVERITIES = ("critical", "warning", "info")


@dataclass(frozen=True)
class Group:
    """Findings that go back to one error, numbered as they are marked in the tables."""

    number: int
    findings: tuple[Row, ...]

    @property
    def severity(self) -> str:
        """The gravest severity of its findings."""
        return min((str(each["severity"]) for each in self.findings), key=SEVERITIES.index)

    @property
    def size(self) -> int:
        """How many findings it gathers."""
        return len(self.findings)

    @property
    def slip(self) -> Text | None:
        """The slip by which several figures of it became wrong together, if it is one."""
        slips = (cell["slip"] for finding in self.findings for cell in finding["likely"] or ())
        return next((SLIPS[slip] for slip in slips if slip in SLIPS_OF_SEVERAL), None)

    @property
    def is_waived(self) -> bool:
        """Whether every one of its findings is excused."""
        return all(each["waiver"] is not None for each in self.findings)


@dataclass(frozen=True)
class Figure:
    """One statutory cell as it stands in a report. ``state`` is ``absent`` where the page lacks it.

    ``numbers`` are the groups of findings that it stands in; ``likely`` is what it should be where it is likely wrong;
    ``changes`` are what other versions have there, where it was corrected in silence.
    """

    address: Address
    raw: str
    state: str
    value: Decimal | None
    unit: str | None
    place: str
    numbers: tuple[int, ...] = ()
    likely: Decimal | None = None
    changes: tuple[Change, ...] = ()

    @property
    def position(self) -> tuple[int, ...]:
        """The table of the document, the row and the cell, each counted from 1; empty where it is not known."""
        parts = self.place.split(".")
        return tuple(int(part) + 1 for part in parts) if all(part.isdecimal() for part in parts) else ()

    @property
    def printed(self) -> str:
        """The text that stood there, without the space around it."""
        return " ".join(self.raw.split())

    @property
    def anchor(self) -> str:
        """The name of the cell within the page."""
        return "-".join(("c", *self.address))


@dataclass(frozen=True)
class Marks:
    """What stands beside cells: the numbers of the groups that concern each, what likely wrong ones should be."""

    numbers: Mapping[Address, tuple[int, ...]]
    likely: Mapping[Address, Decimal]
    changes: Mapping[Address, tuple[Change, ...]] = field(default_factory=dict)

    def on(self, figure: Figure) -> Figure:
        """Return a figure with its marks."""
        return replace(
            figure,
            numbers=self.numbers.get(figure.address, ()),
            likely=self.likely.get(figure.address, figure.likely),
            changes=self.changes.get(figure.address, ()),
        )


NO_MARKS = Marks({}, {})


def groups_of(findings: Iterable[Row]) -> tuple[Group, ...]:
    """Gather findings by the error that they go back to, the gravest first, those that are excused last."""
    gathered: defaultdict[str, list[Row]] = defaultdict(list)
    for finding in findings:
        gathered[finding["group_id"]].append(finding)
    found = [
        Group(0, tuple(sorted(each, key=lambda one: (SEVERITIES.index(one["severity"]), one["rule_id"]))))
        for each in gathered.values()
    ]
    found.sort(key=lambda group: (group.is_waived, SEVERITIES.index(group.severity), group.findings[0]["rule_id"]))
    return tuple(Group(number, group.findings) for number, group in enumerate(found, start=1))


def marks_of(groups: Sequence[Group], year: int, changes: Mapping[Address, tuple[Change, ...]] | None = None) -> Marks:
    """Say which cells of the report of a year findings speak of; what they take from the year before is left out."""
    numbers: defaultdict[Address, list[int]] = defaultdict(list)
    likely: dict[Address, Decimal] = {}
    for group in groups:
        for finding in group.findings:
            for address in _addresses(finding, year):
                if group.number not in numbers[address]:
                    numbers[address].append(group.number)
            for cell in finding["likely"] or ():
                address = (cell["table_code"], cell["row_code"], cell["column_code"])
                likely[address] = cell["value"]
                if group.number not in numbers[address]:
                    numbers[address].append(group.number)
    return Marks({address: tuple(each) for address, each in numbers.items()}, likely, changes or {})


def _addresses(finding: Row, year: int) -> Iterable[Address]:
    table = finding["table_code"]
    if table is None:
        return
    for cell in finding["cells"] or ():
        if cell["year"] == year and cell["row_code"] and cell["column_code"]:
            yield table, cell["row_code"], cell["column_code"]
    if not finding["cells"] and finding["row_code"] and finding["column_code"]:
        yield table, finding["row_code"], finding["column_code"]
