"""The traps of published reports that must not become findings, one test each."""

from dataclasses import replace

from expectations import RULES, validate
from samples.city import organs
from samples.dresses import dress_of, render
from samples.reports import sample_reports
from tasks.extract.extraction import extract
from tasks.extract.prose import read_statements
from tasks.load.batch import Batch
from tasks.pages import Link
from tasks.sources.declaration import Listing, Source
from tests.expectations.books import APPLICATIONS, BLANK, DASH, NOW, Book, checked, consistent, findings, load
from tests.pages import archived
from warehouse.forms import APPLICANT_PARTS, FORMS, Edition, outcome_rows
from warehouse.loading.load import load_batch
from warehouse.loading.staging import insert_rows
from warehouse.store import memory

ROWS = FORMS[APPLICATIONS, Edition.E2019].rows


def broken(book: Book) -> list[tuple[object, ...]]:
    return findings(checked(book), "rule_id, row_code, column_code", "verdict = 'fail'")


def test_blanks_are_zero_as_parts_and_not_stated_as_totals() -> None:
    zeros = Book("report", dict.fromkeys(consistent().cells, 0))
    one = {(APPLICATIONS, row, "natural_person"): 3 for row in ("received_new", "granted", "concluded_total")}
    others = {(APPLICATIONS, row, column): BLANK for row in ROWS for column in APPLICANT_PARTS[1:]}
    totals = {(APPLICATIONS, row, "total"): BLANK for row in ROWS}
    dashes = {(APPLICATIONS, row, "natural_person"): DASH for row in ("carried_in", "carried_out", "other_total")}
    assert broken(zeros.changed("report", {**one, **others, **totals, **dashes})) == []


def test_a_partial_grant_counts_once() -> None:
    base = consistent()
    denied = {(APPLICATIONS, row, "other"): 0 for row in ROWS if row.startswith("denied")}
    kept = {(APPLICATIONS, "partially_granted", "other"): 5}
    others = sum(
        base.cells[APPLICATIONS, row, "other"]
        for row in outcome_rows(FORMS[APPLICATIONS, Edition.E2019])
        if (APPLICATIONS, row, "other") not in {**denied, **kept}
    )
    concluded = {(APPLICATIONS, "concluded_total", "other"): others + 5}
    assert ("A2", None, "other") not in broken(base.changed("report", {**denied, **kept, **concluded}))


def test_one_wrong_total_is_one_group_of_findings() -> None:
    wrong = (APPLICATIONS, "concluded_total", "other")
    book = consistent().changed("report", {wrong: consistent().cells[wrong] + 4})
    found = findings(checked(book), "rule_id, abs(difference), group_id")
    assert {rule for rule, *_ in found} == {"A1", "A2", "A3"}
    assert {difference for _, difference, _ in found} == {4}
    assert len({group for *_, group in found}) == 1


def test_a_government_may_state_what_its_own_office_handled() -> None:
    for kind, verdict in (("government", "not_assessable"), ("department", "fail")):
        connection = load([consistent()])
        insert_rows(
            connection,
            {
                "organ": [{"organ_id": "organ", "name": "某某", "kind": kind}],
                "statement": [
                    {
                        "report_id": "report",
                        "ordinal": 0,
                        "measure": "received_new",
                        "value": 17,
                        "quote": "",
                        "parts": [],
                    }
                ],
            },
        )
        validate(connection, run_id="run", validated_at=NOW, rules=[RULES["E1"]])
        ((found, sentence),) = findings(connection, "verdict, sentence_zh")
        assert found == verdict
    new, carried_in = (consistent().cells[APPLICATIONS, row, "total"] for row in ("received_new", "carried_in"))
    assert f"收到申请 17，而表中本年新收为 {new}，本年新收与上年结转之和为 {new + carried_in}，" in sentence


def test_the_words_of_earlier_years_claim_nothing() -> None:
    old = "答复中，属于已主动公开范围12件，申请信息不存在3件，不属于本行政机关公开5件，告知通过其他途径办理2件。"
    assert read_statements([old], 2020) == ()


def test_labels_mean_what_their_group_says() -> None:
    report = next(sample_reports(years=[2022], organs=[organs()[11]]))
    found = {(cell.row, cell.column): cell.value for cell in extract(render(report, dress_of(report)), item="x").cells}
    published = {key[1:]: value for key, value in report.figures.items() if key[0] != "proactive"}
    for place in (("other_remaining", "other"), ("concluded_total", "total"), ("review", "other_result")):
        assert (found[place] or 0) == published[place]


def test_one_report_on_two_addresses_is_one_report(tmp_path) -> None:
    published = next(sample_reports(years=[2022], organs=[organs()[11]]))
    report = extract(render(published, dress_of(published)), item="x")
    batch = Batch(
        Source(name="s", title="云泽市", region="990100", hosts=("p.example",), lists=(Listing(),)), "run", NOW, "1"
    )
    for address in ("http://p.example/art/1.html", "http://p.example/module/xxgk/report.jsp?area=1"):
        page = archived(Link("s", address, "", 2022), NOW, address)
        batch.add_page(page)
        batch.add_report(page, report)
    with memory() as connection:
        load_batch(connection, batch.write(tmp_path / "batch"))
        assert connection.execute("SELECT count(*) FROM core.report").fetchone() == (1,)


def test_a_renamed_organ_is_no_break_between_the_years() -> None:
    before = consistent()
    after = replace(consistent("after", seed=4), organ_id="new name", year=2020)
    assert findings(checked(before, after, rules=("A7", "C1", "C3")), "*") == []
