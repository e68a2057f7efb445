"""How a flow runs: its parameters, its child runs and their batches, its record, its final state."""
