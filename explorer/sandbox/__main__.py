"""The child's side: read a question, bind oneself, answer it, end."""

import json
import os
import resource
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

from explorer.sandbox.process import Limits
from warehouse.errors import GoujiError
from warehouse.lean import without_pandas
from warehouse.values import json_text

_TASKS = ("sql", "check", "source")


def main() -> None:
    """Answer the question on stdin as one line of JSON on stdout."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    header = json.loads(sys.stdin.buffer.readline())
    bodies = [sys.stdin.buffer.read(size) for size in header["sizes"]]
    if header["task"] not in _TASKS:
        raise SystemExit(2)
    with without_pandas():
        task = import_module(f"explorer.sandbox.{header['task']}")
        _bind(Limits(**header["limits"]))
        answers.write(json_text(_answer(task, bodies, header["arguments"])).encode())
    answers.close()
    os._exit(0)  # no thread of a library may hold it back


def _answer(task: ModuleType, bodies: list[bytes], arguments: Mapping[str, object]) -> dict[str, object]:
    try:
        return {"answer": task.answer(bodies, **arguments)}
    except GoujiError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": "stopped: it took too much memory"}
    except Exception as error:  # whatever a stranger's bytes bring about is theirs to be told of
        return {"error": f"it could not be done: {type(error).__name__}"}


def _bind(limits: Limits) -> None:
    """Hold this process to its limits, of which it cannot free itself: it writes no file, its work and memory end."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory = Path("/proc/self/statm")
    if memory.exists():
        data = int(memory.read_text(encoding="ascii").split()[5]) * resource.getpagesize()
        allowed = data + limits.megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))


if __name__ == "__main__":
    main()
