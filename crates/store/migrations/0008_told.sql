-- How many developments of a story a receiver was told, those folded into others counted: a device that missed a message
-- (a newer one took its place at the push service) knows from the next how many it missed.
ALTER TABLE told ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
