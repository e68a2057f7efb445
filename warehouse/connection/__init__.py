"""Reaching the store: where it is, who may write and when, a DuckDB file or a lake, and what is said if it fails.

Everybody else opens it with :func:`warehouse.store.writer`; the tables and what is in them are no matter of these.
"""
