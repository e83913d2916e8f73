-- Who said what. A quote is a place in the stored text of an article: its words are read from there and stand
-- nowhere else.

-- A person or body that speaks or acts.
CREATE TABLE actor (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    -- person, organisation, place or other.
    sort        TEXT NOT NULL,
    -- A person gave the name: no article changes it.
    named       INTEGER NOT NULL DEFAULT 0,
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    -- The actor that this one was merged into; never one that itself redirects.
    redirect_to INTEGER REFERENCES actor (id)
) STRICT;

CREATE INDEX actor_redirect ON actor (redirect_to) WHERE redirect_to IS NOT NULL;

-- The names and offices of an actor, each with the article that last gave it.
CREATE TABLE actor_alias (
    key       TEXT NOT NULL,
    actor     INTEGER NOT NULL REFERENCES actor (id),
    office    INTEGER NOT NULL,
    last_word TEXT NOT NULL,
    text      TEXT NOT NULL,
    article   INTEGER REFERENCES article (id),
    last_at   INTEGER NOT NULL,
    -- A person said that it is this actor's.
    decided   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (key, office, actor)
) STRICT, WITHOUT ROWID;

CREATE INDEX actor_alias_word ON actor_alias (last_word, office);
CREATE INDEX actor_alias_actor ON actor_alias (actor, office, last_at);
CREATE INDEX actor_alias_article ON actor_alias (article);

-- The same words wherever they are quoted.
CREATE TABLE saying (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE quote (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article    INTEGER NOT NULL REFERENCES article (id),
    saying     INTEGER NOT NULL REFERENCES saying (id),
    actor      INTEGER REFERENCES actor (id),
    -- Comparable key of the name or office that the actor was found by.
    key        TEXT,
    -- When the article was published.
    at         INTEGER NOT NULL,
    -- Spans are places in the article's headline, else in its text.
    in_title   INTEGER NOT NULL,
    -- direct, indirect or mixed.
    sort       TEXT NOT NULL,
    -- JSON arrays of [start, end].
    content    TEXT NOT NULL,
    source     TEXT NOT NULL,
    cue        TEXT NOT NULL,
    addressee  TEXT NOT NULL,
    occasion   TEXT NOT NULL,
    negated    INTEGER NOT NULL,
    confidence REAL NOT NULL,
    -- The earlier saying that this one denies or corrects.
    denies     INTEGER REFERENCES saying (id)
) STRICT;

CREATE INDEX quote_article ON quote (article);
CREATE INDEX quote_actor ON quote (actor, at, id) WHERE actor IS NOT NULL;
CREATE INDEX quote_at ON quote (at) WHERE actor IS NOT NULL;
CREATE INDEX quote_saying ON quote (saying, at, id);
CREATE INDEX quote_denies ON quote (denies) WHERE denies IS NOT NULL;

-- Where the same words are looked up.
CREATE TABLE quote_print (
    print INTEGER NOT NULL,
    quote INTEGER NOT NULL REFERENCES quote (id),
    PRIMARY KEY (print, quote)
) STRICT, WITHOUT ROWID;

CREATE INDEX quote_print_quote ON quote_print (quote);
