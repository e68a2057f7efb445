"""What changed is assessed again, and nothing else; step by step comes to the same as everything at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import RULES, validate
from tests.expectations.books import APPLICATIONS, BLANK, DISPUTES, NOW, Book, consistent, load
from tests.expectations.checks.test_across_years import following
from warehouse.forms import Edition
from warehouse.loading.staging import insert_rows
from warehouse.prose import BUCKETS
from warehouse.store import Connection, insert_values, memory

KINDS = [RULES[rule] for rule in ("A2", "A3", "A7", "B1", "C1", "C2", "C5", "D4", "E1", "F1", "F2", "H2", "H3")]
"""A rule of every kind of check, and of every kind of report beside another that it looks at."""

ORGANS = ("government", "member", "other", "heir")
YEARS = (2021, 2022, 2023)
FIRST = replace(consistent("first", Edition.E2021), year=YEARS[0])
SECOND = following(FIRST)
BASE = dict(zip(YEARS, (FIRST, SECOND, following(SECOND)), strict=True))
CONTENTS = (
    {},
    {(APPLICATIONS, "granted", "other"): 999},
    {(APPLICATIONS, "granted", "total"): BLANK, (DISPUTES, "review", "total"): 0},
    {(APPLICATIONS, "carried_in", "other"): 77, (APPLICATIONS, "carried_out", "other"): BLANK},
)


class Town:
    """A few organs and their reports, in a warehouse that changes."""

    def __init__(self) -> None:
        self.connection: Connection = memory(views=False)
        self.numbers = self.runs = 0
        rows = [
            {"organ_id": organ, "name": organ, "kind": "government" if organ == ORGANS[0] else "department"}
            | ({} if organ == ORGANS[0] else {"parent_organ_id": ORGANS[0], "level": "county"})
            for organ in ORGANS
        ]
        insert_rows(self.connection, {"organ": rows})

    def publish(self, organ: str, year: int, content: int) -> None:
        """Let an organ show another version of its report."""
        self.withdraw(organ, year)
        self.numbers += 1
        number = self.numbers
        book: Book = replace(BASE[year].changed(f"{organ}-{year}-{number}", CONTENTS[content]), organ_id=organ)
        load([book], self.connection)
        self.connection.execute(
            "UPDATE core.report SET report_no = $number, organ_name = $organ, prose_digest = $digest "
            "WHERE report_id = $report",
            {"number": number, "organ": organ, "digest": [content] * BUCKETS, "report": book.report_id},
        )
        self.connection.execute("UPDATE core.cell SET report_no = ? WHERE report_id = ?", [number, book.report_id])
        insert_values(
            self.connection,
            "core.statement (report_id, ordinal, measure, value, quote, parts, report_no)",
            [(book.report_id, 0, "received_new", 5, "原句", [], number)],
        )

    def withdraw(self, organ: str, year: int) -> None:
        """Let an organ's report of a year count no more."""
        self.connection.execute(
            "UPDATE core.report SET is_current = false WHERE organ_id = ? AND year = ?", [organ, year]
        )

    def place(self, organ: str, parent: str | None) -> None:
        """Declare which government an organ belongs to."""
        self.connection.execute("UPDATE core.organ SET parent_organ_id = ? WHERE organ_id = ?", [parent, organ])

    def call(self, organ: str, kind: str) -> None:
        """Declare what an organ is."""
        self.connection.execute("UPDATE core.organ SET kind = ? WHERE organ_id = ?", [kind, organ])

    def succeed(self, organ: str, year: int) -> None:
        """Declare that another organ goes on from an organ; declared before, it does no more."""
        row = ("source", organ, ORGANS[-1], year)
        if not self.connection.execute(
            "DELETE FROM core.succession WHERE predecessor_organ_id = ? AND since_year = ? RETURNING 1", [organ, year]
        ).fetchall():
            insert_values(self.connection, "core.succession", [row])

    def audit(self, *, everything: bool = False) -> str:
        """Audit what changed, or everything; return the name of the audit."""
        self.runs += 1
        run = f"run-{self.runs}"
        validate(self.connection, run_id=run, validated_at=NOW, rules=KINDS, everything=everything)
        return run

    def found(self) -> list[list[tuple[object, ...]]]:
        """What is kept of all reports, but for when it was found."""
        return [
            self.connection.execute(f"SELECT * EXCLUDE ({left_out}) FROM audit.{table} ORDER BY ALL").fetchall()
            for table, left_out in (
                ("finding", "first_found_at, last_found_at, run_id"),
                ("not_assessable", "last_found_at, run_id"),
                ("assessed", "run_id"),
            )
        ]

    def assessed_by(self, run: str) -> set[str]:
        """The organs and years of the reports that an audit assessed."""
        rows = self.connection.execute(
            "SELECT organ_id || ' ' || year FROM audit.assessed AS assessed JOIN core.report AS report "
            "ON report.report_id = assessed.report_id WHERE assessed.run_id = ?",
            [run],
        ).fetchall()
        return {name for (name,) in rows}


