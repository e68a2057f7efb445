"""``gouji sources check --all`` and ``update``: whether declared portals still hold, and what mends them."""

from typing import TYPE_CHECKING

import click

from flows.command_line.output import json_option, language_option, print_json, tell

if TYPE_CHECKING:
    from tasks.sources.declaration import Source
    from tasks.survey.standing import Standing

_WORDS = {
    "zh": {
        "holds": "与声明相符",
        "apply": "应用上述修改：gouji sources update {name}",
        "updated": "已修改 {path}；下一步：gouji sources check {name}",
        "nothing": "{name}：没有可以自动修改的内容",
        "counts": "{year} 年 {now} 篇，{before_year} 年 {before} 篇",
    },
    "en": {
        "holds": "holds",
        "apply": "to apply this change: gouji sources update {name}",
        "updated": "changed {path}; next: gouji sources check {name}",
        "nothing": "{name}: there is nothing to change",
        "counts": "{now} reports for {year}, {before} for {before_year}",
    },
}


def check_all(lang: str, as_json: bool) -> int:
    """Print how every source stands, with the change of its file that is proposed; exit code 1 if one does not hold."""
    from flows.running.sources import choose_sources
    from tasks.runs.home import make_home
    from tasks.settings import Settings
    from tasks.survey.standing import examine_all

    settings = Settings()
    make_home(settings.home)
    changed = False
    for standing in examine_all(choose_sources(settings.sources, None), settings):
        changed |= bool(standing.changes)
        if as_json:
            print_json(_as_json(standing, lang))
        else:
            _print(standing, lang)
    return 1 if changed else 0


@click.command(
    epilog="""\b
Examples:
  gouji sources update wenzhou
  gouji sources check --all
"""
)
@click.argument("name")
@language_option
@json_option
def update(name: str, lang: str, as_json: bool) -> int:
    """Change the file of the source NAME where its portal changed.

    A new year's list is added, one that moved is put where it is now; everything else in the file stays, comments too.
    The change is shown as a diff. Exit code 1 if something is left that a person must look at.
    """
    from flows.running.sources import choose_sources
    from tasks.settings import Settings

    (source,) = choose_sources(Settings().sources, [name])
    return compare(source, lang, as_json, write=True)


def compare(source: "Source", lang: str, as_json: bool, *, write: bool, start: str | None = None) -> int:
    """Print how a source stands, looked for from ``start`` or else its home page, and ``write`` what mends it.

    Exit code 1 if something is left that a person must look at, or that was not written.
    """
    from tasks.settings import Settings
    from tasks.survey.standing import apply, examine

    settings = Settings()
    standing = examine(source, settings, start=start)
    path = apply(standing, settings.sources) if standing.diff and write else None
    if as_json:
        print_json({**_as_json(standing, lang), "written": str(path) if path else None})
    else:
        _print(standing, lang, applied=write)
        words = _WORDS[lang]
        if path:
            click.echo(words["updated"].format(path=path, name=source.name))
        elif not standing.diff:
            click.echo(words["nothing"].format(name=source.name))
    left = [change for change in standing.changes if change.edit is None or not write]
    return 1 if left else 0


def _as_json(standing: "Standing", lang: str) -> dict[str, object]:
    return {
        "name": standing.name,
        "year": standing.year,
        "reports": {standing.year: standing.reports[0], standing.year - 1: standing.reports[1]},
        "changes": [{"kind": one.kind.value, "text": one.text.wording(lang)} for one in standing.changes],
        "diff": standing.diff,
    }


def _print(standing: "Standing", lang: str, *, applied: bool = False) -> None:
    words = _WORDS[lang]
    counts = words["counts"].format(
        year=standing.year, now=standing.reports[0], before_year=standing.year - 1, before=standing.reports[1]
    )
    holds = "" if standing.changes else f", {words['holds']}"
    click.echo(f"{standing.name}: {counts}{holds}")
    for change in standing.changes:
        tell(f"  {change.kind.value}: {change.text.wording(lang)}")
    if standing.diff:
        click.echo(standing.diff)
        if not applied:
            click.echo(words["apply"].format(name=standing.name))
