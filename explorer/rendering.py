"""Templates filled in: how figures, dates, addresses and scraped text look on a page."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from expectations import RULES
from explorer import names
from explorer.asking import Question
from explorer.wording import WORDS
from tasks.calendar import CHINA
from warehouse.rows import Row
from warehouse.text import Text
from warehouse.values import text_of

STATIC = Path(__file__).parent / "static"

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_LONGEST = 2_000

_MENU = (
    ("/organs", "organs"),
    ("/findings", "findings"),
    ("/regions", "regions"),
    ("/coverage", "coverage"),
    ("/peers", "peers"),
    ("/corrections", "corrections"),
    ("/rules", "rules"),
    ("/data", "data"),
)
"""The pages that every page leads to."""

_WORDS = SimpleNamespace(
    qualities=names.QUALITIES,
    severities=names.SEVERITIES,
    levels=names.LEVELS,
    kinds=names.KINDS,
    statuses=names.STATUSES,
    states=names.STATES,
    verdicts=names.VERDICTS,
    measures=names.MEASURES,
    claims=names.CLAIMS,
    facets=names.FACETS,
    fields=names.FIELDS,
    choices=names.CHOICES,
    runs=names.RUNS,
    section_titles={"proactive": "section two", "applications": "section three", "disputes": "section four"},
    rules=RULES,
)


@cache
def environment() -> Environment:
    """Return the templates' environment: everything is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": number,
        "percent": percent,
        "points": points,
        "day": day,
        "moment": moment,
        "plain": plain,
        "web": web_address,
        "segment": segment,
        "bytes": size,
        "lookup": lookup,
        "value_of": value_of,
        "at": at,
        "as_text": text_of,
    }
    made.globals |= {"static": static_path, "svg": svg, "spark": spark, "words": _WORDS, "menu": _MENU}
    return made


def render(template: str, question: Question, **context: object) -> str:
    """Fill a template in one language."""

    def word(key: str, **figures: object) -> str:
        text = WORDS[key]
        return (text.format(**figures) if figures else text).wording(question.lang)

    def told(text: Text) -> str:
        return text.wording(question.lang)

    return environment().get_template(template).render(q=question, lang=question.lang, w=word, told=told, **context)


def number(value: object) -> str:
    """Write a figure with thin groups of thousands: ``12,345``; nothing for ``None``."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        value = value.normalize()
        value = int(value) if value == value.to_integral_value() else value
    return f"{value:,}"


def percent(value: float | Decimal | None) -> str:
    """Write a share from 0 to 1 as per cent with one decimal."""
    return "" if value is None else f"{float(value) * 100:.1f}%"


def points(share: float) -> str:
    """Write a difference of shares in percentage points with one decimal and, where it is one, a true minus."""
    return f"{share * 100:.1f}".replace("-", "−")


def day(value: date | None) -> str:
    """Write a day, that of a moment as it is in China."""
    return "" if value is None else f"{_in_china(value) if isinstance(value, datetime) else value:%Y-%m-%d}"


def moment(value: datetime | None) -> str:
    """Write a moment to the minute, as clocks in China show it; the foot of every page says so."""
    return "" if value is None else f"{_in_china(value):%Y-%m-%d %H:%M}"


def _in_china(value: datetime) -> datetime:
    return value.astimezone(CHINA)


def size(value: int) -> str:
    """Write a size in megabytes."""
    return f"{value / 1e6:,.1f} MB"


def plain(text: object) -> Markup:
    """Show scraped text: what is invisible or turns the direction of writing becomes a mark, what is endless is cut."""
    string = str(text if text is not None else "")
    cut = string[:_LONGEST] + ("…" if len(string) > _LONGEST else "")
    marked = _INVISIBLE.sub("\N{OPEN BOX}", cut)
    return escape(marked)


def web_address(url: object) -> str:
    """Return an address that a link may lead to: HTTP only; empty for any other."""
    try:
        parts = urlsplit(str(url or ""))
    except ValueError:
        return ""
    return str(url) if parts.scheme in ("http", "https") and parts.netloc else ""


def segment(text: object) -> str:
    """Write a text as one segment of an address."""
    return quote(str(text), safe="")


def lookup(key: object, rows: Mapping[object, Row], name: str) -> object:
    """Return a column of the row of a key, ``None`` where there is no row."""
    row = rows.get(key)
    return None if row is None else row[name]


def at(key: object, values: Mapping[object, object]) -> object:
    """Return the value of a key, ``None`` where there is none."""
    return values.get(key)


def value_of(cell: Row | None) -> object:
    """Return a cell's value, ``None`` where there is no cell."""
    return None if cell is None else cell["value"]


def svg(drawing: str) -> Markup:
    """Put one of our own drawings into a page as it is."""
    return Markup(drawing)  # noqa: S704


def spark(values: Sequence[float | Decimal | None], width: int = 96, height: int = 22) -> Markup:
    """Draw a row of figures as a line; where there is none the line has a gap."""
    figures = [None if value is None else float(value) for value in values]
    known = [value for value in figures if value is not None]
    if len(known) < 2:
        return Markup("")
    low, high = min(0.0, *known), max(known)
    step = (width - 6) / max(1, len(figures) - 1)

    def point(position: int, value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{3 + position * step:.1f},{height - 3 - share * (height - 6):.1f}"

    runs: list[list[str]] = [[]]
    for position, value in enumerate(figures):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(point(position, value))
    lines = Markup("").join(Markup('<polyline points="{}"/>').format(" ".join(run)) for run in runs if len(run) > 1)
    last = next(position for position in reversed(range(len(figures))) if figures[position] is not None)
    x, y = point(last, figures[last] or 0.0).split(",")
    return Markup(
        '<svg class="spark" width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true" focusable="false">'
        '{2}<circle cx="{3}" cy="{4}" r="2"/></svg>'
    ).format(width, height, lines, x, y)


@cache
def _digests() -> Mapping[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest()[:12] for path in STATIC.iterdir() if path.is_file()}


def static_path(name: str) -> str:
    """Return the address of a file of ours, which changes when the file does."""
    return f"/static/{_digests()[name]}/{name}"
