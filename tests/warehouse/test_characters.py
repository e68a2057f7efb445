"""Characters that look alike are one, wherever a text comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.characters import folded, squeezed, without_notes
from warehouse.labels import label_key


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("望江县\u200b民政\u00ad局\ufeff", "望江县民政局"),
        ("\u2060望江县\ue5e5民政局\u200e", "望江县民政局"),
        ("⻓⻛县⺠政局", "长风县民政局"),
        ("⼀、⾏政许可", "一、行政许可"),
        ("\uf9f4", "林"),
        ("\u202e841\u202c件", "148件"),
        ("a\0b", "ab"),
        ("１２ ¹", "１２ ¹"),
    ],
)
def test_what_looks_alike_is_one(text: str, seen: str) -> None:
    assert folded(text) == seen


@given(st.text(max_size=30))
def test_folding_is_done_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert squeezed(squeezed(text)) == squeezed(text)


@pytest.mark.parametrize("label", ["规章¹", "规章⁽注⁾", "规章①", "规章*", "规\u200b章", "规章₁", "规章\ufffc"])
def test_a_label_is_the_same_with_a_note(label: str) -> None:
    assert label_key(label) == "规章"
    assert without_notes("规章¹⁽注¹⁾") == "规章"
