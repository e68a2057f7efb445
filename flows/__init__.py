"""What runs: one module a flow, and the command line."""
