from pathlib import Path

import pytest

from tasks.sources.adapters import adapter_for, adapter_names, find_adapter
from tasks.sources.declaration import (
    ExpectedOrgan,
    Index,
    Listing,
    Politeness,
    Source,
    SourceError,
    TransportSecurity,
)
from tasks.sources.files import load_source, load_sources
from tests import REPOSITORY

SHIPPED = REPOSITORY / "sources"
GOOD = """\
title: 清河市人民政府
hosts: [www.qinghe.example]
adapter: trs
lists:
  - address: http://www.qinghe.example/zwgk/nb/
    year: 2019
"""


def written(folder: Path, text: str, name: str = "qinghe.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_is_named_after_its_file(tmp_path):
    written(tmp_path, GOOD)
    written(tmp_path, GOOD, "other.yaml")
    written(tmp_path, "not a source", "notes.txt")
    sources = load_sources(tmp_path)
    assert list(sources) == ["other", "qinghe"]
    assert sources["qinghe"].name == "qinghe"
    assert sources["qinghe"].politeness.connections == 2
    assert sources["qinghe"].politeness.interval == 1.0


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("title: 清河市人民政府\n", "", ":1: title: is missing"),
        ("year: 2019", "year: 1999", ":6: lists.0.year: must be at least 2008"),
        ("year: 2019", "yaer: 2019", ":6: lists.0.yaer: there is no such field; did you mean year?"),
        ("hosts: [www.qinghe.example]", "hosts: []", ":2: hosts: must have at least 1 entry"),
        ("hosts: [www", "hosts: [http://www", ":2: hosts: 'http://www.qinghe.example' is not a plain"),
        (
            "[www.qinghe.example]",
            "['www.qinghe.example:80']",
            ":2: hosts: 'www.qinghe.example:80' has a usual",
        ),
        ("hosts: [www.qinghe", "hosts: [www.other", ":5: lists.0.address: www.qinghe.example is not among"),
        ("adapter: trs", "adapter: tsr", ":3: adapter: no adapter 'tsr'; there are "),
        ("adapter: trs\n", "", ":4: lists.0.adapter: no adapter is named"),
        (
            "    year",
            "    parameters: {secnd: 2}\n    year",
            ":6: lists.0.parameters.secnd: there is no such field; did you mean sec",
        ),
        ("http://www", "ftp://www", ":5: lists.0.address: must be a whole address that begins with http"),
        ("adapter: trs", "adapter: trs\nadapter: trs", ":4: adapter: stands twice"),
        (
            "adapter: trs",
            "region: 330300\nadapter: trs",
            ":3: region: must be a code of six digits in quotes",
        ),
        (
            "adapter: trs",
            "adapter: trs\nparameters: {secnd: 2}",
            ":4: parameters.secnd: there is no such field",
        ),
        (
            "adapter: trs",
            "floor: -1\nadapter: trs",
            ":3: floor: must be a number of reports, or one for each",
        ),
        ("adapter: trs", "floor: {2022: many}\nadapter: trs", ":3: floor: must be a number of reports, or"),
        ("year: 2019", "year: 二〇一九", ":6: lists.0.year: must be a whole number"),
        (GOOD[GOOD.index("lists") :], "lists: x", ":4: lists: must be a list"),
        (
            "lists:\n",
            "lists:\n  - address: http://www.qinghe.example/zwgk/nb/\n",
            ":6: lists.1.address: lists.0 has",
        ),
        (
            "title: 清河市人民政府",
            "tittle: 清河市人民政府",
            "; line 1: tittle: there is no such field; did you mean title?",
        ),
        ("title:", "tittle:", ":1: title: is missing"),
        ("year: 2019", "year: 2019\nexpected: [{name: 清河市商务局}]", ":7: expected.0.organ: is missing"),
        ("adapter: trs", "adapter: [", ":5: not valid YAML"),
        ("adapter: trs", "politeness: {interval: 0}\nadapter: trs", ":3: politeness: an override of polit"),
        ("adapter: trs", "networks: [10.0.0.0/99]\nadapter: trs", ":3: networks: '10.0.0.0/99' does not"),
        ("adapter: trs", "tls: {verify: false}\nadapter: trs", ":3: tls.reason: is missing"),
        ("adapter: trs", "region: '33'\nadapter: trs", ":3: region: must be a code of six digits in quotes"),
        (GOOD[GOOD.index("lists") :], "", ":1: the file: a source needs lists or indexes"),
        (GOOD, "- a list", ":1: a source is a mapping of fields"),
        (GOOD, "", ":1: a source is a mapping of fields"),
    ],
)
def test_a_mistake_is_one_line_with_file_line_and_field(tmp_path, before, after, message):
    assert before in GOOD
    with pytest.raises(SourceError) as raised:
        load_source(written(tmp_path, GOOD.replace(before, after, 1)))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith(str(tmp_path / "qinghe.yaml"))


