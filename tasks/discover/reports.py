"""The reports that lists name: each once, under whichever of its addresses was listed first."""

from collections import defaultdict
from collections.abc import Iterator

from tasks.discover.titles import may_mean_the_same
from tasks.pages import Link
from tasks.problems import Problem, Stage
from tasks.web.addresses import address_key


class ListedReports:
    """Links in their order. Two are of one report if their addresses mean the same page and their titles agree."""

    def __init__(self) -> None:
        self._links: defaultdict[str, list[Link]] = defaultdict(list)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Link]:
        return (link for links in self._links.values() for link in links)

    def add(self, link: Link) -> Problem | None:
        """Take a link in, unless it is there; a problem where one address is listed for two reports."""
        alike = self._links[address_key(link.url)]
        for known in alike:
            same = may_mean_the_same(known.title, link.title)
            if not same and known.url == link.url:
                detail = f"listed as {known.title!r} and as {link.title!r}: it is read once, for {known.year}"
                return Problem(Stage.DISCOVER, link.url, "address_shared", detail)
            if same:
                return None
        alike.append(link)
        self._count += 1
        return None
