-- Readers, what they follow, where they are told, what was new, and what became of telling it.

-- Whoever follows. No account: the secrets that its devices hold are all there is.
CREATE TABLE reader (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    since INTEGER NOT NULL
) STRICT;

-- Secrets of a reader, hashed: device (signs in a browser), feed (opens the private feed), link (moves the follows
-- to another device, once).
CREATE TABLE reader_key (
    hash    TEXT PRIMARY KEY,
    reader  INTEGER NOT NULL REFERENCES reader (id),
    purpose TEXT NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX reader_key_reader ON reader_key (reader);

CREATE TABLE receiver (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    reader     INTEGER NOT NULL REFERENCES reader (id),
    name       TEXT NOT NULL,
    -- push, webhook, ntfy, gotify, mail.
    kind       TEXT NOT NULL,
    -- The endpoint, address or mail address; none once the receiver is gone.
    address    TEXT,
    -- Scheme, host and port, or the domain of a mail address: whose answers are one peer's answers.
    origin     TEXT NOT NULL,
    -- The channel as JSON.
    channel    TEXT NOT NULL,
    -- Quiet hours as JSON.
    quiet      TEXT,
    threshold  TEXT NOT NULL,
    -- waiting (for the press in a first mail), active, gone.
    state      TEXT NOT NULL,
    -- Confirms a mail address, and ends all mail to it.
    code       TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    since      INTEGER NOT NULL,
    used       INTEGER NOT NULL,
    -- When a long unused one was warned.
    warned_at  INTEGER,
    -- What went wrong last, until something is accepted again; whether the operator must act.
    trouble    TEXT,
    trouble_at INTEGER,
    alert      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX receiver_push ON receiver (address) WHERE kind = 'push' AND address IS NOT NULL;
CREATE INDEX receiver_reader ON receiver (reader);
CREATE INDEX receiver_trouble ON receiver (trouble_at) WHERE trouble IS NOT NULL;

CREATE TABLE follow (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    reader    INTEGER NOT NULL REFERENCES reader (id),
    -- story, actor, place, search.
    kind      TEXT NOT NULL,
    -- The story's id, the key of the name, the words of the search.
    target    TEXT NOT NULL,
    threshold TEXT NOT NULL,
    families  INTEGER NOT NULL DEFAULT 1,
    since     INTEGER NOT NULL,
    -- Ends the follow by one press, without signing in.
    code      TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    UNIQUE (reader, kind, target)
) STRICT;

CREATE INDEX follow_target ON follow (kind, target, reader);

CREATE TABLE development (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    story    INTEGER NOT NULL REFERENCES story (id),
    -- Says what it is, so that it is published once: through replay, restart and merging.
    identity TEXT NOT NULL UNIQUE,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    weight   TEXT NOT NULL,
    families INTEGER NOT NULL,
    speaker  TEXT
) STRICT;

CREATE INDEX development_story ON development (story, id);

-- What a development stands on, with the words as they stood there when it was published.
CREATE TABLE evidence (
    development INTEGER NOT NULL REFERENCES development (id),
    position    INTEGER NOT NULL,
    article     INTEGER NOT NULL REFERENCES article (id),
    -- Byte range of the article's text; none is its headline.
    span_start  INTEGER,
    span_end    INTEGER,
    text        TEXT NOT NULL,
    PRIMARY KEY (development, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_article ON evidence (article);

-- Actors and places that a development is about.
CREATE TABLE concern (
    kind        TEXT NOT NULL,
    target      TEXT NOT NULL,
    development INTEGER NOT NULL REFERENCES development (id),
    PRIMARY KEY (kind, target, development)
) STRICT, WITHOUT ROWID;

CREATE INDEX concern_development ON concern (development);

CREATE TABLE delivery (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    receiver      INTEGER NOT NULL REFERENCES receiver (id),
    development   INTEGER NOT NULL REFERENCES development (id),
    story         INTEGER NOT NULL,
    -- The follow that asked for it; none once that was ended.
    follow        INTEGER REFERENCES follow (id) ON DELETE SET NULL,
    -- pending, accepted, folded, gone, refused.
    state         TEXT NOT NULL DEFAULT 'pending',
    attempts      INTEGER NOT NULL DEFAULT 0,
    next_try      INTEGER NOT NULL,
    -- A worker has it until then.
    claimed_until INTEGER NOT NULL DEFAULT 0,
    made_at       INTEGER NOT NULL,
    done_at       INTEGER,
    why           TEXT,
    UNIQUE (receiver, development)
) STRICT;

CREATE INDEX delivery_due ON delivery (next_try, id) WHERE state = 'pending';
CREATE INDEX delivery_waiting ON delivery (receiver, story, id) WHERE state = 'pending';
CREATE INDEX delivery_done ON delivery (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX delivery_development ON delivery (development);
CREATE INDEX delivery_follow ON delivery (follow) WHERE follow IS NOT NULL;

-- When a receiver was last told of a story.
CREATE TABLE told (
    receiver    INTEGER NOT NULL REFERENCES receiver (id),
    story       INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    development INTEGER NOT NULL,
    PRIMARY KEY (receiver, story)
) STRICT, WITHOUT ROWID;

-- How far a reader has looked at a story: what came later is new to it.
CREATE TABLE looked (
    reader      INTEGER NOT NULL REFERENCES reader (id),
    story       INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    development INTEGER NOT NULL,
    PRIMARY KEY (reader, story)
) STRICT, WITHOUT ROWID;

CREATE INDEX told_story ON told (story);
CREATE INDEX looked_story ON looked (story);
