//! Corrections by people: a row is the wish, what came of it, and what must be remembered of it. Whoever asks writes a
//! row; only the program that files articles carries it out, and writes what it did in the same transaction.

use crate::column::{at, from_json, maybe_at, millis, size, to_json};
use crate::error::{Result, StoreError};
use crate::view::{CorrectionState, CorrectionView};
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, Correction, Decided, DevelopmentId, StoryId};
use rusqlite::{OptionalExtension, Row, params};
use serde_json::json;

const ASK: &str = "INSERT INTO correction (asked, asked_at) VALUES (?1, ?2)";
const WAITING: &str = "SELECT id, asked FROM correction WHERE state = 'waiting' ORDER BY id";
const DONE: &str =
    "UPDATE correction SET state = 'done', done_at = ?2, story = ?3, together = ?4, from_story = ?5,
    into_story = ?6, articles = ?7 WHERE id = ?1";
const REFUSE: &str =
    "UPDATE correction SET state = 'refused', done_at = ?2, refusal = ?3 WHERE id = ?1 AND state = 'waiting'";
const VIEW: &str = "SELECT id, asked, asked_at, state, done_at, story, refusal FROM correction";
/// A story that was merged since is the one that it became.
const DECIDED: &str =
    "SELECT together, COALESCE(one.redirect_to, one.id), COALESCE(other.redirect_to, other.id),
        correction.articles
    FROM correction JOIN story AS one ON one.id = from_story JOIN story AS other ON other.id = into_story
    WHERE state = 'done' ORDER BY correction.id";
const STORY_NOW: &str = "SELECT COALESCE(redirect_to, id) FROM story WHERE id = ?1";
const ARTICLES: &str = "SELECT article.id, copy_of, at, family FROM article JOIN outlet ON outlet.id = outlet
    WHERE story = ?1 ORDER BY at, article.id";
const IN_STORY: &str = "SELECT story FROM article WHERE id = ?1";
const MUTE: &str = "UPDATE story SET muted_at = ?2 WHERE id = ?1 AND (muted_at IS NULL) <> (?2 IS NULL)";
const WITHDRAW: &str = "UPDATE development SET withdrawn_at = ?2
    WHERE id = ?1 AND (withdrawn_at IS NULL) <> (?2 IS NULL) RETURNING story";
const MUTED: &str = "SELECT id FROM story WHERE muted_at IS NOT NULL AND redirect_to IS NULL";
const UNSENT_OF_STORY: &str = "DELETE FROM delivery WHERE state = 'pending' AND story = ?1";
const UNSENT: &str = "DELETE FROM delivery WHERE state = 'pending' AND development = ?1";

/// An article of a story, as corrections need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryArticle {
    pub id: ArticleId,
    pub copy_of: Option<ArticleId>,
    pub at: Timestamp,
    /// Of its outlet.
    pub family: String,
}

