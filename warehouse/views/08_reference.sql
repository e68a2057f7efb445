CREATE OR REPLACE VIEW main.organ AS
SELECT * FROM core.organ;

-- The register of regions, each with its place from the province down.
CREATE OR REPLACE VIEW main.region_register AS
SELECT
    region.region_code,
    region.name,
    concat(province.name, city.name, CASE WHEN region.level = 'county' THEN region.name END) AS full_name,
    region.level,
    region.parent_code,
    region.listed_until,
    region.successor_code,
    region.former_names
FROM core.region AS region
LEFT JOIN core.region AS province ON province.region_code = region.region_code[:2] || '0000'
LEFT JOIN core.region AS city ON city.region_code = region.region_code[:4] || '00' AND city.level = 'city';

CREATE OR REPLACE VIEW main.source AS
SELECT * FROM core.source;

CREATE OR REPLACE VIEW main.rule AS
SELECT * FROM audit.rule
