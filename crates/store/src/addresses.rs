//! From the address of an article to its story, and from a story's number to its title: what the button on other sites
//! and the page behind it ask for.

use crate::Store;
use crate::column::{language, to_json};
use crate::error::Result;
use news::{Language, StoryId};
use rusqlite::{OptionalExtension, params};

/// The newest article wins: an address may be used again.
const AT: &str = "SELECT story.id, story.title FROM article JOIN story ON story.id = article.story
    WHERE article.url IN (SELECT value FROM json_each(?1)) ORDER BY article.id DESC LIMIT 1";
const TITLE: &str = "SELECT now.id, now.title, now.language FROM story AS once
    JOIN story AS now ON now.id = COALESCE(once.redirect_to, once.id) WHERE once.id = ?1";

impl Store {
    /// The story of the article at one of these addresses, with its title.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_at(&self, addresses: &[String]) -> Result<Option<(StoryId, String)>> {
        let addresses = to_json("addresses", &addresses)?;
        self.read(|db| {
            let mut find = db.prepare_cached(AT)?;
            Ok(find.query_row([addresses], |row| Ok((StoryId(row.get(0)?), row.get(1)?))).optional()?)
        })
    }

    /// A story's title and its language; of a story that was merged, those of the one that it became, with its number.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_title(&self, id: StoryId) -> Result<Option<(StoryId, String, Language)>> {
        self.read(|db| {
            let mut find = db.prepare_cached(TITLE)?;
            let found = find
                .query_row(params![id.0], |row| Ok((StoryId(row.get(0)?), row.get(1)?, language(row, 2)?)));
            Ok(found.optional()?)
        })
    }
}
