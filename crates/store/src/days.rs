//! Stories day by day: what each article tells of when (the bytes are the story room's own), and the chosen sentences
//! of each day with the words as they stood.

use crate::column::{at, count, language, size};
use crate::error::{Result, StoreError};
use crate::view::{DayView, LeadSentence};
use crate::{Store, Writer};
use news::{ArticleId, Span, StoryId};
use rusqlite::{OptionalExtension, params};

const KEEP: &str = "INSERT OR REPLACE INTO dated (article, version, bytes) VALUES (?1, ?2, ?3)";
/// The newest articles that are no copies; the timeline of a story with more is made from these.
const OF_STORY: &str = "SELECT bytes FROM dated JOIN article ON article.id = dated.article
    WHERE story = ?1 AND copy_of IS NULL AND version = ?2 ORDER BY at DESC, article.id DESC LIMIT ?3";
const CLEAR: &str = "DELETE FROM story_day WHERE story = ?1";
const TEXT: &str = "SELECT text FROM body WHERE article = ?1";
const ADD: &str =
    "INSERT INTO story_day (story, day, position, articles, article, span_start, span_end, text)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const DAYS: &str =
    "SELECT day, story_day.articles, article, span_start, span_end, story_day.text, name, url, at, article.language
    FROM story_day JOIN article ON article.id = article JOIN outlet ON outlet.id = outlet
    WHERE story_day.story = ?1 ORDER BY day DESC, position LIMIT ?2";

const WANT: &str = "INSERT OR IGNORE INTO undated (story) VALUES (?1)";
const WANTED: &str = "SELECT story FROM undated ORDER BY story LIMIT ?1";
const MADE: &str = "DELETE FROM undated WHERE story = ?1";

/// A day of a story before it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDay {
    /// Counted from 1970.
    pub day: i32,
    /// Articles that tell of it.
    pub articles: u32,
    /// Best first.
    pub sentences: Vec<(ArticleId, Span)>,
}

impl Store {
    /// What the newest `limit` articles of a story tell of when.
    ///
    /// # Errors
    /// Those of the database.
    pub fn dated(&self, story: StoryId, version: u32, limit: usize) -> Result<Vec<Vec<u8>>> {
        self.read(|db| {
            let mut find = db.prepare_cached(OF_STORY)?;
            let rows = find.query_map(params![story.0, version, size(limit)], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Up to `limit` stories whose days were asked for ([`Writer::want_days`]) and not kept since.
    ///
    /// # Errors
    /// Those of the database.
    pub fn undated(&self, limit: usize) -> Result<Vec<StoryId>> {
        self.read(|db| {
            let mut find = db.prepare_cached(WANTED)?;
            let rows = find.query_map([size(limit)], |row| row.get(0).map(StoryId))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// A story's days, newest first, with up to `limit` sentences in all.
    ///
    /// # Errors
    /// Those of the database.
    pub fn days(&self, story: StoryId, limit: usize) -> Result<Vec<DayView>> {
        self.read(|db| {
            let mut find = db.prepare_cached(DAYS)?;
            let mut rows = find.query(params![story.0, size(limit)])?;
            let mut days: Vec<DayView> = Vec::new();
            while let Some(row) = rows.next()? {
                let day: i32 = row.get(0)?;
                let sentence = LeadSentence {
                    article: ArticleId(row.get(2)?),
                    span: Span { start: row.get(3)?, end: row.get(4)? },
                    text: row.get(5)?,
                    outlet: row.get(6)?,
                    url: row.get(7)?,
                    at: at(row, 8)?,
                    language: language(row, 9)?,
                };
                match days.last_mut().filter(|known| known.day == day) {
                    Some(known) => known.sentences.push(sentence),
                    None => {
                        days.push(DayView { day, articles: count(row, 1)?, sentences: vec![sentence] });
                    }
                }
            }
            Ok(days)
        })
    }
}

impl Writer<'_> {
    /// Keeps what an article tells of when.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_dated(&mut self, article: ArticleId, version: u32, bytes: &[u8]) -> Result<()> {
        self.tx.prepare_cached(KEEP)?.execute(params![article.0, version, bytes])?;
        Ok(())
    }

    /// A story changed: its days are to be made anew.
    ///
    /// # Errors
    /// Those of the database.
    pub fn want_days(&mut self, story: StoryId) -> Result<()> {
        self.tx.prepare_cached(WANT)?.execute([story.0])?;
        Ok(())
    }

    /// Puts a story's days in the place of those before. A sentence that does not stand in its article is left out.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when story or article is not there.
    pub fn keep_days(&mut self, story: StoryId, days: &[NewDay]) -> Result<()> {
        self.tx.prepare_cached(MADE)?.execute([story.0])?;
        let story = self.target(story)?;
        self.tx.prepare_cached(CLEAR)?.execute([story.0])?;
        for day in days {
            for (position, (article, span)) in (0_i64..).zip(&day.sentences) {
                let found =
                    self.tx.prepare_cached(TEXT)?.query_row([article.0], |row| row.get::<_, String>(0));
                let missing = StoreError::Missing { what: "article", id: article.0 };
                let text = found.optional()?.ok_or(missing)?;
                let words = span.of(&text).trim();
                if words.is_empty() {
                    continue;
                }
                self.tx.prepare_cached(ADD)?.execute(params![
                    story.0,
                    day.day,
                    position,
                    day.articles,
                    article.0,
                    span.start,
                    span.end,
                    words
                ])?;
            }
        }
        Ok(())
    }
}
