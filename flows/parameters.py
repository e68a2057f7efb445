"""The parameters of the flows: checked before a run begins, and described for the form in Prefect's interface."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from flows.sources import known_names
from flows.years import YearsError, parse_years


def _checked_years(value: str | int) -> str:
    try:
        parse_years(str(value))
    except YearsError as error:
        raise ValueError(str(error)) from error
    return str(value)


def _offer_known_sources(schema: dict[str, Any]) -> None:
    """Let the form offer the sources that are declared where the deployment is made."""
    if names := known_names():
        schema["enum"] = names


Years = Annotated[
    str | int,
    AfterValidator(_checked_years),
    Field(
        title="Report years",
        description="One year or several: 2023, 2019-2024 or 2019,2022. A report for 2023 is published in 2024.",
        examples=["2023", "2019-2024", "2019,2022"],
    ),
]

SomeYears = Annotated[
    Years | None,
    Field(title="Report years", description="One year or several; every year that is on record if none is given."),
]

SourceName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", json_schema_extra=_offer_known_sources)]

Sources = Annotated[
    list[SourceName] | None,
    Field(title="Sources", description="Portals by the names of their files; every one if none is named."),
]

Force = Annotated[
    bool,
    Field(title="Fetch anew", description="Fetch and read anew what was fetched a short while ago or read before."),
]

Everything = Annotated[
    bool,
    Field(title="Everything", description="Read also what today's extractor has read already."),
]

KeepDays = Annotated[
    int,
    Field(ge=1, le=3650, title="Days to keep", description="Days after which what is no longer needed is removed."),
]
