"""The archive: every body under its sha256, what was last answered at each address, every request on record.

Whatever is kept of a portal's answers belongs here; how they are asked for does not.
"""
