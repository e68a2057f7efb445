"""``gouji coverage``: which organs should have published, which did, and the evidence."""

from itertools import groupby

import click
from rich.cells import set_cell_size

from flows.command_line.output import (
    console,
    json_option,
    language_option,
    limit_option,
    listed_rows,
    print_json,
    print_mappings,
    snapshot_rows,
)
from warehouse.rows import Row
from warehouse.text import Text

_COUNTS = """
    SELECT source_id AS source, year, count(*) AS expected,
        count(*) FILTER (status IN ('published', 'late')) AS published, count(*) FILTER (status = 'late') AS late,
        count(*) FILTER (status = 'unreadable') AS unreadable, count(*) FILTER (status = 'missing') AS missing
    FROM main.coverage
    WHERE ($year IS NULL OR year = $year) AND ($source IS NULL OR source_id = $source)
    GROUP BY ALL ORDER BY source, year
"""

_ORGANS = """
    SELECT year, source_id AS source, organ, status, basis, due_on, published_on, evidence
    FROM main.coverage
    WHERE ($year IS NULL OR year = $year) AND ($source IS NULL OR source_id = $source)
        AND ($organ IS NULL OR contains(organ, $organ))
        AND (status = $status OR ($status IS NULL AND ($organ IS NOT NULL OR status IN ('unreadable', 'missing'))))
    ORDER BY source, year DESC, list_position(['unreadable', 'missing', 'late', 'published'], status), organ
    LIMIT $most
"""

_STATUSES = {
    "published": Text("已公布", "published"),
    "late": Text("逾期公布", "late"),
    "unreadable": Text("未能读取", "unreadable"),
    "missing": Text("未见", "missing"),
}
_BASES = {
    "declared": Text("来源声明", "declared"),
    "neighbouring year": Text("前后年度有报告", "neighbouring year"),
    "published": Text("已公布", "published"),
    "listed": Text("列出而未能读取", "listed but not read"),
}
_PUBLISHED = Text("{day} 公布", "published {day}")
_DUE = Text("应于 {day} 前公布（{basis}）", "due {day} ({basis})")
_UNDATED = Text("期限不明：机关类别不明（{basis}）", "due on a day that its kind would say ({basis})")


@click.command(
    epilog="""\b
Examples:
  gouji coverage --year 2023
  gouji coverage --source wenzhou --status missing --json
  gouji coverage --organ 民政局
"""
)
@click.option("--year", type=int, help="Report year.")
@click.option("--source", help="Portal.")
@click.option("--organ", help="Part of the organ's name.")
@click.option("--status", type=click.Choice(list(_STATUSES)), help="Organs to show, by status.")
@limit_option
@language_option
@json_option
def coverage(
    year: int | None,
    source: str | None,
    organ: str | None,
    status: str | None,
    limit: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """Show which organs published and which did not.

    With the evidence. An organ is expected if its source declares it, if it had a report in a neighbouring year, or if
    a listed report that could not be read names it in its title.
    Organs without a report that could be read are named, unless --organ or --status asks for others.
    """
    counts = snapshot_rows(_COUNTS, year=year, source=source)
    wanted = {"year": year, "source": source, "organ": organ, "status": status}
    organs = listed_rows(_ORGANS, "such organs", limit, as_json, **wanted)
    if as_json:
        print_json({"coverage": counts, "organs": organs})
        return
    print_mappings(counts, lang)
    out = console()
    for (name, of_year), group in groupby(organs, key=lambda row: (row["source"], row["year"])):
        out.print(f"[bold]{name} {of_year}[/]", highlight=False)
        for row in group:
            out.print(
                f"  {set_cell_size(_STATUSES[row['status']].wording(lang), 10)}  {row['organ']}  {_day(row, lang)}",
                markup=False,
            )
            out.print(f"    {row['evidence']}", markup=False, style="dim")


def _day(row: Row, lang: str) -> str:
    """Say when a report was published, or until when it should have been."""
    if row["published_on"]:
        return _PUBLISHED.wording(lang).format(day=row["published_on"])
    due = _DUE if row["due_on"] else _UNDATED
    return due.wording(lang).format(day=row["due_on"], basis=_BASES[row["basis"]].wording(lang))
