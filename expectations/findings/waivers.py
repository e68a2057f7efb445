"""Findings that a person has looked into and excused: a YAML file of waivers, bound to the values they excuse.

An entry names the rule, the organ and year, the place, and both sides as they stood::

    - rule: A1
      organ: 云泽市教育局
      year: 2023
      table: applications
      column: natural_person
      left: 12
      right: 13
      reason: 一件申请于年底撤回，机关已书面说明
      by: 王某
      until: 2027-12-31

It survives every run and dies when the values change; one that has expired or excuses nothing is reported.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from expectations.declarations import RULES
from warehouse.errors import GoujiError
from warehouse.mistakes import YamlError, line_of, mistakes, read_yaml
from warehouse.store import Connection, insert_values, transaction


class WaiverError(GoujiError):
    """The file of waivers cannot be used; the message is one line that names the file and the entry."""


class WaiverState(StrEnum):
    """What became of a waiver."""

    APPLIED = "applied"
    EXPIRED = "expired"
    UNUSED = "unused"
    """No finding is of this place with these values: mended, changed, or never there."""


class Waiver(BaseModel):
    """One excused finding. ``left`` and ``right`` are the values it excuses, ``None`` where the rule has none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    organ: str
    year: int
    table: str | None = None
    row: str | None = None
    column: str | None = None
    left: Decimal | None = None
    right: Decimal | None = None
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    until: date | None = None


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """Read a file of waivers; raises :class:`WaiverError` for one that is not a list of them."""
    try:
        root, entries = read_yaml(path)
    except YamlError as error:
        raise WaiverError(str(error)) from None
    if root is None:
        return ()
    try:
        waivers = TypeAdapter(tuple[Waiver, ...]).validate_python(entries)
    except ValidationError as error:
        raise WaiverError(f"{path}:{mistakes(error, root, Waiver)}") from None
    for number, waiver in enumerate(waivers):
        if waiver.rule not in RULES:
            line = line_of(root, (number, "rule"))
            raise WaiverError(f"{path}:{line}: {number}.rule: no rule {waiver.rule}; known are {', '.join(RULES)}")
    return waivers


def apply_waivers(
    connection: Connection, waivers: Iterable[Waiver], today: date
) -> tuple[tuple[Waiver, WaiverState], ...]:
    """Write the reasons of waivers beside the findings of current reports that they excuse, and nowhere else.

    Returns what became of each waiver, and keeps it in ``audit.waiver``.
    """
    states = []
    with transaction(connection):
        connection.execute("UPDATE audit.finding SET waiver = NULL WHERE waiver IS NOT NULL")
        for waiver in waivers:
            if waiver.until is not None and waiver.until < today:
                states.append((waiver, WaiverState.EXPIRED))
                continue
            excused = connection.execute(_EXCUSE, _parameters(waiver)).fetchone()
            states.append((waiver, WaiverState.APPLIED if excused and excused[0] else WaiverState.UNUSED))
        _record(connection, states)
    return tuple(states)


def _record(connection: Connection, states: Sequence[tuple[Waiver, WaiverState]]) -> None:
    """Keep what became of every waiver, in place of what was kept before."""
    connection.execute("DELETE FROM audit.waiver")
    insert_values(
        connection,
        "audit.waiver",
        [(position, *waiver.model_dump().values(), state) for position, (waiver, state) in enumerate(states, 1)],
    )


def _parameters(waiver: Waiver) -> dict[str, object]:
    return {**waiver.model_dump(exclude={"reason", "by", "until"}), "waiver": f"{waiver.reason}（{waiver.by}）"}


_EXCUSE = """
    UPDATE audit.finding SET waiver = $waiver
    WHERE rule_id = $rule AND verdict = 'fail'
        AND table_code IS NOT DISTINCT FROM $table AND row_code IS NOT DISTINCT FROM $row
        AND column_code IS NOT DISTINCT FROM $column
        AND left_value IS NOT DISTINCT FROM $left AND right_value IS NOT DISTINCT FROM $right
        AND report_id IN (
            SELECT report_id FROM core.report WHERE is_current AND organ_name = $organ AND year = $year
        )
"""
