//! What the story room took in of recent articles, beside what was decided for them: memory that comes back at a start
//! without reading anything again. The bytes are the story room's own.

use crate::column::{at, millis, size};
use crate::error::Result;
use crate::{Store, Writer};
use jiff::Timestamp;
use news::{ArticleId, StoryId};
use rusqlite::params;

const KEEP: &str = "INSERT OR REPLACE INTO impression (article, version, bytes) VALUES (?1, ?2, ?3)";
/// Those of the newest articles since a time, in the order in which they came.
const RECENT: &str = "SELECT article.id, story, copy_of, family, at, bytes
    FROM article JOIN outlet ON outlet.id = outlet
    LEFT JOIN impression ON impression.article = article.id AND version = ?3
    WHERE story IS NOT NULL AND article.id IN
        (SELECT id FROM article WHERE seen_at >= ?1 ORDER BY seen_at DESC, id DESC LIMIT ?2)
    ORDER BY article.id";
const FORGET: &str = "DELETE FROM impression WHERE article IN (SELECT article FROM impression
    WHERE article < (SELECT COALESCE(MIN(id), 0) FROM article WHERE seen_at >= ?1) ORDER BY article LIMIT ?2)";

/// Impressions forgotten at once: what a statement deletes is held in memory until it ends.
const FORGOTTEN_AT_ONCE: usize = 512;

/// An article that stories remember.
#[derive(Clone, Debug)]
pub struct Remembered {
    pub id: ArticleId,
    pub story: StoryId,
    pub copy_of: Option<ArticleId>,
    pub family: String,
    /// When it was published, never later than seen.
    pub at: Timestamp,
    /// `None` when none of this version is kept.
    pub impression: Option<Vec<u8>>,
}

impl Store {
    /// Gives the newest `limit` articles of stories seen since `since` to `each`, in the order in which they were
    /// kept, with their impressions of this `version`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn remembered(
        &self,
        since: Timestamp,
        limit: usize,
        version: u32,
        mut each: impl FnMut(Remembered),
    ) -> Result<()> {
        self.read(|db| {
            let mut find = db.prepare_cached(RECENT)?;
            let mut rows = find.query(params![millis(since), size(limit), version])?;
            while let Some(row) = rows.next()? {
                each(Remembered {
                    id: ArticleId(row.get(0)?),
                    story: StoryId(row.get(1)?),
                    copy_of: row.get::<_, Option<i64>>(2)?.map(ArticleId),
                    family: row.get(3)?,
                    at: at(row, 4)?,
                    impression: row.get(5)?,
                });
            }
            Ok(())
        })
    }

    /// Forgets the impressions of articles that were seen before, a few in each transaction. Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_impressions(&self, before: Timestamp) -> Result<usize> {
        let mut forgotten = 0;
        loop {
            let some = self.write(|writer| {
                let row = params![millis(before), size(FORGOTTEN_AT_ONCE)];
                Ok(writer.tx.prepare_cached(FORGET)?.execute(row)?)
            })?;
            forgotten += some;
            if some < FORGOTTEN_AT_ONCE {
                return Ok(forgotten);
            }
        }
    }
}

impl Writer<'_> {
    /// Keeps what the story room took in of an article.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_impression(&mut self, article: ArticleId, version: u32, bytes: &[u8]) -> Result<()> {
        self.tx.prepare_cached(KEEP)?.execute(params![article.0, version, bytes])?;
        Ok(())
    }
}
