FROM main.outcomes ORDER BY organ_id, year
