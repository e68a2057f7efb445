"""Who published a report: one identity per organ, whatever address or spelling it was found under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.sources.declaration import Source
from warehouse.characters import squeezed
from warehouse.regions import Region, above, locate

_TOWNSHIP = re.compile(r".*(?:镇|乡|苏木)人民政府|.*街道办事处")
_TOWNSHIP_ALONE = re.compile(r"[^省市县区旗州盟镇乡]{1,10}(?:镇|乡|苏木|街道)")
_COMMITTEE = re.compile(r".*(?:管理委员会|管委会)")
_DEPARTMENT = re.compile(r"(?:(?!人大|政协|常务|居民|村民).)*(?:局|厅|委员会|委|办公室|办)")
_AREA = re.compile(r"[省市县区旗州盟镇乡村园场站岛库港]|开发|街道|新城")
_FUNCTION = re.compile("城市|市场|市政|市容|城乡|乡村|园林|区划|区域|港航|口岸|机场建设|民族乡")
"""Words of what departments do, and no area's."""
_OWN = re.compile(rf"(?!{_FUNCTION.pattern})(?:自治[区州县旗]|地区|[省市县区旗州盟])")
"""How a portal's own region is called on it: 市民政局."""


@dataclass(frozen=True)
class Organ:
    """An administrative organ. ``organ_id`` is stable across sources of one prefecture.

    ``kind`` is ``government``, ``department``, ``township``, ``subdistrict`` or ``administrative_committee``,
    ``level`` is ``province``, ``city``, ``county`` or ``township``; both are declared by the source, or follow from
    a region of the register in its name, or are unknown (``None``). ``region_code`` is that region's, else the
    source's. ``parent_organ_id`` is the government whose report adds its figures up, ``None`` where no source says so.
    """

    organ_id: str
    name: str
    kind: str | None
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
        is_department = declared.level is not None and _DEPARTMENT.fullmatch(organ.name)
        return replace(
            organ,
            kind=declared.kind or organ.kind or ("department" if is_department else None),
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
    located = _locate(name, region_code)
    kind, level = _rank(name, *located) if located else _rank(name, None, name)
    code = located[0].code if located else region_code
    return Organ(f"{(region_code or '')[:4]}-{name}", name, kind, code, level)


def _locate(name: str, region_code: str | None) -> tuple[Region, str] | None:
    """Return the region that a name begins with, and what follows; 市 and the like mean the portal's own region."""
    if located := locate(name, region_code):
        return located
    own = _OWN.match(name)
    region = own and next((region for region in above(region_code or "") if region.name.endswith(own[0])), None)
    return (region, name[own.end() :]) if own and region else None


def _rank(name: str, region: Region | None, rest: str) -> tuple[str | None, str | None]:
    """Return an organ's kind and level, as far as its region and the rest of its name leave no doubt of them.

    景区, 社区, 保税区, 城区 and 开发区 are no districts: what stands in an area that the register lacks is unknown.
    """
    level = region.level.value if region else None
    if rest in {"人民政府", "行政公署"} and region:
        return "government", level
    if _TOWNSHIP.fullmatch(name) or (level == "county" and _TOWNSHIP_ALONE.fullmatch(rest)):
        return "subdistrict" if "街道" in name[-5:] else "township", "township"
    if name.endswith("人民政府"):
        return "government", None
    if _AREA.search(_FUNCTION.sub("", rest)):
        return ("administrative_committee", None) if _COMMITTEE.fullmatch(rest) else (None, None)
    return ("department", level) if _DEPARTMENT.fullmatch(rest) else (None, None)
