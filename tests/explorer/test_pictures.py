"""The README's pictures show what the code draws today: `make docs` draws them anew."""

import lxml.etree
import pytest

from explorer.charts import outcomes
from explorer.pictures import SCHEMES
from samples.pictures import pictures
from tests import REPOSITORY

FOLDER = REPOSITORY / "docs" / "pictures"
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def shown(svg):
    """What a picture says and how many marks it has; where exactly they stand depends on a machine's fonts."""
    root = lxml.etree.fromstring(svg)
    return [text.text for text in root.iter("{*}text")], len(list(root.iter("{*}path"))), "var(" in str(svg)


def test_the_pictures_are_those_of_the_sample_warehouse(sample_snapshot):
    for name, svg in pictures(sample_snapshot):
        assert shown(svg) == shown((FOLDER / name).read_bytes()), name
        assert name in README


@pytest.mark.parametrize("name", ["home", "sheet", "organ", "findings"])
def test_the_readme_shows_the_main_pages(name):
    assert (FOLDER / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert f"docs/pictures/{name}.png" in README


def test_every_picture_is_drawn_in_both_schemes(sample_snapshot):
    names = {name for name, _ in pictures(sample_snapshot)}
    assert all(f"{name.rpartition('-')[0]}-{scheme}.svg" in names for name in names for scheme in SCHEMES)


def test_shares_of_a_year_of_which_an_outcome_was_not_read_are_not_drawn():
    whole = {**dict.fromkeys(outcomes.OUTCOMES, 20), "rows_unread": 0}
    years = {
        2021: whole,
        2022: {**whole, "denied": None, "rows_unread": 1},
        2023: {**whole, "rows_unread": 1},  # what was not read is none of the outcomes
        2024: {**whole, "denied": None},  # blank
    }
    spec = outcomes.spec([{**figures, "year": year} for year, figures in years.items()], "en")
    drawn = {(row["year"], row["share"]) for row in spec["data"]["values"] if row["outcome"] == "Granted"}
    assert drawn == {("2021", 1 / 6), ("2023", 1 / 6), ("2024", 1 / 5)}
