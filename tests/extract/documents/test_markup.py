"""What stands in a cell of a page: texts that a reader sees, and none that he does not."""

import pytest

from tasks.extract.documents import read_document

UNSEEN_STYLES = (
    "display : none",
    "DISPLAY:NONE!important",
    "visibility:hidden",
    "visibility: collapse",
    "opacity:0",
    "font-size:0",
    "font-size: 0px",
    "color:transparent",
    "color:#FFF",
    "color:rgb(255, 255, 255)",
    "color:rgba(0,0,0,0)",
    "mso-hide:all",
    "position:absolute;left:-9999px",
    "position:absolute;top:-999em",
    "position:fixed;right:-2000px",
    "position:absolute;clip:rect(0 0 0 0)",
    "position:absolute;clip:rect(1px,1px,1px,1px)",
    "clip-path:inset(50%)",
    "position:absolute;width:1px;height:1px;overflow:hidden",
    "display:inline-block;width:0;overflow:hidden",
    "display:block;max-height:0;overflow:hidden",
    "display:inline-block;transform:scale(0)",
    "display:block;text-indent:-9999px",
    "filter:opacity(0)",
    "position:fixed;top:-200vh",
    "position:absolute;translate:-300vw 0",
    "position:absolute;scale:0 1",
    "position:absolute;visibility:collapse",
    "display:block;height:0;line-height:0;overflow:clip",
    "position:absolute;margin:0 0 0 -9999px",
    "position:absolute;inset:0 auto auto -9999px",
    "display:inline-block;inline-size:0;overflow:hidden",
    "display:block;-webkit-transform:scale(0)",
    "font:0/0 a",
    "display:var(--off, none)",
    "--off:none;display:var(--off)",
)
SEEN_STYLES = (
    "display:inline",
    "visibility:visible",
    "opacity:0.8",
    "font-size:9px",
    "color:red",
    "color:#fff;background:#036",
    "background:url(a.png);color:white",
    "position:relative;left:4px",
    "width:1px;height:1px;overflow:hidden",
    "overflow:hidden;width:60px",
    "text-indent:-9999px",
    "transform:scale(0)",
    "clip:rect(0 0 0 0)",
    "vertical-align:middle",
    "vertical-align:-1px",
    "text-decoration:underline",
    "mso-hide:none",
)
SHEETS = (
    (".x{display:none}", "<span class=x>4</span>5", "5"),
    ("td .x , .y{display:none}", "<span class=x>4</span>5", "5"),
    ("#x{display:none}", "<span id=x>4</span>5", "5"),
    ("span[data-old]{display:none}", "<span data-old>4</span>5", "5"),
    ("td>span:first-child{display:none}", "<span>4</span>5", "5"),
    ("<!-- .x{display:none} -->", "<span class=x>4</span>5", "5"),
    (".x{display:none} .x{display:inline}", "<span class=x>4</span>5", "45"),
    ("td span.x{display:inline} .x{display:none}", "<span class=x>4</span>5", "45"),
    (".x{display:none!important} #y{display:inline}", "<span class=x id=y>4</span>5", "5"),
    (".x{display:none}", "<span class=x style='display:inline'>4</span>5", "45"),
    (".x{display:none!important}", "<span class=x style='display:inline'>4</span>5", "5"),
    ("@media print{.x{display:none}}", "<span class=x>4</span>5", "45"),
    ("@media screen{.x{display:none}}", "<span class=x>4</span>5", "5"),
    (".x{display:none} @media (max-width:600px){.x{display:inline}}", "<span class=x>4</span>5", "5"),
    (".x{display:none} @media screen and (min-width:800px){.x{display:inline}}", "<span class=x>4</span>5", "45"),
    ("@supports(display:grid){.x{display:none}}", "<span class=x>4</span>5", "5"),
    (".x:hover{display:none}", "<span class=x>4</span>5", "45"),
    (".x::selection{display:none} .x{{{", "<span class=x>4</span>5", "45"),
    (".x{visibility:hidden} .y{visibility:visible}", "<span class=x>4<b class=y>5</b>6</span>", "5"),
    (".x{font-size:0} .y{font-size:12px}", "<span class=x>4<b class=y>5</b>6</span>", "5"),
    (".x{vertical-align:super}", "5<span class=x>1</span>", "5¹"),
    (".x{vertical-align:sub}", "5<span class=x>1</span>", "5₁"),
    (".x{position:relative;top:-.5em}", "5<span class=x>1</span>", "5¹"),
    (".x{text-decoration:line-through}", "<span class=x>4</span>5", "5"),
    (".x{text-decoration-line:line-through}", "<span class=x>4</span>5", "5"),
    (".x{text-decoration:line-through} .x{text-decoration:none}", "<span class=x>4</span>5", "45"),
    (".x::before{content:'1'}", "<span class=x>5</span>", "15"),
    (".x::after{content:counter(n)}", "<span class=x>5</span>", "5\ufffc"),
    (".x::before{content:''}", "<span class=x>5</span>", "5"),
    (".x{unicode-bidi:bidi-override;direction:rtl}", "<span class=x>51</span>", "15"),
    (".x{dis\\play:none}", "<span class=x>4</span>5", "5"),
    (".x{display/**/:/**/none}", "<span class=x>4</span>5", "5"),
    ("", "<span style='dis\\play:none'>4</span>5", "5"),
    ("", "<span style='\\64isplay:none'>4</span>5", "5"),
    (".x{display:inline}", "<span class=x hidden>5</span>", "5"),
    (".x::before{content:attr(data-n)}", "<span class=x data-n=1>5</span>", "15"),
    (".x::before{content:'1' attr(data-n)}", "<span class=x data-n=0>5</span>", "105"),
    ("@layer old{.x{display:none!important}} .x{display:inline}", "<span class=x>4</span>5", "5"),
    ("@layer a, b; @layer b{.x{display:none}} @layer a{.x{display:inline}}", "<span class=x>4</span>5", "5"),
    ("@layer old{span.x{display:none}} .x{display:inline}", "<span class=x>4</span>5", "45"),
    ("@supports not (display:grid){.x{display:none}}", "<span class=x>4</span>5", "45"),
    ("@supports (display:flex) and (not (-ms-ime-align:auto)){.x{display:none}}", "<span class=x>4</span>5", "5"),
    ("@media (width>=800px) and (orientation:landscape){.x{display:none}}", "<span class=x>4</span>5", "5"),
    ("@media (400px<=width<=800px), print{.x{display:none}}", "<span class=x>4</span>5", "45"),
    ("@media (prefers-color-scheme:dark), (hover:none){.x{display:none}}", "<span class=x>4</span>5", "45"),
    ("@media (dynamic-range:high){.x{display:none}}", "<span class=x>4</span>5", "4\ufffc5"),
    ("@container (width>1px){.x{display:none}}", "<span class=x>4</span>5", "4\ufffc5"),
    (":root{--off:none} .x{display:var(--on, var(--off))}", "<span class=x>4</span>5", "5"),
    (".x{display:var(--nothing)}", "<span class=x>4</span>5", "45"),
    ("td{.x{display:none}}", "<span class=x>4</span>5", "5"),
    ("td{& > .x{display:none}}", "<span class=x>4</span>5", "5"),
    ("td:has(> b) .x{display:none}", "<span class=x>4</span><b>5</b>", "5"),
    ("td span:not(.y, .z){display:none}", "<span class=x>4</span><span class=y>5</span>", "5"),
    (".x:nth-of-type(1){display:none}", "<span class=x>4</span>5", "4\ufffc5"),
    ("b, .y:nth-child(1 of .x){display:none}", "<b>3</b><span class='x y'>4</span>5", "4\ufffc5"),
    ("td :nth-of-type(1){display:none}", "<span>4</span>5", "4\ufffc5\ufffc"),
    (".x{display:none;display:bogus}", "<span class=x>4</span>5", "5"),
    (".x::before{content:'4';display:none}", "<span class=x>5</span>", "5"),
    (".x{color:transparent;text-shadow:0 0 0 #000}", "<span class=x>4</span>", "4\ufffc"),
    (".x{color:transparent;-webkit-background-clip:text}", "<span class=x>4</span>", "4\ufffc"),
    (".x{color:color-mix(in srgb, white 100%, black)}", "<span class=x>4</span>5", "4\ufffc5"),
    (".x{color:hsl(0 0% 100%)}", "<span class=x>4</span>5", "5"),
    (".x{overflow:hidden;height:1.2em}", "<div class=x>4<br>5</div>", "4\n5\ufffc"),
    (".x{overflow:hidden;height:1.2em}", "<div class=x><p>45</p></div>", "45"),
    (
        ".x{position:relative;left:-9999px} .y{position:relative;left:9999px}",
        "<b class=x>4<b class=y>5</b></b>",
        "4\ufffc",
    ),
    (".x::first-letter{font-size:0}", "<span class=x>45</span>", "45\ufffc"),
    (".x:-moz-any-thing, .x:focus-within{display:none}", "<span class=x>4</span>5", "45"),
    (".x{mask:url(a.svg)}", "<span class=x>4</span>5", "4\ufffc5"),
    (".x b{display:inline-block} .x{direction:rtl}", "<span class=x><b>5</b><b>1</b></span>", "51\ufffc"),
)


