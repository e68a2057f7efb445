SELECT report_id, carry_over_gap AS gap FROM mart.report WHERE carry_over_gap IS NOT NULL
