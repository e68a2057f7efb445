"""The wardrobe: named dresses, and any number of dresses put together at random from the same quirks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from types import MappingProxyType

from samples.dresses import figure_quirks as figures
from samples.dresses import label_quirks as labels
from samples.dresses import page_quirks as pages
from samples.dresses import row_quirks as rows
from samples.dresses import span_quirks as spans
from samples.dresses import table_quirks as tables
from samples.dresses.document import Manner, Quirk
from samples.dresses.furniture import BARE, LAYOUT_TABLES, NESTED, TRS_EDITOR, UCAP, XXGK_CARD, ZOOM
from samples.dresses.markup import BOXED, CAPITALS, CENTRED, DIVISIONS, OVERWRITTEN, PLAIN, WORD, WPS, WRAPPED
from samples.dresses.money_quirks import Money
from samples.dresses.office_writers import Docx, Pdf, Xlsx
from samples.dresses.piece_quirks import Pieces
from samples.dresses.writers import Csv, Html, Mht, Text, TextLayout, Writer, Zipped
from samples.inconsistencies import SLIPPED_ORGANS
from samples.reports import SampleReport
from tasks.extract.report import CellState


@dataclass(frozen=True)
class Dress:
    """One way to show a report.

    ``writes_zeros`` tells that every figure is written out, none as a blank or dash; ``is_complete`` that every cell of
    the forms is there.
    """

    name: str
    quirks: tuple[Quirk, ...] = ()
    writer: Writer = field(default_factory=Html)
    writes_zeros: bool = True
    is_complete: bool = True


_BLANKS = figures.zeros_left_out("", CellState.BLANK, lost_totals=0.1)
_DASHES = figures.zeros_left_out("—", CellState.DASH)
_GBK = Html(CENTRED, LAYOUT_TABLES, charset="gb2312", codec="gbk", header_charset=None)

_NAMED = (
    Dress("plain"),
    Dress("hanweb", writer=Html(CENTRED, ZOOM)),
    Dress("trs", writer=Html(furniture=TRS_EDITOR)),
    Dress("word", writer=Html(WORD, ZOOM)),
    Dress("layout-tables", writer=Html(furniture=LAYOUT_TABLES)),
    Dress("blank-zeros", (_BLANKS,), Html(CENTRED, ZOOM), writes_zeros=False),
    Dress("misaligned", (spans.misaligned_spans(),), Html(CENTRED, TRS_EDITOR)),
    Dress("split-tables", (tables.blocks_apart, tables.page_break()), Html(furniture=ZOOM)),
    Dress("gb2312", writer=_GBK),
    Dress("dash-zeros", (_DASHES,), Html(furniture=TRS_EDITOR), writes_zeros=False),
    Dress("text", writer=Text()),
    Dress("text-rows", writer=Text(TextLayout.ROWS)),
    Dress("text-pipes", writer=Text(TextLayout.PIPES)),
    Dress("wps", (labels.half_width_brackets, labels.broken_labels), Html(WPS, UCAP)),
    Dress("divisions", (pages.headings_drifted, pages.empty_paragraphs), Html(DIVISIONS, XXGK_CARD)),
    Dress("capitals", (labels.spaced_labels,), Html(CAPITALS, LAYOUT_TABLES, "gb2312", "gbk", "gb2312")),
    Dress("print-copy", (tables.hidden_copies,), Html(CENTRED, ZOOM)),
    Dress("appended-copy", (tables.copies_at_the_end,), Html(furniture=UCAP)),
    Dress("padded-spans", (spans.row_spans_padded,), Html(WPS, TRS_EDITOR)),
    Dress("repeated-labels", (spans.row_spans_repeated, labels.quotes_as("", "")), Html(furniture=XXGK_CARD)),
    Dress("ragged-rows", (spans.row_spans_lost, spans.column_spans_lost), Html(DIVISIONS, ZOOM)),
    Dress("no-captions", (rows.captions_lost, pages.headings_lost), Html(furniture=TRS_EDITOR)),
    Dress("captions-above", (rows.captions_above,), Html(CENTRED, ZOOM)),
    Dress("captions-aside", (rows.captions_aside, rows.footnotes), Html(CENTRED, UCAP)),
    Dress("no-headers", (rows.headers_lost, tables.page_break(repeat_header=False)), Html(furniture=ZOOM)),
    Dress("repeated-headers", (rows.headers_repeated, rows.spacer_rows), Html(WPS, LAYOUT_TABLES)),
    Dress("borrowed-headers", (rows.headers_borrowed, labels.enumerators_as("{digit}、")), Html(furniture=UCAP)),
    Dress("numbered-rows", (rows.numbered_rows, rows.footnotes), Html(CENTRED, TRS_EDITOR)),
    Dress("numbered-figures", (_BLANKS, rows.numbered_figures), Html(WORD, ZOOM), writes_zeros=False),
    Dress("remarks", (rows.remarks, tables.page_break()), Html(CENTRED, UCAP)),
    Dress("subtotals", (rows.subtotals,), Html(CENTRED, ZOOM)),
    Dress("lost-characters", (labels.lost_characters, labels.zero_width_labels), Html(WORD, TRS_EDITOR)),
    Dress("overwritten", (figures.counts_as(figures.with_invisible),), Html(OVERWRITTEN, ZOOM)),
    Dress("wrapped", (figures.counts_as(figures.with_note),), Html(WRAPPED, TRS_EDITOR)),
    Dress("hidden", (Pieces(Manner.HIDDEN),), Html(CENTRED, NESTED)),
    Dress("struck", (Pieces(Manner.STRUCK),), Html(WORD, ZOOM)),
    Dress("raised", (Pieces(Manner.RAISED),), Html(furniture=UCAP)),
    Dress("typed", (Pieces(Manner.TYPED),), Html(CENTRED, TRS_EDITOR)),
    Dress("markdown", (labels.explained_labels, Pieces(Manner.STRUCK)), Text(TextLayout.PIPES, opening="正文\n# ")),
    Dress("boxes", (Pieces(Manner.RAISED),), Text(TextLayout.BOXES)),
    Dress("csv", (labels.explained_labels,), Csv()),
    Dress("totals-first", (tables.totals_first,), Html(CENTRED, ZOOM)),
    Dress("radicals", (labels.kangxi_radicals, figures.counts_as(figures.full_width)), Html(WPS, ZOOM)),
    Dress("local-wording", (labels.other_wordings, figures.counts_as(figures.with_unit)), Html(furniture=XXGK_CARD)),
    Dress(
        "words-for-figures",
        (
            figures.zeros_as("〇", "零", "0件"),
            figures.counts_as(figures.with_separators),
            figures.changes_as("增加", "减少"),
            Money("万元", header="{header}（万元，保留四位小数）"),
        ),
        Html(CENTRED, UCAP),
    ),
    Dress(
        "signs",
        (
            figures.zeros_as("0/0", "0", "０"),
            figures.counts_as(figures.padded),
            figures.changes_as("+", "--"),
            Money("亿元", cell="{figure}亿元"),
        ),
        Html(furniture=TRS_EDITOR),
    ),
    Dress("no-unit", (Money("万元", is_told=False), pages.title_without_organ), Html(furniture=ZOOM)),
    Dress("boxed", (pages.unit_lines, pages.signed_at_the_end), Html(BOXED, TRS_EDITOR)),
    Dress("long-spans", (spans.row_spans_too_long, figures.counts_as(figures.with_decimals)), Html(CENTRED, ZOOM)),
    Dress("group-rows", (spans.groups_as_rows, labels.half_width_brackets), Html(WPS, ZOOM)),
    Dress("spreadsheet", (spans.empty_columns, tables.one_sheet), Html(furniture=ZOOM)),
    Dress("unit-in-caption", (Money("万元", caption="{caption}（单位：万元）"), pages.title_without_year), Html()),
)
DRESSES: Mapping[str, Dress] = MappingProxyType({dress.name: dress for dress in _NAMED})
"""Every named dress of a page or a text that can be read wholly."""

DEFICIENT: Mapping[str, Dress] = MappingProxyType(
    {
        dress.name: dress
        for dress in (
            Dress("unreadable", (figures.unreadable_figures,), Html(CENTRED, TRS_EDITOR), writes_zeros=False),
            Dress("drawn", (Pieces(Manner.DRAWN),), Html(CENTRED, UCAP)),
            Dress("lost-table", (tables.table_lost,), Html(furniture=ZOOM), is_complete=False),
            Dress("lost-row", (tables.rows_lost,), Html(WPS, TRS_EDITOR), is_complete=False),
        )
    }
)
"""Every named dress of a page that lacks something, so that a reader must say so."""

_ASIDE = (Manner.HIDDEN, Manner.STRUCK, Manner.RAISED)
DOCUMENTS: Mapping[str, Dress] = MappingProxyType(
    {
        dress.name: dress
        for dress in (
            Dress("docx", writer=Docx()),
            Dress("docx-blanks", (_BLANKS, labels.broken_labels, tables.blocks_apart), Docx(), writes_zeros=False),
            Dress("docx-page-break", (tables.page_break(), rows.footnotes, Money("元", cell="{figure}元")), Docx()),
            *(Dress(f"docx-{manner}", (Pieces(manner),), Docx()) for manner in _ASIDE),
            Dress("xlsx", writer=Xlsx()),
            *(Dress(f"xlsx-{manner}", (Pieces(manner),), Xlsx()) for manner in _ASIDE),
            Dress("xlsx-totals-first", (tables.totals_first, tables.blank_copies_first), Xlsx()),
            Dress("xlsx-money", (Money("万元", cell="{figure}万元"),), Xlsx()),
            Dress("xlsx-no-captions", (rows.captions_lost, rows.spacer_rows, labels.half_width_brackets), Xlsx()),
            Dress("pdf", writer=Pdf()),
            Dress("pdf-hidden", (Pieces(Manner.HIDDEN),), Pdf(is_bold=True)),
            Dress("pdf-struck", (Pieces(Manner.STRUCK),), Pdf()),
            Dress("mht", (labels.explained_labels,), Mht()),
            Dress("zip", (Pieces(Manner.HIDDEN),), Zipped(Html())),
            Dress("pdf-repeated-header", (rows.footnotes, labels.kangxi_radicals), Pdf(header_rows=3)),
        )
    }
)
"""Every named dress of an office document; Word and PDF need the development extras."""

_PORTAL_WEIGHTS = {
    "plain": 8,
    "hanweb": 24,
    "trs": 18,
    "word": 14,
    "layout-tables": 8,
    "blank-zeros": 8,
    "misaligned": 8,
    "split-tables": 6,
    "gb2312": 4,
    "dash-zeros": 2,
}


def dress_of(report: SampleReport) -> Dress:
    """Return the dress that a report wears on the portal.

    Organs with a slip in some year, and governments, whose figures are compared with their members', leave none out.
    """
    shows_all = report.organ.name in SLIPPED_ORGANS or report.organ.kind == "government"
    names = [name for name in _PORTAL_WEIGHTS if DRESSES[name].writes_zeros or not shows_all]
    weights = [_PORTAL_WEIGHTS[name] for name in names]
    return DRESSES[Random(f"dress/{report.identity}").choices(names, weights)[0]]


_LEFT_OUT: tuple[Quirk, ...] = (
    _BLANKS,
    *(figures.zeros_left_out(sign, CellState.DASH) for sign in ("—", "-", "/", "无", "——", "－")),
    figures.zeros_left_out("", CellState.BLANK, share=0.5),
)
_FIGURES: tuple[Sequence[Quirk], ...] = (
    (figures.zeros_as("〇"), figures.zeros_as("零", "0"), figures.zeros_as("0件"), figures.zeros_as("0/0", "０", "0")),
    tuple(
        map(
            figures.counts_as,
            (
                figures.with_unit,
                figures.full_width,
                figures.with_separators,
                figures.padded,
                figures.with_decimals,
                figures.with_note,
                figures.with_invisible,
            ),
        )
    ),
    tuple(
        figures.changes_as(*signs) for signs in (("增加", "减少"), ("+", "-"), ("+", "--"), ("增", "减"), ("", "－"))
    ),
)
_MONEY: Sequence[Quirk] = (
    *(Money(unit, cell=f"{{figure}}{unit}") for unit in ("元", "万元", "亿元")),
    *(Money(unit, header=f"{{header}}（{unit}）") for unit in ("元", "万元")),
    Money("元", cell="{figure}元", separators=True),
    Money("万元", header="{header}（单位：万元）"),
    Money("万元", header="{header}\n(万元,保留四位小数)"),
    Money("万元", is_told=False),
)
_LABELS: Sequence[Quirk] = (
    labels.half_width_brackets,
    *map(labels.enumerators_as, ("{digit}、", "{digit}．", "（{digit}）", "{digit} .")),
    labels.quotes_as("", ""),
    labels.quotes_as('"', '"'),
    labels.other_wordings,
    labels.broken_labels,
    labels.spaced_labels,
    labels.zero_width_labels,
    labels.lost_characters,
    labels.kangxi_radicals,
)
_SHAPES: tuple[Sequence[Quirk], ...] = (
    (spans.misaligned_spans(), spans.misaligned_spans(6)),
    (rows.captions_lost, rows.captions_above, rows.captions_aside),
    (rows.headers_lost, rows.headers_repeated, rows.headers_borrowed),
    (rows.numbered_rows, rows.numbered_figures, rows.subtotals),
    (rows.footnotes, rows.spacer_rows),
    (
        spans.row_spans_padded,
        spans.row_spans_repeated,
        spans.row_spans_lost,
        spans.row_spans_too_long,
        spans.groups_as_rows,
    ),
    (spans.column_spans_lost,),
    (spans.empty_columns, rows.remarks),
    (tables.blocks_apart,),
    (tables.page_break(), tables.page_break(repeat_header=False), tables.page_break(repeat_groups=False)),
    (tables.hidden_copies, tables.copies_at_the_end, tables.one_sheet),
)
_PAGES: tuple[Sequence[Quirk], ...] = (
    (pages.headings_lost, pages.headings_drifted, pages.empty_paragraphs),
    (pages.unit_lines,),
    (pages.signed_at_the_end,),
    (
        pages.title_without_organ,
        pages.title_without_year,
        pages.title_as("{organ}关于{year}年度政府信息公开工作情况的报告"),
        pages.title_as("{year}年度{organ}政府信息公开年报"),
        pages.title_as("{organ} {year} 年政府信息公开工作年度报告"),
    ),
    tuple(
        map(
            pages.date_as,
            ("{year}年{month}月{day}日", "{year}/{month:02}/{day:02}", "{year}- {month:02}- {day:02} 16: 37"),
        )
    ),
)
_ENCODINGS = (
    ("utf-8", "utf-8", "utf-8"),
    ("utf-8", "utf-8", None),
    ("utf-8", "utf-8-sig", None),
    ("gb2312", "gbk", None),
    ("GBK", "gb18030", "gbk"),
    ("gb2312", "utf-8", "utf-8"),
)
_EARLY: tuple[Sequence[Quirk], ...] = ((tables.totals_first,), (labels.explained_labels,), (tables.blank_copies_first,))
_PIECES = (Pieces(Manner.HIDDEN), Pieces(Manner.STRUCK), Pieces(Manner.RAISED), Pieces(Manner.TYPED))
_FILLING = (rows.remarks, rows.numbered_rows, rows.numbered_figures, tables.one_sheet)
"""Quirks by which a blank copy is none any more."""
_TEXTS: Sequence[Writer] = (
    *(Text(layout, opening=opening) for layout in (TextLayout.PIPES, TextLayout.BOXES) for opening in ("", "正文\n# ")),
    *(Csv(codec, separator) for codec, separator in (("utf-8-sig", ","), ("utf-8", ";"))),
)
_DOCUMENT_WRITERS: Sequence[Writer] = (
    *(Docx(), Xlsx(), Pdf(), Pdf(3, is_bold=True), Mht(), Zipped(Docx())),
    Csv("gb18030"),
)
_LEFT_OUT_SHARE, _QUIRK_SHARE = 0.3, 0.3


def random_dress(seed: int) -> Dress:
    """Put a dress together: a few quirks of every kind, a page around them, an encoding. The same for the same seed.

    Blank zeros between empty columns, columns of remarks and other orders of columns keep their header: without it,
    nobody could tell them.
    """
    random = Random(f"dress/{seed}")
    writes_zeros = random.random() >= _LEFT_OUT_SHARE
    is_text = random.random() < 0.1
    early = _picked(_EARLY, random)
    quirks = [*early, *_written(random, writes_zeros), *_picked((_PIECES[:-1] if is_text else _PIECES,), random)]
    if is_text:
        return _on_its_own(Dress(f"random-{seed}", tuple(quirks), random.choice(_TEXTS), writes_zeros))
    quirks += _picked((*_SHAPES, *_PAGES), random)
    if tables.blank_copies_first in early:
        quirks = [quirk for quirk in quirks if quirk not in _FILLING]
    if labels.explained_labels in early:
        quirks = [quirk for quirk in quirks if quirk is not labels.lost_characters]
    needs_header = rows.remarks in quirks or tables.totals_first in early
    if needs_header or (not writes_zeros and spans.empty_columns in quirks):
        quirks = [quirk for quirk in quirks if quirk is not rows.headers_lost]
    markup = random.choice((PLAIN, CENTRED, WORD, WPS, DIVISIONS, CAPITALS, BOXED, OVERWRITTEN, WRAPPED))
    furniture = random.choice((BARE, NESTED, ZOOM, TRS_EDITOR, UCAP, XXGK_CARD, LAYOUT_TABLES))
    writer = Html(markup, furniture, *random.choice(_ENCODINGS))
    return Dress(f"random-{seed}", tuple(quirks), writer, writes_zeros)


def random_document(seed: int) -> Dress:
    """Put a dress of an office document, a PDF or an archive together. The same for the same seed."""
    random = Random(f"document/{seed}")
    writes_zeros = random.random() >= _LEFT_OUT_SHARE
    quirks = [*_picked(_EARLY, random), *_written(random, writes_zeros), *_picked((_PIECES[:-1],), random)]
    writer = random.choice(_DOCUMENT_WRITERS)
    return _on_its_own(Dress(f"random-document-{seed}", tuple(quirks), writer, writes_zeros))


def _on_its_own(dress: Dress) -> Dress:
    """Take a blank copy from a sheet, in which nothing would part it from the report."""
    if not isinstance(dress.writer, Csv | Xlsx):
        return dress
    return replace(dress, quirks=tuple(quirk for quirk in dress.quirks if quirk is not tables.blank_copies_first))


def _written(random: Random, writes_zeros: bool) -> list[Quirk]:
    """How figures and labels are written."""
    left_out = [] if writes_zeros else [random.choice(_LEFT_OUT)]
    return [*left_out, *_picked(_FIGURES, random), random.choice(_MONEY), *random.sample(_LABELS, random.randint(0, 3))]


def _picked(kinds: Sequence[Sequence[Quirk]], random: Random) -> list[Quirk]:
    """At most one quirk of each kind."""
    return [random.choice(kind) for kind in kinds if random.random() < _QUIRK_SHARE]
