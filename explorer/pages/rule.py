"""One rule: its words, its formula in every edition of the form, an example, and what it came to each year."""

from expectations import RULES
from expectations.pages.rules import example, formula
from explorer.asking import Question
from explorer.pages.page import Context, NotThereError, Page
from warehouse.snapshots.pool import Lease
from warehouse.text import Text

_YEARS = "SELECT * EXCLUDE (rule_id) FROM mart.rule_year WHERE rule_id = $rule ORDER BY year"
_LATEST = """
    SELECT finding_id, report_id, organ, year, severity, sentence_zh, sentence_en, waiver FROM mart.finding
    WHERE rule_id = $rule ORDER BY year DESC, organ_id, finding_id LIMIT 10
"""


def view(asked: Question, lease: Lease) -> Context:
    """Gather what is known of a rule."""
    rule = RULES.get(asked.parts["rule"])
    if rule is None:
        raise NotThereError(
            Text(
                f"没有规则 {asked.parts['rule'][:20]}；有：{'、'.join(RULES)}",
                f"no rule {asked.parts['rule'][:20]}; there are {', '.join(RULES)}",
            )
        )
    return {
        "rule": rule,
        "formulas": [(edition, written) for edition in rule.editions if (written := formula(rule, edition))],
        "example": example(rule),
        "years": lease.rows(_YEARS, rule=rule.id),
        "latest": lease.rows(_LATEST, rule=rule.id),
    }


PAGE = Page("/rules/{rule}", "rule.html", view)
