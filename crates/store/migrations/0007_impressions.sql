-- What the story room took in of an article, as it writes it: so that a start need not read the last days again. Rows
-- of articles that no story compares any more go; one that is absent or of another version is made again.

CREATE TABLE impression (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    version INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;
