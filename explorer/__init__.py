"""The explorer: the published snapshot on pages, for people who would rather look than write SQL.

It reads and never writes, keeps no state and no session, and needs no JavaScript. A page is one module of ``pages`` and
one template; a chart is one module of ``charts``; every word of the interface stands in ``wording``.
"""
