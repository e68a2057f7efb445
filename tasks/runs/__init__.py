"""A run: who it is, what it knows already, what it did and how long it took, that it lives, and how it is stopped.

What a run does stands in the stages; what is asked of the warehouse, in :mod:`warehouse.loading`.
"""
