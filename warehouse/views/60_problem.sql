CREATE OR REPLACE VIEW main.problem AS
SELECT * FROM audit.problem WHERE resolved_at IS NULL
