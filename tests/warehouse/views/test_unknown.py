"""A figure that was not read is unknown everywhere: nothing that is told turns into another number for want of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations import validate
from tests.expectations.books import APPLICATIONS, NOW, UNREADABLE, Book, Key, consistent, load
from warehouse.forms import APPLICANT_PARTS, FORMS, Edition, TableCode, outcome_rows
from warehouse.loading.staging import insert_rows
from warehouse.rows import Row, rows_of
from warehouse.store import Connection, memory

BASE = consistent(edition=Edition.E2021)
TOTALS = {row: BASE.cells[APPLICATIONS, row, "total"] for row in FORMS[APPLICATIONS, Edition.E2021].rows}
CLAIMS = {
    "received_new": TOTALS["received_new"] + 1,
    "concluded_total": TOTALS["concluded_total"],
    "granted": TOTALS["granted"] + 2,
    "granted_or_partially_granted": TOTALS["granted"] + TOTALS["partially_granted"],
    "denied": 1,
    "unavailable_or_not_held": TOTALS["unavailable_not_held"],
    "other_total": sum(TOTALS[row] for row in TOTALS if row.startswith("other_")),
    "organizations": 3,
    "review": 1,
    "litigation": 0,
}
"""What the prose says, half of it wrong."""
WRONG = {
    (APPLICATIONS, "granted", "total"): TOTALS["granted"] + 9,
    (APPLICATIONS, "carried_in", "other"): BASE.cells[APPLICATIONS, "carried_in", "other"] + 4,
}
VIEWS = {
    "outcomes": "report_id",
    "outcome_rates": "report_id",
    "applicant_mix": "report_id",
    "dispute_rates": "report_id",
    "carry_over": "report_id",
    "year_on_year": "organ_id, year, measure",
    "applications": "report_id, row_code",
}
DOUBTED = (TableCode.PROACTIVE, APPLICATIONS, TableCode.DISPUTES)
"""Tables of which two readings disagree, so that no figure of them is known."""
Told = tuple[Connection, dict[int, Key]]
"""A warehouse, and the cells that were dropped and spoiled in it, by the number in their organs' names."""
NOT_FIGURES = {"rows_unread", "quality", "quality_before", "position"}


@pytest.fixture(scope="module", params=[5, pytest.param(1, marks=pytest.mark.long)])
def told(request: pytest.FixtureRequest) -> Told:
    """A report of two years; as other organs', with one cell of this year dropped or spoiled, or a table in doubt.

    One cell of so many, in turn of every column, is.
    """
    keys = {number: key for number, key in enumerate(BASE.cells) if number % request.param == 0}
    last = replace(consistent("last", Edition.E2021, seed=3), year=2022)
    variants: dict[str, Book] = {"as-it-is": BASE.changed("as-it-is", WRONG)}
    for number, key in keys.items():
        variants[f"dropped-{number}"] = BASE.changed(f"dropped-{number}", {**WRONG, key: None})
        variants[f"spoiled-{number}"] = BASE.changed(f"spoiled-{number}", {**WRONG, key: UNREADABLE})
    for table in DOUBTED:
        variants[f"doubted-{table}"] = BASE.changed(f"doubted-{table}", WRONG)
    books = [
        replace(book, report_id=f"{name}@{book.year}", organ_id=name)
        for name, variant in variants.items()
        for book in (replace(variant, year=2023), last)
    ]
    connection = load(books, memory())
    insert_rows(
        connection,
        {
            "organ": [{"organ_id": name, "name": name, "kind": "department"} for name in variants],
            "report_table": [
                {
                    **{"report_id": f"doubted-{table}@2023", "table_code": table, "edition": "2021"},
                    **{"cells_expected": 1, "cells_read": 1, "cells_blank": 0, "cells_unreadable": 0},
                    "is_doubtful": True,
                }
                for table in DOUBTED
            ],
            "statement": [
                {
                    "report_id": f"{name}@2023",
                    "ordinal": ordinal,
                    "measure": measure,
                    "value": Decimal(value),
                    "quote": measure,
                    "parts": [],
                }
                for name in variants
                for ordinal, (measure, value) in enumerate(CLAIMS.items())
            ],
        },
    )
    validate(connection, run_id="run", validated_at=NOW)
    return connection, keys


def variants(rows: list[Row], key: str) -> dict[str, dict[tuple[object, ...], Row]]:
    """Group rows by organ, and name each by what is left of its key without the organ."""
    found: dict[str, dict[tuple[object, ...], Row]] = {}
    for row in rows:
        report = str(row.get("report_id") or f"{row['organ_id']}@{row['year']}")
        name, _, year = report.partition("@")
        place = (year, *(row[part] for part in key.split(", ") if part not in ("report_id", "organ_id")))
        found.setdefault(name, {})[place] = row
    return found


