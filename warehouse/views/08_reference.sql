CREATE OR REPLACE VIEW main.organ AS
SELECT * FROM core.organ;

CREATE OR REPLACE VIEW main.source AS
SELECT * FROM core.source;

CREATE OR REPLACE VIEW main.rule AS
SELECT * FROM audit.rule
