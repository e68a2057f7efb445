"""What regions are called: as the register has them, and one that it does not know after the government there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from explorer.asking import BadQuestionError, Question
from warehouse.regions import above, locate, regions, stem
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

COUNTRY = "000000"
_MOST_NAMED = 12
_LONGEST_NAME = 40
_UNREGISTERED = """
    SELECT region_code, arg_min(name, length(name)) AS name FROM mart.organ
    WHERE kind = 'government' AND level IN ('province', 'city', 'county') AND region_code IS NOT NULL
        AND region_code NOT IN (SELECT region_code FROM core.region)
    GROUP BY region_code ORDER BY region_code
"""
_REPORTING = """
    SELECT DISTINCT region_code FROM mart.region
    WHERE region_code <> '000000' AND ends_with(region_code, '00') ORDER BY region_code
"""


@dataclass(frozen=True)
class Places:
    """The regions of a snapshot. ``unregistered`` are whole names by code, ``reporting`` provinces and prefectures
    that have reports.
    """

    unregistered: Mapping[str, str] = field(default_factory=dict)
    reporting: tuple[str, ...] = ()

    def name(self, code: str) -> str:
        """Name a region without those above it; a code that nobody names stays a code."""
        if (region := regions().get(code)) is not None:
            return region.name
        whole = self.unregistered.get(code, code)
        city = self.unregistered.get(f"{code[:4]}00", "")
        return whole.removeprefix(city) or whole

    def whole_name(self, code: str) -> str:
        """Name a region with those above it."""
        if found := above(code):
            return "".join(region.name for region in reversed(found))
        return self.unregistered.get(code, code)

    def within(self, code: str) -> str:
        """Return the name of a place by which a province that nobody names can be told; empty where there is none."""
        return next((name for each, name in self.unregistered.items() if each.startswith(code[:2])), "")

    def suggestions(self) -> list[str]:
        """Whole names of provinces and prefectures that have reports."""
        return [name for code in self.reporting if not (name := self.whole_name(code)).isdigit()]

    def code(self, text: str) -> str:
        """Return the code of a region by its code or name, with or without those above it.

        Raises :class:`BadQuestionError` where none is called so, or several are.
        """
        if text.isdigit():
            return text
        if (found := locate(text)) is not None and not found[1]:
            return found[0].code
        codes = self._called(text)
        if len(codes) == 1:
            return codes[0]
        if not codes:
            raise BadQuestionError(
                Text(
                    f"没有叫“{text}”的区划：请写全名，如浙江省温州市，或六位代码",
                    f"no region is called {text}; give its whole name, such as 浙江省温州市, or six digits",
                ),
                "region",
            )
        named = "、".join(f"{self.whole_name(code)} {code}" for code in codes[:_MOST_NAMED])
        more = len(codes) - _MOST_NAMED
        raise BadQuestionError(
            Text(
                f"叫“{text}”的区划有 {len(codes)} 个：{named}{f'，另有 {more} 个' if more > 0 else ''}；请写全名或代码",
                f"{len(codes)} regions are called {text}: {named}{f' and {more} more' if more > 0 else ''}; "
                "give the whole name or the code",
            ),
            "region",
        )

    def settled(self, asked: Question) -> Question:
        """Return a question that names a region by its code, whatever it was named by."""
        if "region" in asked.parts:
            code = self.code(asked.parts["region"][:_LONGEST_NAME])
            return replace(asked, path=f"/regions/{code}", parts={**asked.parts, "region": code})
        if "region" in asked.values:
            code = self.code(asked.values["region"])
            return replace(asked, values={**asked.values, "region": code}, texts={**asked.texts, "region": code})
        return asked

    def _called(self, text: str) -> Sequence[str]:
        own = [code for code, name in self.unregistered.items() if text in (name, self.name(code), stem(name))]
        return own or [
            region.code
            for region in regions().values()
            if region.listed_until is None and text in {*region.names, stem(region.name)}
        ]


def places(lease: Lease) -> Places:
    """Gather the regions of a snapshot."""
    return Places(
        {row["region_code"]: row["name"].removesuffix("人民政府") for row in lease.rows(_UNREGISTERED)},
        tuple(row["region_code"] for row in lease.rows(_REPORTING)),
    )
