"""Every problem code that Gouji can give, gathered from the stages: what the log says, why, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from tasks.discover.problems import DISCOVER_KINDS
from tasks.extract.problems import EXTRACT_KINDS
from tasks.fetch.problems import FETCH_KINDS
from tasks.problems import ProblemKind
from tasks.records import Stage

RUNBOOK: Mapping[Stage, Mapping[str, ProblemKind]] = MappingProxyType(
    {Stage.DISCOVER: DISCOVER_KINDS, Stage.FETCH: FETCH_KINDS, Stage.EXTRACT: EXTRACT_KINDS}
)
"""The codes that each stage declares. Reading a list is also fetching, so discovery gives those of fetching too."""


def kind_of(stage: str, code: str) -> ProblemKind:
    """Return the kind of a problem as the warehouse names it; ``KeyError`` for a code of another version's."""
    if stage == Stage.DISCOVER and code in FETCH_KINDS:
        return FETCH_KINDS[code]
    return RUNBOOK[Stage(stage)][code]
