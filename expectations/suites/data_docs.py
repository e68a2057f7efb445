"""The pages of Data Docs, as Great Expectations draws them, but such that they need nothing from anywhere else.

Its templates take styles and scripts from foreign hosts, where a page that is opened offline finds none: here they have
one small style of their own and no scripts. Addresses of reports become links. Templates are compiled once a process.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from great_expectations.render.view.view import DefaultJinjaIndexPageView, DefaultJinjaPageView, DefaultJinjaView
from jinja2 import BytecodeCache, ChoiceLoader, FileSystemLoader
from jinja2.bccache import Bucket

_TEMPLATES = Path(__file__).parent / "templates"
_FOREIGN = re.compile(
    r'<script\b.*?</script>|<style\b.*?</style>|<link\b[^>]*\bhref="https?://[^>]*>|<img\b[^>]*\bsrc="https?://[^>]*>',
    re.DOTALL | re.IGNORECASE,
)
_ADDRESS = re.compile(r""">\s*(https?://[^\s<>"']+)\s*<""")


class _Compiled(BytecodeCache):
    """Compiled templates by their source: every view has an environment of its own and would compile them anew."""

    def __init__(self) -> None:
        self._templates: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._templates.get(bucket.key + bucket.checksum)
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._templates[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _AtHome(DefaultJinjaView):
    """A page whose templates are compiled once, whose tables stand in it, and which fetches nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.env.bytecode_cache = _COMPILED
        self.env.loader = ChoiceLoader([FileSystemLoader(_TEMPLATES), *([self.env.loader] if self.env.loader else [])])

    def render(self, document: Any, template: Any = None, **options: Any) -> str:
        """Draw the page."""
        return _at_home(super().render(document, template, **options))  # type: ignore[no-untyped-call]


class PageView(_AtHome, DefaultJinjaPageView):
    """The page of one suite, or of one validation of it."""


class IndexPageView(_AtHome, DefaultJinjaIndexPageView):
    """The page that lists all others."""


def _at_home(page: str) -> str:
    """Take away what a page would fetch from other hosts, give it its style, and link the addresses it names."""
    page = _ADDRESS.sub(r'><a href="\1" rel="noreferrer">\1</a><', _FOREIGN.sub("", page))
    return page.replace("</head>", f"<style>{_style()}</style></head>", 1)


@cache
def _style() -> str:
    return (_TEMPLATES / "data_docs.css").read_text(encoding="utf-8")
