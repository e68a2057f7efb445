"""The real published reports kept beside the repository."""

from collections import Counter
from datetime import date
from decimal import Decimal

from tasks.extract.extraction import extract
from tasks.extract.report import CellState, Report
from tests.real_reports import REPORTS, needs_real_reports

pytestmark = needs_real_reports


def read(name: str) -> Report:
    return extract((REPORTS / name).read_bytes(), item=name)


def values(report: Report) -> dict[tuple[str, str, str], Decimal | None]:
    return {(cell.table, cell.row, cell.column): cell.value for cell in report.cells}


def test_wenzhou_plain_text_with_one_cell_a_line() -> None:
    report = read("wenzhou-jgswj-2019.txt")
    assert report.organ == "温州市机关事务管理局"
    assert report.year == 2019
    assert report.title == "温州市机关事务管理局2019年政府信息公开工作年度报告"
    assert report.published_on == date(2020, 1, 21)
    assert report.publisher == "市机关事务管理局"
    assert report.tables == {"proactive": "2019", "applications": "2019", "disputes": "2019"}
    assert len(report.cells) == 198
    assert not report.problems
    figures = values(report)
    assert figures["applications", "received_new", "natural_person"] == 2
    assert figures["applications", "granted", "natural_person"] == 1
    assert figures["applications", "denied_internal_affairs", "natural_person"] == 1
    assert figures["applications", "concluded_total", "total"] == 2
    assert figures["proactive", "procurement", "projects"] == 12
    assert figures["proactive", "procurement", "amount"] == 225940
    assert sum(value or 0 for value in figures.values()) == 12 + 12 + 225940


def test_shanghai_html_with_blanks_and_misaligned_spans() -> None:
    report = read("shanghai-govoffice-2019.html")
    assert report.organ == "上海市人民政府办公厅"
    assert report.year == 2019
    assert report.published_on == date(2020, 1, 31)
    assert len(report.cells) == 198
    assert not report.problems
    figures = values(report)
    assert figures["proactive", "regulations", "total_disclosed"] == 524
    assert figures["proactive", "normative_documents", "total_disclosed"] == 368
    assert {figures["proactive", "licensing", column] for column in ("prior_items", "change", "decisions")} == {0}
    assert figures["applications", "concluded_total", "natural_person"] == 767
    assert figures["applications", "concluded_total", "commercial_enterprise"] == 35
    assert figures["applications", "concluded_total", "total"] == 805
    assert figures["proactive", "procurement", "amount"] == 251000
    assert figures["applications", "granted", "total"] is None
    states = Counter(cell.state for cell in report.cells)
    assert states == {CellState.NUMBER: 63, CellState.BLANK: 135}


def test_hongze_pdf_of_mixed_edition() -> None:
    report = read("hongze-2023.pdf")
    assert (report.organ, report.year, report.published_on) == ("洪泽区人民政府", 2023, None)
    assert report.period == (date(2023, 1, 1), date(2023, 12, 31))
    assert report.contact == "0517-87222589"
    assert report.tables == {"proactive": "2021", "applications": "2019", "disputes": "2019"}
    assert len(report.cells) == 186
    assert not report.problems
    figures = values(report)
    review = [figures["disputes", "review", column] for column in ("upheld", "corrected", "other_result", "pending")]
    assert review == [10, 1, 0, 0]
    assert figures["disputes", "review", "total"] == 0
    assert figures["disputes", "litigation_after_review", "upheld"] == 5
    assert figures["proactive", "normative_documents", "in_force"] == 5
    assert figures["proactive", "fees", "amount"] == 77302800
    assert figures["applications", "unavailable_not_held", "natural_person"] == 10
    assert sum(figures["applications", row, "total"] or 0 for row in ("received_new", "concluded_total")) == 42


def test_texts_made_of_a_pdf_whose_labels_stand_apart_from_their_figures() -> None:
    report = read("shanghai-kewei-2024.txt")
    assert (report.organ, report.year, len(report.cells), report.problems) == ("上海市科委", 2024, 200, ())
    figures = values(report)
    assert [figures["applications", row, "total"] for row in ("denied_internal_affairs", "other_not_corrected")] == [
        1,
        10,
    ]
    report = read("shanghai-govoffice-2025.txt")
    assert (report.organ, report.year, len(report.cells)) == ("上海市人民政府办公厅", 2025, 194)
    assert [problem.code for problem in report.problems] == ["table_incomplete"]
    assert values(report)["applications", "partially_granted", "natural_person"] == 2
