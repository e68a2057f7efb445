import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.vocabulary import meaning_of
from warehouse.forms import FORMS, Edition, Measure, TableCode, outcome_rows
from warehouse.labels import bare_label_key, label_key

CELLS = {
    (TableCode.PROACTIVE, Edition.E2019): 22,
    (TableCode.APPLICATIONS, Edition.E2019): 161,
    (TableCode.DISPUTES, Edition.E2019): 15,
    (TableCode.PROACTIVE, Edition.E2021): 10,
    (TableCode.APPLICATIONS, Edition.E2021): 175,
    (TableCode.DISPUTES, Edition.E2021): 15,
}


@pytest.mark.parametrize(("key", "count"), CELLS.items())
def test_every_form_has_its_statutory_number_of_cells(key, count):
    assert len(FORMS[key].cells) == count


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: f"{form.table}-{form.edition}")
def test_every_row_and_column_is_found_by_its_own_labels(form):
    for row in form.rows.values():
        for wording in (row.label.chinese, *row.label.variants):
            assert (form.table, row.code) in meaning_of(wording).rows
    for column in form.columns.values():
        assert (form.table, column.code) in meaning_of(column.label.chinese).columns


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: f"{form.table}-{form.edition}")
def test_codes_are_unique_and_groups_declared(form):
    rows = [row for block in form.blocks for row in block.rows]
    assert len({row.code for row in rows}) == len(rows)
    for row in rows:
        assert all(group.code in form.group_by_code for group in form.groups_of(row))


def test_outcomes_add_up_without_their_total():
    rows_2019 = outcome_rows(FORMS[TableCode.APPLICATIONS, Edition.E2019])
    rows_2021 = outcome_rows(FORMS[TableCode.APPLICATIONS, Edition.E2021])
    assert len(rows_2019) == 19
    assert len(rows_2021) == 21
    assert set(rows_2021) - set(rows_2019) == {"other_not_corrected", "other_fee_unpaid", "other_remaining"}
    assert "concluded_total" not in rows_2019


def test_fees_of_2019_are_items_and_of_2021_an_amount():
    assert FORMS[TableCode.PROACTIVE, Edition.E2019].cells["fees", "change"].column.measure is Measure.SIGNED_COUNT
    assert FORMS[TableCode.PROACTIVE, Edition.E2021].cells["fees", "amount"].column.measure is Measure.MONEY


def test_the_same_word_means_different_rows_in_different_places():
    other = meaning_of("3．其他")
    assert (TableCode.APPLICATIONS, "other_remaining") in other.rows
    assert (TableCode.APPLICATIONS, "other") in other.columns
    assert (TableCode.APPLICATIONS, "concluded_total") in meaning_of("（七）总计").rows
    assert other.only_row is None


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("（六）其他 处理", "其他处理"),
        ("(六)其他处理", "其他处理"),
        ("1．属于国家秘密", "属于国家秘密"),
        ("1、属于国家秘密", "属于国家秘密"),
        ("⼀、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
        ("本年新\n制作数量", "本年新制作数量"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ('3.危及"三安全一稳定"', "危及三安全一稳定"),
        ("本年增/减", "本年增减"),
        ("12", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_label_keys_survive_how_pages_write(printed, key):
    assert label_key(printed) == key


def test_bare_keys_leave_brackets_out():
    assert bare_label_key("本年收费金额（单位：万元）") == "本年收费金额"
    assert bare_label_key("（二）部分公开（区分处理的，只计这一情形）") == "部分公开"
    assert bare_label_key("（三安全一稳定）") == "三安全一稳定"


@given(st.text(max_size=60))
def test_the_key_of_any_text_is_letters_and_digits_only(text):
    assert all(character.isalnum() for character in label_key(text))


@given(st.sampled_from([row.label.chinese for form in FORMS.values() for row in form.rows.values()]), st.data())
def test_spaces_and_invisible_characters_never_change_a_key(label, data):
    noise = st.sampled_from([" ", "\u3000", "\xa0", "\u200b", "\ufeff", "\n"])
    noisy = "".join(character + data.draw(st.one_of(st.just(""), noise)) for character in label)
    assert label_key(noisy) == label_key(label)
