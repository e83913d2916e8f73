-- The first shape of the house. Times are milliseconds since 1970 in UTC. Ids are never used twice.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Tells an export of this store from an export of another one.
INSERT INTO setting (key, value) VALUES ('store.id', lower(hex(randomblob(16))));

CREATE TABLE outlet (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    host            TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    family          TEXT NOT NULL,
    articles        INTEGER NOT NULL DEFAULT 0,
    last_article_at INTEGER
) STRICT;

CREATE TABLE feed (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    url               TEXT NOT NULL UNIQUE,
    outlet            INTEGER NOT NULL REFERENCES outlet (id),
    title             TEXT,
    site              TEXT,
    -- JSON array of folder names from the outermost in.
    folder            TEXT NOT NULL DEFAULT '[]',
    etag              TEXT,
    last_modified     TEXT,
    -- Where a permanent redirect points, and how often in a row it was seen.
    moved_to          TEXT,
    moved_seen        INTEGER NOT NULL DEFAULT 0,
    health            TEXT NOT NULL DEFAULT 'new',
    last_error        TEXT,
    failures          INTEGER NOT NULL DEFAULT 0,
    entries           INTEGER NOT NULL DEFAULT 0,
    added_at          INTEGER NOT NULL,
    removed_at        INTEGER,
    last_refreshed_at INTEGER,
    last_entry_at     INTEGER,
    next_refresh_at   INTEGER NOT NULL,
    interval_s        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX feed_due ON feed (next_refresh_at) WHERE removed_at IS NULL;
CREATE INDEX feed_outlet ON feed (outlet);

CREATE TABLE entry (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    feed         INTEGER NOT NULL REFERENCES feed (id),
    guid         TEXT,
    link_key     TEXT,
    title_hash   TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    published    INTEGER,
    first_seen   INTEGER NOT NULL,
    revisions    INTEGER NOT NULL DEFAULT 0,
    -- The form that is read next: every form is read, in order, so that no edit is lost in a queue.
    next_form    INTEGER NOT NULL DEFAULT 0,
    -- 0 waits to be read, 1 is read, 2 given up.
    state        INTEGER NOT NULL DEFAULT 0,
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_try_at  INTEGER NOT NULL,
    last_error   TEXT
) STRICT;

CREATE INDEX entry_guid ON entry (feed, guid);
CREATE INDEX entry_link ON entry (feed, link_key);
CREATE INDEX entry_title ON entry (feed, title_hash);
CREATE INDEX entry_seen ON entry (feed, first_seen);
CREATE INDEX entry_waiting ON entry (next_try_at, id) WHERE state = 0;

-- Every form in which an entry was published; number 0 is the first.
CREATE TABLE entry_revision (
    entry  INTEGER NOT NULL REFERENCES entry (id),
    number INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    -- The entry as JSON.
    body   TEXT NOT NULL,
    PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE story (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    title         TEXT NOT NULL DEFAULT '',
    title_article INTEGER,
    language      TEXT NOT NULL DEFAULT 'und',
    phase         TEXT NOT NULL DEFAULT 'developing',
    rank          REAL NOT NULL DEFAULT 0,
    -- JSON array of {article, start, end, text}.
    lead          TEXT NOT NULL DEFAULT '[]',
    image         TEXT,
    -- JSON array of story ids.
    related       TEXT NOT NULL DEFAULT '[]',
    opened_at     INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    articles      INTEGER NOT NULL DEFAULT 0,
    copies        INTEGER NOT NULL DEFAULT 0,
    outlets       INTEGER NOT NULL DEFAULT 0,
    families      INTEGER NOT NULL DEFAULT 0,
    -- The story that this one was merged into; never a story that itself redirects.
    redirect_to   INTEGER REFERENCES story (id)
) STRICT;

CREATE INDEX story_front ON story (rank DESC, id DESC, updated_at, language) WHERE redirect_to IS NULL AND articles > 0;
CREATE INDEX story_language ON story (language, rank DESC, id DESC, updated_at) WHERE redirect_to IS NULL AND articles > 0;
CREATE INDEX story_redirect ON story (redirect_to) WHERE redirect_to IS NOT NULL;

CREATE TABLE article (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    entry      INTEGER UNIQUE REFERENCES entry (id),
    outlet     INTEGER NOT NULL REFERENCES outlet (id),
    story      INTEGER REFERENCES story (id),
    copy_of    INTEGER REFERENCES article (id),
    at         INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    language   TEXT NOT NULL,
    title      TEXT NOT NULL,
    url        TEXT,
    byline     TEXT,
    dateline   TEXT,
    teaser     TEXT,
    published  INTEGER,
    updated    INTEGER,
    image_url  TEXT,
    image_alt  TEXT,
    -- The outlet as the page names itself.
    claimed    TEXT,
    revisions  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX article_story ON article (story, at, id);
CREATE INDEX article_seen ON article (seen_at, id);
CREATE INDEX article_copy ON article (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX article_outlet ON article (outlet);

-- The long part of an article, kept apart so that lists stay small.
CREATE TABLE body (
    article    INTEGER PRIMARY KEY REFERENCES article (id),
    title      TEXT NOT NULL,
    summary    TEXT,
    text       TEXT NOT NULL,
    -- JSON array of [start, end].
    paragraphs TEXT NOT NULL,
    -- JSON array of {title, url}.
    related    TEXT NOT NULL
) STRICT;

-- What an article said before it was changed at `at`; number 0 is what was first read.
CREATE TABLE article_revision (
    article    INTEGER NOT NULL REFERENCES article (id),
    number     INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    title      TEXT NOT NULL,
    summary    TEXT,
    text       TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE headline_change (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    at      INTEGER NOT NULL,
    before  TEXT NOT NULL,
    after   TEXT NOT NULL
) STRICT;

CREATE INDEX headline_change_article ON headline_change (article, at);

-- Counts of a story by outlet and by hour: what cards and timelines are drawn from.
CREATE TABLE story_outlet (
    story    INTEGER NOT NULL REFERENCES story (id),
    outlet   INTEGER NOT NULL REFERENCES outlet (id),
    articles INTEGER NOT NULL,
    copies   INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    PRIMARY KEY (story, outlet)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_hour (
    story    INTEGER NOT NULL REFERENCES story (id),
    hour     INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    copies   INTEGER NOT NULL,
    PRIMARY KEY (story, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    story_id INTEGER,
    at       INTEGER NOT NULL,
    -- JSON object.
    body     TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE article_fts USING fts5 (
    title, summary, text,
    content = 'body', content_rowid = 'article',
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER body_added AFTER INSERT ON body BEGIN
    INSERT INTO article_fts (rowid, title, summary, text) VALUES (new.article, new.title, new.summary, new.text);
END;

CREATE TRIGGER body_changed AFTER UPDATE ON body BEGIN
    INSERT INTO article_fts (article_fts, rowid, title, summary, text)
        VALUES ('delete', old.article, old.title, old.summary, old.text);
    INSERT INTO article_fts (rowid, title, summary, text) VALUES (new.article, new.title, new.summary, new.text);
END;

CREATE TRIGGER body_removed AFTER DELETE ON body BEGIN
    INSERT INTO article_fts (article_fts, rowid, title, summary, text)
        VALUES ('delete', old.article, old.title, old.summary, old.text);
END;
