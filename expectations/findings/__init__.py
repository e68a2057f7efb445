"""Rules held against the warehouse: what they find, where the error likely is, what excuses it, what mended it.

Here belongs whatever makes, places, explains or changes a finding. Needs no Great Expectations; what a rule *is* stands
in ``declarations`` and ``checks``.
"""
