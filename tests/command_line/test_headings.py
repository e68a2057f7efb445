"""The tables that the command line prints have their headings in the language asked for."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from samples import sample_reports
from samples.dresses import DRESSES, render
from samples.portal import SOURCE_FILE
from warehouse.snapshots.query import rows

ADDRESS = "http://www.example.gov.cn/art/2020/1/21/art_1229253636_9636.html"
COMMANDS = [
    *(["status"], ["coverage"], ["show", "REPORT"], ["show", "FILE"], ["extract", "FILE"]),
    *(["rules"], ["sources"], ["sources", "guess", ADDRESS]),
]
LATIN, CHINESE = re.compile("[A-Za-z]{2,}"), re.compile("[一-鿿]")


@pytest.fixture
def names(sample_home, sample_snapshot, tmp_path, monkeypatch) -> dict[str, str]:
    """What the words in the commands stand for."""
    monkeypatch.setenv("GOUJI_HOME", str(sample_home))
    monkeypatch.setenv("GOUJI_SOURCES", str(SOURCE_FILE.parent))
    (report,) = rows(sample_snapshot, "SELECT report_id FROM report ORDER BY 1 LIMIT 1")
    file = Path(tmp_path / "report.html")
    file.write_bytes(render(next(sample_reports(years=[2023])), DRESSES["hanweb"]))
    return {"REPORT": report["report_id"], "FILE": str(file)}


def headings(printed: str) -> list[str]:
    """The lines above the rules of tables."""
    return [line for line, below in pairwise(printed.splitlines()) if re.fullmatch(r"\s*─+\s*", below)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_headings_are_in_the_language_asked_for(gouji, names, command):
    arguments = [names.get(word, word) for word in command]
    chinese, english = (headings(gouji(*arguments, "--lang", lang).stdout) for lang in ("zh", "en"))
    assert chinese
    assert len(chinese) == len(english)
    assert [line for line in chinese if LATIN.search(line)] == []
    assert [line for line in english if CHINESE.search(line)] == []
