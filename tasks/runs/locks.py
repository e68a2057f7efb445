"""Which runs live, and what they keep each other from: nothing is published while anything is being loaded.

So no reader sees half of a year. A run that waits to publish keeps later ones from loading, or it could wait for ever.
Nobody waits for a run that has ended, however it ended.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from tasks.settings import Settings
from warehouse.connection.locks import Locks, held, locks_of

_LOADING, _WAITING = "loading", "waiting-to-publish"


def alive(settings: Settings, run_id: str) -> AbstractContextManager[None]:
    """Show to every process that works with the same warehouse that a run lives, as long as the block runs."""
    return held(_locks(settings), _name(run_id))


def dead(settings: Settings, run_ids: Iterable[str]) -> tuple[str, ...]:
    """Return those of some runs that no process is at any more."""
    locks = _locks(settings)
    return tuple(run_id for run_id in run_ids if not _lives(locks, run_id))


@contextmanager
def loading(settings: Settings, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Let nothing be published as long as the block runs. Others may load meanwhile."""
    locks = _locks(settings)
    with ExitStack() as stack:
        with held(locks, _WAITING, shared=True, on_wait=lambda: on_wait("waiting for another run to publish")):
            stack.enter_context(held(locks, _LOADING, shared=True))
        yield


@contextmanager
def publishing(settings: Settings, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Let nothing be loaded as long as the block runs, which begins once every run that loads has done so."""
    locks = _locks(settings)
    message = "waiting to publish until no other run is loading, for readers are shown whole years only"
    with (
        held(locks, _WAITING, on_wait=lambda: on_wait("waiting for another run to publish")),
        held(locks, _LOADING, on_wait=lambda: on_wait(message)),
    ):
        yield


def _lives(locks: Locks, run_id: str) -> bool:
    with locks.attempt(_name(run_id)) as taken:
        return not taken


def _name(run_id: str) -> str:
    return f"run-{run_id}"


def _locks(settings: Settings) -> Locks:
    return locks_of(settings.store, settings.locks)
