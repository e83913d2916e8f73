//! A few texts in an index of their own, in memory: whether they have what was typed, without a look into the index of
//! all articles. It is the same FTS5 with the same cutting of words, so what is found means the same as on the page of
//! the search, at the price of these texts only.
//!
//! In: the columns of an article, or the words of quotes. Nothing is kept.

use super::words;
use crate::error::Result;
use rusqlite::{Connection, params};
use std::collections::HashSet;

/// Cut into words as `article_fts` is. The index is written once and then only read.
const MAKE: &str = "CREATE VIRTUAL TABLE alone USING fts5 (title, summary, text, tokenize = 'unicode61 remove_diacritics 2')";
const ADD: &str = "INSERT INTO alone (rowid, title, summary, text) VALUES (?1, ?2, ?3, ?4)";
const MATCHES: &str = "SELECT rowid FROM alone WHERE alone MATCH ?1";
const BODY: &str = "SELECT title, summary, text FROM body WHERE article = ?1";

/// Texts that are searched on their own.
pub(crate) struct Alone {
    db: Connection,
    texts: i64,
}

impl Alone {
    /// One article as it is stored; `None` when it is not there.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn article(db: &Connection, article: i64) -> Result<Option<Self>> {
        let mut find = db.prepare_cached(BODY)?;
        let mut rows = find.query([article])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let mut alone = Self::new()?;
        let column =
            |at| -> rusqlite::Result<&str> { Ok(row.get_ref(at)?.as_str_or_null()?.unwrap_or_default()) };
        alone.add([column(0)?, column(1)?, column(2)?])?;
        Ok(Some(alone))
    }

    /// Each of these texts for itself.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn texts(texts: impl IntoIterator<Item = String>) -> Result<Self> {
        let mut alone = Self::new()?;
        // One transaction: else the index is written out for each text.
        alone.db.execute_batch("BEGIN")?;
        for text in texts {
            alone.add(["", "", &text])?;
        }
        alone.db.execute_batch("COMMIT")?;
        Ok(alone)
    }

    fn new() -> Result<Self> {
        let db = Connection::open_in_memory()?;
        db.execute_batch(MAKE)?;
        Ok(Self { db, texts: 0 })
    }

    fn add(&mut self, [title, summary, text]: [&str; 3]) -> Result<()> {
        self.db.prepare_cached(ADD)?.execute(params![self.texts, title, summary, text])?;
        self.texts += 1;
        Ok(())
    }

    /// Whether one of the texts matches an expression of [`words::matching`].
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn has(&self, matching: &str) -> Result<bool> {
        Ok(self.db.prepare_cached(MATCHES)?.exists([matching])?)
    }

    /// Of each of the texts, in their order, whether it has what was typed: every word that is wanted, none that is not.
    /// Where no word is wanted, whether it has none of the unwanted ones.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn having(&self, typed: &str) -> Result<Vec<bool>> {
        let (found, wanted) = match (words::matching(typed), words::unwanted(typed)) {
            (Some(matching), _) => (self.found(&matching)?, true),
            (None, Some(unwanted)) => (self.found(&unwanted)?, false),
            (None, None) => (HashSet::new(), false),
        };
        Ok((0..self.texts).map(|text| found.contains(&text) == wanted).collect())
    }

    fn found(&self, matching: &str) -> Result<HashSet<i64>> {
        let mut find = self.db.prepare_cached(MATCHES)?;
        let rows = find.query_map([matching], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::Alone;

    #[test]
    fn texts_have_what_was_typed_each_for_itself() {
        let texts = ["“Non-negotiable,” Мы не подпишем", "Der Fährstreik geht weiter"];
        let alone = Alone::texts(texts.map(str::to_owned)).unwrap();
        let check = |typed: &str, expect: [bool; 2]| {
            assert_eq!(alone.having(typed).unwrap(), expect, "{typed:?}");
        };
        check("negotiable", [true, false]);
        check("NEGOT*", [true, false]);
        check("negot", [false, false]);
        check("\"non negotiable\"", [true, false]);
        check("\"negotiable non\"", [false, false]);
        check("подпишем -truce", [true, false]);
        check("fahrstreik", [false, true]);
        check("negotiable weiter", [false, false]);
        check("-мы", [false, true]);
        check("", [true, true]);
    }
}
