//! What the story room must hold in memory, read back after a start or when a story is pictured.

use crate::Store;
use crate::articles::{WHOLE, article_of};
use crate::column::{at, from_json, millis, phase, size};
use crate::error::Result;
use jiff::Timestamp;
use news::{Article, ArticleId, OutletId, Phase, StoryId};
use rusqlite::{Row, params};

/// The newest articles since a time, in the order in which they came.
const RECENT: &str =
    "article.id IN (SELECT id FROM article WHERE seen_at >= ?1 ORDER BY seen_at DESC, id DESC LIMIT ?2)
    ORDER BY article.id";
/// The first and the newest articles of a story.
const MEMBERS: &str =
    "article.id IN (SELECT id FROM (SELECT id FROM article WHERE story = ?1 ORDER BY at, id LIMIT ?2)
        UNION SELECT id FROM (SELECT id FROM article WHERE story = ?1 ORDER BY at DESC, id DESC LIMIT ?3))
    ORDER BY at, article.id";

/// What was said last of the stories that were told since a time.
const PHASES: &str =
    "SELECT id, phase FROM story WHERE redirect_to IS NULL AND articles > 0 AND updated_at >= ?1";
const BESIDE: &str = "SELECT id, related FROM story
    WHERE redirect_to IS NULL AND articles > 0 AND updated_at >= ?1 AND related <> '[]' ORDER BY id DESC LIMIT ?2";

/// An article with where it was put.
#[derive(Clone, Debug)]
pub struct KeptArticle {
    pub id: ArticleId,
    /// `None` when it was kept but not assigned before the program ended.
    pub story: Option<StoryId>,
    pub copy_of: Option<ArticleId>,
    pub outlet: OutletId,
    pub family: String,
    /// When it was published, never later than seen.
    pub at: Timestamp,
    pub seen_at: Timestamp,
    pub article: Article,
}

/// An article of a story.
pub type Member = KeptArticle;

impl Store {
    /// The phases of the stories that were told since `since`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn phases(&self, since: Timestamp) -> Result<Vec<(StoryId, Phase)>> {
        self.read(|db| {
            let mut told = db.prepare_cached(PHASES)?;
            let rows = told.query_map([millis(since)], |row| Ok((StoryId(row.get(0)?), phase(row, 1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Stories with articles since `since` to which others were called related, the newest `limit` of them, each with these others.
    ///
    /// # Errors
    /// Those of the database, and when what it holds is no list.
    pub fn beside(&self, since: Timestamp, limit: usize) -> Result<Vec<(StoryId, Vec<StoryId>)>> {
        self.read(|db| {
            let mut find = db.prepare_cached(BESIDE)?;
            let mut rows = find.query(params![millis(since), size(limit)])?;
            let mut stories = Vec::new();
            while let Some(row) = rows.next()? {
                let related: Vec<i64> = from_json("related stories", &row.get::<_, String>(1)?)?;
                stories.push((StoryId(row.get(0)?), related.into_iter().map(StoryId).collect()));
            }
            Ok(stories)
        })
    }

    /// Gives the newest `limit` articles seen since `since` to `each`, in the order in which they were kept.
    /// Returns how many.
    ///
    /// # Errors
    /// Those of the database.
    pub fn recent_articles(
        &self,
        since: Timestamp,
        limit: usize,
        mut each: impl FnMut(KeptArticle),
    ) -> Result<usize> {
        self.read(|db| {
            let mut find = db.prepare_cached(&select(RECENT))?;
            let mut rows = find.query(params![millis(since), size(limit)])?;
            let mut given = 0;
            while let Some(row) = rows.next()? {
                each(kept_of(row)?);
                given += 1;
            }
            Ok(given)
        })
    }

    /// The first `first` and the newest `newest` articles of a story, by time.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story_members(&self, story: StoryId, first: usize, newest: usize) -> Result<Vec<Member>> {
        self.read(|db| {
            let mut find = db.prepare_cached(&select(MEMBERS))?;
            let mut rows = find.query(params![story.0, size(first), size(newest)])?;
            let mut members = Vec::new();
            while let Some(row) = rows.next()? {
                members.push(kept_of(row)?);
            }
            Ok(members)
        })
    }

    /// One article whole.
    ///
    /// # Errors
    /// Those of the database.
    pub fn kept_article(&self, id: ArticleId) -> Result<Option<KeptArticle>> {
        self.read(|db| {
            let mut find = db.prepare_cached(&select("article.id = ?1"))?;
            let mut rows = find.query([id.0])?;
            rows.next()?.map(kept_of).transpose()
        })
    }
}

fn select(which: &str) -> String {
    format!(
        "SELECT article.id, story, copy_of, outlet, family, at, seen_at, {WHOLE}
        FROM article JOIN body ON body.article = article.id JOIN outlet ON outlet.id = article.outlet WHERE {which}"
    )
}

fn kept_of(row: &Row) -> Result<KeptArticle> {
    Ok(KeptArticle {
        id: ArticleId(row.get(0)?),
        story: row.get::<_, Option<i64>>(1)?.map(StoryId),
        copy_of: row.get::<_, Option<i64>>(2)?.map(ArticleId),
        outlet: OutletId(row.get(3)?),
        family: row.get(4)?,
        at: at(row, 5)?,
        seen_at: at(row, 6)?,
        article: article_of(row, 7)?,
    })
}
