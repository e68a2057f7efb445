"""One wrong figure is one group of findings, and its place and its right value are named."""

from decimal import Decimal
from itertools import cycle, pairwise
from random import Random

import pytest

from expectations.findings.slips import slip_of
from tests.expectations.books import APPLICATIONS, DISPUTES, Book, Key, checked, consistent, findings
from warehouse.forms import FORMS, STATUTORY_EDITIONS, Edition

SIZES = (1, -1, 27)


def likely(book: Book) -> dict[str, list[tuple[Key, Decimal]]]:
    """The figures named as likely wrong, with the right value, by group of findings."""
    rows = findings(checked(book), "group_id, likely", "rule_id IN ('A1', 'A2', 'A3', 'B1')")
    return {
        str(group): [((each["table_code"], each["row_code"], each["column_code"]), each["value"]) for each in named]
        for group, named in rows
    }


def localised(books: dict[str, Book], wrong: dict[str, set[Key]], base: Book) -> float:
    """The share of reports in which exactly the wrong figures are named, with their right values."""
    found: dict[str, set[tuple[Key, Decimal]]] = {name: set() for name in books}
    columns = "report_id, likely"
    for name, named in findings(checked(*books.values()), columns, "rule_id IN ('A1', 'A2', 'A3', 'B1')"):
        found[name] |= {((each["table_code"], each["row_code"], each["column_code"]), each["value"]) for each in named}
    right = {name: {(cell, Decimal(base.cells[cell])) for cell in cells} for name, cells in wrong.items()}
    return sum(found[name] == right[name] for name in books) / len(books)


@pytest.mark.parametrize("edition", STATUTORY_EDITIONS)
def test_one_wrong_figure_of_section_three_is_always_found(edition: Edition) -> None:
    base = consistent(edition=edition)
    cells = {".".join(cell): cell for cell in base.cells if cell[0] == APPLICATIONS}
    books = {
        name: base.changed(name, {cell: base.cells[cell] + size})
        for (name, cell), size in zip(cells.items(), cycle(SIZES), strict=False)
    }
    assert localised(books, {name: {cell} for name, cell in cells.items()}, base) == 1.0


@pytest.mark.parametrize(("second_size", "least"), [(50, 0.98), (9, 0.75)])
def test_two_wrong_figures_are_mostly_found(second_size: int, least: float) -> None:
    """Measured: all of 100 random pairs wrong by different amounts, 81 where both are wrong by the same."""
    base, random = consistent(), Random(3)
    cells = [cell for cell in base.cells if cell[0] == APPLICATIONS]
    wrong = {f"pair {number}": set(random.sample(cells, 2)) for number in range(100)}
    books = {}
    for name, (first, second) in wrong.items():
        changes = {first: base.cells[first] + 9, second: base.cells[second] + second_size}
        books[name] = base.changed(name, changes)
    assert localised(books, wrong, base) >= least


def test_one_wrong_figure_is_one_group() -> None:
    book = consistent().changed("report", {(APPLICATIONS, "concluded_total", "other"): 9999})
    assert len(findings(checked(book), "rule_id")) == 3
    right = Decimal(consistent().cells[APPLICATIONS, "concluded_total", "other"])
    assert list(likely(book).values()) == [[((APPLICATIONS, "concluded_total", "other"), right)]]


@pytest.mark.parametrize(
    ("cell", "published", "rules"),
    [
        ((APPLICATIONS, "granted", "natural_person"), -7, {"A2", "A3", "A5"}),
        ((APPLICATIONS, "carried_in", "natural_person"), Decimal("7.5"), {"A1", "A3", "A5"}),
        ((APPLICATIONS, "other_total", "total"), 0, {"A2", "A3", "A6"}),
    ],
)
def test_one_wrong_figure_is_one_error_whatever_the_rules(cell: Key, published: Decimal, rules: set[str]) -> None:
    found = findings(
        checked(consistent().changed("report", {cell: published})), "rule_id, group_id, likely, sentence_en"
    )
    assert {rule for rule, *_ in found} >= rules
    concerned = [each for each in found if each[0] in rules]
    assert len({group for _, group, *_ in concerned}) == 1
    for _, _, (named,), sentence in concerned:
        assert (named["table_code"], named["row_code"], named["column_code"]) == cell
        assert "The error likely sits in" in sentence


def test_another_wrong_figure_is_another_error() -> None:
    base = consistent()
    wrong = {(APPLICATIONS, "granted", "natural_person"): -7, (DISPUTES, "review", "upheld"): -1}
    groups = {group for (group,) in findings(checked(base.changed("report", wrong)), "group_id", "rule_id = 'A5'")}
    assert len(groups) == 2


def test_a_sum_with_several_possible_slips_stays_unknown() -> None:
    base = consistent()
    book = base.changed("report", {(DISPUTES, "review", "total"): base.cells[DISPUTES, "review", "total"] + 1})
    assert list(likely(book).values()) == [[]]


