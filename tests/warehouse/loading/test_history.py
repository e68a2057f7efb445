"""What was known when: versions that come, go and come back, whatever the order in which they are loaded."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import MOMENT, cell_row, empty, facts, report_row
from warehouse.loading.load import load_batch
from warehouse.loading.staging import write_batch

TABLES = ("core.sighting", "core.reading", "core.report", "core.cell", "core.organ", "main.report_history")


def day(number: int):
    return MOMENT + timedelta(days=number)


def seen(number: int, **changes):
    """A version that was fetched on a day, and not seen later."""
    return {"fetched_at": day(number), "first_seen_at": day(number), "last_seen_at": day(number), **changes}


def known(connection, moment):
    return connection.execute("SELECT report_id FROM report_as_of(?) ORDER BY 1", [moment]).fetchall()


def current(connection):
    return connection.execute("SELECT report_id FROM main.report ORDER BY 1").fetchall()


def test_a_portal_that_goes_back_to_an_earlier_version(connection, stage):
    for number, report_id in ((0, "a"), (3, "b"), (6, "a")):
        load_batch(connection, stage((report_id, seen(number))))
    answers = {number: known(connection, day(number)) for number in (0, 1, 3, 4, 7, 30)}
    assert answers == {0: [], 1: [("a",)], 3: [("a",)], 4: [("b",)], 7: [("a",)], 30: [("a",)]}
    assert current(connection) == [("a",)]
    assert connection.execute(
        "SELECT report_id, seen_from, seen_to, replaced_at FROM report_history ORDER BY seen_from"
    ).fetchall() == [("a", day(0), day(0), day(3)), ("b", day(3), day(3), day(6)), ("a", day(6), day(6), None)]
    assert connection.execute("SELECT first_seen_at, last_seen_at FROM report").fetchall() == [(day(0), day(6))]


def test_the_cells_of_a_moment_are_those_of_its_versions(connection, stage):
    load_batch(connection, stage(("a", seen(0)), cell=[cell_row("a", 7)]))
    load_batch(connection, stage(("b", seen(3)), cell=[cell_row("b", 8)]))
    answers = [connection.execute("SELECT value FROM cell_as_of(?)", [day(n)]).fetchall() for n in (1, 5)]
    assert answers == [[(7,)], [(8,)]]


def test_a_date_counts_with_its_whole_day(connection, stage):
    load_batch(connection, stage(("a", seen(0))))
    connection.execute("SET TimeZone = 'Asia/Shanghai'")
    for date, answer in (("2024-01-19", []), ("2024-01-20", [("a",)])):
        assert connection.execute(f"SELECT report_id FROM as_of(DATE '{date}')").fetchall() == answer
        assert connection.execute(f"SELECT report_id FROM as_of('{date}')").fetchall() == answer


def test_an_address_that_shows_the_next_year_takes_nothing_from_the_last(connection, stage):
    load_batch(connection, stage(("a", seen(0, year=2022))))
    load_batch(connection, stage(("b", seen(300, year=2023))))
    assert current(connection) == [("a",), ("b",)]


def test_of_two_addresses_the_report_published_last_counts_not_the_one_fetched_last(connection, stage):
    later = {"url": "http://portal.example/2.html", "published_on": (MOMENT + timedelta(days=5)).date()}
    load_batch(connection, stage(("b", seen(9, **later))))
    hours_later = {"last_seen_at": day(9) + timedelta(hours=2)}
    load_batch(connection, stage(("a", seen(8) | hours_later)))
    assert current(connection) == [("b",)]


def test_what_a_newer_extractor_reads_in_a_page_counts_for_the_past_as_well(connection, stage):
    load_batch(connection, stage(("wrong", seen(0, page_sha256="same"))))
    load_batch(connection, stage(("b", seen(3))))
    load_batch(connection, stage(("right", seen(6, page_sha256="same", extractor_version="2"))))
    assert [known(connection, day(number)) for number in (1, 4, 7)] == [[("right",)], [("b",)], [("right",)]]


def test_what_an_older_extractor_read_comes_too_late(connection, stage):
    load_batch(connection, stage(("right", seen(0, page_sha256="same", extractor_version="10"))))
    load_batch(connection, stage(("wrong", seen(0, page_sha256="same", extractor_version="9"))))
    assert connection.execute("SELECT report_id, is_current FROM core.report").fetchall() == [("right", True)]
    assert connection.execute("SELECT report_id FROM core.cell").fetchall() == [("right",)]


def test_a_newer_extractor_that_reads_nothing_in_a_page_takes_the_version_away(connection, stage):
    load_batch(connection, stage(("a", seen(0, page_sha256="same"))))
    nothing = facts(report_row("a", **seen(1, page_sha256="same", extractor_version="2")))
    nothing["reading"][0]["report_id"] = None
    load_batch(connection, stage(**nothing))
    assert connection.execute("SELECT count(*) FROM core.report").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM core.cell").fetchone() == (0,)


@pytest.fixture(scope="module")
def staged(tmp_path_factory) -> dict[str, Path]:
    """Batches of one organ's reports: corrected, taken back, moved, dressed anew and read anew."""
    mirror = {"url": "http://portal.example/2.html"}
    versions = {
        "first": ("a", seen(0)),
        "corrected": ("b", seen(3)),
        "taken back": ("a", seen(6)),
        "dressed anew": ("a", seen(7, page_sha256="dressed anew", title="年报")),
        "elsewhere": ("a", seen(1, page_sha256="elsewhere", **mirror)),
        "elsewhere corrected": ("c", seen(6, page_sha256="elsewhere c", **mirror)),
        "read anew": ("d", seen(3, page_sha256="sha-b", extractor_version="2")),
        "other year": ("e", seen(8, year=2022)),
    }
    folder = tmp_path_factory.mktemp("staged")
    return {
        name: write_batch(folder / name, {"report": [row], "cell": [cell_row(report_id)], **facts(row)})
        for name, (report_id, changes) in versions.items()
        for row in [report_row(report_id, **changes)]
    }


