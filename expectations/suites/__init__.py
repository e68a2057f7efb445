"""All of Great Expectations: suites compiled from the declarations, run on a warehouse, drawn as Data Docs, exported.

Nothing else imports Great Expectations, and this only where it is needed: to import it takes seconds.
"""
