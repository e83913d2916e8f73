//! Follows: what a reader wants to hear of. A story that is merged takes its followers along.

use crate::column::{at, big_count, count, millis};
use crate::developments::passed_by_weight;
use crate::error::{Result, StoreError};
use crate::search::Alone;
use crate::view::FollowView;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{Follow, FollowId, ReaderId, StoryId, Target, Threshold};
use rusqlite::{OptionalExtension, Row, params};

/// Follows of one reader.
const MOST: i64 = 1_000;
/// Followed searches of one reader: each is held against every article that brings something new.
const MOST_SEARCHES: i64 = 20;
/// Different searches that all readers follow together: holding them against an article takes some ten milliseconds, 90 when
/// all ask for the widest beginnings, and the writer waits for it.
const MOST_SEARCHES_IN_ALL: i64 = 2_000;
/// Bytes of a name's key or of a search.
const LONGEST: usize = 400;
/// Families that a follow may ask for.
const MOST_FAMILIES: u32 = 100;

const ADD: &str = "INSERT INTO follow (reader, kind, target, threshold, families, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (reader, kind, target) DO UPDATE SET threshold = excluded.threshold, families = excluded.families
    RETURNING id";
const HAS_ROOM: &str =
    "SELECT COUNT(*) < ?2 OR EXISTS (SELECT 1 FROM follow WHERE reader = ?1 AND kind = ?3 AND target = ?4)
    FROM follow WHERE reader = ?1";
/// Whether one more search fits: with the reader's own, and among all.
const SEARCH_FITS: &str = "SELECT (SELECT COUNT(*) FROM follow WHERE reader = ?1 AND kind = 'search') < ?3,
    EXISTS (SELECT 1 FROM follow WHERE kind = 'search' AND target = ?2)
        OR (SELECT COUNT(DISTINCT target) FROM follow WHERE kind = 'search') < ?4";
const FOLLOWED: &str = "SELECT 1 FROM follow WHERE reader = ?1 AND kind = 'search' AND target = ?2";
const STORY: &str = "SELECT COALESCE(redirect_to, id) FROM story WHERE id = ?1";
const SET: &str = "UPDATE follow SET threshold = ?3, families = ?4 WHERE id = ?1 AND reader = ?2";
const ENDING: &str = "SELECT id, reader FROM follow WHERE (id = ?1 AND reader = ?2) OR code = ?3";
const WAITS: &str = "SELECT 1 FROM delivery WHERE state = 'pending' AND follow = ?1";
const OTHER_SEARCHES: &str =
    "SELECT id, target FROM follow WHERE reader = ?2 AND id <> ?1 AND kind = 'search'";
/// What waits for a follow that ends (`?1`), and that another follow of the same reader asks for and lets pass too, waits
/// for that one. `?2` says which thresholds a weight passes.
const HAND_OVER: &str =
    "UPDATE delivery SET follow = other.id FROM follow AS other, follow AS ending, development
    WHERE delivery.state = 'pending' AND delivery.follow = ending.id AND ending.id = ?1
        AND development.id = delivery.development
        AND other.reader = ending.reader AND other.id <> ending.id AND other.families <= development.families
        AND other.threshold IN (SELECT value FROM json_each(?2, '$.' || development.weight))
        AND ((other.kind = 'story' AND other.target = CAST(delivery.story AS TEXT))
            OR EXISTS (SELECT 1 FROM concern WHERE concern.development = delivery.development
                AND concern.kind = other.kind AND concern.target = other.target))";
/// What still waits for a follow, with the article that each stands on first.
const WAITING: &str = "SELECT DISTINCT delivery.development, article FROM delivery
    JOIN evidence ON evidence.development = delivery.development AND position = 0
    WHERE state = 'pending' AND follow = ?1 ORDER BY article";
/// One of these for the search `?3` that matches its article.
const HAND_TO_SEARCH: &str = "UPDATE delivery SET follow = other.id FROM follow AS other, development
    WHERE delivery.state = 'pending' AND delivery.follow = ?1 AND delivery.development = ?4 AND other.id = ?3
        AND development.id = delivery.development AND other.families <= development.families
        AND other.threshold IN (SELECT value FROM json_each(?2, '$.' || development.weight))";
