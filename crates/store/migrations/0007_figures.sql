-- How many people something happened to, as the articles of a story told it through time. The story is the article's.
CREATE TABLE figure (
    -- What they are counted by: dead, injured, missing ...
    what       TEXT NOT NULL,
    value      REAL NOT NULL,
    at         INTEGER NOT NULL,
    article    INTEGER NOT NULL REFERENCES article (id),
    -- Byte range of the article's text; none is its headline.
    span_start INTEGER,
    span_end   INTEGER,
    PRIMARY KEY (article, what, value)
) STRICT, WITHOUT ROWID;