def cell_of(cell: str, sheet: str = "", media: str = "") -> list[str]:
    style = f"<style media='{media}'>{sheet}</style>"
    page = f"<html><head>{style}</head><body><table><tr><th>规章</th>{cell}</tr></table></body></html>"
    (table,) = read_document(page.encode()).tables
    (row,) = table.rows
    return row[1:]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td><span style='TEXT-DECORATION: line-through'>4</span>5</td>", "5"),
        ("<td>1<span style='display : none'>8</span>2</td>", "12"),
        ("<td style='display:none'>9</td><td>5</td>", "5"),
        ("<td><del>4</del><ins>5</ins></td>", "5"),
        ("<td><s>4</s></td>", "~~4~~"),
        ("<td>5<sup>1</sup></td>", "5¹"),
        ("<td>5<sup><a href=#n>[注1]</a></sup></td>", "5⁽[注¹]⁾"),
        ("<td><sup>5</sup></td>", "5"),
        ("<td>5<sub>1</sub></td>", "5₁"),
        ("<td><input value='5'></td>", "5"),
        ("<td><input type='hidden' value='4'>5</td>", "5"),
        ("<td><input type='HIDDEN' value='4'>5</td>", "5"),
        ("<td><input type='number' value='5'></td>", "5"),
        ("<td><textarea>5</textarea></td>", "5"),
        ("<td><select><option>4<option selected>5</select></td>", "5"),
        ("<td><select><option>5</option><option>4</option></select></td>", "5"),
        ("<td>5<datalist><option>4</option></datalist></td>", "5"),
        ("<td><input type=checkbox value=5></td>", "\ufffc"),
        ("<td><img src=5.png></td>", "\ufffc"),
        ("<td><img src=5.png alt=5></td>", "\ufffc"),
        ("<td>5<img src=spacer.gif width=1 height=1></td>", "5"),
        ("<td>5<img src=digit.gif></td>", "5\ufffc"),
        ("<td><svg><text>5</text></svg></td>", "\ufffc"),
        ("<td><math><mn>5</mn></math></td>", "5"),
        ("<td><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></td>", "\ufffc"),
        ("<td><object data=5.swf></object></td>", "\ufffc"),
        ("<td><p><span><font>5</font></span><o:p></o:p></p></td>", "5"),
        ("<td>5<!-- 4 --><script>var a = '4'</script></td>", "5"),
        ("<td>5<script>document.write(4)</script></td>", "5\ufffc"),
        ("<td><script>document . write('5')</script></td>", "\ufffc"),
        ("<td><b id=n>4</b><script>document.getElementById('n').textContent = 5</script></td>", "4\ufffc"),
        ("<td><b class='a n'>4</b><script>$('.n').html(5)</script></td>", "4\ufffc"),
        ("<td id=n>4<script>document.querySelector('#n').innerHTML = '5'</script></td>", "4\ufffc"),
        ("<td><b id=n>4</b><script>document.getElementById('n').focus()</script></td>", "4"),
        ("<td><b id=n>4</b><script>document.getElementById('other').textContent = 5</script></td>", "4"),
        ("<td>5<noscript>4</noscript><template>4</template></td>", "5"),
        ("<td><ruby>5<rp>(</rp><rt>wu</rt><rp>)</rp></ruby></td>", "5"),
        ("<td>5<dialog>4</dialog></td>", "5"),
        ("<td><span hidden>4</span>5</td>", "5"),
        ("<td>5<noembed>4</noembed><noframes>3</noframes></td>", "5"),
        ("<td>5<title>4</title></td>", "5"),
        ("<td>5<span style='display:none'/>4</td>", "5"),
        ("<td>5<a name='x'/>4<br/></td>", "54"),
        ("<td><table><tr><td>5</td></tr></table></td>", "5"),
        ("<td><table><tbody><tr><td><p>5</p></td></tr></tbody></table></td>", "5"),
        ("<td>5<meter value=0>4</meter><progress>4</progress></td>", "5"),
        ("<td>5<div popover>4</div></td>", "5"),
        ("<td><ol start=5><li></ol></td>", "\ufffc"),
        ("<td><ol><li>属于国家秘密</ol></td>", "属于国家秘密"),
        ("<td><div><template shadowrootmode=open><b>5</b></template>4</div></td>", "5"),
        ("<td><div><template shadowrootmode=open>1<slot></slot></template>5</div></td>", "15"),
        ("<td><p><template shadowrootmode=closed><slot name=a>4</slot></template><i slot=a>5</i>6</p></td>", "5"),
        ("<td><p><template shadowrootmode=open><slot name=a>4</slot></template><i>6</i></p></td>", "4"),
        ("<td><template shadowrootmode=open>4</template>5</td>", "5"),
        ("<td><p><template shadowrootmode=open><style>b{}</style><b>4</b></template>5</p></td>", "\ufffc"),
        ("<td><bdo dir=rtl>51</bdo></td>", "15"),
        ("<td><bdo dir=RTL>51</bdo></td>", "15"),
        ("<td><bdo dir=ltr>51</bdo></td>", "51"),
        ("<td><span dir=rtl>51</span></td>", "51"),
        ("<td dir=rtl><span style='unicode-bidi:isolate-override'>51</span></td>", "15"),
        ("<td><span style='display:inline-flex;flex-direction:row-reverse'><b>5</b><b>1</b></span></td>", "15"),
        ("<td><span style='display:flex;flex-flow:row-reverse wrap'>5<b>1</b>0</span></td>", "015"),
        ("<td><span style='display:flex;direction:rtl'><b>5</b><b>1</b></span></td>", "15"),
        ("<td><span style='display:flex'><b style='order:2'>5</b><b style='order:1'>1</b></span></td>", "15"),
        ("<td><span style='display:flex'><b>5</b><b>1</b></span></td>", "51"),
        ("<td><span style='display:grid'><b style='grid-column:2'>5</b><b>1</b></span></td>", "51\ufffc"),
        ("<td><b style='float:right'>5</b><b>1</b></td>", "5\ufffc1"),
        ("<td><b style='float:right'>5</b></td>", "5"),
        ("<td><b style='position:relative;left:9px'>5</b><b>1</b></td>", "5\ufffc1"),
        ("<td>5<b style='margin-left:-16px'>1</b></td>", "51\ufffc"),
        ("<td>5<b style='position:absolute;left:2px'>1</b></td>", "51\ufffc"),
        ("<td><b style='display:inline-block;transform:scaleX(-1)'>51</b></td>", "51\ufffc"),
        ("<td><b style='letter-spacing:-1em'>51</b></td>", "51\ufffc"),
        ("<td><b style='direction:rtl'><i style='display:inline-block'>5</i>", "5"),
        ("<td style='direction:rtl'>51</td>", "51"),
        ("<td>&#x202e;51&#x202c;</td>", "15"),
        ("<td>&#8203;5&#xe5e5;&shy;</td>", "5"),
        ("<td><font color=white>4</font>5</td>", "5"),
        ("<td bgcolor=navy><font color=white>5</font></td>", "5"),
        ("<td style='background:#036'><font color=white>5</font></td>", "5"),
    ],
)
def test_a_cell_holds_what_a_reader_sees(cell: str, text: str) -> None:
    assert cell_of(cell) == [text]


