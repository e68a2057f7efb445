"""``gouji sources add`` and ``guess``: from an address to a declared source."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.command_line.operation.adding_many import OUTCOMES, add_many
from flows.command_line.operation.upkeep import compare
from flows.command_line.output import json_option, language_option, print_json, print_mappings, tell

if TYPE_CHECKING:
    from tasks.sources.declaration import Source
    from tasks.survey.columns import Column
    from tasks.survey.proposal import Given
    from tasks.survey.survey import Survey

_WORDS = {
    "zh": {
        "declared": "来源 {name} 已声明该网站：与之比较",
        "way": "经由",
        "lists": "列表",
        "counts": "所走列表页上的年报",
        "read": "试读的年报",
        "left_out": "未列入的标题",
        "written": "已写入 {path}；下一步：gouji sources check {name}，gouji backfill 2019-2024 --source {name}",
        "not_written": "未写入任何文件；加 --write 写入 {folder}",
        "unsure_not_written": "不能确定，故未写入；请先看过以上内容",
        "which": "有几个栏目都列有年报；要哪些（编号以逗号分隔，回车为全部）",
        "year": "年度",
        "category": "类别",
        "reports": "篇数",
        "organ": "机关",
        "tables": "表",
        "findings": "勾稽不符",
        "problems": "问题",
        "adapter": "适配器",
        "seen": "看过",
        "address": "地址",
        "not_said": "（未写明）",
        "requests": "共请求 {count} 次",
    },
    "en": {
        "declared": "source {name} declares this portal: it is compared",
        "way": "by way of",
        "lists": "lists",
        "counts": "reports on the list pages walked",
        "read": "reports read",
        "left_out": "titles left out",
        "written": "wrote {path}; next: gouji sources check {name}, gouji backfill 2019-2024 --source {name}",
        "not_written": "nothing was written; --write puts it into {folder}",
        "unsure_not_written": "nothing was written, for it is not sure: look at the above first",
        "which": "several columns list reports; which are wanted (numbers with commas, return for all)",
        "year": "year",
        "category": "category",
        "reports": "reports",
        "organ": "organ",
        "tables": "tables",
        "findings": "findings",
        "problems": "problems",
        "adapter": "adapter",
        "seen": "looked at",
        "address": "address",
        "not_said": "(not said)",
        "requests": "{count} requests were made",
    },
}
_SHOWN_LEFT_OUT = 10


@click.command(
    epilog="""\b
Examples:
  gouji sources add https://www.example.gov.cn/
  gouji sources add https://www.example.gov.cn/zwgk/zfxxgknb/ --name example --write
  gouji sources add --from portals.csv --write
  gouji sources add http://10.1.2.3/ --network 10.0.0.0/8 --interval 0.2 --reason "our own portal"
