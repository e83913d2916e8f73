-- A reader has an address once. Two devices that were joined could each have brought it, and then each message came twice.
CREATE TEMP TABLE doubled AS SELECT id AS gone, kept FROM (
    SELECT id, FIRST_VALUE(id) OVER (PARTITION BY reader, kind, address ORDER BY state <> 'active', id) AS kept
    FROM receiver WHERE address IS NOT NULL) WHERE id <> kept;

UPDATE OR IGNORE delivery SET receiver = kept FROM doubled WHERE receiver = gone;

-- What both wait for and one was told is told.
UPDATE delivery SET state = had.state, done_at = had.done_at, claimed_until = 0
    FROM doubled, delivery AS had
    WHERE delivery.receiver = kept AND delivery.state = 'pending' AND had.receiver = gone
        AND had.development = delivery.development AND had.state IN ('accepted', 'folded');

DELETE FROM delivery WHERE receiver IN (SELECT gone FROM doubled);

INSERT INTO told (receiver, story, at, development, count)
    SELECT kept, story, MAX(at), MAX(development), MAX(count) FROM told JOIN doubled ON receiver = gone GROUP BY kept, story
    ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at), development = MAX(development, excluded.development),
        count = MAX(count, excluded.count);

DELETE FROM told WHERE receiver IN (SELECT gone FROM doubled);
DELETE FROM receiver WHERE id IN (SELECT gone FROM doubled);
DROP TABLE doubled;

CREATE UNIQUE INDEX receiver_address ON receiver (reader, kind, address) WHERE address IS NOT NULL;
