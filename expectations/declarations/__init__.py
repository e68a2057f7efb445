"""The catalogue of rules. To add one, declare it in a module here: everything else is made from the declaration."""

from collections.abc import Mapping
from types import MappingProxyType

from expectations.declarations import applications, cells, disputes
from expectations.model import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.id: rule for module in (applications, cells, disputes) for rule in module.RULES}
)
"""Every declared rule by its id."""