/// The rest is looked at at once: the worker sees that nobody asks for it any more.
const HURRY: &str = "UPDATE delivery SET next_try = 0 WHERE state = 'pending' AND follow = ?1";
const END: &str = "DELETE FROM follow WHERE id = ?1 AND reader = ?2";
const END_BY_CODE: &str = "DELETE FROM follow WHERE code = ?1 RETURNING kind, target";
const BY_CODE: &str = "SELECT kind, target FROM follow WHERE code = ?1";
const OF_TARGET: &str = "SELECT id, reader, kind, target, threshold, families, since FROM follow
    WHERE reader = ?1 AND kind = ?2 AND target = ?3";
const FOLLOWERS: &str = "SELECT COUNT(*) FROM follow WHERE kind = ?1 AND target = ?2";
const SEARCHES: &str = "SELECT DISTINCT target FROM follow WHERE kind = 'search'";
/// With the story's title, or the actor's or place's name as written, and what is new in it since its reader looked.
const ALL: &str = "SELECT follow.id, follow.reader, follow.kind, target, threshold, follow.families, since, code,
        CASE follow.kind WHEN 'story' THEN story.title
            WHEN 'actor' THEN (SELECT actor.name FROM actor_alias JOIN actor ON actor.id = actor_alias.actor
                WHERE actor_alias.key = follow.target AND office = 0 ORDER BY actor.last_at DESC, actor.id LIMIT 1)
            WHEN 'place' THEN (SELECT place.name FROM place WHERE place.key = follow.target
                ORDER BY population DESC, place.id LIMIT 1) END,
        (SELECT COUNT(*) FROM development WHERE development.story = story.id AND withdrawn_at IS NULL AND development.id > COALESCE(
            (SELECT development FROM looked WHERE looked.reader = follow.reader AND looked.story = story.id),
            (SELECT MAX(id) FROM development WHERE development.story = story.id AND development.at <= follow.since), 0)),
        (SELECT MAX(at) FROM development WHERE development.story = story.id AND withdrawn_at IS NULL)
    FROM follow LEFT JOIN story ON follow.kind = 'story' AND story.id = CAST(target AS INTEGER)
    WHERE follow.reader = ?1 ORDER BY since DESC, follow.id DESC";

/// Moves what hangs on one story (`?1`) to another (`?2`).
const MERGE: [&str; 9] = [
    "UPDATE development SET story = ?2 WHERE story = ?1",
    "UPDATE delivery SET story = ?2 WHERE story = ?1",
    "UPDATE delivery SET follow = (SELECT kept.id FROM follow AS gone
            JOIN follow AS kept ON kept.reader = gone.reader AND kept.kind = 'story' AND kept.target = CAST(?2 AS TEXT)
            WHERE gone.id = delivery.follow)
        WHERE follow IN (SELECT gone.id FROM follow AS gone
            JOIN follow AS kept ON kept.reader = gone.reader AND kept.kind = 'story' AND kept.target = CAST(?2 AS TEXT)
            WHERE gone.kind = 'story' AND gone.target = CAST(?1 AS TEXT))",
    "UPDATE OR IGNORE follow SET target = CAST(?2 AS TEXT) WHERE kind = 'story' AND target = CAST(?1 AS TEXT)",
    // Who followed both goes on following the one.
    "DELETE FROM follow WHERE kind = 'story' AND target = CAST(?1 AS TEXT)",
    "INSERT INTO told (receiver, story, at, development)
        SELECT receiver, ?2, at, development FROM told WHERE story = ?1
        ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at), development = MAX(development, excluded.development)",
    "INSERT INTO looked (reader, story, at, development)
        SELECT reader, ?2, at, development FROM looked WHERE story = ?1
        ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at), development = MAX(development, excluded.development)",
    "DELETE FROM told WHERE story = ?1",
    "DELETE FROM looked WHERE story = ?1",
];

