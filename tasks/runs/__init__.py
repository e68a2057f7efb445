"""A run on record: that it lives, what it knows already, what it did and how long it took, and how it is stopped."""
