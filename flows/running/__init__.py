"""How a flow runs: its parameters, its child runs and their batches, its record, its final state.

What a stage does stands in :mod:`tasks`; what is told of a run, in :mod:`flows.reporting`.
"""
