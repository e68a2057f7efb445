-- The register of regions (warehouse.regions), written anew whenever the register changes.
CREATE TABLE core.region (
    region_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    parent_code VARCHAR,
    listed_until DATE,
    successor_code VARCHAR,
    former_names VARCHAR[] NOT NULL
);
