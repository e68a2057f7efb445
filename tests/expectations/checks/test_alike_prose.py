"""Reports whose prose is nearly another's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import validate
from tasks.extract.prose import prose_digest
from tests.expectations.books import NOW, consistent, findings, load
from warehouse.prose import BUCKETS, EMPTY

TEXT = [
    "本机关深入贯彻落实条例要求，围绕营商环境和民生保障，主动公开机构职能、规划计划、财政预决算等各类信息，"
    "全年发布政策文件及解读材料，回应群众关切，组织开展政务公开培训和监督检查，不断完善依申请公开办理机制。",
    "存在的主要问题是公开内容的深度还不够，部分栏目更新不及时，个别人员业务能力有待提高。下一步将健全制度，"
    "细化分工，加强信息发布审核，拓展公开渠道，提升解读质量，推动政务公开工作再上新台阶，更好服务人民群众。",
]
OTHER = [text[::-1] + "。" for text in TEXT]


def likeness(first: tuple[int, ...] | None, second: tuple[int, ...] | None) -> float:
    pairs = [pair for pair in zip(first or (), second or (), strict=True) if min(pair) != EMPTY]
    return sum(left == right for left, right in pairs) / len(pairs)


def test_figures_and_the_organ_do_not_count() -> None:
    one = [f"某某局收到申请{12}件。{TEXT[0]}", TEXT[1]]
    other = [f"别的局收到申请{345}件。{TEXT[0]}", TEXT[1]]
    assert prose_digest(one, "某某局") == prose_digest(other, "别的局")
    assert len(prose_digest(one, None) or ()) == BUCKETS


def test_little_text_has_no_digest() -> None:
    assert prose_digest(["无其他需要报告的事项。", "首页 > 信息公开"], None) is None
    assert prose_digest([], None) is None


def _runs(paragraphs: list[str]) -> set[str]:
    text = "".join(character for paragraph in paragraphs for character in paragraph if character.isalpha())
    return {text[at : at + 4] for at in range(len(text) - 3)}


@given(st.integers(0, len(TEXT[1])))
def test_likeness_is_that_of_the_texts(cut: int) -> None:
    changed = [TEXT[0], TEXT[1][:cut] + OTHER[1][: len(TEXT[1]) - cut]]
    runs = [_runs(text) for text in (TEXT, changed)]
    exact = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    assert abs(likeness(prose_digest(TEXT, None), prose_digest(changed, None)) - exact) < 0.15


def test_copies_of_last_year_and_of_another_organ_are_told() -> None:
    first = consistent("first")
    books = {
        "first": (first, TEXT),
        "again": (replace(first, report_id="again", year=2020), [*TEXT, "又及。"]),
        "copied": (replace(first, report_id="copied", organ_id="other", year=2020), TEXT),
        "own": (replace(first, report_id="own", organ_id="third", year=2020), OTHER),
        "mute": (replace(first, report_id="mute", organ_id="fourth", year=2020), []),
    }
    connection = load(book for book, _ in books.values())
    for name, (_, text) in books.items():
        digest = prose_digest(text, None)
        connection.execute("UPDATE core.report SET prose_digest = ? WHERE report_id = ?", [digest, name])
    validate(connection, run_id="run", validated_at=NOW)
    assert findings(connection, "report_id, severity, left_value", "rule_id = 'H3'") == [
        ("again", "info", 100),
        ("copied", "info", 100),
    ]
    ((sentence,),) = findings(connection, "sentence_zh", "rule_id = 'H3' AND report_id = 'copied'")
    assert sentence == "报告文字约 100% 与「某某局 2020」的报告相同。"
    assert connection.execute("SELECT sum(passed) FROM audit.validation WHERE rule_id = 'H3'").fetchone() == (2,)


@pytest.mark.parametrize(("changed", "likeness"), [(13, [(90,)]), (14, [])])
def test_nine_tenths_are_told_however_the_differences_are_spread(changed: int, likeness: list[tuple[int]]) -> None:
    first = consistent("first")
    connection = load([first, replace(first, report_id="again", year=2020)])
    digest = [bucket % 100 for bucket in range(BUCKETS)]
    spread = [200 if bucket % 8 == 0 and bucket < 8 * changed else each for bucket, each in enumerate(digest)]
    for report, shown in (("first", digest), ("again", spread)):
        connection.execute("UPDATE core.report SET prose_digest = ? WHERE report_id = ?", [shown, report])
    validate(connection, run_id="run", validated_at=NOW)
    assert findings(connection, "left_value", "rule_id = 'H3'") == likeness
