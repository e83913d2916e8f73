-- Until when the peer of a receiver asked to be left alone.
ALTER TABLE receiver ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