def test_files_that_cannot_be_read_are_one_line(tmp_path):
    (tmp_path / "qinghe.yaml").write_bytes("title: 清河".encode("gb18030"))
    with pytest.raises(SourceError, match=r"is not UTF-8$"):
        load_sources(tmp_path)
    (tmp_path / "qinghe.yaml").unlink()
    written(tmp_path, GOOD, "other.yml")
    with pytest.raises(SourceError, match=r"other.yml: the name of a source file ends in .yaml"):
        load_sources(tmp_path)
    with pytest.raises(SourceError, match=r"Qing he.yaml: name the file in lower-case"):
        load_source(written(tmp_path, GOOD, "Qing he.yaml"))
    with pytest.raises(SourceError, match="no such folder"):
        load_sources(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="cannot be read"):
        load_source(tmp_path / "nothing.yaml")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("http://www.qinghe.example/a", True),
        ("https://www.qinghe.example:443/a", True),
        ("http://WWW.QINGHE.example/a", True),
        ("http://www.qinghe.example:8080/a", True),
        ("http://www.qinghe.example:8081/a", False),
        ("http://qinghe.example/a", False),
        ("http://www.qinghe.example.evil.example/a", False),
        ("http://www.qinghe.example@evil.example/a", False),
        ("ftp://www.qinghe.example/a", False),
        ("http://www.qinghe.example:port/a", False),
        ("http://[broken/a", False),
        ("http://evil.example\\@www.qinghe.example/a", False),
        ("http://user@www.qinghe.example/a", False),
        ("http://www.qinghe.example?@evil.example", True),
    ],
)
def test_allowed_addresses(address, allowed):
    lists = [{"address": "http://www.qinghe.example/"}]
    hosts = ["www.qinghe.example", "www.qinghe.example:8080"]
    source = Source.model_validate({"name": "qinghe", "title": "清河", "hosts": hosts, "lists": lists})
    assert source.allows(address) is allowed


def test_floors_and_expected_organs_by_year(tmp_path):
    organs = "[{organ: 清河市商务局, since: 2019}, {organ: 清河市外经贸局, until: 2018}]"
    more = f"floor: {{2019: 40}}\nexpected: {organs}\n"
    source = load_source(written(tmp_path, GOOD + more))
    assert (source.floor_for(2019), source.floor_for(2020)) == (40, 0)
    assert [one.organ for one in source.expected_for(2018)] == ["清河市外经贸局"]
    assert [one.organ for one in source.expected_for(2019)] == ["清河市商务局"]


def test_parameters_of_the_source_hold_for_lists_with_the_same_adapter_only(tmp_path):
    lists = "  - {address: 'http://www.qinghe.example/b/', adapter: channel_shtml}\n"
    source = load_source(written(tmp_path, "parameters: {second: 7}\n" + GOOD + lists))
    assert [adapter_for(source, one).model_dump() for one in source.lists] == [{"second": 7}, {"second": 2}]


def test_the_shipped_sources_are_sound_and_use_every_adapter_but_those_of_platforms():
    sources = load_sources(SHIPPED)
    assert len(sources) >= 8
    lists = [(source, one) for source in sources.values() for one in source.lists]
    assert {one.adapter or source.adapter for source, one in lists} == set(adapter_names()) - {
        "search_list",
        "xxgk_tree",
    }
    assert all(source.politeness.robots and source.politeness.interval >= 1 for source in sources.values())


def test_the_readme_names_every_field_and_every_adapter_with_its_parameters():
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    declared = [Source, Listing, Index, Politeness, TransportSecurity, ExpectedOrgan]
    names = {name for model in declared for name in model.model_fields} - {"name", "folder"}
    for adapter in adapter_names():
        names |= {adapter, *find_adapter(adapter).model_fields}
    assert [name for name in sorted(names) if f"`{name}`" not in readme and f"`{name}:" not in readme] == []


def test_the_readmes_example_is_sound(tmp_path):
    example = (SHIPPED / "README.md").read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    assert load_source(written(tmp_path, example)).lists[0].year == 2019
