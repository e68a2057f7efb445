"""``gouji sources``: the portals, how one is found, what one would give, and how they were treated."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from flows.command_line.operation.adding import add, guess
from flows.command_line.operation.upkeep import check_all, update
from flows.command_line.output import json_option, language_option, print_json, print_mappings, tell
from warehouse.text import Text

if TYPE_CHECKING:
    from tasks.problems import Problem

_FETCHED = Text("将抓取 {reports} 份报告：{years}", "{reports} reports would be fetched: {years}")
_OF_YEAR = Text("{year} 年度 {count} 份", "{count} for {year}")
_UNLISTED = Text("应有而标题中未见：{organs}", "expected, but in no title: {organs}")
_BELOW = Text(
    "{year}：列出 {count} 份，至少应有 {floor} 份", "{year}: {count} reports are listed, at least {floor} were expected"
)
_PROBLEM = Text("问题", "problem")
_NOTHING = Text("还没有请求过任何地址", "nothing was asked for yet")


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  gouji sources
  gouji sources add https://www.example.gov.cn/ --write
  gouji sources check wenzhou
  gouji sources politeness
""",
)
@language_option
@json_option
@click.pass_context
def sources(context: click.Context, lang: str, as_json: bool) -> None:
    """List the portals; declare, check or look back on one."""
    if context.invoked_subcommand is not None:
        return
    from tasks.settings import Settings
    from tasks.sources.files import load_sources

    known = [
        {
            "name": source.name,
            "title": source.title,
            "region": source.region,
            "adapter": source.adapter,
            "lists": len(source.lists),
            "indexes": len(source.indexes),
            "hosts": ", ".join(source.hosts),
        }
        for source in load_sources(Settings().sources).values()
    ]
    if as_json:
        print_json(known)
    else:
        print_mappings(known, lang)


@sources.command(
    epilog="""\b
Examples:
  gouji sources check wenzhou
  gouji sources check wenzhou --years 2019-2024 --limit 20
  gouji sources check wenzhou --left-out
  gouji sources check --all
"""
)
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="Every source: whether its portal still is as declared.")
@click.option("--years", help="Report years to look for; last year's if left out.")
@click.option("--limit", type=click.IntRange(min=0), default=10, show_default=True, help="Links to show.")
@click.option("--left-out", is_flag=True, help="Show the titles that were not taken for those of annual reports.")
@language_option
@json_option
def check(
    name: str | None, every: bool, years: str | None, limit: int, left_out: bool, lang: str, as_json: bool
) -> int:
    """Validate the source NAME and show what a backfill would fetch: its lists are asked, no report is.

    With --all every source is looked at instead: whether its lists still answer, this year's are declared, counts fell,
    and a report still reads; what changed is told with the change of the file that mends it (`gouji sources update`).
    Exit code 1 if a list could not be read, fewer reports are listed than the source's floor, or something changed.
    """
    if every == (name is not None):
        raise click.UsageError("give the NAME of a source, or --all")
    if every:
        return check_all(lang, as_json)
    return _check_one(name or "", years, limit, left_out, lang, as_json)


def _check_one(name: str, years: str | None, limit: int, left_out: bool, lang: str, as_json: bool) -> int:
    from flows.running.sources import choose_sources
    from flows.running.years import parse_years
    from tasks.archive.store import Archive
    from tasks.calendar import season_year, today
    from tasks.discover.discovery import discover
    from tasks.fetch.client import Client
    from tasks.runs.home import make_home
    from tasks.settings import Settings

    settings = Settings()
    make_home(settings.home)
    (source,) = choose_sources(settings.sources, [name])
    wanted = parse_years(years or str(season_year(today())))
    with Client(source, settings, Archive(settings.archive_root)) as client:
        found = discover(source, wanted, client.ask)
    counts = {year: sum(link.year == year for link in found.links) for year in wanted}
    below = [
        _BELOW.wording(lang).format(year=year, count=count, floor=source.floor_for(year))
        for year, count in counts.items()
        if count < source.floor_for(year)
    ]
    unlisted = [
        f"{expected.organ} {year}"
        for year in wanted
        for expected in source.expected_for(year)
        if not any(link.year == year and expected.organ in link.title for link in found.links)
    ]
    if as_json:
        print_json({**asdict(found), "below_floor": below, "not_listed": unlisted})
        return 1 if found.problems or below else 0
    print_mappings(
        [{key: value for key, value in asdict(each).items() if key != "left_out"} for each in found.lists], lang
    )
    print_mappings([{"year": link.year, "title": link.title, "url": link.url} for link in found.links[:limit]], lang)
    if left_out:
        print_mappings(
            [{"left out": title, "list": each.item} for each in found.lists for title in each.left_out], lang
        )
    each_year = ", ".join(_OF_YEAR.wording(lang).format(count=count, year=year) for year, count in counts.items())
    click.echo(_FETCHED.wording(lang).format(reports=len(found.links), years=each_year))
    if unlisted:
        click.echo(_UNLISTED.wording(lang).format(organs=", ".join(unlisted)))
    _print_problems(found.problems, lang)
    for line in below:
        tell(line)
    return 1 if found.problems or below else 0


sources.add_command(add)
sources.add_command(guess)
sources.add_command(update)


def _print_problems(problems: Sequence["Problem"], lang: str) -> None:
    from tasks.runbook import kind_of

    for problem in problems:
        kind = kind_of(problem.stage, problem.code)
        tell(f"{_PROBLEM.wording(lang)} {problem.code}: {problem.item}: {problem.detail}")
        tell(f"  → {kind.remedy.wording(lang)}")


@sources.command(
    epilog="""\b
Examples:
  gouji sources politeness
  gouji sources politeness --source wenzhou --since 2024-01-01
"""
)
@click.option("--source", help="Portal.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Day of the first requests to count (UTC).")
@language_option
@json_option
def politeness(source: str | None, since: datetime | None, lang: str, as_json: bool) -> None:
    """Show how politely each host was asked: requests, failures and waits, from the archive's records.

    Waits are what the limits, a portal's Retry-After and the rests after failures held back, in seconds.
    """
    from tasks.archive.host_summary import summarise_hosts
    from tasks.archive.store import Archive
    from tasks.settings import Settings

    first = since.replace(tzinfo=UTC) if since else datetime.min.replace(tzinfo=UTC)
    counted = (
        exchange
        for exchange in Archive(Settings().archive_root).logged()
        if exchange.fetched_at >= first and source in (None, exchange.source)
    )
    hosts = [asdict(host) for host in summarise_hosts(counted)]
    if as_json:
        print_json(hosts)
    elif hosts:
        print_mappings(hosts, lang)
    else:
        tell(_NOTHING.wording(lang))
