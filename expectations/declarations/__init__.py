"""The catalogue of rules, found by being there: every ``Rule`` of every module of this folder.

To add one, declare it in a module here, old or new. Everything else is made from the declaration.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from expectations.model import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in sorted(
            (
                rule
                for module in pkgutil.iter_modules(__path__)
                for rule in import_module(f"{__name__}.{module.name}").RULES
            ),
            key=lambda rule: rule.id,
        )
    }
)
"""Every declared rule by its id, in the order of the ids."""
