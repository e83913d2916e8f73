-- What an article tells of when, as the story room writes it, and the timeline that follows for each story.
CREATE TABLE dated (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    version INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;

-- Made anew when its story has changed. Days are counted from 1970.
CREATE TABLE story_day (
    story      INTEGER NOT NULL REFERENCES story (id),
    day        INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    articles   INTEGER NOT NULL,
    article    INTEGER NOT NULL REFERENCES article (id),
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    text       TEXT NOT NULL,
    PRIMARY KEY (story, day, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_day_article ON story_day (article);
