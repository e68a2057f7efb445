SELECT * EXCLUDE (organ_id, organ, year, quality) FROM main.dispute_rates
