"""Keeping a home in order: what is no longer needed removed, what cannot be made again backed up.

What of it concerns Prefect stands in :mod:`flows.operating`.
"""
