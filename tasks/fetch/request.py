"""One question to a portal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tasks.fetch.response import Response
from tasks.sources.declaration import host_of


@dataclass(frozen=True)
class Question:
    """What is asked, and by which look at the answer it may turn out to be something else than was asked for."""

    url: str
    purpose: str
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    recognise: Callable[[Response], str | None] = lambda response: None

    @property
    def host(self) -> str:
        """The host that is asked."""
        return host_of(self.url) or ""

    @property
    def method(self) -> str:
        """How it is asked: a form is posted."""
        return "GET" if self.form is None else "POST"