impl Store {
    /// Keeps a person's wish; it waits until it is carried out. Returns its number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn ask_correction(&self, correction: &Correction, at: Timestamp) -> Result<i64> {
        let asked = to_json("correction", correction)?;
        self.write(|writer| Ok(writer.tx.prepare_cached(ASK)?.insert(params![asked, millis(at)])?))
    }

    /// What waits to be carried out, in the order in which it was asked for; `None` for what cannot be read.
    ///
    /// # Errors
    /// Those of the database.
    pub fn waiting_corrections(&self) -> Result<Vec<(i64, Option<Correction>)>> {
        self.read(|db| {
            let mut find = db.prepare_cached(WAITING)?;
            let mut rows = find.query([])?;
            let mut waiting = Vec::new();
            while let Some(row) = rows.next()? {
                let asked = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                waiting.push((row.get(0)?, from_json("correction", asked).ok()));
            }
            Ok(waiting)
        })
    }

    /// A correction and what became of it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn correction(&self, id: i64) -> Result<Option<CorrectionView>> {
        let sql = format!("{VIEW} WHERE id = ?1");
        self.read(|db| {
            let mut find = db.prepare_cached(&sql)?;
            let mut rows = find.query([id])?;
            rows.next()?.map(view_of).transpose()
        })
    }

    /// The newest corrections, newest first; those that left their mark on one story when it is given.
    ///
    /// # Errors
    /// Those of the database.
    pub fn corrections(&self, story: Option<StoryId>, limit: usize) -> Result<Vec<CorrectionView>> {
        let sql = format!("{VIEW} WHERE ?1 IS NULL OR story = ?1 ORDER BY id DESC LIMIT ?2");
        self.read(|db| {
            let mut find = db.prepare_cached(&sql)?;
            let mut rows = find.query(params![story.map(|story| story.0), size(limit)])?;
            let mut views = Vec::new();
            while let Some(row) = rows.next()? {
                views.push(view_of(row)?);
            }
            Ok(views)
        })
    }

    /// The stories that are muted.
    ///
    /// # Errors
    /// Those of the database.
    pub fn muted(&self) -> Result<Vec<StoryId>> {
        self.read(|db| {
            let mut find = db.prepare_cached(MUTED)?;
            let rows = find.query_map([], |row| Ok(StoryId(row.get(0)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// All that second looks must respect, in the order in which it was decided.
    ///
    /// # Errors
    /// Those of the database.
    pub fn decided(&self) -> Result<Vec<Decided>> {
        self.read(|db| {
            let mut find = db.prepare_cached(DECIDED)?;
            let mut rows = find.query([])?;
            let mut decided = Vec::new();
            while let Some(row) = rows.next()? {
                let articles = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
                decided.push(Decided {
                    together: row.get(0)?,
                    from: StoryId(row.get(1)?),
                    into: StoryId(row.get(2)?),
                    articles: from_json("articles", articles)?,
                });
            }
            Ok(decided)
        })
    }

    /// The story itself, or the one that it was merged into.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_now(&self, story: StoryId) -> Result<Option<StoryId>> {
        self.read(|db| {
            let found = db.prepare_cached(STORY_NOW)?.query_row([story.0], |row| row.get(0)).optional()?;
            Ok(found.map(StoryId))
        })
    }

    /// All articles of a story, by time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_articles(&self, story: StoryId) -> Result<Vec<StoryArticle>> {
        self.read(|db| {
            let mut find = db.prepare_cached(ARTICLES)?;
            let rows = find.query_map([story.0], |row| {
                Ok(StoryArticle {
                    id: ArticleId(row.get(0)?),
                    copy_of: row.get::<_, Option<i64>>(1)?.map(ArticleId),
                    at: at(row, 2)?,
                    family: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The story that an article is in; `None` when there is no such article or it is in none.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_of(&self, article: ArticleId) -> Result<Option<StoryId>> {
        self.read(|db| {
            let found = db.prepare_cached(IN_STORY)?.query_row([article.0], |row| row.get(0)).optional()?;
            Ok(found.flatten().map(StoryId))
        })
    }
}

impl Writer<'_> {
    /// A correction was carried out: on which story, if it is about one, and what is to be remembered of it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn settle_correction(
        &mut self,
        id: i64,
        story: Option<StoryId>,
        decided: Option<&Decided>,
        at: Timestamp,
    ) -> Result<()> {
        let articles = decided.map(|decided| to_json("articles", &decided.articles)).transpose()?;
        self.tx.prepare_cached(DONE)?.execute(params![
            id,
            millis(at),
            story.map(|story| story.0),
            decided.map(|decided| decided.together),
            decided.map(|decided| decided.from.0),
            decided.map(|decided| decided.into.0),
            articles
        ])?;
        Ok(())
    }

    /// A correction cannot be carried out, for a reason in plain words.
    ///
    /// # Errors
    /// Those of the database.
    pub fn refuse_correction(&mut self, id: i64, why: &str, at: Timestamp) -> Result<()> {
        self.tx.prepare_cached(REFUSE)?.execute(params![id, millis(at), why])?;
        Ok(())
    }

    /// Takes a story from the front page, and what waits to be sent of it from the queue; or brings it back.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such story.
    pub fn mute_story(&mut self, story: StoryId, muted: bool, now: Timestamp) -> Result<()> {
        let story = self.target(story)?;
        let since = muted.then(|| millis(now));
        if self.tx.prepare_cached(MUTE)?.execute(params![story.0, since])? == 0 {
            return Ok(());
        }
        if muted {
            self.tx.prepare_cached(UNSENT_OF_STORY)?.execute([story.0])?;
        }
        self.event(if muted { "story_muted" } else { "story_unmuted" }, Some(story), now, &json!({}))?;
        Ok(())
    }

    /// Takes a development from the lists, and what waits to be sent of it from the queue; or brings it back to the
    /// lists. Returns its story.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such development.
    pub fn withdraw_development(
        &mut self,
        id: DevelopmentId,
        withdrawn: bool,
        now: Timestamp,
    ) -> Result<StoryId> {
        let since = withdrawn.then(|| millis(now));
        let changed = self
            .tx
            .prepare_cached(WITHDRAW)?
            .query_row(params![id.0, since], |row| row.get(0))
            .optional()?
            .map(StoryId);
        let Some(story) = changed else { return self.story_of_development(id) };
        if withdrawn {
            self.tx.prepare_cached(UNSENT)?.execute([id.0])?;
        }
        let kind = if withdrawn { "development_withdrawn" } else { "development_restored" };
        self.event(kind, Some(story), now, &json!({ "development": id }))?;
        Ok(story)
    }

    fn story_of_development(&self, id: DevelopmentId) -> Result<StoryId> {
        let mut find = self.tx.prepare_cached("SELECT story FROM development WHERE id = ?1")?;
        let found = find.query_row([id.0], |row| row.get(0)).optional()?;
        found.map(StoryId).ok_or(StoreError::Missing { what: "development", id: id.0 })
    }
}

fn view_of(row: &Row) -> Result<CorrectionView> {
    let state = match row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)? {
        "done" => CorrectionState::Done,
        "refused" => CorrectionState::Refused(row.get::<_, Option<String>>(6)?.unwrap_or_default()),
        _ => CorrectionState::Waiting,
    };
    Ok(CorrectionView {
        id: row.get(0)?,
        correction: from_json("correction", row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?,
        asked_at: at(row, 2)?,
        state,
        done_at: maybe_at(row, 4)?,
        story: row.get::<_, Option<i64>>(5)?.map(StoryId),
    })
}
