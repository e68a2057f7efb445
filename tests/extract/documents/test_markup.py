"""What stands in a cell of a page: texts that a reader sees, and none that he does not."""

import pytest

from tasks.extract.documents import read_document


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td><span style='TEXT-DECORATION: line-through'>4</span>5</td>", "5"),
        ("<td>1<span style='display : none'>8</span>2</td>", "12"),
        ("<td style='display:none'>9</td><td>5</td>", "5"),
        ("<td><del>4</del><ins>5</ins></td>", "5"),
        ("<td><input value='5'></td>", "5"),
        ("<td><input type='hidden' value='4'>5</td>", "5"),
        ("<td><p><span><font>5</font></span><o:p></o:p></p></td>", "5"),
        ("<td>5<!-- 4 --><script>document.write(4)</script></td>", "5"),
    ],
)
def test_a_cell_holds_what_a_reader_sees(cell: str, text: str) -> None:
    page = f"<html><body><table><tr><th>规章</th>{cell}</tr></table></body></html>"
    (table,) = read_document(page.encode()).tables
    assert table.rows == [["规章", text]]


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