ZEROS = Book("report", dict.fromkeys(consistent().cells, 0))
UPHELD, CORRECTED, TOTAL = ((DISPUTES, "review", column) for column in ("upheld", "corrected", "total"))
AFTER_REVIEW = (DISPUTES, "litigation_after_review", "upheld")


def test_totals_left_at_zero_are_recognised() -> None:
    book = ZEROS.changed("report", {UPHELD: 10, CORRECTED: 1, AFTER_REVIEW: 5})
    assert sorted(likely(book).values()) == [
        [((DISPUTES, "litigation_after_review", "total"), Decimal(5))],
        [(TOTAL, Decimal(11))],
    ]
    sentences = [str(sentence) for (sentence,) in findings(checked(book), "sentence_zh")]
    assert any("疑为「行政复议」一行「总计」一栏误填：填报 0，应为 11（漏填）。" in sentence for sentence in sentences)


def test_one_figure_beside_a_total_of_zero_may_itself_be_wrong() -> None:
    assert list(likely(ZEROS.changed("report", {UPHELD: 10})).values()) == [[]]


@pytest.mark.parametrize("published", [0, 1])
def test_a_total_is_named_where_no_part_alone_can_be_wrong(published: int) -> None:
    book = ZEROS.changed("report", {UPHELD: 10, CORRECTED: 2, TOTAL: published})
    assert list(likely(book).values()) == [[(TOTAL, Decimal(12))]]


@pytest.mark.parametrize(("published", "parts"), [(52, (20, 5)), (25, (200, 15))])
def test_digits_tell_which_figure_of_a_single_sum_is_wrong(published: int, parts: tuple[int, int]) -> None:
    book = ZEROS.changed("report", dict(zip((UPHELD, CORRECTED, TOTAL), (*parts, published), strict=True)))
    assert list(likely(book).values()) == [[(TOTAL, Decimal(sum(parts)))]]


def test_single_digits_tell_nothing() -> None:
    assert list(likely(ZEROS.changed("report", {UPHELD: 1, CORRECTED: 0, TOTAL: 2})).values()) == [[]]


@pytest.mark.parametrize(
    ("published", "value", "slip"),
    [
        (52, 25, "transposed_digits"),
        (2135, 2153, "transposed_digits"),
        (0, 7, "left_at_zero"),
        (12, 132, "missing_digit"),
        (1322, 132, "extra_digit"),
        (-7, 7, "sign"),
        (13, 14, None),
    ],
)
def test_slips_are_named(published: int, value: int, slip: str | None) -> None:
    assert slip_of(Decimal(published), Decimal(value)) == slip


def exchanged(base: Book, pairs: list[tuple[Key, Key]]) -> Book:
    return base.changed("report", {cell: base.cells[other] for pair in pairs for cell, other in (pair, pair[::-1])})


def kinds(book: Book) -> set[object]:
    return {each["slip"] for (likely,) in findings(checked(book), "likely", "verdict = 'fail'") for each in likely}


def test_a_total_typed_into_the_wrong_row_is_recognised() -> None:
    total, other = ((APPLICATIONS, row, "total") for row in ("granted", "partially_granted"))
    assert kinds(exchanged(consistent(), [(total, other)])) == {"misplaced_total"}


def test_a_row_typed_into_the_wrong_one_is_recognised() -> None:
    columns = FORMS[APPLICATIONS, Edition.E2019].columns
    rows = [((APPLICATIONS, "concluded_total", column), (APPLICATIONS, "carried_out", column)) for column in columns]
    book = exchanged(consistent(), rows)
    assert kinds(book) == {"shifted_row"}
    assert len(likely(book)) == 1
    ((sentence,), *_) = findings(checked(book), "sentence_zh", "verdict = 'fail'")
    assert "整行错位" in str(sentence)


@pytest.mark.parametrize("with_total", [True, False])
def test_a_row_typed_one_column_off_is_recognised(with_total: bool) -> None:
    base = consistent()
    columns = list(FORMS[APPLICATIONS, Edition.E2019].columns)[: None if with_total else -1]
    moved = {
        (APPLICATIONS, "granted", here): base.cells[APPLICATIONS, "granted", before]
        for before, here in pairwise(columns)
    }
    book = base.changed("report", {**moved, (APPLICATIONS, "granted", "natural_person"): 0})
    assert kinds(book) == {"shifted_columns"}
    (named,) = {tuple(each) for each in likely(book).values()}
    assert dict(named) == {key: base.cells[key] for key in dict(named)}
    assert len(named) == len(columns)


def test_nothing_is_named_beside_a_figure_that_was_not_read() -> None:
    wrong = {(APPLICATIONS, "granted", "total"): 9999}
    assert all(likely(consistent().changed("report", wrong)).values())
    unread = {**wrong, (APPLICATIONS, "carried_in", "other"): "unreadable"}
    assert not any(likely(consistent().changed("report", unread)).values())
