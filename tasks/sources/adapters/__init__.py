"""The families of portals, one module each, found by the module's name."""

import pkgutil
from functools import cache
from importlib import import_module

from tasks.sources.adapter import Adapter, Answer, Recognition
from tasks.sources.declaration import Index, Listing, Source, SourceError


def adapter_names() -> tuple[str, ...]:
    """The names that a source file may give as its adapter."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@cache
def find_adapter(name: str) -> type[Adapter]:
    """The adapter of the module with this name.

    Raises:
        SourceError: there is none; the message lists those that there are.
    """
    if name not in adapter_names():
        raise SourceError(f"no adapter {name!r}; there are {', '.join(adapter_names())}")
    module = import_module(f"{__name__}.{name}")
    return next(
        member
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, Adapter) and member.__module__ == module.__name__
    )


def recognise(page: Answer) -> list[tuple[str, Recognition]]:
    """The families that a page may be a list of: those that are sure before the others."""
    found = ((name, find_adapter(name).recognise(page)) for name in adapter_names())
    return sorted(((name, one) for name, one in found if one), key=lambda pair: not pair[1].sure)


def guess(address: str) -> list[str]:
    """The families whose addresses look like this one."""
    shapes = ((name, find_adapter(name).addresses) for name in adapter_names())
    return [name for name, shape in shapes if shape and shape.search(address)]


def adapter_for(source: Source, where: Listing | Index) -> Adapter:
    """The configured adapter of a list, from its own parameters before the source's.

    Raises:
        SourceError: no adapter is named, or none has that name.
        pydantic.ValidationError: a parameter does not fit the adapter.
    """
    name = where.adapter or source.adapter
    if name is None:
        raise SourceError("no adapter is named, neither here nor for the whole source")
    inherited = source.parameters if where.adapter in (None, source.adapter) else {}
    return find_adapter(name).model_validate({**inherited, **where.parameters})
