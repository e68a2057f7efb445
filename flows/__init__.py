"""What runs: one module a flow, how flows run, what they tell and what keeps them going; and the command line."""
