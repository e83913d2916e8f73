//! The front page: stories by rank.

use crate::Store;
use crate::card::{Bare, CARD, CARD_TABLES, bare_of, complete};
use crate::column::{big_count, millis, size};
use crate::error::Result;
use crate::events::last_event;
use crate::view::Front;
use jiff::Timestamp;
use news::Language;
use rusqlite::{Connection, params};

/// A page of stories.
#[derive(Clone, Debug)]
pub struct FrontQuery {
    pub limit: usize,
    pub offset: usize,
    /// Only stories in this language.
    pub language: Option<Language>,
    /// Only stories with an article since.
    pub since: Option<Timestamp>,
}

impl Default for FrontQuery {
    fn default() -> Self {
        Self { limit: 30, offset: 0, language: None, since: None }
    }
}

impl Store {
    /// Stories by importance. A story shows up with its first article.
    ///
    /// # Errors
    /// Those of the database.
    pub fn front(&self, query: &FrontQuery) -> Result<Front> {
        self.read(|db| {
            let stories =
                page(db, query)?.into_iter().map(|bare| complete(db, bare)).collect::<Result<_>>()?;
            Ok(Front { stories, total: total(db, query)?, last_event: last_event(db)? })
        })
    }
}

/// The filter in words that the indices `story_front` and `story_language` answer.
fn filter(query: &FrontQuery) -> &'static str {
    match query.language {
        None => {
            "redirect_to IS NULL AND muted_at IS NULL AND story.articles > 0 AND updated_at >= ?1 AND ?2 IS NOT NULL"
        }
        Some(_) => {
            "redirect_to IS NULL AND muted_at IS NULL AND story.articles > 0 AND updated_at >= ?1 AND story.language = ?2"
        }
    }
}

fn page(db: &Connection, query: &FrontQuery) -> Result<Vec<Bare>> {
    let filter = filter(query);
    let sql = format!(
        "SELECT {CARD} FROM {CARD_TABLES} WHERE {filter} ORDER BY rank DESC, story.id DESC LIMIT ?3 OFFSET ?4"
    );
    let mut find = db.prepare_cached(&sql)?;
    let (since, language) = bounds(query);
    let rows = find.query_map(params![since, language, size(query.limit), size(query.offset)], bare_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn total(db: &Connection, query: &FrontQuery) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) FROM story WHERE {}", filter(query));
    let (since, language) = bounds(query);
    Ok(db.prepare_cached(&sql)?.query_row(params![since, language], |row| big_count(row, 0))?)
}

fn bounds(query: &FrontQuery) -> (i64, String) {
    (query.since.map_or(i64::MIN, millis), query.language.unwrap_or_default().code().to_owned())
}
