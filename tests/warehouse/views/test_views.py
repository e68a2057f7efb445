"""Every view, added up both ways: by parts and by totals, on sample reports whose figures agree."""

from dataclasses import replace
from datetime import date

import pytest

from expectations import validate
from samples.city import organs
from samples.reports import sample_reports
from samples.warehouse import FIRST_RUN, listed, sample_source, stage
from tests.expectations.books import APPLICATIONS, NOW, PROACTIVE, Book, consistent, load
from warehouse import store
from warehouse.forms import APPLICANT_PARTS, DISPUTE_PARTS, FORMS, Edition, TableCode, outcome_rows
from warehouse.loading.load import load_batch
from warehouse.loading.staging import insert_rows

YEARS = (2020, 2021, 2022)
OUTCOMES = ("granted", "partially_granted", "denied", "unavailable", "not_processed", "other")


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    """Consistent reports of one county and a few departments, over the change of editions."""
    chosen = [organ for organ in organs() if "望湖区" in organ.name or organ.name in ("云泽市公安局", "云泽市财政局")]
    source = sample_source()
    shown = listed(source, sample_reports(years=YEARS, organs=chosen))
    with store.memory() as connection:
        load_batch(connection, stage(source, shown, "run", FIRST_RUN, tmp_path_factory.mktemp("views") / "batch"))
        yield connection


def one(connection, sql):
    return connection.execute(sql).fetchone()


def held(connection, table, row, column="total"):
    (total,) = one(
        connection,
        f"SELECT sum(value) FROM core.cell WHERE table_code = '{table}' "
        f"AND row_code = '{row}' AND column_code = '{column}'",
    )
    return total


def total_of(columns):
    return " + ".join(f"sum({column})" for column in columns)


def test_applications_parts_add_up_to_totals(connection):
    parts, total = one(connection, f"SELECT {total_of(APPLICANT_PARTS)}, sum(total) FROM applications")
    assert parts == total > 0
    assert (
        total
        == one(
            connection, "SELECT sum(value) FROM core.cell WHERE table_code = 'applications' AND column_code = 'total'"
        )[0]
    )


def test_cells_that_are_no_totals_add_up_to_the_grand_totals(connection):
    for table, rows in (
        ("applications", "row_code NOT IN ('received_new', 'carried_in', 'carried_out')"),
        ("disputes", "true"),
    ):
        parts, total = one(
            connection,
            f"SELECT sum(value) FILTER (NOT is_total), "
            f"sum(value) FILTER (column_code = 'total' AND (table_code = 'disputes' OR row_code = 'concluded_total')) "
            f"FROM labelled_cell WHERE table_code = '{table}' AND {rows}",
        )
        assert parts == total > 0
    assert one(connection, "SELECT count(*) FROM applications_long") == one(
        connection, "SELECT count(*) FROM core.cell WHERE table_code = 'applications'"
    )


def test_outcomes_add_up_to_the_concluded_and_these_to_the_received(connection):
    parts, concluded = one(connection, f"SELECT {total_of(OUTCOMES)}, sum(concluded) FROM outcomes")
    assert parts == concluded == held(connection, "applications", "concluded_total")
    received, handled = one(
        connection, "SELECT sum(received_new + carried_in), sum(concluded + carried_out) FROM outcomes"
    )
    assert received == handled
    assert one(connection, "SELECT count(*), count(DISTINCT report_id) FROM outcomes") == one(
        connection, "SELECT count(*), count(*) FROM report"
    )


def test_rates_add_up_to_one_and_none_is_of_fewer_than_thirty_cases(connection):
    rates = " + ".join(f"{outcome}_rate" for outcome in OUTCOMES)
    rated, least, worst = one(
        connection,
        f"SELECT count(granted_rate), min(concluded), max(abs({rates} - 1)) "
        "FROM outcome_rates WHERE granted_rate IS NOT NULL",
    )
    assert rated > 0
    assert least >= 30
    assert worst < 0.001
    assert one(connection, "SELECT count(*) FROM outcome_rates WHERE concluded >= 30 AND granted_rate IS NULL") == (0,)


def test_wide_tables_hold_what_the_cells_hold(connection):
    for view, table, edition in (
        ("applications_wide", TableCode.APPLICATIONS, Edition.E2021),
        ("disputes_wide", TableCode.DISPUTES, Edition.E2021),
        ("proactive_2019", TableCode.PROACTIVE, Edition.E2019),
        ("proactive_2021", TableCode.PROACTIVE, Edition.E2021),
    ):
        cells = list(FORMS[table, edition].cells)
        codes = [f"{row}_{column}" for row, column in cells]
        if view == "applications_wide":
            codes += [f"other_total_{column}" for column in (*APPLICANT_PARTS, "total")]
        sums = " + ".join(f"coalesce(sum({code}), 0)" for code in codes)
        of_edition = f"AND edition = '{edition}'" if table is TableCode.PROACTIVE else ""
        expected = one(connection, f"SELECT sum(value) FROM core.cell WHERE table_code = '{table}' {of_edition}")
        assert one(connection, f"SELECT {sums} FROM {view}") == expected


