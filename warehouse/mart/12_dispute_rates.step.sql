FROM main.dispute_rates
