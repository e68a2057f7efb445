"""The catalogue of rules. To add one, declare it in a module here: everything else is made from the declaration."""

from collections.abc import Mapping
from types import MappingProxyType

from expectations.declarations import applications, cells, disputes, proactive, prose, publication, statistics, years
from expectations.model import Rule

_MODULES = (applications, cells, disputes, proactive, prose, publication, statistics, years)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in sorted(
            (rule for module in _MODULES for rule in module.RULES),
            key=lambda rule: rule.id,
        )
    }
)
"""Every declared rule by its id, in the order of the ids."""