impl Store {
    /// What a reader follows, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follows(&self, reader: ReaderId) -> Result<Vec<FollowView>> {
        self.read(|db| {
            let mut all = db.prepare_cached(ALL)?;
            let rows = all.query_map([reader.0], |row| {
                Ok(FollowView {
                    follow: follow_of(row)?,
                    code: row.get(7)?,
                    title: row.get(8)?,
                    new: count(row, 9)?,
                    newest: crate::column::maybe_at(row, 10)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// A reader's follow of this target.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follow_of(&self, reader: ReaderId, target: &Target) -> Result<Option<Follow>> {
        self.read(|db| {
            let mut find = db.prepare_cached(OF_TARGET)?;
            let row = params![reader.0, target.kind(), written(target)];
            Ok(find.query_row(row, follow_of).optional()?)
        })
    }

    /// How many readers follow a target.
    ///
    /// # Errors
    /// Those of the database.
    pub fn followers(&self, target: &Target) -> Result<u64> {
        self.read(|db| {
            let mut count = db.prepare_cached(FOLLOWERS)?;
            Ok(count.query_row([target.kind(), &written(target)], |row| big_count(row, 0))?)
        })
    }

    /// What the follow with this code follows: for the page that asks before it ends.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follow_by_code(&self, code: &str) -> Result<Option<Target>> {
        self.read(|db| {
            Ok(db.prepare_cached(BY_CODE)?.query_row([code], |row| target_of(row, 0)).optional()?)
        })
    }
}

impl Writer<'_> {
    /// Follows a target, or changes how it is followed. A story that was merged is followed as the one that it
    /// became.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for a story that is not there, [`StoreError::TooMany`], [`StoreError::Unfit`].
    pub fn follow(
        &mut self,
        reader: ReaderId,
        target: &Target,
        threshold: Threshold,
        families: u32,
        now: Timestamp,
    ) -> Result<FollowId> {
        let target = self.settled(target)?;
        let (kind, written) = (target.kind(), written(&target));
        let mut room = self.tx.prepare_cached(HAS_ROOM)?;
        if !room.query_row(params![reader.0, MOST, kind, written], |row| row.get::<_, bool>(0))? {
            return Err(StoreError::TooMany { what: "follows" });
        }
        if let Target::Search(words) = &target {
            self.has_room_for_search(reader, words)?;
        }
        let families = families.clamp(1, MOST_FAMILIES);
        let row = params![reader.0, kind, written, threshold.word(), families, millis(now)];
        Ok(FollowId(self.tx.prepare_cached(ADD)?.query_row(row, |row| row.get(0))?))
    }

    fn has_room_for_search(&self, reader: ReaderId, words: &str) -> Result<()> {
        if self.tx.prepare_cached(FOLLOWED)?.exists(params![reader.0, words])? {
            return Ok(());
        }
        let row = params![reader.0, words, MOST_SEARCHES, MOST_SEARCHES_IN_ALL];
        let (own, all): (bool, bool) =
            self.tx.prepare_cached(SEARCH_FITS)?.query_row(row, |row| Ok((row.get(0)?, row.get(1)?)))?;
        match (own, all) {
            (true, true) => Ok(()),
            (false, _) => Err(StoreError::TooMany { what: "searches that you follow; end one first" }),
            (true, false) => Err(StoreError::TooMany { what: "searches that are followed here" }),
        }
    }

    /// Changes how something is followed; `false` when the reader has no such follow.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_follow(
        &mut self,
        reader: ReaderId,
        follow: FollowId,
        threshold: Threshold,
        families: u32,
    ) -> Result<bool> {
        let row = params![follow.0, reader.0, threshold.word(), families.clamp(1, MOST_FAMILIES)];
        Ok(self.tx.prepare_cached(SET)?.execute(row)? > 0)
    }

    /// Ends a follow; what waits for it alone is not sent any more. `false` when the reader has no such follow.
    ///
    /// # Errors
    /// Those of the database.
    pub fn unfollow(&mut self, reader: ReaderId, follow: FollowId) -> Result<bool> {
        self.end_waiting(follow.0, reader.0, "")?;
        Ok(self.tx.prepare_cached(END)?.execute([follow.0, reader.0])? > 0)
    }

    /// Ends a follow by the code in its messages; what was followed, or `None` for a code that is none (any more).
    ///
    /// # Errors
    /// Those of the database.
    pub fn unfollow_by_code(&mut self, code: &str) -> Result<Option<Target>> {
        self.end_waiting(0, 0, code)?;
        let mut end = self.tx.prepare_cached(END_BY_CODE)?;
        Ok(end.query_row([code], |row| target_of(row, 0)).optional()?)
    }

    /// What waits for a follow, named by reader and number or by its code, that is about to end.
    fn end_waiting(&mut self, follow: i64, reader: i64, code: &str) -> Result<()> {
        let found = self.tx.prepare_cached(ENDING)?.query_row(params![follow, reader, code], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        });
        let Some((ending, reader)) = found.optional()? else { return Ok(()) };
        if !self.tx.prepare_cached(WAITS)?.exists([ending])? {
            return Ok(());
        }
        let passed = passed_by_weight();
        self.tx.prepare_cached(HAND_OVER)?.execute(params![ending, passed])?;
        self.hand_to_searches(ending, reader, &passed)?;
        self.tx.prepare_cached(HURRY)?.execute([ending])?;
        Ok(())
    }

    /// The same for searches, each held against the articles alone, as when their developments were published.
    fn hand_to_searches(&mut self, ending: i64, reader: i64, passed: &str) -> Result<()> {
        let searches = self.other_searches(ending, reader)?;
        if searches.is_empty() {
            return Ok(());
        }
        let mut waiting = self.tx.prepare_cached(WAITING)?;
        let waiting = waiting.query_map([ending], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let waiting: Vec<(i64, i64)> = waiting.collect::<rusqlite::Result<_>>()?;
        for of_article in waiting.chunk_by(|one, other| one.1 == other.1) {
            let Some(alone) = Alone::article(&self.tx, of_article[0].1)? else { continue };
            for (search, matching) in &searches {
                if !alone.has(matching)? {
                    continue;
                }
                for (development, _) in of_article {
                    let row = params![ending, passed, search, development];
                    self.tx.prepare_cached(HAND_TO_SEARCH)?.execute(row)?;
                }
            }
        }
        Ok(())
    }

    /// The searches that a reader follows beside the follow that ends, with what they match.
    fn other_searches(&self, ending: i64, reader: i64) -> Result<Vec<(i64, String)>> {
        let mut find = self.tx.prepare_cached(OTHER_SEARCHES)?;
        let found = find.query_map([ending, reader], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let found = found.collect::<rusqlite::Result<Vec<_>>>()?.into_iter();
        Ok(found.filter_map(|(id, words)| Some((id, crate::search::matching(&words)?))).collect())
    }

    /// All that hangs on a story that is merged into another.
    pub(crate) fn merge_follows(&mut self, from: StoryId, into: StoryId) -> Result<()> {
        self.move_rows(&MERGE, from.0, into.0)
    }

    /// The searches that anybody follows.
    pub(crate) fn searches(&self) -> Result<Vec<String>> {
        let mut all = self.tx.prepare_cached(SEARCHES)?;
        let found = all.query_map([], |row| row.get(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The target as it is kept.
    fn settled(&self, target: &Target) -> Result<Target> {
        Ok(match target {
            Target::Story(story) => {
                let found =
                    self.tx.prepare_cached(STORY)?.query_row([story.0], |row| row.get(0)).optional()?;
                let missing = StoreError::Missing { what: "story", id: story.0 };
                Target::Story(StoryId(found.ok_or(missing)?))
            }
            Target::Actor(key) => Target::Actor(fitting(key)?),
            Target::Place(key) => Target::Place(fitting(key)?),
            Target::Search(words) => match crate::search::matching(words) {
                Some(_) => Target::Search(fitting(words)?),
                None => return Err(StoreError::Unfit { what: "search" }),
            },
        })
    }
}

fn fitting(words: &str) -> Result<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.len() {
        1..=LONGEST => Ok(words),
        _ => Err(StoreError::Unfit { what: "follow" }),
    }
}

/// A target as its column has it.
pub(crate) fn written(target: &Target) -> String {
    match target {
        Target::Story(story) => story.to_string(),
        Target::Actor(words) | Target::Place(words) | Target::Search(words) => words.clone(),
    }
}

/// A target of two columns, kind and words, from column `from` on.
pub(crate) fn target_of(row: &Row, from: usize) -> rusqlite::Result<Target> {
    let words: String = row.get(from + 1)?;
    Ok(match row.get_ref(from)?.as_str()? {
        "story" => Target::Story(StoryId(words.parse().unwrap_or_default())),
        "actor" => Target::Actor(words),
        "place" => Target::Place(words),
        _ => Target::Search(words),
    })
}

fn follow_of(row: &Row) -> rusqlite::Result<Follow> {
    Ok(Follow {
        id: FollowId(row.get(0)?),
        reader: ReaderId(row.get(1)?),
        target: target_of(row, 2)?,
        threshold: threshold(row, 4)?,
        families: count(row, 5)?,
        since: at(row, 6)?,
    })
}

pub(crate) fn threshold(row: &Row, column: usize) -> rusqlite::Result<Threshold> {
    Ok(Threshold::from_word(row.get_ref(column)?.as_str()?).unwrap_or_default())
}
