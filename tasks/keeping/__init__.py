"""Keeping a home in order: what is no longer needed removed, what cannot be made again backed up."""
