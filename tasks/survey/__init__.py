"""Surveys of portals: from an address to a source that can be declared, and whether a declared one still holds.

How a page of one family is told belongs to ``sources.adapters``, how lists are walked to ``discover``; what is asked is
asked by ``fetch``, with the politeness of any source.
"""
