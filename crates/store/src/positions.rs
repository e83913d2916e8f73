//! Positions as places in the stored text of articles: kept with their article, replaced when it changes, grouped
//! into the issues of their story.

use crate::Writer;
use crate::column::{at, spans_from_json, spans_to_json};
use crate::error::{Result, StoreError};
use news::{ActorId, ArticleId, Evidence, Position, Span, Stance, StoryId, Timestamp};
use rusqlite::params;

const BODY: &str = "SELECT CASE ?2 WHEN 1 THEN title ELSE text END FROM body WHERE article = ?1";
const DROP: &str = "DELETE FROM position WHERE article = ?1";
const ADD: &str =
    "INSERT INTO position (article, actor, at, stance, in_title, issue, cue, words, said, earlier, key)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
/// The newest positions of a story, copies left out, oldest first.
const OF_STORY: &str = "SELECT * FROM (SELECT position.id, position.article, actor, position.at, stance, in_title, issue, earlier,
        words, begins, moved_from
    FROM position JOIN article ON article.id = position.article WHERE story = ?1 AND copy_of IS NULL
    ORDER BY position.at DESC, position.id DESC LIMIT 400) ORDER BY 4, 1";
const GROUP: &str =
    "UPDATE position SET of_issue = ?2, named_by = ?3, begins = ?4, moved_from = ?5 WHERE id = ?1";
const TOLD_OF: &str = "SELECT 1 FROM evidence JOIN development ON development.id = evidence.development
    WHERE evidence.article = ?1 AND development.story = ?2 LIMIT 1";

/// A position to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewPosition<'a> {
    pub actor: ActorId,
    /// Comparable key of the name or office that the actor was found by.
    pub key: Option<&'a str>,
    pub position: &'a Position,
    /// Its spans are places in the headline.
    pub in_title: bool,
}

/// A position as it is grouped.
#[derive(Clone, Debug)]
pub struct KeptPosition {
    pub id: i64,
    pub article: ArticleId,
    pub actor: ActorId,
    pub at: Timestamp,
    pub stance: Stance,
    pub earlier: bool,
    /// What it is about, as it stands there.
    pub issue: String,
    /// The sentence it stands in; the headline when there is no span.
    pub evidence: Evidence,
    /// It was known to have moved before.
    pub moved: bool,
}

/// Where a position belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grouped {
    pub id: i64,
    /// The first position on its issue, and the one whose words name it.
    pub of_issue: i64,
    pub named_by: i64,
    pub begins: bool,
    pub moved_from: Option<i64>,
}

impl Writer<'_> {
    /// Replaces the positions of an article. One of which a span is no place in the article's text is refused.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such article, [`StoreError::NoPlace`] for a wrong span.
    pub fn keep_positions(&mut self, article: ArticleId, positions: &[NewPosition]) -> Result<()> {
        self.tx.prepare_cached(DROP)?.execute([article.0])?;
        if positions.is_empty() {
            return Ok(());
        }
        let ground = self.ground(article)?;
        let mut add = self.tx.prepare_cached(ADD)?;
        for new in positions {
            let told = new.position;
            let words = ground.words(new.in_title);
            if [told.issue, told.cue, told.words].iter().any(|span| span.of(words).is_empty()) {
                return Err(StoreError::NoPlace { article: article.0 });
            }
            add.execute(params![
                article.0,
                new.actor.0,
                ground.at,
                told.stance.word(),
                new.in_title,
                spans_to_json(&[told.issue])?,
                spans_to_json(&[told.cue])?,
                spans_to_json(&[told.words])?,
                told.said,
                told.earlier,
                new.key,
            ])?;
        }
        Ok(())
    }

    /// The newest positions in a story, oldest first; those of copies left out.
    ///
    /// # Errors
    /// Those of the database.
    pub fn positions_of(&self, story: StoryId) -> Result<Vec<KeptPosition>> {
        let mut find = self.tx.prepare_cached(OF_STORY)?;
        let mut body = self.tx.prepare_cached(BODY)?;
        let mut rows = find.query([story.0])?;
        let mut kept = Vec::new();
        while let Some(row) = rows.next()? {
            let (article, in_title): (i64, bool) = (row.get(1)?, row.get(5)?);
            let text: String = body.query_row((article, in_title), |row| row.get(0))?;
            let word = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
            let Some(stance) = Stance::from_word(word(4)?) else { continue };
            let words = first(word(8)?)?;
            kept.push(KeptPosition {
                id: row.get(0)?,
                article: ArticleId(article),
                actor: ActorId(row.get(2)?),
                at: at(row, 3)?,
                stance,
                earlier: row.get(7)?,
                issue: first(word(6)?)?.of(&text).to_owned(),
                evidence: Evidence { article: ArticleId(article), span: (!in_title).then_some(words) },
                moved: row.get::<_, Option<i64>>(10)?.is_some(),
            });
        }
        Ok(kept)
    }

    /// Puts positions into their issues.
    ///
    /// # Errors
    /// Those of the database.
    pub fn group_positions(&mut self, grouped: &[Grouped]) -> Result<()> {
        let mut group = self.tx.prepare_cached(GROUP)?;
        for one in grouped {
            group.execute(params![one.id, one.of_issue, one.named_by, one.begins, one.moved_from])?;
        }
        Ok(())
    }

    /// Whether a development of the story already stands on this article.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_told_of(&self, article: ArticleId, story: StoryId) -> Result<bool> {
        Ok(self.tx.prepare_cached(TOLD_OF)?.exists([article.0, story.0])?)
    }
}

/// The only span of a list.
pub(crate) fn first(json: &str) -> Result<Span> {
    Ok(spans_from_json(json)?.first().copied().unwrap_or(Span { start: 0, end: 0 }))
}
