"""The dictionary and the cookbook say what the code does today: `make docs` writes them anew."""

import duckdb
import pytest

from expectations import RULES
from expectations.pages.dictionary import as_page, dictionary
from explorer.names import QUALITIES
from samples.cookbook import answered, questions
from tests import REPOSITORY
from warehouse.forms import EVERY_FORM
from warehouse.snapshots.query import query

DOCS = REPOSITORY / "docs"


@pytest.fixture(scope="module")
def written():
    return dictionary()


def test_the_dictionary_is_that_of_the_code(written):
    assert (DOCS / "dictionary.md").read_text(encoding="utf-8") == written


def test_the_dictionary_names_every_rule_and_every_row_of_every_form(written):
    assert all(f"### {rule} " in written for rule in RULES)
    assert all(f"`{row}`" in written for form in EVERY_FORM.values() for row in form.rows)


def test_the_dictionary_is_one_page_of_tables_too(written):
    page = as_page(written)
    assert page.count("<table>") == sum(line.startswith("| --- |") for line in written.splitlines())
    assert "<code>received_new_natural_person</code>" in page
    assert "<script" not in page


def test_the_cookbook_answers_what_the_sample_warehouse_answers(sample_snapshot):
    cookbook = (DOCS / "cookbook.md").read_text(encoding="utf-8")
    assert len(list(questions(cookbook))) >= 25
    assert answered(cookbook, sample_snapshot) == cookbook


def test_any_client_answers_the_cookbook_as_gouji_query_does(sample_snapshot):
    with duckdb.connect(str(sample_snapshot), read_only=True) as client:
        for question, sql in questions((DOCS / "cookbook.md").read_text(encoding="utf-8")):
            found = client.execute(sql).to_arrow_table()
            assert found.to_pylist() == query(sample_snapshot, sql).to_pylist(), question


def test_what_every_verdict_means_is_said():
    text = (DOCS / "trust.md").read_text(encoding="utf-8")
    for said in ("可以公布", "不能公布，因为", "无法判断，因为", *(f"`{quality}`" for quality in QUALITIES)):
        assert said in text
