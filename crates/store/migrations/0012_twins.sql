-- What developments say, as the story room writes it, for as long as another story can say the same.
CREATE TABLE gist (
    development INTEGER PRIMARY KEY REFERENCES development (id),
    version     INTEGER NOT NULL,
    bytes       BLOB NOT NULL
) STRICT;

-- A development says what another one, of another story, said before: who was told of one is not told of both.
CREATE TABLE twin (
    development INTEGER NOT NULL REFERENCES development (id),
    other       INTEGER NOT NULL REFERENCES development (id),
    PRIMARY KEY (development, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX twin_other ON twin (other);
