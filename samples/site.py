"""What the sample portal publishes: columns of reports among other documents, each at its address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from samples.city import CITY
from samples.dresses import dress_of, render
from samples.dresses.document import Document, Paragraph
from samples.dresses.furniture import ZOOM
from samples.dresses.writers import Html
from samples.reports import SampleReport


@dataclass(frozen=True)
class Answer:
    """What the portal answers at an address."""

    body: bytes
    content_type: str
    modified: date | None = None

    @cached_property
    def etag(self) -> str:
        """A validator made from the content."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True)
class Entry:
    """One document of a column. ``report`` is ``None`` for documents that are no annual reports."""

    path: str
    title: str
    listed_on: date
    report: SampleReport | None

    @cached_property
    def answer(self) -> Answer:
        """The document's page."""
        if self.report is None:
            return Answer(_other_page(self), Html().content_type, self.listed_on)
        dress = dress_of(self.report)
        return Answer(render(self.report, dress), dress.writer.content_type, self.listed_on)


@dataclass(frozen=True)
class Column:
    """A list of documents, the newest first. ``path`` is the folder of its list pages."""

    category: str
    year: int
    path: str
    number: str
    entries: tuple[Entry, ...]

    @property
    def is_hanweb(self) -> bool:
        """Whether its records come from a data proxy (Hanweb), else from static pages (TRS)."""
        return self.path.startswith("/col/")


CITY_GOVERNMENT, CITY_DEPARTMENTS = "市人民政府", "市级部门单位"
COUNTIES, TOWNS = "县(市、区)政府", "乡镇(街道)"

_HANWEB_COLUMNS: Mapping[str, Mapping[int, str]] = {
    CITY_GOVERNMENT: dict(
        zip(range(2019, 2025), ["1990541", "1990872", "1991403", "1991955", "1992210", "1992667"], strict=True)
    ),
    CITY_DEPARTMENTS: dict(
        zip(range(2019, 2025), ["1990538", "1990869", "1991417", "1991948", "1992233", "1992651"], strict=True)
    ),
}
"""Column numbers follow no rule, as on real portals."""
_TRS_FOLDERS = {COUNTIES: "xq", TOWNS: "xzjd"}

_OTHER_DOCUMENTS = (
    "{organ}政府信息公开指南",
    "{organ}依申请公开指南",
    "{year}年{organ}政府工作报告",
    "关于做好{year}年度政府信息公开工作年度报告编制工作的通知",
    "{organ}{year}年法治政府建设情况报告",
)


def build_columns(reports: Iterable[SampleReport]) -> tuple[Column, ...]:
    """Sort reports into the portal's columns, one per category and year, with other documents among them."""
    sorted_out: dict[tuple[str, int], list[SampleReport]] = {}
    for report in reports:
        sorted_out.setdefault((category_of(report), report.year), []).append(report)
    return tuple(_column(category, year, members) for (category, year), members in sorted_out.items())


def category_of(report: SampleReport) -> str:
    """The category of lists that a report is found under."""
    organ = report.organ
    if organ.level == "city":
        return CITY_GOVERNMENT if organ.kind == "government" else CITY_DEPARTMENTS
    return TOWNS if organ.level == "township" else COUNTIES


def _column(category: str, year: int, reports: list[SampleReport]) -> Column:
    if category in _HANWEB_COLUMNS:
        number = _HANWEB_COLUMNS[category].get(year, f"199{year}{list(_HANWEB_COLUMNS).index(category)}")
        path = f"/col/col{number}/"
    else:
        number = ""
        path = f"/zwgk/nb/{_TRS_FOLDERS[category]}/{year}/"
    documents = [*((report.published_on, report.title, report) for report in reports), *_others(category, year)]
    documents.sort(key=lambda document: document[:2], reverse=True)
    entries = tuple(
        Entry(_address(path, number, listed_on, 9000 + year * 7 % 1000 + position), title, listed_on, report)
        for position, (listed_on, title, report) in enumerate(documents)
    )
    return Column(category, year, path, number, entries)


def _others(category: str, year: int) -> Iterator[tuple[date, str, None]]:
    organ = f"{CITY}人民政府" if category != TOWNS else "古驿镇人民政府"
    for position, title in enumerate(_OTHER_DOCUMENTS):
        yield date(year + 1, 1, 5 + 5 * position), title.format(organ=organ, year=year), None


def _address(column_path: str, number: str, listed_on: date, identity: int) -> str:
    if number:
        return f"/art/{listed_on.year}/{listed_on.month}/{listed_on.day}/art_{number}_{identity}.html"
    return f"{column_path}{listed_on:%Y%m}/t{listed_on:%Y%m%d}_{identity}.html"


def _other_page(entry: Entry) -> bytes:
    text = f"{entry.title}全文由{CITY}人民政府办公室负责解释,内容以公开发布的文本为准,自公布之日起施行。"
    document = Document(
        title=entry.title,
        organ=f"{CITY}人民政府",
        year=entry.listed_on.year - 1,
        published_on=entry.listed_on,
        published=entry.listed_on.isoformat(),
        source=f"{CITY}人民政府办公室",
        breadcrumb=("首页", "政务公开"),
        blocks=(Paragraph(text),),
    )
    return Html(furniture=ZOOM).write(document)
