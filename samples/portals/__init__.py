"""Small portals, one for each family of ``domain.md``, that answer over real HTTP with the family's quirks."""
