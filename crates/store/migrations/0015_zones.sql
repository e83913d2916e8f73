-- The zone of a reader's clock stands beside the quiet hours and no more in them: a digest goes by it too. IANA's name; none
-- is UTC.
ALTER TABLE receiver ADD COLUMN zone TEXT;

UPDATE receiver SET zone = json_extract(quiet, '$.zone'), quiet = json_remove(quiet, '$.zone') WHERE quiet IS NOT NULL;
