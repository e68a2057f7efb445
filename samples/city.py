"""The fictional city of 云泽 with its organs, and as many more organs as a benchmark wants.

Everything here is made up, and a likeness of names is chance: GB/T 2260 assigns no region code 99xxxx.
"""

from collections.abc import Iterator
from dataclasses import dataclass

CITY = "云泽市"
CITY_REGION_CODE = "990100"


@dataclass(frozen=True, slots=True)
class Organ:
    """An administrative organ that publishes a report every year.

    ``kind`` is ``government``, ``department``, ``township`` or ``subdistrict``, ``level`` is ``city``, ``county`` or
    ``township``. ``parent`` is the name of the government whose report adds this organ's figures up, or ``None``.
    ``activity`` is the number of applications that the organ itself can expect in a year.
    """

    name: str
    kind: str
    level: str
    region_code: str
    parent: str | None
    activity: float

    @property
    def short_name(self) -> str:
        """The name as a portal prints it as the publishing source (来源)."""
        return self.name.replace(CITY, "市", 1) if self.level == "city" and self.kind == "department" else self.name


_CITY_DEPARTMENTS = {
    "发展和改革委员会": 12,
    "教育局": 14,
    "科学技术局": 2,
    "工业和信息化局": 3,
    "民族宗教事务局": 1,
    "公安局": 60,
    "民政局": 6,
    "司法局": 9,
    "财政局": 11,
    "人力资源和社会保障局": 24,
    "自然资源和规划局": 140,
    "生态环境局": 22,
    "住房和城乡建设局": 75,
    "综合行政执法局": 30,
    "交通运输局": 13,
    "水利局": 5,
    "农业农村局": 8,
    "商务局": 3,
    "文化广电旅游局": 4,
    "卫生健康委员会": 16,
    "退役军人事务局": 3,
    "应急管理局": 7,
    "审计局": 2,
    "市场监督管理局": 38,
    "体育局": 1,
    "统计局": 2,
    "医疗保障局": 5,
    "机关事务管理局": 2,
    "人民防空办公室": 2,
    "大数据发展管理局": 1,
    "地方金融监督管理局": 2,
    "信访局": 3,
}

_COUNTIES = {
    "望湖区": ("990102", ("青石街道", "柳浪街道", "钟楼街道", "莲桥镇")),
    "临江区": ("990103", ("江口街道", "渡头街道", "沙埠镇")),
    "松岩区": ("990104", ("松山街道", "云门镇")),
    "清源县": ("990122", ("清溪镇", "石塘镇", "白鹭镇", "竹林乡")),
    "永兴县": ("990123", ("永宁镇", "黄田镇", "南坪乡")),
    "安陵市": ("990181", ("东城街道", "古驿镇", "西渡镇")),
    "兰川市": ("990182", ("兰江街道", "芝山镇")),
}

_COUNTY_DEPARTMENTS = {"教育局": 4, "自然资源局": 22, "住房和城乡建设局": 15, "审计局": 1}


def organs() -> tuple[Organ, ...]:
    """Return the organs of 云泽, the city government first, then its departments, then county by county."""
    government = f"{CITY}人民政府"
    city = [
        Organ(government, "government", "city", CITY_REGION_CODE, None, 150),
        Organ(f"{government}办公室", "department", "city", CITY_REGION_CODE, government, 90),
        *(
            Organ(CITY + name, "department", "city", CITY_REGION_CODE, government, activity)
            for name, activity in _CITY_DEPARTMENTS.items()
        ),
    ]
    return (*city, *(organ for county in _COUNTIES for organ in _county(county, government)))


def _county(name: str, city_government: str) -> Iterator[Organ]:
    code, towns = _COUNTIES[name]
    full_name = name if name.endswith("市") else CITY + name
    government = f"{full_name}人民政府"
    yield Organ(government, "government", "county", code, city_government, 45)
    for department, activity in _COUNTY_DEPARTMENTS.items():
        yield Organ(full_name + department, "department", "county", code, government, activity)
    for town in towns:
        if town.endswith("街道"):
            yield Organ(f"{full_name}{town}办事处", "subdistrict", "township", code, government, 2)
        else:
            yield Organ(f"{full_name}{town}人民政府", "township", "township", code, government, 1.5)


_FIRST = "青清安永长东西南北云"
_SECOND = "阳川宁平兴源陵河山州"
_MEMBERS = tuple(_CITY_DEPARTMENTS.items())


def many_organs(count: int) -> Iterator[Organ]:
    """Yield ``count`` distinct organs of made-up counties, for benchmarks; none adds another's figures up."""
    per_county = len(_MEMBERS) + 1
    for position in range(count):
        county, member = divmod(position, per_county)
        batch, letters = divmod(county, len(_FIRST) * len(_SECOND))
        name = f"{_FIRST[letters // 10]}{_SECOND[letters % 10]}{chr(0x4E00 + batch) if batch else ''}县"
        code = f"99{1 + county // 90 % 99:02d}{10 + county % 90:02d}"
        if member == 0:
            yield Organ(f"{name}人民政府", "government", "county", code, None, 120)
        else:
            department, activity = _MEMBERS[member - 1]
            yield Organ(name + department, "department", "county", code, None, activity / 4)
