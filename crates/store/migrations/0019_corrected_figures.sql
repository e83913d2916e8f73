-- A figure that a correction says: what was told before no longer holds.
ALTER TABLE figure ADD COLUMN corrects INTEGER NOT NULL DEFAULT 0;
