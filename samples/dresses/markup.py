"""How editors write a document's paragraphs and tables in HTML."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from zlib import crc32

from samples.dresses.document import Document, Grid, Heading, Manner, Piece, PrintedCell

NO_BREAK_SPACE = "&nbsp;"

PIECES_STYLE = """<style>
.unseen {display: none} td .old {text-decoration: line-through} .note {vertical-align: super; font-size: 70%}
</style>
"""
"""What the classes of pieces mean."""
_WAYS = {
    Manner.PLAIN: ("{text}",),
    Manner.HIDDEN: (
        '<span style="display:none">{text}</span>',
        "<span hidden>{text}</span>",
        '<i style="visibility: hidden">{text}</i>',
        '<span style="font-size:0">{text}</span>',
        '<b style="position:absolute;left:-9999px">{text}</b>',
        "<span style='mso-hide:all'>{text}</span>",
        '<span class="unseen">{text}</span>',
        '<font color="#ffffff">{text}</font>',
        '<span style="opacity:0">{text}</span>',
        '<input type="hidden" value="{value}">',
        "<template>{text}</template>",
        "<noscript>{text}</noscript>",
        "<!-- {value} -->",
        "<ruby><rt>{value}</rt></ruby>",
        '<datalist><option value="{value}">{value}</option></datalist>',
    ),
    Manner.STRUCK: (
        "<s>{text}</s>",
        "<del>{text}</del>",
        "<strike>{text}</strike>",
        '<span style="text-decoration: line-through">{text}</span>',
        '<span class="old">{text}</span>',
    ),
    Manner.RAISED: (
        "<sup>{text}</sup>",
        '<span style="vertical-align: super;font-size:smaller">{text}</span>',
        '<span style="position:relative;top:-5pt">{text}</span>',
        '<a class="note" href="#note">{text}</a>',
    ),
    Manner.TYPED: (
        '<input value="{value}">',
        '<input type="text" value="{value}" readonly>',
        "<select><option>0</option><option selected>{value}</option></select>",
    ),
    Manner.DRAWN: ('<img src="figure.png" alt="{value}">', '<object data="figure.svg"></object>', "<svg></svg>"),
}


@dataclass(frozen=True)
class Markup:
    """One editor's way: templates with ``{text}``, and how the running text itself is marked up.

    ``cell`` also takes ``{spans}``, ``table`` takes ``{rows}``, ``row`` takes ``{cells}``.
    """

    paragraph: str = "<p>{text}</p>\n"
    heading: str = "<p><strong>{text}</strong></p>\n"
    table: str = '<table border="1" cellspacing="0">\n<tbody>{rows}</tbody></table>\n'
    hidden_table: str = '<div style="display:none">{table}</div>\n'
    row: str = "<tr>{cells}</tr>\n"
    cell: str = "<td{spans}>{text}</td>"
    blank: str = NO_BREAK_SPACE
    line_break: str = "<br/>"
    run: Callable[[str], str] = escape
    head: str = ""

    def body(self, document: Document) -> str:
        """Write the blocks of a document one after the other."""
        return "".join(self._blocks(document))

    def _blocks(self, document: Document) -> Iterator[str]:
        for block in document.blocks:
            if isinstance(block, Grid):
                yield self._table(block)
            elif isinstance(block, Heading):
                yield self.heading.format(text=self._text(block.text))
            else:
                yield self.paragraph.format(text=self._text(block.text))

    def _table(self, table: Grid) -> str:
        rows = "".join(self.row.format(cells="".join(map(self._cell, row.cells))) for row in table.rows)
        written = self.table.format(rows=rows)
        return self.hidden_table.format(table=written) if table.hidden else written

    def _cell(self, cell: PrintedCell) -> str:
        spans = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        spans += f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        if cell.pieces:
            return self.cell.format(spans=spans, text="".join(map(self._piece, cell.pieces)))
        return self.cell.format(spans=spans, text=self._text(cell.text) if cell.text else self.blank)

    def _piece(self, piece: Piece) -> str:
        """Set a piece in one of the ways that its manner has, always the same for the same text."""
        ways = _WAYS[piece.manner]
        way = ways[crc32(piece.text.encode()) % len(ways)]
        return way.format(text=self._text(piece.text), value=escape(piece.text))

    def _text(self, text: str) -> str:
        return self.line_break.join(map(self.run, text.split("\n")))


_WORD_RUN = "<span style='font-family:仿宋_GB2312;mso-hansi-font-family:宋体'>{character}</span>"


def _word_run(text: str) -> str:
    return "".join(_WORD_RUN.format(character=escape(character)) for character in text)


PLAIN = Markup()
"""A tidy hand."""

CENTRED = Markup(
    paragraph='<p style="text-indent: 2em;">{text}</p>\n',
    heading='<p style="text-indent: 2em;"><b>{text}</b></p>\n',
    table='<table align="center" border="1" cellspacing="1"><tbody>{rows}</tbody></table>\n',
    row="<tr>{cells}</tr>",
    cell='<td{spans} nowrap="nowrap" style="width:101px;"><p align="center">{text}</p></td>',
    line_break="<br />",
)
"""An online editor that puts a centred paragraph into every cell."""

WPS = Markup(
    paragraph='<p style="margin-top:0pt;text-indent:32pt;mso-pagination:none">{text}</p>\n',
    heading='<p style="text-indent:32pt"><span style="font-family:黑体;font-size:16pt">{text}</span></p>\n',
    table='<table class="MsoTableGrid ke-zeroborder" style="border-collapse:collapse"><tbody>{rows}</tbody></table>\n',
    row='<tr style="height:21.25pt">{cells}</tr>\n',
    cell='<td{spans} valign="center" style="padding:0pt 5.4pt"><p align="justify" style="mso-pagination:none">'
    "<span style=\"mso-spacerun:'yes';font-size:10.5pt\">{text}</span></p></td>\n",
    blank="<br/>",
)
"""A WPS export: a paragraph and a span in every cell, a bare line break where nothing stands."""

DIVISIONS = Markup(
    paragraph="<div>{text}</div>\n",
    heading="<h3>{text}</h3>\n",
    table='<div class="table-box"><table>\n<colgroup></colgroup>{rows}</table></div>\n',
    hidden_table='<div class="print" style="visibility: hidden; display: none;">{table}</div>\n',
    cell="<td{spans}><div><font size=2>\n  {text}\n</font></div></td>\n",
    blank="",
)
"""Divisions for everything, lines broken anywhere, nothing at all in an empty cell."""

BOXED = Markup(
    table=(
        '<table class="box"><tr><td>\n<table border="1">\n<thead></thead><tbody>{rows}</tbody></table>\n'
        "</td></tr></table>\n"
    ),
    cell="<th{spans}><span>{text}</span></th>",
    blank="<!-- -->",
    line_break="<br>",
)
"""Every table inside a table of one cell, and every cell a header cell."""

CAPITALS = Markup(
    paragraph="<P>　　{text}\n",
    heading="<P><STRONG>　　{text}</STRONG>\n",
    table="<TABLE border=1 cellSpacing=0>\n{rows}</TABLE>\n",
    row="<TR>{cells}\n",
    cell="<TD{spans}>{text}\n",
    blank="　",
    line_break="<BR>",
)
"""The tags of the nineties, in capitals and never closed; U+3000 in an empty cell."""

WORD = Markup(
    paragraph=(
        "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt;"
        "mso-line-height-rule:exactly'>{text}<span lang=EN-US><o:p></o:p></span></p>\n"
    ),
    heading="<p class=MsoNormal style='mso-pagination:widow-orphan'><b>{text}<o:p></o:p></b></p>\n",
    table=(
        "<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style='border-collapse:collapse;"
        "mso-table-layout-alt:fixed;mso-padding-alt:0cm 5.4pt 0cm 5.4pt'>\n{rows}</table>\n"
    ),
    row="<tr style='mso-yfti-irow:1;height:21.25pt'>\n{cells}</tr>\n",
    cell=(
        "<td width=64{spans} style='border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;"
        "padding:0cm 5.4pt 0cm 5.4pt;height:21.25pt'>\n<p class=MsoNormal align=center style='text-align:center;"
        "mso-pagination:widow-orphan'>{text}<span lang=EN-US><o:p></o:p></span></p>\n</td>\n"
    ),
    blank="<span lang=EN-US style='font-size:10.5pt'><o:p>&nbsp;</o:p></span>",
    line_break="<br>\n",
    run=_word_run,
    head=(
        "<meta name=Generator content='Microsoft Word 15'>\n<style>\n<!--\n p.MsoNormal, li.MsoNormal, div.MsoNormal\n"
        '\t{mso-style-unhide:no;mso-style-qformat:yes;margin:0cm;font-family:"Times New Roman",serif;'
        "mso-fareast-font-family:宋体;}\n-->\n</style>\n"
    ),
)
"""A Word export: every character in a span of its own."""

OVERWRITTEN = Markup(
    paragraph='<p>{text}<span class="old">第9稿</span></p>\n',
    cell='<td{spans}><span class="old">7</span>{text}<i style="position:absolute;left:-9999px">9</i></td>',
    head="<style>td .old, p > .old {display: none} @media print {.old {display: inline}}</style>\n",
)
"""A page that keeps its older figures where no reader sees them: by its own style, or out of the window."""

WRAPPED = Markup(
    table='<div class="wide"><table border="1"><tbody>{rows}</tbody></table></div>\n',
    cell="<td{spans}><table><tr><td>{text}<template>7</template><noscript>8</noscript></td></tr></table></td>",
    head="<style>.wide {overflow: hidden; width: 900px}</style>\n",
)
"""A table of one cell in every cell, and copies that no browser shows."""
