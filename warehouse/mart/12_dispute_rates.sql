FROM main.dispute_rates ORDER BY organ_id, year
