"""The statutory forms, the schema, and opening, loading and publishing the store."""
