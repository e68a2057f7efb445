-- Versions that an address showed one after the other: few rows, and dear to find among all sightings.
FROM main.revision ORDER BY year, organ_id, first_seen_after_at, url