def test_disputes_parts_add_up_and_decided_and_pending_are_all(connection):
    parts, total = one(connection, f"SELECT {total_of(DISPUTE_PARTS)}, sum(total) FROM disputes")
    assert parts == total > 0
    everything = one(
        connection, "SELECT sum(review_decided) + sum(litigation_decided) + sum(pending) FROM dispute_rates"
    )
    assert everything == (total,)
    corrected = one(connection, "SELECT sum(review_corrected + litigation_corrected) FROM dispute_rates")
    assert corrected == one(connection, "SELECT sum(corrected) FROM disputes")


def test_applicants_add_up_to_the_received(connection):
    parts, received = one(connection, f"SELECT {total_of(APPLICANT_PARTS)}, sum(received_new) FROM applicant_mix")
    assert parts == received == held(connection, "applications", "received_new")


def test_carry_over_leaves_no_gap_between_years_and_no_imbalance_within(connection):
    chained, gaps, imbalances = one(
        connection, "SELECT count(gap), count(*) FILTER (gap <> 0), count(*) FILTER (imbalance <> 0) FROM carry_over"
    )
    assert chained > 0
    assert (gaps, imbalances) == (0, 0)


def test_changes_add_up_to_the_difference_of_the_years(connection):
    changed = one(connection, "SELECT sum(change) FROM year_on_year WHERE year = 2022 AND measure = 'received_new'")
    difference = one(
        connection,
        "SELECT sum(received_new) FILTER (year = 2022) - sum(received_new) FILTER (year = 2021) FROM outcomes",
    )
    assert changed == difference


def test_every_cell_has_one_origin(connection):
    assert one(connection, "SELECT count(*), count(fetched_at) FROM provenance") == one(
        connection, "SELECT count(*), count(*) FROM core.cell"
    )


def test_coverage_and_quality_count_every_report_once(connection):
    reports = one(connection, "SELECT count(*) FROM report")
    assert one(connection, "SELECT count(*) FROM report_quality WHERE quality = 'clean'") == reports
    assert one(connection, "SELECT sum(published + late) FROM coverage_by_year") == reports
    assert one(connection, "SELECT sum(published + late + unreadable + missing - expected) FROM coverage_by_year") == (
        0,
    )


def test_ranks_go_from_one_to_the_number_of_the_ranked(connection):
    assert one(connection, "SELECT min(rank), bool_and(rank <= ranked) FROM ranking") == (1, True)
    assert one(connection, "SELECT count(*) FROM ranking WHERE measure = 'granted_rate'") == one(
        connection, "SELECT count(granted_rate) FROM outcome_rates"
    )


@pytest.mark.parametrize(
    ("kind", "year", "due"),
    [
        ("department", 2023, date(2024, 1, 31)),
        ("government", 2023, date(2024, 3, 31)),
        ("department", 2018, date(2019, 3, 31)),
    ],
)
def test_the_statutory_date(connection, kind, year, due):
    assert one(connection, f"SELECT due_on('{kind}', {year})") == (due,)


def test_a_blank_total_is_the_sum_of_the_applicants_and_nothing_is_counted_twice():
    book: Book = consistent(edition=Edition.E2021)
    blank = {(APPLICATIONS, row, "total"): "blank" for row in outcome_rows(FORMS[APPLICATIONS, Edition.E2021])}
    with load([book.changed("blank", blank)], store.memory()) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name, kind) VALUES ('organ', '某某局', 'department')")
        parts, concluded = one(connection, f"SELECT {total_of(OUTCOMES)}, sum(concluded) FROM outcomes")
    assert parts == concluded == book.cells[APPLICATIONS, "concluded_total", "total"]


def test_fees_of_2019_are_not_the_fees_of_2021():
    with load([consistent(edition=Edition.E2019)], store.memory()) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name, kind) VALUES ('organ', '某某局', 'department')")
        assert one(connection, "SELECT count(*) FROM proactive_2021") == (0,)
        (change,) = one(connection, "SELECT fees_change FROM proactive_2019")
    assert change == consistent(edition=Edition.E2019).cells[PROACTIVE, "fees", "change"]


