"""The stages a flow is made of: discover, fetch, archive, extract, load, validate, publish."""
