"""What flows write and ask: staged batches, report versions, problems, the record of runs, what is known already.

What analysts ask is in :mod:`warehouse.views`; findings are written by :mod:`expectations`.
"""
