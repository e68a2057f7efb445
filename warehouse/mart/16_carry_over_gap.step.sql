FROM main.carry_over_gap
