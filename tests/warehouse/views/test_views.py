"""Every view, added up both ways: by parts and by totals, on sample reports whose figures agree."""

from datetime import date

import pytest

from samples.city import organs
from samples.reports import sample_reports
from samples.warehouse import FIRST_RUN, listed, sample_source, stage
from tests.expectations.books import APPLICATIONS, PROACTIVE, Book, consistent, load
from warehouse import store
from warehouse.forms import APPLICANT_PARTS, DISPUTE_PARTS, FORMS, Edition, TableCode, outcome_rows
from warehouse.loading.load import load_batch

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
    with load([book.changed("blank", blank)]) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name, kind) VALUES ('organ', '某某局', 'department')")
        parts, concluded = one(connection, f"SELECT {total_of(OUTCOMES)}, sum(concluded) FROM outcomes")
    assert parts == concluded == book.cells[APPLICATIONS, "concluded_total", "total"]


def test_fees_of_2019_are_not_the_fees_of_2021():
    with load([consistent(edition=Edition.E2019)]) as connection:
        connection.execute("INSERT INTO core.organ (organ_id, name, kind) VALUES ('organ', '某某局', 'department')")
        assert one(connection, "SELECT count(*) FROM proactive_2021") == (0,)
        (change,) = one(connection, "SELECT fees_change FROM proactive_2019")
    assert change == consistent(edition=Edition.E2019).cells[PROACTIVE, "fees", "change"]