"""
)
@click.argument("address", required=False)
@click.option(
    "--from",
    "portals",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Many portals: a CSV with the columns address, name, networks, interval, reason, or an address a line.",
)
@click.option("--anew", is_flag=True, help="With --from: ask again what an earlier run came to.")
@click.option("--name", help="Name of the source, and of its file; made from the host if left out.")
@click.option("--network", "networks", multiple=True, help="Network that is not public and that the portal is in.")
@click.option("--interval", type=click.FloatRange(0, 600), help="Seconds between two requests; needs --reason.")
@click.option("--reason", help="Why this portal is treated differently.")
@click.option("--write", is_flag=True, help="Write the source file. Without it nothing is written.")
@language_option
@json_option
def add(
    address: str | None,
    portals: Path | None,
    anew: bool,
    name: str | None,
    networks: tuple[str, ...],
    interval: float | None,
    reason: str | None,
    write: bool,
    lang: str,
    as_json: bool,
) -> int:
    """Find the annual reports of the portal at ADDRESS, prove it, and declare it.

    ADDRESS is the portal's home page, its page of 政府信息公开, its column 政府信息公开年报, or one list. Some list
    pages are walked and a report of each of three years is read, as politely as in any run; all that is shown. Nothing
    is written without --write, nor where something is unsure. Exit code 1 unless a source was found and proven.

    Where a source declares the portal already, it is compared instead and the change of its file is shown, which
    --write makes, as `gouji sources update` does; another --name asks for a source of its own.

    With --from, a list of addresses is gone through side by side; the same command again goes on where it stopped.
    """
    if (address is None) == (portals is None):
        raise click.UsageError("give an ADDRESS, or a list of addresses with --from")
    from tasks.runs.home import make_home
    from tasks.settings import Settings

    make_home(Settings().home)
    if portals is not None:
        if name or networks or interval is not None or reason:
            raise click.UsageError(
                "--name, --network, --interval and --reason are columns of the file given with --from"
            )
        return add_many(portals, write, anew, lang, as_json)
    if (declared := _declared(address or "", name)) is not None:
        if not as_json:
            tell(_WORDS[lang]["declared"].format(name=declared.name))
        return compare(declared, lang, as_json, write=write, start=address)
    return _add_one(_given(address or "", name, networks, interval, reason), write, lang, as_json)


def _declared(address: str, name: str | None) -> "Source | None":
    """The source that declares the host of an address already, unless another name asks for a source of its own."""
    from tasks.settings import Settings
    from tasks.sources.files import load_sources

    sources = load_sources(Settings().sources).values()
    return next((one for one in sources if one.allows(address) and name in {None, one.name}), None)


def _add_one(given: "Given", write: bool, lang: str, as_json: bool) -> int:
    from tasks.settings import Settings
    from tasks.survey.proposal import write_source
    from tasks.survey.survey import Outcome, survey

    settings = Settings()
    try:
        done = survey(given, settings, None if as_json or not sys.stdin.isatty() else _chooser(lang))
    except ValueError as error:
        raise click.UsageError(_first_line(error)) from error
    path = None
    if write and done.outcome is Outcome.SURE and done.proposal is not None:
        try:
            path = write_source(done.proposal, settings.sources)
        except FileExistsError as error:
            raise click.UsageError(f"{error.filename} is there already: give another --name") from error
    if as_json:
        print_json({**survey_as_json(done, lang), "written": str(path) if path else None})
    else:
        _print_survey(done, lang)
        words = _WORDS[lang]
        if path:
            click.echo(words["written"].format(path=path, name=given.name))
        elif done.proposal:
            unsure = write and done.outcome is not Outcome.SURE
            tell(words["unsure_not_written"] if unsure else words["not_written"].format(folder=settings.sources))
    return 0 if done.outcome is Outcome.SURE else 1


def _given(
    address: str, name: str | None, networks: Sequence[str], interval: float | None, reason: str | None
) -> "Given":
    from pydantic import ValidationError

    from tasks.sources.declaration import Politeness
    from tasks.survey.proposal import Given
    from tasks.survey.survey import name_of

    different = {key: value for key, value in (("interval", interval), ("reason", reason)) if value is not None}
    try:
        politeness = Politeness.model_validate(different)
    except ValidationError as error:
        raise click.UsageError(f"--interval: {_first_line(error)}") from error
    return Given(address, name or name_of(address), tuple(networks), politeness)


def _first_line(error: ValueError) -> str:
    """What is wrong, in one line, of an error that may be pydantic's."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"]))
    what = first["msg"].removeprefix("Value error, ")
    return f"{where}: {what}" if where else what


def _chooser(lang: str) -> Callable[[Sequence["Column"]], Sequence["Column"]]:
    """What asks a person at a terminal which of several columns are wanted."""

    def choose(columns: Sequence["Column"]) -> Sequence["Column"]:
        for number, column in enumerate(columns, 1):
            click.echo(f"  {number}. {column.title}  {column.address}  ({len(column.lists)})")
        wanted = click.prompt(_WORDS[lang]["which"], default="", show_default=False)
        numbers = {int(part) for part in wanted.replace("，", ",").split(",") if part.strip().isdigit()}
        return [column for number, column in enumerate(columns, 1) if number in numbers] or columns

    return choose


