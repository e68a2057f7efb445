SELECT * EXCLUDE (organ_id, organ, year, edition) FROM main.outcomes
