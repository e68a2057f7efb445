"""The audit: the rules over the warehouse's reports, or over files that nobody has loaded."""
