"""Which version of the code is running."""

import subprocess
from functools import cache

from tasks.settings import REPOSITORY


@cache
def git_revision() -> str | None:
    """Return the commit that the code was checked out at, marked ``+`` if it was changed since; ``None`` elsewhere."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty=+"],  # noqa: S607
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return described.stdout.strip() or None
