"""The form of the problems' vocabulary. Each stage declares its own words; :mod:`tasks.runbook` gathers them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One code: why it arises and what to do about it, in Chinese and English, in phrases without a full stop."""

    code: str
    cause_zh: str
    cause_en: str
    remedy_zh: str
    remedy_en: str


def by_code(*kinds: ProblemKind) -> Mapping[str, ProblemKind]:
    """Return kinds under their codes; ``ValueError`` where a code is declared twice."""
    codes = [kind.code for kind in kinds]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise ValueError(f"declared twice: {', '.join(sorted(twice))}")
    return MappingProxyType({kind.code: kind for kind in kinds})
