"""``python -m bench [NAME …]``: run the named benchmarks, or every one."""

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    """Run benchmarks one after another."""
    known = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name != "__main__"]
    for name in sys.argv[1:] or known:
        if name not in known:
            sys.exit(f"bench: no benchmark is called {name!r}: there are {', '.join(known)}")
        print(f"== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
