-- The organ that a link's title names, so that a report that could not be had is known to be that organ's.
ALTER TABLE raw.link ADD COLUMN organ_id VARCHAR;
ALTER TABLE raw.link ADD COLUMN organ_name VARCHAR;
