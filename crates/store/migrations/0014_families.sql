-- When a person said to which family an outlet belongs: no count of copies changes it any more.
ALTER TABLE outlet ADD COLUMN family_said_at INTEGER;
