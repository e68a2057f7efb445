"""Document → statutory cells: two independent readings, by rows and by text order, and what both agree on."""
