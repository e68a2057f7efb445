"""Fetching: from links to archived pages, politely, with nothing fetched twice and nothing lost.

Whatever is asked of a portal over the wire goes through here: how it is asked, how often, how long it may take, and
whether what answers is what was asked for. What the answers mean belongs elsewhere: lists to ``discover``, reports
to ``extract``.
"""
