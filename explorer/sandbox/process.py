"""The parent's side: a child is started, asked one question, held to its limits, and gone afterwards."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import IO, Any

from explorer.errors import ToldError
from warehouse.snapshots.pool import BusyError
from warehouse.text import Text

_AT_ONCE = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 2.0
_SLOWER = 6
"""How much longer than its own work a child may take, on a machine that is busy with something else."""
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


class SandboxError(ToldError):
    """A child refused its question or was stopped; the message says why, in one line."""


@dataclass(frozen=True)
class Limits:
    """What a child may take: seconds of processor time, megabytes of memory, bytes of answer."""

    seconds: float
    megabytes: int
    answer_bytes: int = 20_000_000


def ask(task: str, limits: Limits, bodies: Sequence[bytes] = (), **arguments: object) -> Any:
    """Put a question to a child of its own, and return what it answers, as JSON has it, fractions exact.

    ``task`` is a module beside this one; ``arguments`` are JSON. Raises :class:`SandboxError`, and ``BusyError`` if
    other children are at work.
    """
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise BusyError("other questions of this kind are being answered; try again in a moment")
    try:
        return _answer_of(task, limits, bodies, arguments)
    finally:
        _AT_ONCE.release()


def _answer_of(task: str, limits: Limits, bodies: Sequence[bytes], arguments: Mapping[str, object]) -> Any:
    header = {"task": task, "sizes": [len(body) for body in bodies], "limits": asdict(limits), "arguments": arguments}
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "explorer.sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    overstayed = threading.Event()

    def stop() -> None:
        overstayed.set()
        _kill(process)

    watchdog = threading.Timer(limits.seconds * _SLOWER, stop)
    feeder = threading.Thread(target=_feed, args=(process.stdin, (json.dumps(header).encode() + b"\n", *bodies)))
    watchdog.start()
    feeder.start()
    with process:
        try:
            answered = process.stdout.read(limits.answer_bytes + 1) if process.stdout else b""
            is_too_long = len(answered) > limits.answer_bytes
            if is_too_long:
                _kill(process)
            code = process.wait()
        finally:
            watchdog.cancel()
            _kill(process)
            feeder.join()
    if is_too_long:
        most = f"{limits.answer_bytes / 1e6:g} MB"
        raise SandboxError(Text(f"已中止：结果超过 {most}", f"stopped: the answer has more than {most}"))
    if overstayed.is_set() or code == -signal.SIGXCPU:
        raise SandboxError(Text(f"已中止：超过 {limits.seconds:g} 秒", f"stopped after {limits.seconds:g} s"))
    if code != 0:
        most = f"{limits.megabytes} MB"
        raise SandboxError(
            Text(f"已中止：出错，或所用内存超过 {most}", f"stopped: it failed, or took more than {most} of memory")
        )
    answer = json.loads(answered, parse_float=Decimal)
    if "error" in answer:
        raise SandboxError(Text(answer["error"], answer["error"]))
    return answer["answer"]


def _feed(pipe: IO[bytes] | None, parts: Sequence[bytes]) -> None:
    """Write to a child as fast as it reads; one that is gone reads no more."""
    if pipe is None:
        return
    try:
        for part in parts:
            pipe.write(part)
        pipe.close()
    except (BrokenPipeError, ValueError):
        return


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a child with whatever it started; one that has ended already is left alone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
