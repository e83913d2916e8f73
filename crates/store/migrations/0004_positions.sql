-- Where actors stand. A position is a place in the stored text of an article; the issue that it is about is a group
-- of places within its story, named by one of them.

CREATE TABLE position (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article    INTEGER NOT NULL REFERENCES article (id),
    actor      INTEGER NOT NULL REFERENCES actor (id),
    -- When the article was published.
    at         INTEGER NOT NULL,
    -- demands, offers, agrees, rejects, rules_out, threatens, conditions, undecided.
    stance     TEXT NOT NULL,
    -- Spans are places in the article's headline, else in its text.
    in_title   INTEGER NOT NULL,
    -- JSON arrays of [start, end]: what it is about, the words of the stance, the sentence.
    issue      TEXT NOT NULL,
    cue        TEXT NOT NULL,
    words      TEXT NOT NULL,
    -- In the actor's own words.
    said       INTEGER NOT NULL,
    -- Told as taken before.
    earlier    INTEGER NOT NULL,
    -- The issue within the story: its first position, and the one whose words name it.
    of_issue   INTEGER,
    named_by   INTEGER,
    -- It begins a stance of this actor on this issue, and which one it moved away from.
    begins     INTEGER NOT NULL DEFAULT 0,
    moved_from INTEGER
) STRICT;

CREATE INDEX position_article ON position (article);
CREATE INDEX position_actor ON position (actor, at, id);
