"""The catalogue of rules as tables of the warehouse."""

from collections.abc import Iterable, Iterator

from expectations.checks.identity import Identity
from expectations.declarations import RULES
from expectations.model import Rule
from expectations.wording import REASONS
from warehouse.store import Connection, insert_values


def declare(connection: Connection, rules: Iterable[Rule] = RULES.values()) -> None:
    """Write the catalogue into ``audit.rule``, ``rule_term`` and ``reason``, in place of what stood there."""
    rules = tuple(rules)
    for table in ("rule", "rule_term", "reason"):
        connection.execute(f"DELETE FROM audit.{table}")
    insert_values(connection, "audit.rule", [_rule_row(rule) for rule in rules])
    insert_values(connection, "audit.rule_term", [row for rule in rules for row in _term_rows(rule)])
    insert_values(connection, "audit.reason", [(code, text.chinese, text.english) for code, text in REASONS.items()])


def _rule_row(rule: Rule) -> tuple[object, ...]:
    return (
        rule.id,
        rule.version,
        rule.title.chinese,
        rule.title.english,
        rule.explanation.chinese,
        rule.explanation.english,
        rule.severity,
        rule.scope,
        rule.table,
        list(rule.editions),
        rule.source,
    )


def _term_rows(rule: Rule) -> Iterator[tuple[object, ...]]:
    if not isinstance(rule.check, Identity):
        return
    for formula in rule.check.formulas:
        for position, (side, term) in enumerate(formula.terms()):
            yield rule.id, formula.edition, side, position, term.weight, term.years_back, term.row, term.column
