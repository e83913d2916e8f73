//! One development by its number, whom it concerns, and what became of it for one receiver: what the page "why did I
//! (not) get this" is made of.

use crate::Store;
use crate::column::{maybe_at, millis};
use crate::developments::{DEVELOPMENT, development_of, evidence};
use crate::error::Result;
use crate::follows::written;
use crate::search::Alone;
use crate::view::DevelopmentView;
use jiff::Timestamp;
use news::{DeliveryState, DevelopmentId, ReceiverId, StoryId, Target};
use rusqlite::{Connection, OptionalExtension, params};

const CONCERNS: &str = "SELECT 1 FROM concern WHERE development = ?1 AND kind = ?2 AND target = ?3";
const OF_STORY: &str = "SELECT 1 FROM development WHERE id = ?1 AND story = ?2";
const FIRST: &str = "SELECT article FROM evidence WHERE development = ?1 AND position = 0";
const TOLD_BEFORE: &str =
    "SELECT MAX(done_at) FROM delivery WHERE receiver = ?1 AND story = ?2 AND state = 'accepted'
    AND development <> ?3 AND done_at <= ?4";
const DELIVERY: &str = "SELECT state, done_at FROM delivery WHERE receiver = ?1 AND development = ?2";

impl Store {
    /// A development.
    ///
    /// # Errors
    /// Those of the database.
    pub fn development(&self, id: DevelopmentId) -> Result<Option<DevelopmentView>> {
        let sql = format!(
            "SELECT {DEVELOPMENT} FROM development LEFT JOIN story ON story.id = development.story
            WHERE development.id = ?1"
        );
        self.read(|db| {
            let found = db.prepare_cached(&sql)?.query_row([id.0], development_of).optional()?;
            let Some(mut development) = found else { return Ok(None) };
            development.evidence = evidence(db, id)?;
            Ok(Some(development))
        })
    }

    /// Whether those who follow a target hear of a development.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_concerned(&self, target: &Target, id: DevelopmentId) -> Result<bool> {
        self.read(|db| {
            Ok(match target {
                Target::Story(StoryId(story)) => db.prepare_cached(OF_STORY)?.exists([id.0, *story])?,
                Target::Actor(_) | Target::Place(_) => {
                    db.prepare_cached(CONCERNS)?.exists(params![id.0, target.kind(), written(target)])?
                }
                Target::Search(words) => match crate::search::matching(words) {
                    Some(matching) => first_has(db, id, &matching)?,
                    None => false,
                },
            })
        })
    }

    /// What became of a development for a receiver, and when; `None` when it was not meant to go there.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delivery_of(
        &self,
        receiver: ReceiverId,
        id: DevelopmentId,
    ) -> Result<Option<(DeliveryState, Option<Timestamp>)>> {
        self.read(|db| {
            let mut find = db.prepare_cached(DELIVERY)?;
            let found = find.query_row([receiver.0, id.0], |row| {
                let state = DeliveryState::from_word(row.get_ref(0)?.as_str()?);
                Ok((state.unwrap_or(DeliveryState::Refused), maybe_at(row, 1)?))
            });
            Ok(found.optional()?)
        })
    }

    /// When a receiver was last told of a development's story before a time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn told_before(
        &self,
        receiver: ReceiverId,
        development: &DevelopmentView,
        at: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let (story, id) = (development.story.0, development.id.0);
        self.read(|db| {
            let mut find = db.prepare_cached(TOLD_BEFORE)?;
            Ok(find.query_row(params![receiver.0, story, id, millis(at)], |row| maybe_at(row, 0))?)
        })
    }
}

/// Whether the article that a development stands on first matches a search.
fn first_has(db: &Connection, id: DevelopmentId, matching: &str) -> Result<bool> {
    let first = db.prepare_cached(FIRST)?.query_row([id.0], |row| row.get(0)).optional()?;
    let article = first.map(|article| Alone::article(db, article)).transpose()?.flatten();
    article.map_or(Ok(false), |article| article.has(matching))
}
