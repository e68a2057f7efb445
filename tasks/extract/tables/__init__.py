"""Document → figures: the statutory tables, by two independent readings that must agree, and the appendix before 2019.

``by_grid`` and ``by_order`` find rows of figures, ``headers``, ``alignment`` and ``similarity`` tell what
stands where, ``assembly`` makes cells of them. Nothing here knows formats or prose.
"""

from tasks.extract.tables.appendix import read_statistics
from tasks.extract.tables.statutory import read_tables, tables_with_figures

__all__ = ["read_statistics", "read_tables", "tables_with_figures"]
