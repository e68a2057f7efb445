"""The kinds of check that rules are declared with, one module each.

A kind is a few fields of data, the SQL compiled from them, the sentence of a finding and an example of one: whatever
has to be known of it stands in its module, and a declaration imports it from there.
"""
