FROM main.outcomes
