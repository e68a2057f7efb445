"""Who published a report: one identity per organ, whatever address or spelling it was found under."""

import re
import unicodedata
from dataclasses import dataclass

_KINDS = (
    (re.compile(r"人民政府(?:办公厅|办公室)$"), "department"),
    (re.compile(r"街道办事处$|街道$"), "subdistrict"),
    (re.compile(r"(?:镇|乡)人民政府$|[镇乡]$"), "township"),
    (re.compile(r"人民政府$"), "government"),
    (re.compile(r"管理委员会$|管委会$"), "administrative_committee"),
)


@dataclass(frozen=True)
class Organ:
    """An administrative organ. ``organ_id`` is stable across sources of one prefecture.

    ``kind`` is ``government``, ``department``, ``township``, ``subdistrict`` or ``administrative_committee``.
    """

    organ_id: str
    name: str
    kind: str
    region_code: str | None


def normalise_organ_name(name: str) -> str:
    """Fold compatibility forms and drop white space, brackets' contents and trailing punctuation.

    >>> normalise_organ_name("温州市机关 事务管理局 （本级）")
    '温州市机关事务管理局'
    """
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    return re.sub(r"\([^()]*\)", "", folded).strip(":,。、;·-")


def organ_of(name: str, region_code: str | None) -> Organ:
    """Return the organ that a printed name means on a portal of ``region_code`` (six digits, GB/T 2260).

    The identity joins the prefecture (four digits of the code) and the name, so that a city's portal and its
    districts' portals mean the same organ, and two 鼓楼区 of different cities do not.
    """
    name = normalise_organ_name(name)
    kind = next((kind for pattern, kind in _KINDS if pattern.search(name)), "department")
    return Organ(f"{(region_code or '')[:4]}-{name}", name, kind, region_code)
