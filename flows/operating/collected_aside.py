"""A module run as a program whose garbage is collected in a thread of its own.

``python -m flows.operating.collected_aside MODULE ARGUMENTS``. Prefect's server on SQLite needs it: where its event
loop happens to collect the cursor of a connection that waits for SQLite's lock, the loop waits for that connection, and
so does whoever holds the lock and would give it back. Then all stands still until the connection's patience of a minute
is over. Another thread may wait there as long as it likes. What the program consists of when it has started is looked
through once: it is most of what there is, and nobody else runs while it is looked through.
"""

import gc
import runpy
import sys
import threading
import time

_EVERY_SECONDS = 1.0
_YOUNG, _ALL = 1, 2
"""Generations up to which is collected: mostly what is young, for to look through everything takes long."""
_ROUNDS = 30


def _collect() -> None:
    _go_round()
    gc.freeze()
    while True:
        _go_round()


def _go_round() -> None:
    for generation in (*[_YOUNG] * _ROUNDS, _ALL):
        time.sleep(_EVERY_SECONDS)
        gc.collect(generation)


if __name__ == "__main__":
    gc.disable()
    threading.Thread(target=_collect, name="garbage", daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
