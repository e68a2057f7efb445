"""What was fetched and read, as rows of a staged batch."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from tasks.extract.metadata import organ_in
from tasks.extract.report import Report
from tasks.load.rows import cell_columns, completeness_of, content_sha256, part_rows, representable
from tasks.pages import Attachment, Exchange, Link, Page
from tasks.problems import Problem, Stage
from tasks.sources.declaration import Source
from tasks.sources.organs import Organ, Register
from warehouse.loading.staging import ITEM, write_batch
from warehouse.rows import Row

_logger = logging.getLogger("gouji.problems")


@dataclass
class Batch:
    """Rows on their way into one staged batch, collected stage by stage."""

    source: Source
    run_id: str
    at: datetime
    extractor_version: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    _cells: dict[str, list[object]] = field(default_factory=dict)
    _reports: set[str] = field(default_factory=set)
    _register: Register = field(init=False)

    def __post_init__(self) -> None:
        self._register = Register(self.source)

    def add_item(self, stage: Stage, item: str) -> None:
        """Name an item that a stage dealt with, so that its earlier problems count as resolved unless they recur."""
        self._add(ITEM, stage=stage.value, item=item)

    def add_problems(self, problems: Iterable[Problem], year: int | None = None) -> None:
        """Record problems; one item has one problem of a code, whatever the run."""
        for problem in problems:
            _logger.info("%s: %s: %s", problem.code, problem.item, problem.detail, extra=self._place(problem))
            self._add(
                "problem",
                problem_id=_digest(self.source.name, problem.stage, problem.item, problem.code),
                source_id=self.source.name,
                year=year,
                stage=problem.stage.value,
                item=problem.item,
                code=problem.code,
                detail=problem.detail,
                attempts=problem.attempts,
                first_seen_at=self.at,
                last_seen_at=self.at,
                run_id=self.run_id,
            )

    def _place(self, problem: Problem) -> dict[str, str]:
        return {"source": self.source.name, "stage": problem.stage.value, "item": problem.item, "code": problem.code}

    def add_expected(self, year: int) -> None:
        """Record how many reports the source must have for a year, and which organs it declares to owe it one."""
        self._add("source_floor", source_id=self.source.name, year=year, reports=self.source.floor_for(year))
        for expected in self.source.expected_for(year):
            organ = self._register.find(expected.organ)
            self._add(
                "expected_report",
                source_id=self.source.name,
                organ_id=organ.organ_id,
                organ_name=organ.name,
                year=year,
                category=expected.category,
            )

    def add_organs(self) -> None:
        """Record what the source declares of organs: their governments, other names and predecessors."""
        for organ in self._register.organs():
            self._add_organ(organ)
        for organ, alias in self._register.aliases():
            self._add("organ_alias", organ_id=organ.organ_id, alias=alias)
        for succession in self._register.successions():
            self._add("succession", source_id=self.source.name, **asdict(succession))

    def add_links(self, links: Iterable[Link]) -> None:
        """Record what is listed, and whose it is by its title, so that what could not be had is known to be there."""
        for link in links:
            named = organ_in(link.title)
            organ = self._register.find(named) if named else None
            self._add(
                "link",
                source_id=self.source.name,
                url=link.url,
                title=link.title,
                year=link.year,
                listed_on=link.listed_on,
                category=link.category,
                last_listed_at=self.at,
                run_id=self.run_id,
                organ_id=organ and organ.organ_id,
                organ_name=organ and organ.name,
            )

    def add_page(self, page: Page) -> None:
        """Record the answer that brought a report's page, whichever run asked for it, and that it was read."""
        self._add(
            "page",
            **page.row,
            page_id=_page_id(page.exchange),
            extractor_version=self.extractor_version,
            run_id=self.run_id,
        )

    def add_exchanges(self, exchanges: Iterable[Exchange]) -> None:
        """Record requests, but for those that brought a report's page: :meth:`add_page` records these.

        That a page is unchanged is on record in the archive only.
        """
        for exchange in exchanges:
            if exchange.status == HTTPStatus.NOT_MODIFIED:
                continue
            if exchange.purpose == "report" and exchange.status == HTTPStatus.OK and exchange.problem is None:
                continue
            self._add("page", **exchange.row, page_id=_page_id(exchange), run_id=self.run_id)

    def add_report(self, page: Page, report: Report, attachment: Attachment | None = None) -> None:
        """Record when a page was seen and what was read in it: a report version with its organ, figures and statements.

        ``attachment`` is the document that held the report, if the page itself did not. Of a report without an organ, a
        year or a single figure it is only recorded that nothing was read; its problems say why. Other reports in
        the same document have addresses of their own, fragments of the page's, where the source declares their organ.
        """
        self._add_reading(page, page.link.url, report, attachment)
        for other in report.others:
            if other.organ and self._register.declares(other.organ):
                self._add_reading(page, f"{page.link.url}#{other.organ}-{other.year}", other, attachment)
                self.add_problems(other.problems, other.year)

    def _add_reading(self, page: Page, address: str, report: Report, attachment: Attachment | None) -> None:
        shown = {"url": address, "evidence_sha256": page.evidence_sha256}
        for moment in {page.exchange.fetched_at, page.checked_at}:
            self._add("sighting", **shown, seen_at=moment)
        report_id = self._add_version(page, report, attachment)
        self._add("reading", **shown, report_id=report_id, extractor_version=self.extractor_version)

    def _add_version(self, page: Page, report: Report, attachment: Attachment | None) -> str | None:
        if report.organ is None or report.year is None or not report.has_figures:
            return None
        organ = self._register.find(report.organ)
        report, problems = representable(report, page.link.url)
        self.add_problems(problems, report.year)
        content = content_sha256(report)
        report_id = _digest(organ.organ_id, str(report.year), content)
        if report_id in self._reports:
            return report_id
        self._reports.add(report_id)
        self._add_organ(organ)
        document = attachment or page
        self._add(
            "report",
            **self._report_row(page, report, organ, report_id, content),
            document_url=attachment.url if attachment else page.exchange.final_url,
            document_sha256=document.sha256,
        )
        for name, rows in part_rows(report_id, report).items():
            self.rows.setdefault(name, []).extend(rows)
        for column, values in cell_columns(report_id, report.cells).items():
            self._cells.setdefault(column, []).extend(values)
        return report_id

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it for the warehouse."""
        return not self.rows

    def write(self, directory: Path) -> Path:
        """Stage the batch; return its folder."""
        self._add(
            "source",
            source_id=self.source.name,
            title=self.source.title,
            publisher=self.source.publisher,
            region_code=self.source.region,
            home_url=self.source.home,
            loaded_at=self.at,
        )
        return write_batch(directory, {**self.rows, "cell": self._cells})

    def _report_row(self, page: Page, report: Report, organ: Organ, report_id: str, content: str) -> Row:
        period_from, period_to = report.period or (None, None)
        completeness = completeness_of(report)
        return {
            "report_id": report_id,
            "organ_id": organ.organ_id,
            "organ_name": report.organ,
            "year": report.year,
            "title": report.title,
            "published_on": report.published_on,
            "publisher": report.publisher,
            "period_from": period_from,
            "period_to": period_to,
            "document_number": report.document_number,
            "contact": report.contact,
            "origins": _as_json(report.origins),
            "source_id": self.source.name,
            "page_id": _page_id(page.exchange),
            "url": page.link.url,
            "page_sha256": page.sha256,
            "content_sha256": content,
            "cells_expected": sum(table.expected for table in completeness.values()),
            "cells_read": sum(table.read for table in completeness.values()),
            "fetched_at": page.exchange.fetched_at,
            "prose_digest": report.prose_digest,
            "is_current": False,
            "first_seen_at": page.exchange.fetched_at,
            "last_seen_at": page.checked_at,
            "extractor_version": self.extractor_version,
            "run_id": self.run_id,
        }

    def _add_organ(self, organ: Organ) -> None:
        self._add(
            "organ",
            organ_id=organ.organ_id,
            name=organ.name,
            kind=organ.kind,
            region_code=organ.region_code,
            level=organ.level,
            parent_organ_id=organ.parent_organ_id,
        )

    def _add(self, table: str, **row: object) -> None:
        self.rows.setdefault(table, []).append(row)


def _as_json(headers: Mapping[str, str]) -> str:
    return json.dumps(headers, ensure_ascii=False, sort_keys=True)


def _page_id(exchange: Exchange) -> str:
    return _digest(exchange.url, exchange.sha256 or "", exchange.fetched_at.isoformat())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
