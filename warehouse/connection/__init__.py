"""Reaching the store: where it is, who may write and when, a DuckDB file or a lake."""