@pytest.mark.parametrize("style", UNSEEN_STYLES)
def test_styles_that_hide(style: str) -> None:
    assert cell_of(f"<td>5<span style='{style}'>4</span></td>") == ["5"]
    assert cell_of("<td>5<span class=x>4</span></td>", f".x{{{style}}}") == ["5"]
    assert cell_of("<td>5<span class=x>4</span></td>", f".x{{{style}}}", media="print") == ["54"]


@pytest.mark.parametrize("style", SEEN_STYLES)
def test_styles_that_do_not_hide(style: str) -> None:
    assert cell_of(f"<td>5<span style='{style}'>4</span></td>") == ["54"]
    assert cell_of("<td>5<span class=x>4</span></td>", f".x{{{style}}}") == ["54"]


@pytest.mark.parametrize(("sheet", "cell", "text"), SHEETS)
def test_the_rules_of_a_sheet_are_weighed_as_browsers_do(sheet: str, cell: str, text: str) -> None:
    assert cell_of(f"<td>{cell}</td>", sheet) == [text]


def test_an_unseen_cell_keeps_its_place_and_one_that_is_gone_does_not() -> None:
    assert cell_of("<td style='visibility:hidden'>4</td><td>5</td>") == ["", "5"]
    assert cell_of("<td style='opacity:0'>4</td><td>5</td>") == ["", "5"]
    assert cell_of("<td class=x>4</td><td>5</td>", ".x{display:none}") == ["5"]


