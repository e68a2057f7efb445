"""Staged batches into the store: report versions and their history, runs, and what is known already."""
