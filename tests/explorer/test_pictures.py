"""The README's pictures show what the code draws today: `make docs` draws them anew."""

import lxml.etree
import pytest

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