@pytest.mark.parametrize("style", ["order:1", "grid-column:3", "grid-area:1/2", "-ms-grid-column:2"])
def test_cells_that_styles_put_elsewhere_are_not_read(style: str) -> None:
    assert cell_of(f"<td style='{style}'>5</td><td>4</td>") == (
        ["5", "4"] if style.startswith("-ms") else ["5\ufffc", "4"]
    )


def test_white_text_that_a_linked_sheet_may_put_on_a_dark_ground_is_no_figure_and_stays_a_label() -> None:
    row = "<tr class=head><td style='color:#fff'>规章</td><td style='color:#fff'>5</td><td>6</td></tr>"
    page = "<html><head>{}</head><body><table>" + row + "</table></body></html>"
    link = "<link rel=stylesheet href=a.css>"
    assert [table.rows for table in read_document(page.format("").encode()).tables] == [[["", "", "6"]]]
    (table,) = read_document(page.format(link).encode()).tables
    assert table.rows == [["规章\ufffc", "5\ufffc", "6"]]


OWN_FONT = "@font-face{font-family:'Own';src:url(own.woff2)}"


@pytest.mark.parametrize(
    ("sheet", "cell", "text"),
    [
        (".n{font-family:Own}", "<td><b class=n>5</b></td>", "5\ufffc"),
        (".n{font:bold 14px/1.5 'own', sans-serif}", "<td class=n>5</td>", "5\ufffc"),
        ("td{font-family:Unknown,OWN,serif}", "<td>5</td>", "5\ufffc"),
        ("", "<td><font face=own>5</font></td>", "5\ufffc"),
        ("", "<td><b style='font-family:own'>5</b></td>", "5\ufffc"),
        ("", "<td><b style='--size:1;font-family:own'>5</b></td>", "5\ufffc"),
        (":root{--face:own} td{font-family:var(--face)}", "<td>5</td>", "5\ufffc"),
        (".n{font-family:Arial,Own}", "<td><b class=n>5</b></td>", "5"),
        (".n{font-family:Own} .n{font-family:Arial}", "<td><b class=n>5</b></td>", "5"),
        ("td{font-family:Own} b{font-family:SimSun}", "<td><b>5</b></td>", "5"),
        (".n{font-family:DIN}", "<td><b class=n>5</b></td>", "5"),
        ("@font-face{font-family:Here;src:local('SimSun')} td{font-family:Here}", "<td>5</td>", "5"),
        (".icon{font-family:Own}", "<td><i class=icon>&#xe601;</i>5</td>", "\ue6015"),
    ],
)
def test_figures_in_a_font_of_the_pages_own_are_not_read(sheet: str, cell: str, text: str) -> None:
    assert cell_of(cell, OWN_FONT + sheet) == [text]


