"""What a report's prose claims, of whom and when, and a digest to tell texts that are nearly the same."""
