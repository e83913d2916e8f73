//! With whom an actor appears: who else speaks, stands or acts in the stories that tell of them.

use crate::Store;
use crate::acts::told;
use crate::column::{count, size, story_ref};
use crate::error::Result;
use crate::said::speaker;
use crate::view::{Companion, StoryRef};
use news::ActorId;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// The newest articles that tell of ?1, their stories, and everybody whom the newest articles of those tell of.
const BESIDE: &str = "WITH mine AS MATERIALIZED (
        SELECT article FROM (SELECT article FROM quote WHERE actor = ?1 ORDER BY at DESC, id DESC LIMIT ?2)
        UNION SELECT article FROM (SELECT article FROM position WHERE actor = ?1 ORDER BY at DESC, id DESC LIMIT ?2)
        UNION SELECT article FROM (SELECT article FROM act WHERE actor = ?1 ORDER BY at DESC, id DESC LIMIT ?2)
        UNION SELECT article FROM (SELECT article FROM act WHERE target = ?1 ORDER BY at DESC, id DESC LIMIT ?2)),
    ours AS MATERIALIZED (SELECT story FROM mine JOIN article ON article.id = mine.article WHERE story IS NOT NULL
        GROUP BY story ORDER BY MAX(article.at) DESC, story DESC LIMIT ?3),
    told AS MATERIALIZED (SELECT article.id AS article, article.story AS story, article.at AS at
        FROM ours JOIN article ON article.story = ours.story
        WHERE copy_of IS NULL ORDER BY article.at DESC, article.id DESC LIMIT ?4),
    there AS (
        SELECT actor AS who, told.article, told.story, told.at FROM told JOIN quote ON quote.article = told.article
        UNION SELECT actor, told.article, told.story, told.at FROM told JOIN position ON position.article = told.article
        UNION SELECT actor, told.article, told.story, told.at FROM told JOIN act ON act.article = told.article
        UNION SELECT target, told.article, told.story, told.at FROM told JOIN act ON act.article = told.article)
    SELECT who, COUNT(DISTINCT story), SUM(article IN (SELECT article FROM mine)), story, MAX(at)
    FROM there WHERE who IS NOT NULL AND who <> ?1
    GROUP BY who ORDER BY 2 DESC, 3 DESC, who LIMIT ?5";
/// Stories in which ?1 has a position, and who else has one, oldest first.
const STANDING: &str = "SELECT position.actor, article.story FROM position
    JOIN article ON article.id = position.article
    WHERE of_issue IS NOT NULL AND copy_of IS NULL AND position.actor <> ?1 AND article.story IN (
        SELECT mine.story FROM position JOIN article AS mine ON mine.id = position.article
        WHERE position.actor = ?1 AND of_issue IS NOT NULL AND copy_of IS NULL
        ORDER BY position.at DESC, position.id DESC LIMIT ?2)
    GROUP BY position.actor, article.story ORDER BY MAX(position.at)";
const STORY: &str = "SELECT id, title, language FROM story WHERE id = ?1";

/// Articles of one kind that are looked at, stories, and articles of these.
const ARTICLES: usize = 1_000;
const STORIES: usize = 60;
const TOLD: usize = 3_000;
/// Companions at most.
const MOST: usize = 200;

impl Store {
    /// With whom an actor appears, most stories first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn companions(&self, actor: ActorId, limit: usize) -> Result<Vec<Companion>> {
        self.read(|db| companions(db, actor.0, limit.min(MOST)))
    }
}

fn companions(db: &Connection, of: i64, limit: usize) -> Result<Vec<Companion>> {
    let acts = acts_between(db, of)?;
    let standing = standing(db, of)?;
    let mut find = db.prepare_cached(BESIDE)?;
    let mut rows = find.query(params![of, size(ARTICLES), size(STORIES), size(TOLD), size(limit)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let who: i64 = row.get(0)?;
        let (Some(actor), Some(newest)) = (speaker(db, who)?, story(db, row.get(3)?)?) else { continue };
        found.push(Companion {
            actor,
            stories: count(row, 1)?,
            articles: count(row, 2)?,
            acts: acts.get(&who).copied().unwrap_or_default(),
            newest,
            both_stand: standing.get(&who).map(|id| story(db, *id)).transpose()?.flatten(),
        });
    }
    Ok(found)
}

/// Acts between the actor and each other one, either way.
fn acts_between(db: &Connection, of: i64) -> Result<HashMap<i64, u32>> {
    let mut between = HashMap::new();
    for act in told(db, of)? {
        let other = if act.key.actor == Some(of) { act.key.target } else { act.key.actor };
        if let Some(other) = other {
            *between.entry(other).or_default() += 1;
        }
    }
    Ok(between)
}

/// The newest story in which each other one has a position, and the actor too.
fn standing(db: &Connection, of: i64) -> Result<HashMap<i64, i64>> {
    let mut find = db.prepare_cached(STANDING)?;
    let pairs = find.query_map(params![of, size(ARTICLES)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(pairs.collect::<rusqlite::Result<_>>()?)
}

fn story(db: &Connection, id: i64) -> Result<Option<StoryRef>> {
    let mut find = db.prepare_cached(STORY)?;
    Ok(find.query_row([id], |row| story_ref(row, 0)).optional()?)
}
