import itertools
from datetime import date, timedelta

import pytest

from tests.warehouse.conftest import MOMENT, problem_row, report_row
from warehouse.loading.load import load_batch
from warehouse.loading.staging import write_batch


def rows(connection, sql):
    return connection.execute(sql).fetchall()


def test_a_batch_is_loaded_with_its_cells(connection, stage):
    counts = load_batch(connection, stage(("a", {})))
    assert (counts.reports_new, counts.reports_seen, counts.cells) == (1, 0, 1)
    assert rows(connection, "SELECT organ, year, value FROM main.cell") == [("云泽市民政局", 2023, 1)]


def test_loading_again_changes_nothing(connection, stage):
    batch = stage(("a", {}))
    load_batch(connection, batch)
    before = rows(connection, "SELECT * FROM core.report") + rows(connection, "SELECT * FROM core.cell")
    counts = load_batch(connection, batch)
    assert (counts.reports_new, counts.reports_seen, counts.cells) == (0, 1, 0)
    assert rows(connection, "SELECT * FROM core.report") + rows(connection, "SELECT * FROM core.cell") == before


def test_changed_figures_are_a_new_version_and_the_old_one_stays(connection, stage):
    load_batch(connection, stage(("a", {})))
    load_batch(connection, stage(("b", {"last_seen_at": MOMENT + timedelta(days=9)})))
    assert rows(connection, "SELECT report_id, is_current FROM core.report ORDER BY 1") == [("a", False), ("b", True)]
    assert rows(connection, "SELECT report_id FROM main.report") == [("b",)]


def test_a_correction_taken_back_makes_the_first_version_current_again(connection, stage):
    load_batch(connection, stage(("a", {})))
    load_batch(connection, stage(("b", {"last_seen_at": MOMENT + timedelta(days=1)})))
    load_batch(connection, stage(("a", {"last_seen_at": MOMENT + timedelta(days=2)})))
    assert rows(connection, "SELECT report_id FROM main.report") == [("a",)]


def test_a_newer_extractor_replaces_what_the_older_read_in_the_same_page(connection, stage):
    load_batch(connection, stage(("a", {"page_sha256": "same"})))
    load_batch(connection, stage(("b", {"page_sha256": "same", "extractor_version": "2"})))
    assert rows(connection, "SELECT report_id, is_current FROM core.report") == [("b", True)]
    assert rows(connection, "SELECT report_id FROM core.cell") == [("b",)]


def test_a_failing_batch_leaves_nothing_behind(connection, tmp_path):
    broken = write_batch(tmp_path / "broken", {"report": [report_row("a")]})
    (broken / "cell.parquet").write_bytes(b"not parquet")
    with pytest.raises(Exception, match="parquet"):
        load_batch(connection, broken)
    assert rows(connection, "SELECT count(*) FROM core.report") == [(0,)]


def test_a_problem_that_recurs_is_one_problem_and_is_resolved_when_its_item_is_well(connection, stage):
    item = [{"stage": "fetch", "item": "http://portal.example/1.html"}]
    for day in (0, 1):
        load_batch(connection, stage(problem=[problem_row(last_seen_at=MOMENT + timedelta(days=day))], item=item))
    ((first, last),) = rows(connection, "SELECT first_seen_at, last_seen_at FROM main.problem")
    assert last - first == timedelta(days=1)
    load_batch(connection, stage(("a", {}), item=item))
    assert rows(connection, "SELECT * FROM main.problem") == []
    assert rows(connection, "SELECT resolved_at IS NOT NULL FROM audit.problem") == [(True,)]


def test_problems_of_other_items_stay_open(connection, stage):
    load_batch(connection, stage(problem=[problem_row()]))
    load_batch(connection, stage(item=[{"stage": "fetch", "item": "http://portal.example/2.html"}]))
    assert rows(connection, "SELECT code FROM main.problem") == [("unreachable",)]


def test_current_versions_are_unique_per_organ_and_year(connection, stage):
    for report_id, year in itertools.product("abc", (2022, 2023)):
        load_batch(
            connection, stage((f"{report_id}{year}", {"year": year, "url": f"http://portal.example/{report_id}"}))
        )
    assert rows(connection, "SELECT year, count(*) FROM main.report GROUP BY year ORDER BY year") == [
        (2022, 1),
        (2023, 1),
    ]


def test_an_old_batch_loaded_again_does_not_reopen_a_resolved_problem(connection, stage):
    item = [{"stage": "fetch", "item": "http://portal.example/1.html"}]
    batch = stage(problem=[problem_row()], item=item)
    load_batch(connection, batch)
    load_batch(connection, stage(("a", {}), item=item))
    load_batch(connection, batch)
    assert rows(connection, "SELECT * FROM main.problem") == []


def test_names_are_dated_by_successions_that_no_report_contradicts(connection, stage):
    organs = [{"organ_id": name, "name": name} for name in ("old", "new", "absorbed", "absorber")]
    successions = [
        {"source_id": "sample", "predecessor_organ_id": before, "successor_organ_id": after, "since_year": 2019}
        for before, after in (("old", "new"), ("absorbed", "absorber"))
    ]
    earlier = ("a", {"organ_id": "absorber", "year": 2018})
    load_batch(connection, stage(earlier, organ=organs, succession=successions))
    assert rows(connection, "SELECT name, valid_from, valid_to FROM core.organ ORDER BY name") == [
        ("absorbed", None, date(2018, 12, 31)),
        ("absorber", None, None),
        ("new", date(2019, 1, 1), None),
        ("old", None, date(2018, 12, 31)),
    ]