def test_a_font_in_which_a_page_sets_its_text_is_an_ordinary_one() -> None:
    style = f"<style>{OWN_FONT} body, td, th{{font-family:Own, 'Microsoft YaHei'}}</style>"
    body = "<p>2021年，我局认真贯彻落实条例。</p><table><tr><th>规章</th><td>5</td></tr></table>"
    (table,) = read_document(f"<html><head>{style}</head><body>{body}</body></html>".encode()).tables
    assert table.rows == [["规章", "5"]]


def test_what_stands_in_frames_of_drawings_and_in_popovers_is_no_copy_of_a_table() -> None:
    table = "<table><tr><th>规章</th><td>{}</td></tr></table>"
    body = f"<canvas>{table.format(4)}</canvas><div popover>{table.format(4)}</div>{table.format(5)}"
    tables = read_document(f"<html><body>{body}</body></html>".encode()).tables
    assert [table.rows for table in tables if not table.hidden] == [[["规章", "5"]]]


@pytest.mark.parametrize("depth", [250, 600, 1800])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    assert cell_of(f"<td>{'<b>' * depth}5</td>") == ["5"]
    page = f"<html><body>{'<div>' * depth}<p>一</p><table><tr><td>规章</td><td>5</td></tr></table></body></html>"
    assert [table.rows for table in read_document(page.encode()).tables] == [[["规章", "5"]]]


