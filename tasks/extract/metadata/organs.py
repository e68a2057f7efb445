"""Whose report it is: the organ that title, source, prose, window and breadcrumb name."""

import re
from collections.abc import Sequence

from tasks.extract.documents import Document
from tasks.extract.metadata.model import Metadata
from tasks.extract.metadata.titles import ORGAN, REGION, organ_in

_NAMED_IN_PROSE = re.compile(
    r"(?:公布|现将|与|和|向|由)(?P<organ>[一-鿿]{3,30}?(?:政府|局|委员会|委|办公室|办公厅|厅|院|中心|办事处))"
    r"(?:20\d{2}年|办公室|联系|编制)"
)
_PUBLISHES_FOR_OTHERS = re.compile(r"政府|办公|政务|府办|数据|中心|网|委办")


def names_another_organ(publisher: str | None, organ: str) -> bool:
    """Tell whether a publishing source is a department other than the organ; offices publish for everybody."""
    if not publisher or not ORGAN.fullmatch(publisher) or _PUBLISHES_FOR_OTHERS.search(publisher):
        return False
    core = publisher.lstrip("省市县区州")
    return core not in organ and organ not in publisher and not organ.endswith(publisher[-4:])


def read_organ(found: Metadata, document: Document, texts: Sequence[str], compact: Sequence[str]) -> None:
    """Take the organ from the title, else the source, else the prose, the window's title and the breadcrumb."""
    full_source = found.publisher if found.publisher and found.publisher[0] not in "市县区省本" else None
    prose = next((match["organ"] for text in compact if (match := _NAMED_IN_PROSE.search(text))), None)
    candidates = (
        ("title", organ_in(found.title) if found.title else None),
        ("byline", full_source),
        ("prose", prose),
        ("byline", found.publisher),
        ("window title", organ_in(document.title)),
        ("breadcrumb", _organ_in_breadcrumb(texts)),
    )
    origin, organ = next(((origin, organ) for origin, organ in candidates if organ), ("", None))
    if organ is not None:
        found.organ, found.origins["organ"] = _with_region(organ, full_source), origin


def _with_region(organ: str, source: str | None) -> str:
    """Return the source's name of an organ that its own title calls without the region: 水利局 of 青山县水利局."""
    if source and len(source) > len(organ) and source.endswith(organ) and REGION.fullmatch(source.removesuffix(organ)):
        return source
    return organ


def _organ_in_breadcrumb(texts: Sequence[str]) -> str | None:
    steps = (step.strip() for text in texts if ">" in text or "＞" in text for step in re.split(r"[>＞»]", text)[1:])
    return next((step for step in steps if ORGAN.fullmatch(step) and "公开" not in step), None)
