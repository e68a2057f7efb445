"""Going through a list: page after page until nothing new comes, and never for ever."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.discover.titles import compact_title
from tasks.fetch.problems import FetchError
from tasks.problems import Problem, Stage
from tasks.sources.adapter import Adapter, Ask, ListError, Record, Start
from tasks.web.addresses import address_key, host_of

_FRUITLESS_PAGES = 2
_FRUITLESS_PAGES_WHILE_MORE_ARE_STATED = 8


@dataclass(slots=True)
class Walk:
    """One walk through one list: the records as they come, then what was wrong with the list."""

    adapter: Adapter
    start: Start
    maximum_pages: int
    item: str
    problem: Problem | None = None

    def records(self, ask: Ask) -> Iterator[Record]:
        """Every record once; an address comes again where another title is printed for it.

        The walk ends at an empty or missing page, or when pages in a row bring nothing new: two, or a few more
        while the list says that it has more. Counts never end a walk; they are compared with what was found.
        """
        seen: set[str] = set()
        told: set[tuple[str, str]] = set()
        taken = fruitless = 0
        total: int | None = None
        page_count = 0
        try:
            for page in self.adapter.pages(self.start, ask):
                total = page.total if page.total is not None else total
                page_count = page.page_count or page_count
                printed = {(_key(record), compact_title(record.title)): record for record in reversed(page.records)}
                yield from (record for mark, record in reversed(printed.items()) if mark not in told)
                told.update(printed)
                fresh = {_key(record) for record in page.records if host_of(record.url)} - seen
                seen |= fresh
                taken += 1
                fruitless = 0 if fresh else fruitless + 1
                more_stated = total is not None and len(seen) < total
                patience = _FRUITLESS_PAGES_WHILE_MORE_ARE_STATED if more_stated else _FRUITLESS_PAGES
                if not page.records or fruitless == patience:
                    break
                if taken == self.maximum_pages:
                    self._report("list_too_long", f"still new records after {taken} pages")
                    return
        except FetchError as error:
            if taken == 0 or not error.missing:
                broken = f"the list broke off after {len(seen)} records: " if seen else ""
                self._report(error.code, f"{broken}{error.detail}", error.attempts)
                return
        except ListError as error:
            self._report(error.code, f"after {len(seen)} records: {error}")
            return
        if not seen:
            self._report("list_empty", "the list holds no link; check its address in the source file")
        elif total is not None and len(seen) < total:
            self._report("list_incomplete", f"the list says {total} records and gave {len(seen)}")
        elif taken < page_count:
            self._report("list_incomplete", f"the list says {page_count} pages and gave {taken}")

    def _report(self, code: str, detail: str, attempts: int = 1) -> None:
        self.problem = Problem(Stage.DISCOVER, self.item, code, detail, attempts)


def _key(record: Record) -> str:
    try:
        return address_key(record.url)
    except ValueError:
        return record.url
