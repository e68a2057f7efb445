"""A site: the snapshot that it shows, what it offers beyond the pages of the snapshot, and the pages it has made."""

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

from explorer.cache import Cache
from explorer.pages import PAGES, check, source, sql
from explorer.pages.page import Page
from explorer.snapshots import Published, Snapshots


@dataclass(frozen=True)
class Offers:
    """What a site offers beyond its pages: SQL of visitors' own, checks of their files, pages of an archive as they
    stood, whom to write to, and the address under which the world knows it.
    """

    sql: bool = False
    check: bool = False
    archive: str | None = None
    contact: str = ""
    address: str = ""


@dataclass(frozen=True)
class Site:
    """All that answers need."""

    snapshots: Snapshots
    offers: Offers
    cache: Cache

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page of the site."""
        return (
            *((source.page(self.offers.archive),) if self.offers.archive else ()),
            *((sql.page(self.snapshots.path),) if self.offers.sql else ()),
            *((check.PAGE,) if self.offers.check else ()),
            *PAGES,
        )

    def tag(self, published: Published, lang: str, form: str) -> str:
        """Return the tag of everything that this release says of a snapshot in a language and format."""
        checked = f"-{published.checked_at:%Y%m%d%H%M%S}" if published.checked_at else ""
        return f'"{published.id}{checked}-{version("gouji")}-{lang}-{form}"'
