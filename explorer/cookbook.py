"""The questions of the cookbook, to start from: their words and their SQL."""

import re
from functools import cache

from tasks.settings import REPOSITORY

_RECIPE = re.compile(r"^## (.+?)\n```sql\n(.+?)```\n", re.MULTILINE | re.DOTALL)


@cache
def recipes() -> tuple[tuple[str, str], ...]:
    """Return every question with its SQL; none where Gouji is installed without its documents."""
    path = REPOSITORY / "docs" / "cookbook.md"
    if not path.exists():
        return ()
    return tuple((question, sql.strip()) for question, sql in _RECIPE.findall(path.read_text(encoding="utf-8")))
