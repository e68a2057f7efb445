"""Commands of operators: flows run and served, portals, problems, runs, backups; and the demo."""
