"""Problems, and the form of their vocabulary. Each stage declares its own words; :mod:`tasks.runbook` gathers them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from warehouse.text import Text


class Stage(StrEnum):
    """The stages of a flow, as problems name them."""

    DISCOVER = "discover"
    FETCH = "fetch"
    EXTRACT = "extract"
    LOAD = "load"
    VALIDATE = "validate"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Problem:
    """One item that Gouji could not process, or not completely: ours to mend, never the publisher's error.

    ``item`` is the address or file concerned, ``code`` a word of a fixed vocabulary (``not_a_report``,
    ``unreachable`` …), ``detail`` one line that says what, where and what to do.
    """

    stage: Stage
    item: str
    code: str
    detail: str
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One code: why it arises and what to do about it, in phrases without a full stop."""

    code: str
    cause: Text
    remedy: Text


def by_code(*kinds: ProblemKind) -> Mapping[str, ProblemKind]:
    """Return kinds under their codes; ``ValueError`` where a code is declared twice."""
    codes = [kind.code for kind in kinds]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise ValueError(f"declared twice: {', '.join(sorted(twice))}")
    return MappingProxyType({kind.code: kind for kind in kinds})
