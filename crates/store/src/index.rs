//! The full-text index of articles: new ones go in together, before their transaction ends or somebody searches in it.
//! What changes and what goes is taken out by triggers.

use crate::Writer;
use crate::error::Result;

const ADD: &str = "INSERT INTO article_fts (rowid, title, summary, text)
    SELECT article, title, summary, text FROM body WHERE article = ?1";

impl Writer<'_> {
    /// Puts the articles into the index that were added since.
    pub(crate) fn index(&mut self) -> Result<()> {
        let mut add = self.tx.prepare_cached(ADD)?;
        for article in self.unindexed.drain(..) {
            add.execute([article])?;
        }
        Ok(())
    }
}
