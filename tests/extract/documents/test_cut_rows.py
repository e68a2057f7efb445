"""Rows that the end of a page cuts."""

import pytest

from tasks.extract.documents.cut_rows import join_cut_row
from tasks.extract.documents.document import Block, Table


def test_a_row_that_the_end_of_a_page_cuts_is_one_row() -> None:
    label, *figures = ["1.本机关", "1", "2", "3", "4", "5", "6", "7"]
    above: list[Block] = [Table(0, [["规章", "1"], ["（四）无", label, *figures]])]
    rest = ["", "法提供", "不掌握相关政府信息", *[""] * 7]
    below: list[Block] = ["某局文件", Table(1, [["自然人", "总计"], rest, ["2.重复申请", *figures]])]
    join_cut_row(above, below)
    assert above == [Table(0, [["规章", "1"], ["（四）无法提供", "1.本机关不掌握相关政府信息", *figures]])]
    assert below[1] == Table(1, [["自然人", "总计"], ["2.重复申请", *figures]])


@pytest.mark.parametrize("rest", [["1.信访举报投诉类申请", *[""] * 7], ["不掌握相关政府信息", "1", *[""] * 6]])
def test_a_row_of_its_own_at_the_head_of_a_page_stays(rest: list[str]) -> None:
    row = ["1.本机关不掌握相关政府信息" if not rest[1] else "1.本机关", *"1234567"]
    above: list[Block] = [Table(0, [row])]
    below: list[Block] = [Table(1, [rest])]
    join_cut_row(above, below)
    assert (above, below) == ([Table(0, [row])], [Table(1, [rest])])
