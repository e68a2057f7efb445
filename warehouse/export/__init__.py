"""Files for other programs: any answer as CSV, JSON, Parquet or a workbook, and a whole snapshot as a folder.

Here belongs how rows look outside DuckDB, and how an export is described; what is asked belongs to ``snapshots``.
"""