def survey_as_json(done: "Survey", lang: str) -> dict[str, object]:
    """What came of an address, for programs."""
    found, proof = done.found, done.proof
    return {
        "address": done.given.address,
        "name": done.given.name,
        "outcome": done.outcome.value,
        "reasons": [reason.wording(lang) for reason in done.reasons],
        "requests": done.requests,
        "way": [{"title": step.title, "url": step.url} for step in found.way] if found else [],
        "lists": [
            {
                "address": one.address,
                "adapter": one.adapter,
                "sign": one.sign,
                "year": one.year,
                "category": one.category,
                "looked_at": one.looked_at,
                "also": one.others,
            }
            for one in (found.lists if found else ())
        ],
        "counts": [
            {"year": year, "category": category, "reports": count}
            for (year, category), count in (proof.counts.items() if proof else ())
        ],
        "read": [
            {
                "url": one.url,
                "organ": one.organ,
                "year": one.year,
                "tables": one.tables,
                "findings": one.findings,
                "problems": one.problems,
            }
            for one in (proof.read if proof else ())
        ],
        "left_out": proof.left_out if proof else (),
        "problems": [
            {"item": one.item, "code": one.code, "detail": one.detail} for one in (proof.problems if proof else ())
        ],
        "yaml": done.proposal.text if done.proposal else None,
    }


def _print_survey(done: "Survey", lang: str) -> None:
    words = _WORDS[lang]
    if done.found and done.found.way:
        click.echo(f"{words['way']}: " + " → ".join(step.title or step.url for step in done.found.way))
    if done.found:
        listed = [
            {
                words["year"]: one.year,
                words["category"]: one.category,
                words["adapter"]: one.adapter,
                words["seen"]: "✓" if one.looked_at else "",
                words["address"]: one.address,
            }
            for one in done.found.lists
        ]
        print_mappings(listed, title=words["lists"])
    if done.proof:
        _print_proof(done, words)
    if done.proposal:
        click.echo(done.proposal.text)
    click.echo(words["requests"].format(count=done.requests))
    click.echo(f"{done.given.address}: {OUTCOMES[lang][done.outcome.value]}")
    for reason in done.reasons:
        tell(f"  → {reason.wording(lang)}")


def _print_proof(done: "Survey", words: dict[str, str]) -> None:
    proof = done.proof
    assert proof is not None  # noqa: S101
    counts = [
        {words["year"]: year, words["category"]: category, words["reports"]: count}
        for (year, category), count in sorted(proof.counts.items(), key=lambda one: (-one[0][0], one[0][1] or ""))
    ]
    print_mappings(counts, title=words["counts"])
    read = [
        {
            words["organ"]: one.organ or words["not_said"],
            words["year"]: one.year,
            words["tables"]: len(one.tables),
            words["findings"]: one.findings,
            words["problems"]: "; ".join(one.problems),
            words["address"]: one.url,
        }
        for one in proof.read
    ]
    print_mappings(read, title=words["read"])
    left_out = [{words["left_out"]: title} for title in proof.left_out[:_SHOWN_LEFT_OUT]]
    print_mappings(left_out)


@click.command(
    epilog="""\b
Examples:
  gouji sources guess http://www.wenzhou.gov.cn/art/2020/1/21/art_1229253636_9636.html
"""
)
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@language_option
@json_option
def guess(addresses: tuple[str, ...], lang: str, as_json: bool) -> int:
    """Say which family each ADDRESS likely is of, by its shape alone: nothing is asked.

    Exit code 1 if one looks like none.
    """
    from tasks.sources.adapters import guess as families_of

    guessed = [{"address": address, "adapters": families_of(address)} for address in addresses]
    if as_json:
        print_json(guessed)
    else:
        print_mappings([{**one, "adapters": ", ".join(one["adapters"]) or "-"} for one in guessed], lang)
    return 0 if all(one["adapters"] for one in guessed) else 1
