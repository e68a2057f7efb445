"""Links in JSON answers: every object that has a title and an address, wherever it stands."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress

from tasks.sources.adapter import Answer, ListError, ListPage, Record
from tasks.sources.markup import date_in_text
from tasks.web.addresses import resolve

_TITLES = re.compile(r"\w*title|name|subject", re.IGNORECASE)
_ADDRESSES = re.compile(r"\w*(?:url|href|link)", re.IGNORECASE)
_DATES = re.compile(r"\w*(?:date|time)", re.IGNORECASE)
_TOTALS = re.compile(r"total\w*|count|recordcount|rowcount", re.IGNORECASE)


def read_json_records(answer: Answer) -> ListPage:
    """The records of an answer in JSON, and the number of records that it states.

    Raises:
        ListError: it is not JSON.
    """
    try:
        content = json.loads(answer.text)
    except ValueError:
        raise ListError(f"{answer.url} does not answer with JSON") from None
    objects = list(_objects(content))
    stated = next((str(one[key]) for one in objects for key in one if _TOTALS.fullmatch(key)), "")
    records = tuple(record for one in objects for record in _record(one, answer))
    return ListPage(records, int(stated) if stated.isdecimal() else None)


def _objects(content: object) -> Iterator[dict[str, object]]:
    if isinstance(content, dict):
        yield content
        content = list(content.values())
    if isinstance(content, list):
        for member in content:
            yield from _objects(member)


def _record(fields: dict[str, object], answer: Answer) -> Iterator[Record]:
    title, written = _first(fields, _TITLES), _first(fields, _ADDRESSES)
    if title and written:
        with suppress(ValueError):
            yield Record(resolve(answer.url, written), title, date_in_text(_first(fields, _DATES) or ""))


def _first(fields: dict[str, object], wanted: re.Pattern[str]) -> str | None:
    """The first field of such a name that holds a text."""
    held = (value for key, value in fields.items() if wanted.fullmatch(key))
    return next((value.strip() for value in held if isinstance(value, str) and value.strip()), None)
