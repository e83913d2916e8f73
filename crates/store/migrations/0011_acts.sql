-- Who did what to whom. An act is a place in the stored text of an article.
CREATE TABLE act (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article    INTEGER NOT NULL REFERENCES article (id),
    -- When the article was published.
    at         INTEGER NOT NULL,
    -- Who acts and towards whom, with the comparable keys by which they were found; one of the two is known.
    actor      INTEGER REFERENCES actor (id),
    actor_key  TEXT,
    target     INTEGER REFERENCES actor (id),
    target_key TEXT,
    -- One of the fifteen classes of PLOVER; did, will, may or denies.
    class      TEXT NOT NULL,
    negated    INTEGER NOT NULL,
    modality   TEXT NOT NULL,
    confidence REAL NOT NULL,
    -- In the words of somebody other than the one who acts, and whose if that is known.
    claimed    INTEGER NOT NULL,
    teller     INTEGER REFERENCES actor (id),
    -- Spans are places in the article's headline, else in its text.
    in_title   INTEGER NOT NULL,
    -- JSON arrays of [start, end]: who acts, towards whom (may be none), the words of the act, the sentence.
    source     TEXT NOT NULL,
    toward     TEXT NOT NULL,
    cue        TEXT NOT NULL,
    words      TEXT NOT NULL
) STRICT;

CREATE INDEX act_article ON act (article);
CREATE INDEX act_actor ON act (actor, at, id) WHERE actor IS NOT NULL;
CREATE INDEX act_target ON act (target, at, id) WHERE target IS NOT NULL;
CREATE INDEX act_teller ON act (teller) WHERE teller IS NOT NULL;

-- The comparable key of the name or office that the actor was found by, so that a name split off takes what is its own.
ALTER TABLE position ADD COLUMN key TEXT;