def audited(*books: Book):
    """Load reports of as many organs of one city, and hold the rules against them."""
    connection = load(books, store.memory())
    insert_rows(
        connection,
        {
            "organ": [
                {"organ_id": id_, "name": id_, "kind": "department", "level": "county", "region_code": "990100"}
                for id_ in {book.organ_id for book in books}
            ],
            "report_table": [
                {
                    "report_id": book.report_id,
                    "table_code": table,
                    "edition": book.edition,
                    "cells_expected": len(FORMS[table, book.edition].cells),
                    "cells_read": len(FORMS[table, book.edition].cells),
                    "cells_blank": sum(state == "blank" for (of, *_), state in book.cells.items() if of is table),
                    "cells_unreadable": 0,
                    "is_doubtful": False,
                }
                for book in books
                for table in (TableCode.PROACTIVE, TableCode.APPLICATIONS, TableCode.DISPUTES)
            ],
        },
    )
    connection.execute("UPDATE core.report SET published_on = NULL, cells_read = cells_expected")
    validate(connection, run_id="run", validated_at=NOW)
    return connection


@pytest.fixture(scope="module")
def judged():
    """Reports without a finding, with a warning, with a critical finding, and not filled in."""
    base = replace(consistent(edition=Edition.E2021), year=2022)
    regulations = {(PROACTIVE, "regulations", column): 0 for column in ("issued", "repealed", "in_force")}
    clean = base.changed("clean", regulations)
    books = (
        clean,
        base.changed("questionable", {**regulations, (PROACTIVE, "regulations", "issued"): 1}),
        clean.changed("inconsistent", {(APPLICATIONS, "granted", "total"): 9999}),
        clean.changed("blank", dict.fromkeys(clean.cells, "blank")),
    )
    with audited(*(replace(book, organ_id=book.report_id) for book in books)) as connection:
        yield connection


def test_quality_is_clean_only_without_a_finding_of_any_severity(judged):
    found = dict(judged.execute("SELECT organ_id, quality FROM report_quality").fetchall())
    assert found == {quality: quality for quality in ("clean", "questionable", "inconsistent", "blank")}


def test_the_quality_stands_beside_every_rate(judged):
    for view in ("outcome_rates", "applicant_mix", "dispute_rates", "carry_over"):
        (quality,) = one(judged, f"SELECT quality FROM {view} WHERE organ_id = 'inconsistent'")
        assert quality == "inconsistent"


def test_a_ranking_leaves_out_rates_whose_own_figures_break_an_identity_unless_asked(judged):
    def ranked(of):
        rows = judged.execute(f"SELECT measure, list(organ_id ORDER BY organ_id) FROM {of} GROUP BY measure").fetchall()
        return {measure: set(organs) for measure, organs in rows}

    everyone = {"clean", "questionable", "inconsistent"}
    trusted = ranked("ranking")
    assert trusted["granted_rate"] == {"clean", "questionable"}
    assert trusted["denied_rate"] == trusted["other_rate"] == everyone
    assert {measure: organs for measure, organs in ranked("ranking_of(true)").items() if organs != everyone} == {}
    assert judged.execute("FROM faulty_rate").fetchall() == [("inconsistent", "granted_rate")]


def test_the_gap_of_the_carry_over_looks_at_every_column():
    before = replace(consistent("before", Edition.E2021), year=2021)
    carried = {
        (APPLICATIONS, "carried_in", column): before.cells[APPLICATIONS, "carried_out", column]
        for column in (*APPLICANT_PARTS, "total")
    }
    first, second = ((APPLICATIONS, "carried_in", column) for column in APPLICANT_PARTS[:2])
    moved = {first: carried[first] - 1, second: carried[second] + 1}
    with audited(before, replace(before.changed("after", {**carried, **moved}), year=2022)) as connection:
        gap = "SELECT gap, carried_in - carried_out_before FROM carry_over WHERE year = 2022"
        assert one(connection, gap) == (1, 0)


def test_rows_that_count_different_things_are_told_apart(connection):
    parts = ", ".join(f"'{measure}'" for measure in OUTCOMES)
    summed = one(connection, f"SELECT sum(value) FROM applications_long WHERE measure IN ({parts}) AND NOT is_total")
    assert summed == one(connection, "SELECT sum(concluded) FROM outcomes")
    measures = connection.execute("SELECT DISTINCT measure FROM applications_long").fetchall()
    assert {measure for (measure,) in measures} == {
        *OUTCOMES, "received_new", "carried_in", "concluded", "carried_out"
    }  # fmt: skip


def test_labels_of_money_do_not_name_another_unit_than_the_value_has(connection):
    count = "SELECT count(*), count(*) FILTER (contains(column_label, '万元')) FROM form_cell WHERE unit = 'yuan'"
    assert one(connection, count) == (2, 0)


def test_claims_of_the_prose_are_in_sight(connection):
    claims = one(connection, "SELECT count(*), count(DISTINCT organ) FROM claim WHERE value IS NOT NULL")
    assert claims == one(
        connection,
        "SELECT count(*), count(DISTINCT organ_id) FROM core.statement JOIN report USING (report_id)",
    )


def test_an_organ_of_unknown_kind_has_no_statutory_date(connection):
    assert one(connection, "SELECT due_on(NULL, 2023), due_on(NULL, 2018)") == (None, date(2019, 3, 31))
