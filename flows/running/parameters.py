"""The parameters of the flows, checked before a run begins. What they mean stands with each flow: the form shows it."""

from typing import Annotated

from pydantic import AfterValidator, Field

from flows.running.years import YearsError, parse_years
from tasks.calendar import FIRST_YEAR


def _checked_years(value: str | int) -> str | int:
    try:
        parse_years(str(value))
    except YearsError as error:
        raise ValueError(str(error)) from error
    return value


_YearsText = Annotated[str, Field(pattern=r"^[\d\s,-]+$", examples=["2023", "2019-2024", "2019,2022"])]
_OneYear = Annotated[int, Field(ge=FIRST_YEAR)]

Years = Annotated[_YearsText | _OneYear, AfterValidator(_checked_years)]
"""``2023``, ``2019-2024`` or ``2019,2022``."""

SourceName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", examples=["wenzhou"])]
"""A portal, by the name of its file."""

KeepDays = Annotated[int, Field(ge=1, le=3650)]