def full_town() -> Town:
    town = Town()
    for organ in ORGANS[:-1]:
        for year in YEARS:
            town.publish(organ, year, ORGANS.index(organ))
    return town


@cache
def _audited() -> Town:
    town = full_town()
    town.audit()
    return town


def audited_town() -> Town:
    """A full town after its first audit: a copy, for that audit is the dearest."""
    town, first = Town(), _audited()
    town.numbers, town.runs = first.numbers, first.runs
    for (table,) in first.connection.execute(_TABLES).fetchall():
        held = first.connection.execute(f"FROM {table}").to_arrow_table()
        town.connection.execute(f"DELETE FROM {table}")
        town.connection.register("held", held).execute(f"INSERT INTO {table} FROM held")
    return town


_TABLES = """
    SELECT schema_name || '.' || table_name FROM duckdb_tables()
    WHERE schema_name IN ('core', 'audit') AND table_name <> 'migration'
"""

Change = Callable[[Town], None]

ORGAN, YEAR = st.sampled_from(ORGANS), st.sampled_from(YEARS)
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        lambda organ, year, content: lambda town: town.publish(organ, year, content),
        ORGAN,
        YEAR,
        st.integers(0, len(CONTENTS) - 1),
    ),
    st.builds(lambda organ, year: lambda town: town.withdraw(organ, year), ORGAN, YEAR),
    st.builds(
        lambda organ, parent: lambda town: town.place(organ, parent),
        st.sampled_from(ORGANS[1:]),
        st.sampled_from((None, ORGANS[0])),
    ),
    st.builds(
        lambda organ, kind: lambda town: town.call(organ, kind), ORGAN, st.sampled_from(("township", "government"))
    ),
    st.builds(lambda organ, year: lambda town: town.succeed(organ, year), st.sampled_from(ORGANS[:-1]), YEAR),
)


@settings(max_examples=4, deadline=None)
@given(st.lists(CHANGES, min_size=2, max_size=5))
def test_any_changes_audited_step_by_step_give_what_one_audit_of_everything_gives(changes: list[Change]) -> None:
    town = audited_town()
    for change in changes:
        change(town)
        town.audit()
    step_by_step = town.found()
    town.audit(everything=True)
    assert town.found() == step_by_step


def test_every_kind_of_change_is_seen() -> None:
    town = audited_town()
    for change in (
        lambda: town.publish("member", 2022, 1),
        lambda: town.publish("government", 2022, 2),
        lambda: town.withdraw("other", 2022),
        lambda: town.publish("heir", 2023, 1),
        lambda: town.succeed("member", 2023),
        lambda: town.place("other", None),
        lambda: town.call("member", "township"),
        lambda: town.succeed("member", 2023),
    ):
        change()
        town.audit()
    seen = town.found()
    town.audit(everything=True)
    assert town.found() == seen


def test_nothing_is_assessed_where_nothing_changed() -> None:
    town = audited_town()
    assert len(town.assessed_by("run-1")) == len(YEARS) * len(ORGANS[:-1])
    assert town.assessed_by(town.audit()) == set()
    again = town.connection.execute("SELECT count(DISTINCT run_id) FROM audit.validation").fetchone()
    assert again == (1,)


def test_a_report_is_assessed_with_those_that_look_at_it() -> None:
    town = Town()
    for organ, content in (("government", 0), ("member", 1), ("other", 2)):
        for year in YEARS:
            town.publish(organ, year, content)
    town.audit()
    town.publish("member", 2022, 3)
    assert town.assessed_by(town.audit()) == {"member 2022", "member 2023", "government 2022"}
    town.publish("government", 2021, 0)
    assert town.assessed_by(town.audit()) == {
        *("government 2021", "government 2022"),
        *("member 2021", "other 2021"),
    }


def test_a_rule_that_asks_something_else_is_assessed_again() -> None:
    town = audited_town()
    newer = [replace(KINDS[0], version=KINDS[0].version + 1), *KINDS[1:]]
    validate(town.connection, run_id="newer", validated_at=NOW, rules=newer, everything=False)
    assert len(town.assessed_by("newer")) == len(YEARS) * len(ORGANS[:-1])


def test_what_could_not_be_assessed_takes_a_row_for_every_rule_and_reason() -> None:
    blank = {key: BLANK for key in consistent().cells if key[0] == DISPUTES}
    connection = load([consistent().changed("report", blank)], memory())
    insert_rows(connection, {"organ": [{"organ_id": consistent().organ_id, "name": "某某局"}]})
    validate(connection, run_id="run", validated_at=NOW)
    rows = connection.execute("SELECT rule_id, reason, len(places) FROM audit.not_assessable ORDER BY ALL").fetchall()
    assert ("B1", "result_blank", 3) in rows
    assert connection.execute("SELECT count(*) FROM audit.finding").fetchone() == (0,)
    told = connection.execute(
        "SELECT count(*), count(sentence_zh) FROM main.assessment WHERE rule_id = 'B1'"
    ).fetchone()
    assert told == (3, 3)
