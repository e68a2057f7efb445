"""Report years as people write them."""

import re

from tasks.calendar import FIRST_YEAR, today
from warehouse.errors import GoujiError


class YearsError(GoujiError):
    """Years that cannot be understood or cannot have reports; one line that says what is accepted."""

    exit_code = 2


def parse_years(text: str) -> tuple[int, ...]:
    """Read ``2019``, ``2019-2024`` or ``2019,2021-2023``; return the years in order, each once.

    Raises :class:`YearsError` for anything else, and for years before the first or not yet begun.
    """
    last = today().year
    years: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{4})\s*(?:-\s*(\d{4})\s*)?", part)
        if not match:
            raise YearsError(f"{text!r} is no year: write 2019, 2019-2024 or 2019,2021-2023")
        first, final = int(match[1]), int(match[2] or match[1])
        if first > final:
            raise YearsError(f"{part.strip()!r} runs backwards: write {final}-{first}")
        if first < FIRST_YEAR or final > last:
            raise YearsError(f"{part.strip()!r}: there are reports for the years {FIRST_YEAR} to {last} only")
        years.update(range(first, final + 1))
    return tuple(sorted(years))
