"""What a rule says, in words made from its declaration: its formula with the form's labels, and an example."""

from collections.abc import Iterable, Iterator

from expectations.checks.identity import Identity
from expectations.model import Rule
from expectations.wording import sentence
from warehouse.forms import Edition
from warehouse.text import Text


def formula(rule: Rule, edition: Edition) -> Text | None:
    """Write a rule's identity with the labels of one edition of the form; ``None`` for a rule that is not one."""
    return rule.check.written(edition) if isinstance(rule.check, Identity) and edition in rule.editions else None


def example(rule: Rule) -> Text:
    """Make the sentence of a finding of made-up figures."""
    return sentence(rule.check.example(rule))


def page(rules: Iterable[Rule]) -> str:
    """Write the page of the documentation that explains every rule, in Markdown."""
    rules = tuple(rules)
    lines = [
        "# The rules",
        "",
        "Made from the declarations by `make docs`; a test fails when this page is older than they are.",
        "A *critical* rule is an accounting identity of the form; a *warning* is usually a mistake; *info* is worth a",
        "look. What could not be assessed is never counted as broken: the reason is kept instead.",
        "",
        "| rule | severity | 规则 | what must be true |",
        "| --- | --- | --- | --- |",
        *(
            f"| [{rule.id}](#{rule.id.lower()}) | {rule.severity} | {rule.title.chinese} | {rule.title.english} |"
            for rule in rules
        ),
    ]
    for rule in rules:
        lines += _section(rule)
    return "\n".join(lines) + "\n"


def _section(rule: Rule) -> Iterator[str]:
    shown = example(rule)
    editions = ", ".join(rule.editions)
    yield from ("", f"## {rule.id}", "", f"**{rule.title.chinese} · {rule.title.english}**", "")
    yield f"*{rule.severity}, per {rule.scope}, editions {editions}, version {rule.version}*"
    yield from ("", rule.explanation.chinese, "", rule.explanation.english, "")
    for edition in rule.editions:
        if written := formula(rule, edition):
            yield from (f"- {edition}: {written.chinese}", f"  - {written.english}")
    yield from ("", f"> {shown.chinese}", ">", f"> {shown.english}", "", f"Source: {rule.source}")