def test_no_finding_turns_into_another_one(told: Told) -> None:
    connection, _ = told
    place = "rule_id, table_code, row_code, column_code, statement_ordinal"
    rows = rows_of(
        connection,
        f"SELECT report_id, {place}, left_value, right_value, severity, "
        "list_transform(likely, each -> (each.row_code, each.column_code, each.value)) AS named "
        "FROM audit.finding WHERE verdict = 'fail'",
    )
    found = variants(rows, place)
    true = found.pop("as-it-is")
    assert {rule for _, rule, *_ in true} >= {"A1", "A2", "A3", "C1", "E1", "E3", "E4", "E6"}
    for name, broken in found.items():
        for at, row in broken.items():
            assert at in true, (name, at)
            assert (row["left_value"], row["right_value"]) == (true[at]["left_value"], true[at]["right_value"]), name
            assert row["named"] in (true[at]["named"], []), (name, at)


def test_what_is_not_broken_any_more_is_said_to_be_not_assessable(told: Told) -> None:
    connection, keys = told
    place = "rule_id, table_code, row_code, column_code, statement_ordinal"
    rows = rows_of(
        connection,
        f"SELECT report_id, {place}, verdict FROM (FROM audit.finding UNION ALL BY NAME "
        "SELECT *, unnest(places, max_depth := 2), 'not_assessable' AS verdict FROM audit.not_assessable) "
        "WHERE rule_id NOT IN ('C5')",
    )
    found = variants(rows, place)
    true = {at for at, row in found["as-it-is"].items() if row["verdict"] == "fail"}
    for name, listed in found.items():
        kind, _, number = name.partition("-")
        lost = true - listed.keys()
        if kind == "dropped":  # a rule across the years has no place where the page has no cell
            lost = {at for at in lost if (at[1], at[4]) != ("C1", keys[int(number)][2])}
        assert not lost, name


@pytest.mark.parametrize("view", VIEWS)
def test_no_figure_of_a_view_turns_into_another_one(told: Told, view: str) -> None:
    connection, _ = told
    found = variants(rows_of(connection, f"FROM main.{view}"), VIEWS[view])
    true = found.pop("as-it-is")
    unknown = 0
    for name, rows in found.items():
        unknown += len(true.keys() - rows.keys())
        for at, row in rows.items():
            for column, value in row.items():
                if column not in NOT_FIGURES and isinstance(true[at][column], int | Decimal | float):
                    assert value in (None, true[at][column]), (name, at, column)
                    unknown += value is None
    assert unknown


def test_nothing_is_computed_from_a_table_of_which_two_readings_disagree(
    told: Told,
) -> None:
    connection, _ = told
    computed = (
        "outcome.granted, outcome.carried_in, granted_rate, mix.received_new, natural_person_rate, gap, imbalance, "
        "dispute.pending, review_corrected"
    )
    found = connection.execute(
        f"SELECT report_id, {computed} FROM outcomes AS outcome JOIN outcome_rates USING (report_id) "
        "JOIN applicant_mix AS mix USING (report_id) JOIN carry_over AS chain USING (report_id) "
        "JOIN dispute_rates AS dispute USING (report_id) "
        "WHERE report_id IN ('as-it-is@2023', 'doubted-applications@2023', 'doubted-disputes@2023')"
    ).fetchall()
    known = {report_id.partition("@")[0]: [value is not None for value in values] for report_id, *values in found}
    assert known == {
        "as-it-is": [True] * 9,
        "doubted-applications": [False] * 7 + [True] * 2,
        "doubted-disputes": [True] * 7 + [False] * 2,
    }


def test_the_flag_says_how_many_rows_were_not_read(told: Told) -> None:
    connection, keys = told
    unread = dict(connection.execute("SELECT report_id, rows_unread FROM outcomes").fetchall())
    totals = [number for number, key in keys.items() if key[0] is APPLICATIONS and key[2] == "total"]
    assert unread["as-it-is@2023"] == 0
    assert {unread[f"{kind}-{number}@2023"] for number in totals for kind in ("dropped", "spoiled")} == {1}


def test_a_part_is_only_needed_where_the_total_is_blank() -> None:
    blank = {(APPLICATIONS, row, "total"): "blank" for row in outcome_rows(FORMS[APPLICATIONS, Edition.E2021])}
    whole = BASE.changed("whole", blank)
    unread = replace(whole.changed("unread", {(APPLICATIONS, "granted", APPLICANT_PARTS[2]): None}), organ_id="other")
    with load([whole, unread], memory()) as connection:
        insert_rows(connection, {"organ": [{"organ_id": each, "name": each} for each in ("organ", "other")]})
        granted = dict(connection.execute("SELECT report_id, granted FROM outcomes").fetchall())
    assert granted == {"whole": TOTALS["granted"], "unread": None}


