"""The statutory forms, declared once.

A *form* is one statutory table in one edition of the national template:

* edition ``2019``: 国办公开办函〔2019〕60号, for the report years 2019 and 2020;
* edition ``2021``: 国办公开办函〔2021〕30号, from the report year 2021;
* edition ``2014``: 国办发〔2014〕32号, the appendix of the report years 2014 to 2018.

The extractor recognises labels with these declarations, the schema and the data dictionary are generated
from them, and the rules refer to their codes. A new edition is a new declaration here and nothing else.
The edition is a property of a printed table, never of a report year: real reports mix editions.
"""

from collections.abc import Mapping
from types import MappingProxyType

from warehouse.forms.applications import (
    APPLICANT_GROUP,
    APPLICANT_PARTS,
    APPLICATIONS_2019,
    APPLICATIONS_2021,
    CONCLUDED_TOTAL,
    OUTCOMES,
    outcome_rows,
)
from warehouse.forms.disputes import DISPUTE_PARTS, DISPUTES_2019, DISPUTES_2021
from warehouse.forms.model import (
    STATUTORY_EDITIONS,
    STATUTORY_TABLES,
    TOTAL_COLUMN,
    Block,
    CellAddress,
    Column,
    Edition,
    Form,
    Group,
    Label,
    Measure,
    Row,
    TableCode,
)
from warehouse.forms.proactive import PROACTIVE_2019, PROACTIVE_2021
from warehouse.forms.statistics import STATISTICS_2014

FORMS: Mapping[tuple[TableCode, Edition], Form] = MappingProxyType(
    {
        (form.table, form.edition): form
        for form in (
            PROACTIVE_2019,
            APPLICATIONS_2019,
            DISPUTES_2019,
            PROACTIVE_2021,
            APPLICATIONS_2021,
            DISPUTES_2021,
        )
    }
)
"""The statutory tables by table and edition."""

APPENDIX = (TableCode.STATISTICS, Edition.E2014)
EVERY_FORM: Mapping[tuple[TableCode, Edition], Form] = MappingProxyType({APPENDIX: STATISTICS_2014, **FORMS})
"""Every declared form, the appendix of 2014 to 2018 included."""


def newest_form(table: str, row: str | None = None) -> Form | None:
    """Return the newest form of a table, or the newest that has a row."""
    forms = (form for form in reversed([*EVERY_FORM.values()]) if form.table == table)
    return next((form for form in forms if not row or row in form.rows), None)


__all__ = [
    "APPENDIX",
    "APPLICANT_GROUP",
    "APPLICANT_PARTS",
    "CONCLUDED_TOTAL",
    "DISPUTE_PARTS",
    "EVERY_FORM",
    "FORMS",
    "OUTCOMES",
    "STATUTORY_EDITIONS",
    "STATUTORY_TABLES",
    "TOTAL_COLUMN",
    "Block",
    "CellAddress",
    "Column",
    "Edition",
    "Form",
    "Group",
    "Label",
    "Measure",
    "Row",
    "TableCode",
    "newest_form",
    "outcome_rows",
]
