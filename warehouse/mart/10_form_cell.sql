-- The forms as rows: joins with them are planned by what a table is known to hold.
FROM main.form_cell ORDER BY table_code, edition, position
