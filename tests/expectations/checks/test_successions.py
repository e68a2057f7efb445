"""Chains over every loaded year, through organs that were renamed and merged."""

from dataclasses import replace

from expectations import validate
from tests.expectations.books import APPLICATIONS, NOW, Book, consistent, findings, load
from tests.expectations.checks.test_across_years import following
from warehouse.forms import FORMS, Edition
from warehouse.loading.staging import insert_rows
from warehouse.store import Connection

CARRIED_IN = (APPLICATIONS, "carried_in", "other")
CARRIED_OUT = (APPLICATIONS, "carried_out", "other")
FIRST = consistent("first", Edition.E2021)
OTHER = replace(consistent("other", Edition.E2021, seed=9), organ_id="other organ")


def succeeding(*books: Book, since: int, predecessors: tuple[str, ...]) -> Connection:
    connection = load(books)
    rows = [
        {"source_id": "s", "predecessor_organ_id": organ, "successor_organ_id": "successor", "since_year": since}
        for organ in predecessors
    ]
    insert_rows(connection, {"succession": rows})
    validate(connection, run_id="run", validated_at=NOW)
    return connection


def broken(connection: Connection) -> list[tuple[object, ...]]:
    return findings(connection, "report_id, rule_id, column_code, left_value, right_value", "rule_id = 'C1'")


def outcome(connection: Connection, rule: str, year: int) -> object:
    return connection.execute(
        "SELECT sum(passed), sum(failed), sum(not_assessable) FROM audit.validation WHERE rule_id = ? AND year = ?",
        [rule, year],
    ).fetchone()


def successor(book: Book, changes: dict[tuple[object, str, str], int] | None = None) -> Book:
    return replace(book.changed("successor", changes or {}), organ_id="successor")


def test_a_renamed_organ_goes_on_from_its_old_name() -> None:
    later = successor(following(FIRST), {CARRIED_IN: 99})
    connection = succeeding(FIRST, later, since=2020, predecessors=("organ",))
    assert broken(connection) == [("successor", "C1", "other", 99, FIRST.cells[CARRIED_OUT])]
    assert outcome(connection, "C1", 2020) == (6, 1, 0)
    assert outcome(connection, "C2", 2020) == (2, 0, 0)


def test_without_a_declaration_a_new_name_has_no_year_before() -> None:
    connection = load([FIRST, successor(following(FIRST), {CARRIED_IN: 99})])
    validate(connection, run_id="run", validated_at=NOW)
    assert broken(connection) == []
    assert outcome(connection, "C1", 2020) == (0, 0, 7)


def test_a_merged_organ_carries_in_what_all_its_predecessors_carried_out() -> None:
    both = {
        (APPLICATIONS, "carried_in", column): FIRST.cells[APPLICATIONS, "carried_out", column]
        + OTHER.cells[APPLICATIONS, "carried_out", column]
        for column in FORMS[APPLICATIONS, Edition.E2021].columns
    }
    connection = succeeding(
        FIRST, OTHER, successor(following(FIRST), both), since=2020, predecessors=("organ", "other organ")
    )
    assert broken(connection) == []
    assert outcome(connection, "C1", 2020) == (7, 0, 0)
    wrong = succeeding(
        OTHER,
        FIRST,
        successor(following(FIRST), {**both, CARRIED_IN: 0}),
        since=2020,
        predecessors=("organ", "other organ"),
    )
    assert broken(wrong) == [("successor", "C1", "other", 0, both[CARRIED_IN])]
    ((values,),) = findings(wrong, "list_transform(cells, c -> c.value)", "rule_id = 'C1'")
    assert values == [0, FIRST.cells[CARRIED_OUT], OTHER.cells[CARRIED_OUT]]


def test_a_merger_with_a_predecessor_that_is_not_loaded_is_not_assessable() -> None:
    connection = succeeding(FIRST, successor(following(FIRST)), since=2020, predecessors=("organ", "other organ"))
    assert outcome(connection, "C1", 2020) == (0, 0, 7)


def test_every_pair_of_a_chain_is_assessed_and_a_gap_is_told() -> None:
    chain = [FIRST]
    for year in (2020, 2021, 2023):
        chain.append(replace(following(chain[-1]), report_id=str(year), year=year))
    chain[2] = chain[2].changed("2021", {CARRIED_IN: 500})
    connection = load(chain)
    validate(connection, run_id="run", validated_at=NOW)
    assert [row[:3] for row in broken(connection)] == [("2021", "C1", "other")]
    assert {year: outcome(connection, "C1", year) for year in (2019, 2020, 2021, 2023)} == {
        2019: (0, 0, 7),
        2020: (7, 0, 0),
        2021: (6, 1, 0),
        2023: (0, 0, 7),
    }
