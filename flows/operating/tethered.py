"""A module run as a program that lives no longer than whoever started it.

``python -m flows.operating.tethered MODULE ARGUMENTS``: its standard input is a pipe that nobody writes to. The kernel
closes it when the process at the other end is gone, however that ended; then the program is told to stop.
"""

import os
import runpy
import signal
import sys
import threading


def _end_with_the_other_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_other_end, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
