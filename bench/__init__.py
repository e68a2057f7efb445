"""Speed, as ratios measured in one run: one module a benchmark, each with a ``main`` that prints what it measured."""

import os

QUICK = "BENCH_QUICK" in os.environ
"""Whether to measure less, sooner."""
