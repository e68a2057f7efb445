-- The bytes take the place of the digest; not together with filling them, which no transaction of DuckDB can.
ALTER TABLE core.report DROP COLUMN prose_digest;
ALTER TABLE core.report RENAME COLUMN prose_digest_in_bytes TO prose_digest;
