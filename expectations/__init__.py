"""The accounting rules, and the Great Expectations suites compiled from them."""
