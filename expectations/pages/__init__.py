"""The rules and the data dictionary as pages to read, written from their declarations."""