@pytest.fixture(scope="module")
def expected(made_once, staged):
    return state_after(made_once, [[batch] for batch in staged.values()])


def state_after(connection, loads):
    """What an empty store holds after some loads; it is empty again afterwards."""
    connection.execute("INSERT INTO core.organ (organ_id, name) VALUES ('9901-云泽市民政局', '云泽市民政局')")
    for batches in loads:
        load_batch(connection, *batches)
    columns = "COLUMNS(name -> name <> 'report_no')"
    state = {
        **{table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall() for table in TABLES},
        **{
            f"day {number}": connection.execute("FROM as_of(?) ORDER BY ALL", [day(number)]).fetchall()
            for number in range(10)
        },
    }
    empty(connection)
    return state


def test_reports_are_numbered_in_the_order_of_loading_and_their_cells_with_them(connection, stage):
    load_batch(connection, stage(("b", seen(0)), ("a", seen(1, organ_id="another"))))
    load_batch(connection, stage(("c", seen(2, year=2022))))
    load_batch(connection, stage(("b", seen(0, extractor_version="2"))))
    numbers = connection.execute("SELECT report_id, report_no FROM core.report ORDER BY report_no").fetchall()
    assert numbers == [("a", 2), ("c", 3), ("b", 4)]
    assert connection.execute("SELECT report_id, report_no FROM core.cell ORDER BY report_no").fetchall() == numbers


@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_any_order_and_repetition_of_loads_gives_the_same_state_and_history(made_once, staged, expected, data):
    order = data.draw(st.permutations(list(staged)))
    again = data.draw(st.lists(st.sampled_from(list(staged)), max_size=3))
    names = [*order, *again]
    ends = sorted({len(names), *data.draw(st.lists(st.integers(1, len(names)), max_size=4))})
    loads = [[staged[name] for name in names[start:end]] for start, end in zip([0, *ends], ends, strict=False)]
    assert state_after(made_once, loads) == expected


def test_batches_that_are_loaded_together_are_one_transaction(tmp_path, connection):
    rows = [
        report_row(f"r{number}", organ_id=f"o{number}", url=f"http://portal.example/{number}") for number in range(4)
    ]
    batches = [
        write_batch(tmp_path / row["report_id"], {"report": [row], "cell": [cell_row(row["report_id"])], **facts(row)})
        for row in rows
    ]
    counts = load_batch(connection, *batches)
    assert (counts.reports_new, counts.cells) == (4, 4)
    assert load_batch(connection, *batches).reports_seen == 4
    assert connection.execute("SELECT count(*) FROM audit.pending").fetchone() == (1,)


def test_ten_thousand_reports_loaded_twice_are_there_once(tmp_path, connection):
    count = 10_000
    reports = [
        report_row(f"r{number}", organ_id=f"o{number}", url=f"http://portal.example/{number}")
        for number in range(count)
    ]
    known_facts = [facts(report) for report in reports]
    batch = write_batch(
        tmp_path / "batch",
        {
            "report": reports,
            "cell": [cell_row(report["report_id"]) for report in reports],
            **{name: [row for fact in known_facts for row in fact[name]] for name in ("sighting", "reading")},
        },
    )
    counts = [load_batch(connection, batch) for _ in range(2)]
    assert [(each.reports_new, each.reports_seen, each.cells) for each in counts] == [(count, 0, count), (0, count, 0)]
    for table in ("sighting", "reading", "report", "cell"):
        assert connection.execute(f"SELECT count(*) FROM core.{table}").fetchone() == (count,)
    assert connection.execute("SELECT count(*) FROM core.report WHERE is_current").fetchone() == (count,)
