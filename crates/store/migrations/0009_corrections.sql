-- What people decide about stories: asked for here, then carried out by the one program that files articles.
CREATE TABLE correction (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    asked      TEXT NOT NULL,
    asked_at   INTEGER NOT NULL,
    state      TEXT NOT NULL DEFAULT 'waiting',
    done_at    INTEGER,
    -- The story that it left its mark on.
    story      INTEGER,
    -- Why it was not carried out.
    refusal    TEXT,
    -- What second looks must respect: whether two stories are one, which, and articles that stay (JSON).
    together   INTEGER,
    from_story INTEGER,
    into_story INTEGER,
    articles   TEXT
);
CREATE INDEX correction_waiting ON correction (id) WHERE state = 'waiting';
CREATE INDEX correction_story ON correction (story, id);

ALTER TABLE story ADD COLUMN muted_at INTEGER;
ALTER TABLE development ADD COLUMN withdrawn_at INTEGER;
