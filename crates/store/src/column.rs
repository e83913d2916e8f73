//! Values of the vocabulary as columns and back: times as milliseconds, lists as JSON, words as text.

use crate::error::{Result, StoreError};
use crate::view::{FeedHealth, StoryRef};
use jiff::Timestamp;
use news::{Language, Phase, RelatedHeadline, Span, StoryId};
use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Milliseconds since 1970.
pub(crate) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// The time of a number of milliseconds; a number that no calendar has becomes 1970, which is seen at once. The last moment of all
/// lies behind the last that can be told in whole milliseconds.
pub(crate) fn moment(ms: i64) -> Timestamp {
    let last = if ms == millis(Timestamp::MAX) { Timestamp::MAX } else { Timestamp::UNIX_EPOCH };
    Timestamp::from_millisecond(ms).unwrap_or(last)
}

pub(crate) fn at(row: &Row, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(moment)
}

pub(crate) fn maybe_at(row: &Row, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(moment))
}

/// A story by its title: its id, its title and the title's language in three columns from here on.
pub(crate) fn story_ref(row: &Row, column: usize) -> rusqlite::Result<StoryRef> {
    let id = StoryId(row.get(column)?);
    Ok(StoryRef { id, title: row.get(column + 1)?, language: language(row, column + 2)? })
}

/// The same of an article that may belong to none.
pub(crate) fn maybe_story_ref(row: &Row, column: usize) -> rusqlite::Result<Option<StoryRef>> {
    row.get::<_, Option<i64>>(column)?.map(|_| story_ref(row, column)).transpose()
}

/// A count; a negative one cannot be and reads as none.
pub(crate) fn count(row: &Row, column: usize) -> rusqlite::Result<u32> {
    row.get::<_, i64>(column).map(|n| u32::try_from(n.max(0)).unwrap_or(u32::MAX))
}

pub(crate) fn big_count(row: &Row, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|n| u64::try_from(n).unwrap_or(0))
}

pub(crate) fn language(row: &Row, column: usize) -> rusqlite::Result<Language> {
    Ok(Language::parse(row.get_ref(column)?.as_str()?))
}

pub(crate) fn phase(row: &Row, column: usize) -> rusqlite::Result<Phase> {
    Ok(Phase::from_word(row.get_ref(column)?.as_str()?).unwrap_or(Phase::Developing))
}

/// A limit or offset as SQLite counts.
pub(crate) fn size(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(crate) fn health(row: &Row, column: usize) -> rusqlite::Result<FeedHealth> {
    Ok(health_of(row.get_ref(column)?.as_str()?))
}

pub(crate) fn health_word(health: FeedHealth) -> &'static str {
    match health {
        FeedHealth::New => "new",
        FeedHealth::Healthy => "healthy",
        FeedHealth::Quiet => "quiet",
        FeedHealth::Failing => "failing",
        FeedHealth::Gone => "gone",
    }
}

fn health_of(word: &str) -> FeedHealth {
    match word {
        "healthy" => FeedHealth::Healthy,
        "quiet" => FeedHealth::Quiet,
        "failing" => FeedHealth::Failing,
        "gone" => FeedHealth::Gone,
        _ => FeedHealth::New,
    }
}

pub(crate) fn to_json(what: &'static str, value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|source| StoreError::Damaged { what, source })
}

pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|source| StoreError::Damaged { what, source })
}

pub(crate) fn spans_to_json(spans: &[Span]) -> Result<String> {
    to_json("paragraphs", &spans.iter().map(|span| (span.start, span.end)).collect::<Vec<_>>())
}

pub(crate) fn spans_from_json(text: &str) -> Result<Vec<Span>> {
    let pairs: Vec<(u32, u32)> = from_json("paragraphs", text)?;
    Ok(pairs.into_iter().map(|(start, end)| Span { start, end }).collect())
}

pub(crate) fn related_from_json(text: &str) -> Result<Vec<RelatedHeadline>> {
    if text == "[]" { Ok(Vec::new()) } else { from_json("related headlines", text) }
}