def test_a_huge_text_and_nul_bytes_lose_nothing() -> None:
    rest = b"<table><tr><td>\0\xe8\xa7\x84\xe7\xab\xa0</td><td>1\x004</td></tr></table>"
    page = b"<html><body><p>" + b"x" * 11_000_000 + b"</p>" + rest
    assert [table.rows for table in read_document(page).tables] == [[["规章", "14"]]]
    assert [table.rows for table in read_document(b"<p>\0</p>" + rest).tables] == [[["规章", "14"]]]


def test_struck_rows_are_left_out() -> None:
    rows = "<tr style='text-decoration:line-through'><td>规章</td><td>4</td></tr><tr><td>规章</td><td>5</td></tr>"
    (table,) = read_document(f"<html><body><table>{rows}</table></body></html>".encode()).tables
    assert table.rows == [["规章", "5"]]


def test_sentences_have_no_notes_and_no_hidden_text() -> None:
    hidden = "<span style='display:none'>旧</span><b hidden>旧</b>"
    page = f"<html><body><p>收到<s>4</s>5件<sup>1</sup>。{hidden}</p></body></html>"
    assert list(read_document(page.encode()).paragraphs) == ["收到5件。"]


@pytest.mark.parametrize(
    "around",
    [
        "<div hidden>{}</div>",
        "<div style='display:none'>{}</div>",
        "<div style='visibility:hidden'>{}</div>",
        "<div style='position:absolute;left:-9999px'>{}</div>",
        "<div class=x>{}</div>",
        "<details><summary>2022</summary>{}</details>",
        "<div style='display:none'><div style='display:block'>{}</div></div>",
    ],
)
def test_tables_out_of_sight_are_marked(around: str) -> None:
    table = "<table><tr><td>规章</td><td>1</td></tr></table>"
    page = f"<html><head><style>.x{{display:none}}</style></head><body>{around.format(table)}{table}</body></html>"
    assert [table.hidden for table in read_document(page.encode()).tables] == [True, False]
    concealed = page.replace("<table>", "<table hidden>", 1)
    assert [table.hidden for table in read_document(concealed.encode()).tables] == [True, False]


def test_hidden_rows_are_left_out_and_hidden_tables_marked() -> None:
    rows = "<tr style='display:none'><td>规章</td><td>1</td></tr><tr><td>规章</td><td>2</td></tr>"
    page = f"<html><body><table>{rows}</table><div style='display:none'><table>{rows}</table></div></body></html>"
    tables = list(read_document(page.encode()).tables)
    assert [(table.rows, table.hidden) for table in tables] == [([["规章", "2"]], False), ([["规章", "2"]], True)]


def test_preformatted_lines_stay_lines() -> None:
    page = "<html><body><pre>一、本年新收\t2\n二、上年结转\t0</pre></body></html>"
    assert list(read_document(page.encode()).paragraphs) == ["一、本年新收 2", "二、上年结转 0"]


def test_pipes_frame_a_table_or_only_part_its_cells() -> None:
    framed = "| 规章 | 1 |  |\n|---|---|---|\n| 规范性文件 | 2 |  |"
    assert [table.rows for table in read_document(framed.encode()).tables] == [
        [["规章", "1", ""], ["规范性文件", "2", ""]]
    ]
    bare = "规章 | 1 | \n规范性文件 | 2 | "
    assert [table.rows for table in read_document(bare.encode()).tables] == [
        [["规章", "1", ""], ["规范性文件", "2", ""]]
    ]
