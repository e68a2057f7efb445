"""Which module may import which: the contracts of pyproject.toml."""

import subprocess
import sys
from pathlib import Path


def test_every_import_keeps_the_contracts():
    # A process of its own: it turns off every logger that was there before it.
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr
