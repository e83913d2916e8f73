-- Places named in articles. A mention is a place in the stored text of an article.

-- A place of the atlas, as it was when it was last named.
CREATE TABLE place (
    -- Its number in GeoNames, or one of ours.
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    -- Comparable key of the name: what is followed.
    key        TEXT NOT NULL,
    -- country, region, city or area.
    sort       TEXT NOT NULL,
    country    TEXT,
    region     TEXT,
    latitude   REAL NOT NULL,
    longitude  REAL NOT NULL,
    population INTEGER NOT NULL
) STRICT;

CREATE TABLE mention (
    article        INTEGER NOT NULL REFERENCES article (id),
    -- Spans are places in the article's headline, else in its text.
    in_title       INTEGER NOT NULL,
    start          INTEGER NOT NULL,
    stop           INTEGER NOT NULL,
    -- The sentence that it stands in.
    sentence_start INTEGER NOT NULL,
    sentence_stop  INTEGER NOT NULL,
    -- NULL: named as a place, and not known.
    place          INTEGER REFERENCES place (id),
    -- The words.
    name           TEXT NOT NULL,
    confidence     REAL NOT NULL,
    PRIMARY KEY (article, in_title, start)
) STRICT, WITHOUT ROWID;

CREATE INDEX mention_place ON mention (place, article) WHERE place IS NOT NULL;
