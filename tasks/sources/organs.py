"""Who published a report: one identity per organ, whatever address or spelling it was found under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.sources.declaration import Source
from warehouse.characters import squeezed

_KINDS = (
    (re.compile(r"人民政府(?:办公厅|办公室)$"), "department"),
    (re.compile(r"街道办事处$|街道$"), "subdistrict"),
    (re.compile(r"(?:镇|乡)人民政府$|[镇乡]$"), "township"),
    (re.compile(r"人民政府$"), "government"),
    (re.compile(r"管理委员会$|管委会$"), "administrative_committee"),
)
_ZONE = r"(?![^区]*(?:开发|高新|新|园|管理)区)"
_LEVELS = (
    (re.compile(r"^[^省市县旗]{2,9}(?:自治县|县|自治旗|旗)"), "county"),
    (re.compile(rf"^[^市]{{2,9}}[市州盟]{_ZONE}[^区市]{{1,6}}区"), "county"),
    (re.compile(r"^[^市县区]{2,9}(?:省|自治区)(?!.*(?:市|县|州|盟))"), "province"),
    (re.compile(r"^[^市县]{2,12}(?:自治州|盟)"), "city"),
)
"""What the region at the begin of a name tells of an organ's level."""


@dataclass(frozen=True)
class Organ:
    """An administrative organ. ``organ_id`` is stable across sources of one prefecture.

    ``kind`` is ``government``, ``department``, ``township``, ``subdistrict`` or ``administrative_committee``,
    ``level`` is ``province``, ``city``, ``county`` or ``township``, declared by the source or told by the name (a name
    with 市 alone does not tell). ``parent_organ_id`` is the government whose report adds its figures up, ``None`` where
    no source declares it.
    """

    organ_id: str
    name: str
    kind: str
    region_code: str | None
    level: str | None = None
    parent_organ_id: str | None = None


@dataclass(frozen=True)
class Succession:
    """Whose figures an organ's reports go on from, since the report year ``since_year``."""

    predecessor_organ_id: str
    successor_organ_id: str
    since_year: int


class Register:
    """The organs of one source: what it declares of them, and for all others what their names tell."""

    def __init__(self, source: Source) -> None:
        self._region = source.region
        self._declared = {normalise_organ_name(organ.organ): organ for organ in source.organs}
        self._names = {
            normalise_organ_name(alias): name for name, organ in self._declared.items() for alias in organ.aliases
        }

    def find(self, printed_name: str) -> Organ:
        """Return the organ that a printed name means, under whichever of its names."""
        name = normalise_organ_name(printed_name)
        organ = organ_of(self._names.get(name, name), self._region)
        declared = self._declared.get(organ.name)
        if declared is None:
            return organ
        return replace(
            organ,
            kind=declared.kind or organ.kind,
            level=declared.level or organ.level,
            parent_organ_id=self.find(declared.parent).organ_id if declared.parent else None,
        )

    def declares(self, printed_name: str) -> bool:
        """Tell whether the source declares the organ that a printed name means."""
        return self.find(printed_name).name in self._declared

    def organs(self) -> Iterator[Organ]:
        """Yield every declared organ."""
        return map(self.find, self._declared)

    def aliases(self) -> Iterator[tuple[Organ, str]]:
        """Yield every other name of a declared organ."""
        return ((self.find(name), alias) for alias, name in self._names.items())

    def successions(self) -> Iterator[Succession]:
        """Yield every declared succession."""
        for name, declared in self._declared.items():
            for predecessor in declared.succeeds:
                if declared.since is not None:
                    yield Succession(self.find(predecessor).organ_id, self.find(name).organ_id, declared.since)


def normalise_organ_name(name: str) -> str:
    """Fold compatibility forms and drop white space, brackets' contents and trailing punctuation.

    >>> normalise_organ_name("温州市机关 事务管理局 （本级）")
    '温州市机关事务管理局'
    """
    return re.sub(r"\([^()]*\)", "", squeezed(name)).strip(":,。、;·-")


def organ_of(name: str, region_code: str | None) -> Organ:
    """Return the organ that a printed name means on a portal of ``region_code`` (six digits, GB/T 2260).

    The identity joins the prefecture (four digits of the code) and the name, so that a city's portal and its
    districts' portals mean the same organ, and two 鼓楼区 of different cities do not.
    """
    name = normalise_organ_name(name)
    kind = next((kind for pattern, kind in _KINDS if pattern.search(name)), "department")
    return Organ(f"{(region_code or '')[:4]}-{name}", name, kind, region_code, _level(name, kind))


def _level(name: str, kind: str) -> str | None:
    if kind in {"township", "subdistrict"}:
        return "township"
    return next((level for pattern, level in _LEVELS if pattern.search(name)), None)
