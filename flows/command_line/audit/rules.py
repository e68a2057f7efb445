"""``gouji rules``: the catalogue, and one rule explained."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.command_line.output import console, json_option, language_option, print_json, print_mappings, severity_mark

if TYPE_CHECKING:
    from expectations.model import Rule


@click.command(
    epilog="""\b
Examples:
  gouji rules
  gouji rules A1 --lang en
  gouji rules --export suites     the suites as JSON, for Great Expectations elsewhere
  gouji rules --output rules.md   a page that explains every rule
"""
)
@click.argument("rule_id", metavar="[RULE]", required=False)
@click.option("--export", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Page that explains every rule: .md.")
@language_option
@json_option
def rules(rule_id: str | None, folder: Path | None, output: Path | None, lang: str, as_json: bool) -> None:
    """List the rules, or explain one.

    Of one RULE: what must be true, where, an example, and where the rule comes from.
    """
    from expectations import RULES

    if folder is not None or output is not None:
        _write(folder, output)
        return
    if rule_id is not None and rule_id.upper() not in RULES:
        raise click.UsageError(f"no rule is called {rule_id!r}: there are {', '.join(RULES)}")
    chosen = list(RULES.values()) if rule_id is None else [RULES[rule_id.upper()]]
    described = [_as_mapping(rule, lang) for rule in chosen]
    if as_json:
        print_json(described)
    elif rule_id is None:
        shown = ("rule", "severity", "scope", "table", "title")
        print_mappings([{key: mapping[key] for key in shown} for mapping in described], lang)
    else:
        (mapping,), out = described, console()
        out.print(f"[bold]{mapping['rule']} {mapping['title']}[/]  {severity_mark(mapping['severity'], lang)}")
        out.print(f"  {mapping['explanation']}", markup=False)
        for name in ("formula", "example"):
            if mapping[name]:
                out.print(f"  {name}: {mapping[name]}", markup=False)
        out.print(f"  {mapping['scope']}; editions {', '.join(mapping['editions'])}; version {mapping['version']}")
        out.print(f"  {mapping['source']}", markup=False, style="dim")


def _write(folder: Path | None, output: Path | None) -> None:
    """Write the suites to a folder, the page to a file."""
    try:
        if folder is not None:
            from expectations.suites.export import export

            click.echo(f"{len(export(folder))} files written to {folder}", err=True)
        if output is not None:
            from expectations import RULES
            from expectations.pages.rules import page

            output.write_text(page(RULES.values()), encoding="utf-8")
            click.echo(f"{output} written", err=True)
    except OSError as error:
        raise click.FileError(str(error.filename), error.strerror or "cannot be written") from error


def _as_mapping(rule: "Rule", lang: str) -> dict[str, Any]:
    from expectations.pages.rules import example, formula

    texts = {"title": rule.title, "explanation": rule.explanation, "formula": None, "example": example(rule)}
    if rule.editions:
        texts["formula"] = formula(rule, rule.editions[-1])
    return {
        "rule": rule.id,
        "version": rule.version,
        "severity": str(rule.severity),
        "scope": str(rule.scope),
        "table": str(rule.table) if rule.table else None,
        "editions": [str(edition) for edition in rule.editions],
        **{name: text and text.wording(lang) for name, text in texts.items()},
        "source": rule.source,
    }
