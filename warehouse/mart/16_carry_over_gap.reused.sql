SELECT report_id, gap AS carry_over_gap FROM main.carry_over_gap
