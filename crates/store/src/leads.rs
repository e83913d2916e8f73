//! Lead sentences: kept as article, span and the words that stood there, so that a sentence that an outlet
//! changes or takes away is never shown as if it still stood in its article.

use crate::Writer;
use crate::column::{from_json, to_json};
use crate::error::{Result, StoreError};
use news::{ArticleId, Span, StoryId};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

const TEXT: &str = "SELECT text FROM body WHERE article = ?1";
const LEAD: &str = "SELECT lead FROM story WHERE id = ?1";
const SET_LEAD: &str = "UPDATE story SET lead = ?2 WHERE id = ?1";
const IN_STORY: &str = "SELECT 1 FROM article WHERE id = ?1 AND story = ?2";

/// A sentence of a lead as kept in its story's row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lead {
    pub(crate) article: i64,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: String,
}

impl Writer<'_> {
    /// The words at a span of an article; `None` when there are none.
    pub(crate) fn lead_sentence(&self, article: ArticleId, span: Span) -> Result<Option<Lead>> {
        let mut find = self.tx.prepare_cached(TEXT)?;
        let text: Option<String> = find.query_row([article.0], |row| row.get(0)).optional()?;
        let text = text.ok_or(StoreError::Missing { what: "article", id: article.0 })?;
        let words = span.of(&text);
        let lead = || Lead { article: article.0, start: span.start, end: span.end, text: words.to_owned() };
        Ok((!words.trim().is_empty()).then(lead))
    }

    /// An article's text changed: its sentences are looked for in the new one; those that are gone leave the lead.
    pub(crate) fn relocate_lead(&mut self, story: StoryId, article: ArticleId, text: &str) -> Result<()> {
        self.change_lead(story, |mut sentence| {
            if sentence.article != article.0 {
                return Ok(Some(sentence));
            }
            Ok(text.find(&sentence.text).map(|start| {
                let span = Span::new(start, start + sentence.text.len());
                (sentence.start, sentence.end) = (span.start, span.end);
                sentence
            }))
        })
    }

    /// Sentences of articles that are in the story no more leave the lead.
    pub(crate) fn drop_strange_lead(&mut self, story: StoryId) -> Result<()> {
        let tx = &self.tx;
        let mut inside = tx.prepare_cached(IN_STORY)?;
        let lead = keep(tx, story, |sentence| {
            Ok(inside.exists(params![sentence.article, story.0])?.then_some(sentence))
        })?;
        drop(inside);
        self.set_lead(story, lead)
    }

    fn change_lead(
        &mut self,
        story: StoryId,
        change: impl FnMut(Lead) -> Result<Option<Lead>>,
    ) -> Result<()> {
        let lead = keep(&self.tx, story, change)?;
        self.set_lead(story, lead)
    }

    fn set_lead(&mut self, story: StoryId, lead: Option<Vec<Lead>>) -> Result<()> {
        if let Some(lead) = lead {
            self.tx.prepare_cached(SET_LEAD)?.execute(params![story.0, to_json("lead", &lead)?])?;
        }
        Ok(())
    }
}

/// What `change` leaves of a story's lead; `None` for a story without one.
fn keep(
    db: &rusqlite::Connection,
    story: StoryId,
    mut change: impl FnMut(Lead) -> Result<Option<Lead>>,
) -> Result<Option<Vec<Lead>>> {
    let lead: String = db.prepare_cached(LEAD)?.query_row([story.0], |row| row.get(0))?;
    let lead: Vec<Lead> = from_json("lead", &lead)?;
    if lead.is_empty() {
        return Ok(None);
    }
    let mut kept = Vec::with_capacity(lead.len());
    for sentence in lead {
        kept.extend(change(sentence)?);
    }
    Ok(Some(kept))
}
