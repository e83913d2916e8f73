//! What quotes, positions and acts stand on: an article's headline and text, of which their spans are places.

use crate::Writer;
use crate::error::{Result, StoreError};
use news::ArticleId;
use rusqlite::OptionalExtension;

const AT: &str = "SELECT at FROM article WHERE id = ?1";
const TEXTS: &str = "SELECT title, text FROM body WHERE article = ?1";

/// An article's words, and its time in milliseconds since 1970.
pub(crate) struct Ground {
    pub(crate) at: i64,
    title: String,
    text: String,
}

impl Ground {
    /// The headline, or the text.
    pub(crate) fn words(&self, in_title: bool) -> &str {
        if in_title { &self.title } else { &self.text }
    }
}

impl Writer<'_> {
    /// What the article says now.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such article.
    pub(crate) fn ground(&self, article: ArticleId) -> Result<Ground> {
        let at = self.tx.prepare_cached(AT)?.query_row([article.0], |row| row.get(0)).optional()?;
        let at = at.ok_or(StoreError::Missing { what: "article", id: article.0 })?;
        let mut texts = self.tx.prepare_cached(TEXTS)?;
        Ok(texts.query_row([article.0], |row| Ok(Ground { at, title: row.get(0)?, text: row.get(1)? }))?)
    }
}
