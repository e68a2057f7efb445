"""Published step by step, with what did not change taken from the last, is what published at once is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expectations.findings.test_changes import CHANGES, ORGAN, ORGANS, YEAR, YEARS, Change, Town, audited_town
from warehouse import store
from warehouse.connection.transactions import connect
from warehouse.mart import build
from warehouse.mart.reusing import make_step
from warehouse.migrations import migrate
from warehouse.snapshots.publish import publish

MARKED = 1_234_567
"""A figure that no report has: where it is met again, it was taken over."""


def town_with_views() -> Town:
    """A full town after its first audit, whose warehouse has its views."""
    town = audited_town()
    migrate(town.connection)
    return town


def run(sql: str) -> Change:
    """A change that nobody's loading makes, but any of them could come to."""
    return lambda town: town.connection.execute(sql)


OTHER_CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(lambda organ: run(f"UPDATE core.organ SET name = name || '局' WHERE organ_id = '{organ}'"), ORGAN),
    st.builds(lambda organ: run(f"UPDATE core.organ SET region_code = '330302' WHERE organ_id = '{organ}'"), ORGAN),
    st.builds(
        lambda organ: run(
            "UPDATE audit.finding SET waiver = 'excused' "
            f"WHERE report_id IN (SELECT report_id FROM core.report WHERE organ_id = '{organ}')"
        ),
        ORGAN,
    ),
    st.builds(
        lambda organ, year: run(
            f"UPDATE core.report SET organ_id = 'heir' WHERE organ_id = '{organ}' AND year = {year} AND is_current"
        ),
        ORGAN,
        YEAR,
    ),
    st.builds(lambda year: lambda town: read_again(town, year), YEAR),
)


def read_again(town: Town, year: int) -> None:
    """Another extractor reads in a report what the first did, and doubts it."""
    town.publish("other", year, 2)
    number = town.numbers
    town.connection.execute("UPDATE core.report SET extractor_version = '2' WHERE report_no = ?", [number])
    town.connection.execute(
        "INSERT INTO core.report_table SELECT report_id, 'applications', '2021', 200, 200, 0, 0, true "
        "FROM core.report WHERE report_no = ?",
        [number],
    )


def warehouse_of(town: Town, file: Path) -> Path:
    """Write a town as it is into a file."""
    town.connection.execute(f"ATTACH '{file}' AS file")
    town.connection.execute("COPY FROM DATABASE memory TO file")
    town.connection.execute("DETACH file")
    return file


class Readers:
    """What readers of a town's warehouse are shown, snapshot by snapshot."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    def snapshot(self, town: Town, earlier: Path | None) -> Path:
        """Make a snapshot of a town as it is."""
        self.number += 1
        file = warehouse_of(town, self.folder / f"{self.number}.duckdb")
        with store.writer(file) as connection:
            build(connection, earlier)
        return file


def told(snapshot: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the mart, row by row in its order."""
    with connect(str(snapshot), read_only=True) as connection:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart' ORDER BY ALL"
        ).fetchall()
        return {table: connection.execute(f"FROM mart.{table}").fetchall() for (table,) in tables}


@contextmanager
def always_carried() -> Iterator[Path]:
    """Carry over however few reports stay the same; give a folder for snapshots."""
    with TemporaryDirectory() as folder, patch("warehouse.mart.reusing._WORTHWHILE", 0):
        yield Path(folder)


def assert_the_same_step_by_step(changes: list[Change], town: Town, folder: Path) -> None:
    readers = Readers(folder)
    latest = readers.snapshot(town, None)
    for change in changes:
        change(town)
        latest = readers.snapshot(town, latest)
    step_by_step, at_once = told(latest), told(readers.snapshot(town, None))
    assert step_by_step.keys() == at_once.keys()
    assert not [table for table, found in at_once.items() if step_by_step[table] != found]


@settings(max_examples=2, deadline=None)
@given(st.lists(st.one_of(CHANGES, OTHER_CHANGES), min_size=2, max_size=3))
def test_any_changes_published_step_by_step_give_what_one_publication_gives(changes: list[Change]) -> None:
    with always_carried() as folder:
        assert_the_same_step_by_step(changes, town_with_views(), folder)


