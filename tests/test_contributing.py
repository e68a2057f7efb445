"""docs/architecture.md and CONTRIBUTING.md keep their word: the paths, commands and targets that they name exist."""

import re

import pytest

from flows.command_line import gouji
from tests import REPOSITORY

PAGES = ("docs/architecture.md", "CONTRIBUTING.md")
TARGETS = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
OF_A_HOME = {
    "archive/",
    "staging/",
    "published/",
    "docs/",
    "hosts/",
    "locks/",
    "audit/",
    "operation/",
    "documents/",
    "tables/",
    "prose/",
    "metadata/",
}
"""Folders of a home, and rooms named beside the one that they are in."""


@pytest.fixture(scope="module", params=PAGES)
def page(request):
    return (REPOSITORY / request.param).read_text(encoding="utf-8")


def test_every_path_exists(page):
    named = set(re.findall(r"`([\w./]+(?:/|\.py|\.md|\.toml|\.lock))`", page)) - OF_A_HOME
    linked = {link.removeprefix("../") for link in re.findall(r"\]\(([\w./]+)\)", page)}
    missing = [
        path
        for path in named | linked
        if not any((folder / path).exists() for folder in (REPOSITORY, REPOSITORY / "docs"))
    ]
    assert named
    assert missing == []


def test_every_command_and_target_exists(page):
    assert set(re.findall(r"`gouji ([a-z]+)", page)) <= set(gouji.commands)
    assert set(re.findall(r"`make ([a-z]+)`", page)) <= TARGETS
