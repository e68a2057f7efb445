"""``python -m bench [--quick] [NAME …]``: run the named benchmarks, or every one, each in a process of its own.

What each prints, what it ran on and how much memory its processes took at the most go to ``bench/results/NAME.json``:
a line that is JSON as ``figures``, any other as ``said``. ``--quick`` runs the short ones, over less, in some minutes.
"""

import json
import os
import pkgutil
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bench
from bench.memory import peak_of

RESULTS = Path(__file__).parent / "results"
_NO_BENCHMARKS = ("__main__", "curves", "memory")
_SHORT = ("extract", "load", "nation", "questions", "validate")
_VERSIONS = ("duckdb", "great-expectations", "lxml", "pandas", "prefect", "pyarrow")


def main() -> None:
    """Run benchmarks one after another."""
    known = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in _NO_BENCHMARKS]
    is_quick, names = "--quick" in sys.argv, [name for name in sys.argv[1:] if name != "--quick"]
    RESULTS.mkdir(exist_ok=True)
    for name in names or (_SHORT if is_quick else known):
        if name not in known:
            sys.exit(f"bench: no benchmark is called {name!r}: there are {', '.join(known)}")
        print(f"== {name}", flush=True)
        text = json.dumps(_measured(name, is_quick), ensure_ascii=False, indent=2)
        (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def _measured(name: str, is_quick: bool) -> dict[str, Any]:
    started, said, figures = time.perf_counter(), [], []
    environment = {**os.environ, **({"BENCH_QUICK": "1"} if is_quick else {})}
    command = [sys.executable, "-m", f"bench.{name}"]
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process,
        peak_of(process.pid) as peak,
    ):
        for line in process.stdout or ():
            print(line, end="", flush=True)
            (figures if line.startswith("{") else said).append(line.rstrip())
    if process.returncode:
        sys.exit(f"bench: {name} failed")
    return {
        "benchmark": name,
        "quick": is_quick,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - started, 1),
        "peak_bytes": peak.bytes,
        "figures": [json.loads(line) for line in figures],
        "said": said,
        "machine": {
            "system": platform.platform(),
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
            "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
            "python": platform.python_version(),
            **{each: version(each) for each in _VERSIONS},
        },
    }


if __name__ == "__main__":
    main()