def test_every_kind_of_change_is_published() -> None:
    changes = [
        lambda town: town.publish("member", 2021, 3),
        lambda town: town.withdraw("government", 2022),
        lambda town: town.publish("heir", 2023, 1),
        run("UPDATE core.report SET organ_id = 'heir' WHERE organ_id = 'member' AND year = 2022"),
        run("UPDATE core.organ SET name = '某局', kind = 'township', region_code = '330302' WHERE organ_id = 'heir'"),
        run("UPDATE audit.finding SET waiver = 'excused'"),
        run("DELETE FROM core.report WHERE organ_id = 'other' AND year = 2023"),
        lambda town: read_again(town, 2022),
    ]
    with always_carried() as folder:
        assert_the_same_step_by_step(changes, town_with_views(), folder)


def marked(snapshot: Path) -> Path:
    """Falsify what a snapshot says of every report."""
    with connect(str(snapshot)) as connection:
        connection.execute(f"UPDATE mart.report SET received_new = {MARKED}")
    return snapshot


def carried(snapshot: Path) -> set[str]:
    """The organs of which something was reused."""
    with connect(str(snapshot), read_only=True) as connection:
        query = f"SELECT DISTINCT organ_id FROM mart.report WHERE received_new = {MARKED}"
        return {organ for (organ,) in connection.execute(query).fetchall()}


def test_of_organs_whose_reports_are_the_same_nothing_is_worked_out() -> None:
    with always_carried() as folder:
        town, readers = town_with_views(), Readers(folder)
        first = marked(readers.snapshot(town, None))
        town.publish("member", 2022, 1)
        assert carried(readers.snapshot(town, first)) == {"government", "other"}


def test_of_few_reports_everything_is_worked_out() -> None:
    with TemporaryDirectory() as folder:
        town, readers = town_with_views(), Readers(Path(folder))
        first = marked(readers.snapshot(town, None))
        town.publish("member", 2022, 1)
        assert not carried(readers.snapshot(town, first))


def of_other_statements(snapshot: Path) -> None:
    with connect(str(snapshot)) as connection:
        connection.execute("UPDATE audit.migration SET name = 'mart-of-yesterday' WHERE name LIKE 'mart-%'")


def of_an_older_gouji(snapshot: Path) -> None:
    with connect(str(snapshot)) as connection:
        connection.execute("DELETE FROM audit.migration WHERE name LIKE 'mart-%'")


def of_another_store(snapshot: Path) -> None:
    with connect(str(snapshot)) as connection:
        connection.execute("UPDATE core.report SET report_id = 'another-' || report_id")


@pytest.mark.parametrize("change", [of_other_statements, of_an_older_gouji, of_another_store])
def test_nothing_is_reused_over_from_a_snapshot(change: Callable[[Path], None]) -> None:
    with always_carried() as folder:
        town, readers = town_with_views(), Readers(folder)
        first = marked(readers.snapshot(town, None))
        change(first)
        again = readers.snapshot(town, first)
        assert not carried(again)
        assert len(told(again)["report"]) == len(YEARS) * len(ORGANS[:-1])


@pytest.mark.parametrize("is_touched", [False, True])
def test_a_snapshot_that_somebody_changed_is_not_relied_on(tmp_path: Path, is_touched: bool) -> None:
    published = tmp_path / "published" / "gouji.duckdb"
    town = town_with_views()
    working = warehouse_of(town, tmp_path / "warehouse.duckdb")
    with always_carried(), store.writer(working) as connection:
        kept = publish(connection, working, published).kept
        if is_touched:
            content = bytearray(kept.read_bytes())
            content[-1] ^= 1
            kept.write_bytes(content)
        with patch("warehouse.mart.make_step", wraps=make_step) as made:
            publish(connection, working, published)
    assert any(call.kwargs["is_reused"] for call in made.call_args_list) is not is_touched
