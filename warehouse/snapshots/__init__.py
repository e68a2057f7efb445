"""What analysts open: snapshots copied from the store, listed, opened read-only and asked in SQL."""
