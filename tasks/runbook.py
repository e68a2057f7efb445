"""Every problem code that Gouji can give, gathered from the stages: what the log says, why, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from tasks.discover.problems import DISCOVER_KINDS
from tasks.extract.problems import EXTRACT_KINDS
from tasks.fetch.problems import FETCH_KINDS
from tasks.load.problems import LOAD_KINDS
from tasks.problems import ProblemKind, Stage
from warehouse.text import Text

RUNBOOK: Mapping[Stage, Mapping[str, ProblemKind]] = MappingProxyType(
    {Stage.DISCOVER: DISCOVER_KINDS, Stage.FETCH: FETCH_KINDS, Stage.EXTRACT: EXTRACT_KINDS, Stage.LOAD: LOAD_KINDS}
)
"""The codes that each stage declares. Reading a list is also fetching, so discovery gives those of fetching too."""

KINDS: Mapping[tuple[str, str], ProblemKind] = {
    (stage, code): kind
    for stage, kinds in (*RUNBOOK.items(), (Stage.DISCOVER, FETCH_KINDS))
    for code, kind in kinds.items()
}
"""Every kind of problem by its stage and code."""


def kind_of(stage: str, code: str) -> ProblemKind:
    """Return the kind of a problem as the warehouse names it; for a code of another version's, one that says so."""
    return KINDS.get((stage, code)) or ProblemKind(
        code,
        Text(
            "由勾稽的另一版本记录，本版本没有这个代码",
            "recorded by another version of Gouji; this one has no such code",
        ),
        Text(
            "再次运行：问题若仍在，会以本版本的代码记录",
            "run again: if it still is a problem, it is recorded with a code of this version",
        ),
    )
