"""The formats, one module each, found here: a module declares its ``FORMAT``."""

import pkgutil
from functools import cache
from importlib import import_module

from tasks.extract.documents.file import Container, Format


@cache
def known_formats() -> tuple[Format | Container, ...]:
    """Every format that can be read."""
    modules = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return tuple(module.FORMAT for module in modules)