def test_a_sum_beyond_all_measure_is_unknown_and_spoils_no_other() -> None:
    vast = BASE.changed("vast", {(APPLICATIONS, row, "total"): 10**15 for row in ("granted", "denied_state_secret")})
    with load([replace(vast, organ_id="other"), BASE], memory()) as connection:
        insert_rows(connection, {"organ": [{"organ_id": each, "name": each} for each in ("organ", "other")]})
        found = connection.execute("SELECT report_id, granted, denied IS NULL, concluded FROM outcomes").fetchall()
    assert set(found) == {
        (BASE.report_id, TOTALS["granted"], False, TOTALS["concluded_total"]),
        ("vast", None, True, TOTALS["concluded_total"]),
    }


def test_no_comparison_with_a_government_turns_into_another_one() -> None:
    """A government and two members, as they are and with one figure of one of them dropped or spoiled."""
    government = BASE.changed("government", {key: 3 * int(value) for key, value in BASE.cells.items()})
    granted, received = ((APPLICATIONS, row, "total") for row in ("granted", "received_new"))
    members = {
        "first": BASE.changed("first", {granted: 4 * BASE.cells[granted]}),
        "second": BASE.changed("second", {received: 1}),
    }
    spoiled = [
        (f"{kind}-{who}-{number}", who, key, state)
        for number, key in enumerate((granted, received, (APPLICATIONS, "carried_in", "other")))
        for who in ("government", *members)
        for kind, state in (("dropped", None), ("spoiled", UNREADABLE))
    ]
    books, organs = [], []
    for name, who, key, state in [("as-it-is", None, granted, None), *spoiled]:
        for role, book in {"government": government, **members}.items():
            changed = book.changed(name, {key: state}) if role == who else book
            books.append(replace(changed, report_id=f"{name}@{role}", organ_id=f"{name}@{role}"))
            parent = None if role == "government" else f"{name}@government"
            kind = "government" if parent is None else "department"
            organs.append({"organ_id": f"{name}@{role}", "name": role, "kind": kind, "parent_organ_id": parent})
    with load(books) as connection:
        insert_rows(connection, {"organ": organs})
        validate(connection, run_id="run", validated_at=NOW)
        place = "rule_id, table_code, row_code, column_code"
        rows = rows_of(
            connection,
            f"SELECT report_id, {place}, left_value, right_value FROM audit.finding "
            "WHERE verdict = 'fail' AND rule_id IN ('F1', 'F2')",
        )
    found = variants(rows, place)
    true = found.pop("as-it-is")
    assert {rule for _, rule, *_ in true} == {"F1", "F2"}
    for name, broken in found.items():
        for at, row in broken.items():
            assert at in true, (name, at)
            assert (row["left_value"], row["right_value"]) == (true[at]["left_value"], true[at]["right_value"]), name


def test_no_sum_of_the_appendix_turns_into_another_one() -> None:
    """Of 2014 to 2018: every line dropped, and spoiled, of a table in which three sums are wrong."""
    right = consistent(edition=Edition.E2014)
    lines = {key: number for number, key in enumerate(right.cells)}
    wrong = {key: int(right.cells[key]) + 4 for key in lines if key[1] in ("3.1", "3.3.4", "8.3")}
    books = [right.changed("as-it-is", wrong)] + [
        replace(right.changed(name, {**wrong, key: state}), organ_id=name)
        for key, number in lines.items()
        for name, state in ((f"dropped-{number}", None), (f"spoiled-{number}", UNREADABLE))
    ]
    with load(books, memory()) as connection:
        insert_rows(connection, {"organ": [{"organ_id": book.organ_id, "name": book.organ_id} for book in books]})
        validate(connection, run_id="run", validated_at=NOW)
        found = variants(
            rows_of(
                connection,
                "SELECT report_id, rule_id, row_code, left_value, right_value FROM audit.finding "
                "WHERE verdict = 'fail'",
            ),
            "rule_id, row_code",
        )
        shown = connection.execute("SELECT code, value, state FROM statistics WHERE value IS NULL").fetchall()
    true = found.pop("as-it-is")
    assert {rule for _, rule, _ in true} == {"G1", "G3", "G6", "G7"}
    for name, broken in found.items():
        for at, row in broken.items():
            assert at in true, (name, at)
            assert (row["left_value"], row["right_value"]) == (true[at]["left_value"], true[at]["right_value"]), name
    assert sorted(shown) == sorted((code, None, "unreadable") for _, code, _ in lines)
