"""Claims of the prose beside the sentences they stand in."""

from collections.abc import Iterable

from explorer.sheets.marks import Group
from warehouse.rows import Row


def by_quote(statements: Iterable[Row], groups: Iterable[Group]) -> list[Row]:
    """Gather the claims of the prose by the sentence they stand in, with the numbers of the findings on each."""
    numbers: dict[int, list[int]] = {}
    for group in groups:
        for finding in group.findings:
            if finding["statement_ordinal"] is not None:
                numbers.setdefault(finding["statement_ordinal"], []).append(group.number)
    quotes: dict[str, list[Row]] = {}
    for each in statements:
        quotes.setdefault(each["quote"], []).append({**each, "numbers": numbers.get(each["ordinal"], [])})
    return [
        {"quote": quote, "claims": claims, "is_broken": any(claim["numbers"] for claim in claims)}
        for quote, claims in quotes.items()
    ]
