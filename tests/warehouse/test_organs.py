"""What sources declare of organs: their governments, other names and predecessors."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from tasks.load.batch import Batch
from tasks.problems import Stage
from tasks.sources.declaration import DeclaredOrgan, Listing, Source
from tasks.sources.organs import Register, Succession, organ_of
from warehouse.loading.load import load_batch
from warehouse.store import Connection, memory


def source(*organs: DeclaredOrgan) -> Source:
    return Source(
        name="qinghe",
        title="清河市",
        region="990100",
        hosts=("www.qinghe.example",),
        lists=(Listing(),),
        organs=organs,
    )


MERGED = DeclaredOrgan(
    organ="清河市教育体育局",
    level="city",
    parent="清河市人民政府",
    aliases=("清河市教体局",),
    succeeds=("清河市教育局", "清河市体育局"),
    since=2021,
)


def loaded(connection: Connection, declared: Source, tmp_path) -> Connection:
    batch = Batch(declared, "run", datetime(2026, 11, 25, tzinfo=UTC), "1")
    batch.add_organs()
    batch.add_expected(2023)
    batch.add_item(Stage.DISCOVER, "qinghe")
    load_batch(connection, batch.write(tmp_path / "batch"))
    return connection


def test_an_organ_is_found_under_all_its_names():
    register = Register(source(MERGED))
    assert register.find("清河市教体局（本级）") == register.find("清河市教育体育局")
    found = register.find("清河市教体局")
    assert (found.level, found.kind, found.parent_organ_id) == ("city", "department", "9901-清河市人民政府")
    assert register.find("清河市民政局") == organ_of("清河市民政局", "990100")
    assert set(register.successions()) == {
        Succession("9901-清河市教育局", "9901-清河市教育体育局", 2021),
        Succession("9901-清河市体育局", "9901-清河市教育体育局", 2021),
    }


def test_declarations_are_loaded_and_replaced(tmp_path):
    with memory() as connection:
        loaded(connection, source(DeclaredOrgan(organ="清河市教育体育局")), tmp_path)
        loaded(connection, source(MERGED), tmp_path)
        assert connection.execute(
            "SELECT level, parent_organ_id FROM core.organ WHERE name = '清河市教育体育局'"
        ).fetchall() == [("city", "9901-清河市人民政府")]
        assert connection.execute("SELECT alias FROM core.organ_alias").fetchall() == [("清河市教体局",)]
        assert connection.execute("SELECT count(*) FROM core.succession").fetchone() == (2,)
        assert connection.execute("SELECT year, reports FROM core.source_floor").fetchall() == [(2023, 0)]
        loaded(connection, source(), tmp_path)
        assert connection.execute("SELECT count(*) FROM core.succession").fetchone() == (0,)


@pytest.mark.parametrize(
    ("organs", "message"),
    [
        (({"organ": "甲局", "succeeds": ["乙局"]},), "belong together"),
        (({"organ": "甲局", "parent": "甲局"},), "stands for itself"),
        (({"organ": "甲局"}, {"organ": "乙局", "aliases": ["甲局"]}), "named twice"),
        (({"organ": "甲府", "parent": "乙府"}, {"organ": "乙府", "parent": "甲府"}), "its own parent"),
    ],
)
def test_declarations_that_contradict_themselves_are_refused(organs, message):
    with pytest.raises(ValidationError, match=message):
        source(*organs)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("浙江省民政厅", "province"),
        ("新疆维吾尔自治区教育厅", "province"),
        ("黔东南苗族侗族自治州人民政府", "city"),
        ("温州市瓯海区人民政府", "county"),
        ("平阳县人民政府办公室", "county"),
        ("莫力达瓦达斡尔族自治旗水利局", "county"),
        ("利辛县望疃镇", "township"),
        ("义乌市廿三里街道办事处", "township"),
        ("瑞安市人民政府", None),
        ("上海市人民政府办公厅", None),
        ("浙江乐清经济开发区管理委员会", None),
    ],
)
def test_a_name_tells_the_level_or_leaves_it_open(name: str, level: str | None):
    assert organ_of(name, "330300").level == level
