"""Who should have published a report: published, late, unreadable or missing, each with its evidence."""

from datetime import date, timedelta

import pytest

from tests.warehouse.conftest import MOMENT
from warehouse import store
from warehouse.loading.load import load_batch

PORTAL = "http://portal.example"


def expected(organ: str, year: int = 2023) -> dict[str, object]:
    return {"source_id": "sample", "organ_id": f"9901-{organ}", "organ_name": organ, "year": year}


def link(number: int, organ: str, year: int = 2023, **changes: object) -> dict[str, object]:
    title = f"{organ}{year}年政府信息公开工作年度报告"
    url = f"{PORTAL}/{number}.html"
    return {
        "source_id": "sample",
        "url": url,
        "title": title,
        "year": year,
        "last_listed_at": MOMENT,
        "run_id": "run",
        **changes,
    }


def problem(number: int, stage: str, code: str) -> dict[str, object]:
    return {
        "problem_id": f"{number}{code}",
        "source_id": "sample",
        "year": 2023,
        "stage": stage,
        "item": f"{PORTAL}/{number}.html",
        "code": code,
        "detail": "",
        "attempts": 3,
        "first_seen_at": MOMENT,
        "last_seen_at": MOMENT,
        "run_id": "run",
    }


@pytest.fixture
def covered(tmp_path, stage) -> dict[str, dict[str, object]]:
    """The coverage of 2023, by organ."""
    organs = ["民政局", "财政局", "水利局", "教育局", "商务局", "审计局", "人民政府", "人民政府办公室"]
    names = [f"云泽市{organ}" for organ in organs]
    batch = stage(
        ("civil", {}),
        ("finance", {"organ_id": "9901-云泽市财政局", "url": f"{PORTAL}/2.html", "published_on": date(2024, 2, 1)}),
        ("justice", {"organ_id": "9901-云泽市司法局", "url": f"{PORTAL}/9.html", "year": 2022}),
        organ=[{"organ_id": f"9901-{name}", "name": name, "kind": "department"} for name in [*names, "云泽市司法局"]],
        expected_report=[expected(name) for name in names if name != "云泽市人民政府办公室"],
        link=[
            link(1, "云泽市民政局"),
            link(2, "云泽市财政局"),
            link(3, "云泽市水利局"),
            link(4, "云泽市教育局"),
            link(5, "云泽市商务局"),
            link(6, "云泽市审计局", 2022),
            link(7, "云泽市人民政府办公室"),
        ],
        problem=[problem(3, "fetch", "timeout"), problem(4, "extract", "no_table"), problem(7, "fetch", "not_found")],
    )
    with store.writer(tmp_path / "warehouse.duckdb") as connection:
        load_batch(connection, batch)
        return coverage_of(connection)


def coverage_of(connection: store.Connection) -> dict[str, dict[str, object]]:
    found = connection.execute("FROM main.coverage WHERE year = 2023")
    names = [column[0] for column in found.description or ()]
    return {row[names.index("organ")]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def test_every_expected_organ_has_a_status_with_its_evidence(covered):
    assert {organ.removeprefix("云泽市"): (row["status"], row["evidence"]) for organ, row in covered.items()} == {
        "民政局": ("published", f"{PORTAL}/1.html"),
        "财政局": ("late", f"{PORTAL}/2.html"),
        "水利局": ("unreadable", f"timeout {PORTAL}/3.html"),
        "教育局": ("unreadable", f"no_table {PORTAL}/4.html"),
        "商务局": ("missing", f"listed as {PORTAL}/5.html"),
        "审计局": ("missing", "not listed"),
        "司法局": ("missing", "not listed"),
        "人民政府": ("missing", "not listed"),
    }
    assert covered["云泽市审计局"]["basis"] == "declared"
    assert covered["云泽市司法局"]["basis"] == "neighbouring year"


def test_a_page_that_comes_is_no_longer_unreadable(tmp_path, covered, stage):
    mended = stage(
        ("water", {"organ_id": "9901-云泽市水利局", "url": f"{PORTAL}/3.html"}),
        item=[{"stage": "fetch", "item": f"{PORTAL}/3.html"}],
    )
    with store.writer(tmp_path / "warehouse.duckdb") as connection:
        load_batch(connection, mended)
        row = coverage_of(connection)["云泽市水利局"]
    assert (row["status"], row["evidence"]) == ("published", f"{PORTAL}/3.html")


def named(number: int, organ: str, identity: str = "", **changes: object) -> dict[str, object]:
    """A link whose title names an organ that no source declares."""
    return link(number, organ, organ_id=f"9901-{identity or organ}", organ_name=identity or organ, **changes)


@pytest.mark.parametrize(
    ("listed", "statuses"),
    [
        (named(3, "云泽市水利局"), {"云泽市民政局": "published", "云泽市水利局": "unreadable"}),
        (named(3, "云泽市民政局"), {"云泽市民政局": "published"}),
        (named(1, "民政局"), {"云泽市民政局": "published"}),
        (named(3, "云泽市水利局", last_listed_at=MOMENT - timedelta(days=1)), {"云泽市民政局": "published"}),
    ],
    ids=["another organ", "one with a report elsewhere", "one whose page was read before", "no longer listed"],
)
def test_an_organ_that_only_an_unreadable_link_names(connection, stage, listed, statuses):
    problems = [problem(number, "fetch", "not_found") for number in (1, 3)]
    load_batch(connection, stage(("civil", {}), link=[listed, link(2, "云泽市财政局")], problem=problems))
    assert {organ: row["status"] for organ, row in coverage_of(connection).items()} == statuses


def test_a_link_under_another_name_of_an_expected_organ_is_that_organ(connection, stage):
    batch = stage(
        expected_report=[expected("云泽市水利局")],
        link=[named(3, "云泽市水务局", identity="云泽市水利局")],
        problem=[problem(3, "fetch", "timeout")],
    )
    load_batch(connection, batch)
    found = coverage_of(connection)
    assert {organ: (row["status"], row["evidence"]) for organ, row in found.items()} == {
        "云泽市水利局": ("unreadable", f"timeout {PORTAL}/3.html")
    }
