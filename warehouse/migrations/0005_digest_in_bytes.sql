-- The digest of a report's prose as a byte a bucket: enough to compare two, and a quarter of the room.
ALTER TABLE core.report ADD COLUMN prose_digest_in_bytes UTINYINT[];
UPDATE core.report SET prose_digest_in_bytes = list_transform(
    prose_digest, lambda least: (CASE WHEN least = 4294967295 THEN 255 ELSE least % 255 END)::UTINYINT
);
