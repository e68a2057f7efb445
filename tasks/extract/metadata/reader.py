"""Document → metadata."""

import re

from tasks.chinese import year_in
from tasks.extract.documents import Document
from tasks.extract.metadata.byline import read_byline, read_day_below, read_period, read_site_date
from tasks.extract.metadata.head import head_texts
from tasks.extract.metadata.model import Metadata
from tasks.extract.metadata.organs import names_another_organ, read_organ, read_signature
from tasks.extract.metadata.titles import REPORT, organ_in, read_title
from tasks.web.mirrors import is_mirror

_SUBJECT = re.compile(r"(?:政府|政务)信息公开")


def read_metadata(document: Document) -> Metadata:
    """Read the metadata of a report from its head: title, byline, particulars, and the sentences before section one."""
    texts = head_texts(document)
    found = Metadata()
    read_title(found, document, texts)
    read_byline(found, document, texts)
    compact = ["".join(text.split()) for text in texts]
    read_period(found, (*compact, *("".join(text.split()) for text in document.paragraphs if "统计" in text)))
    read_organ(found, document, texts, compact)
    read_day_below(found, document)
    if found.published_on is None and (signed := read_signature(document, found.year)[1]):
        found.published_on, found.origins["published_on"] = signed, "signature"
    read_site_date(found, texts)
    _compare(found, document)
    return found


def is_about_disclosure(document: Document) -> bool:
    """Tell whether a document speaks of government information disclosure at all."""
    return bool(_SUBJECT.search(document.title)) or any(_SUBJECT.search(text) for text in document.paragraphs)


def is_traditional(document: Document) -> bool:
    """Tell whether a document is a copy in traditional characters or with pinyin, whose figures nobody vouches for."""
    return is_mirror("\n".join((document.title, *document.paragraphs)))


def _compare(found: Metadata, document: Document) -> None:
    """Note where title, source, period and the window's title disagree."""
    if found.year and found.period and found.period[0].year != found.year:
        detail = f"The title says {found.year}, the statistics period {found.period[0]} to {found.period[1]}."
        found.conflicts.append(("year_disputed", detail))
    if found.organ and found.origins["organ"] == "title" and names_another_organ(found.publisher, found.organ):
        found.conflicts.append(("organ_disputed", f"The title names {found.organ}, the source {found.publisher}."))
    if not REPORT.search(document.title) or found.title is None:
        return
    year, organ = year_in(document.title), organ_in(document.title)
    if year and found.year and year != found.year:
        found.conflicts.append(("year_disputed", f"The title says {found.year}, that of the window {year}."))
    if found.organ and names_another_organ(organ, found.organ):
        found.conflicts.append(("organ_disputed", f"The title names {found.organ}, that of the window {organ}."))
