//! The full-text index of articles: new ones go in together, before their transaction ends or somebody searches in it.
//! What changes and what goes is taken out by triggers.

use crate::Writer;
use crate::error::Result;
use rusqlite::types::ToSqlOutput;
use rusqlite::{Row, params};

/// Row by row, as values: a statement that may add several rows is made undone by writing what the index holds in memory
/// to its tables first, for each article anew.
const ADD: &str = "INSERT INTO article_fts (rowid, title, summary, text) VALUES (?1, ?2, ?3, ?4)";
const BODY: &str = "SELECT title, summary, text FROM body WHERE article = ?1";

impl Writer<'_> {
    /// Puts the articles into the index that were added since.
    pub(crate) fn index(&mut self) -> Result<()> {
        let (mut find, mut add) = (self.tx.prepare_cached(BODY)?, self.tx.prepare_cached(ADD)?);
        for article in self.unindexed.drain(..) {
            let mut rows = find.query([article])?;
            if let Some(row) = rows.next()? {
                add.execute(params![article, same(row, 0)?, same(row, 1)?, same(row, 2)?])?;
            }
        }
        Ok(())
    }
}

/// A column as it stands, for another statement.
fn same<'row>(row: &'row Row, column: usize) -> rusqlite::Result<ToSqlOutput<'row>> {
    row.get_ref(column).map(ToSqlOutput::Borrowed)
}
