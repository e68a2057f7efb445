"""What a document says about itself."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Metadata:
    """What a document says about itself; ``None`` where it does not.

    ``origins`` tells from where each was taken, ``conflicts`` where sources disagree: a problem's code and detail.
    """

    title: str | None = None
    organ: str | None = None
    year: int | None = None
    period: tuple[date, date] | None = None
    published_on: date | None = None
    publisher: str | None = None
    document_number: str | None = None
    contact: str | None = None
    origins: dict[str, str] = field(default_factory=dict)
    conflicts: list[tuple[str, str]] = field(default_factory=list)
