//! Who did what to whom, as places in the stored text of articles: kept with their article, replaced when it changes.

mod shown;

use crate::Writer;
use crate::column::spans_to_json;
use crate::error::{Result, StoreError};
use news::{Act, ActorId, ArticleId, Span};
use rusqlite::params;
pub(crate) use shown::told;
pub use shown::{ActsQuery, Side};

const DROP: &str = "DELETE FROM act WHERE article = ?1";
const ADD: &str =
    "INSERT INTO act (article, at, actor, actor_key, target, target_key, class, negated, modality, confidence,
        claimed, teller, in_title, source, toward, cue, words)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";

/// An actor with the comparable key of the name or office that they were found by.
pub type Found<'a> = (ActorId, &'a str);

/// An act to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewAct<'a> {
    pub act: &'a Act,
    pub actor: Option<Found<'a>>,
    pub target: Option<Found<'a>>,
    /// In the words of somebody other than the one who acts, and whose.
    pub claimed: bool,
    pub teller: Option<ActorId>,
    /// The sentence it stands in.
    pub words: Span,
    /// Its spans are places in the headline.
    pub in_title: bool,
}

impl Writer<'_> {
    /// Replaces the acts of an article. One of which a span is no place in the article's text is refused.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such article, [`StoreError::NoPlace`] for a wrong span.
    pub fn keep_acts(&mut self, article: ArticleId, acts: &[NewAct]) -> Result<()> {
        self.tx.prepare_cached(DROP)?.execute([article.0])?;
        if acts.is_empty() {
            return Ok(());
        }
        let ground = self.ground(article)?;
        for new in acts {
            let words = ground.words(new.in_title);
            let spans = [new.act.actor, new.act.cue, new.words];
            if spans.iter().chain(&new.act.target).any(|span| span.of(words).is_empty()) {
                return Err(StoreError::NoPlace { article: article.0 });
            }
            self.keep_act(article, ground.at, new)?;
        }
        Ok(())
    }

    fn keep_act(&mut self, article: ArticleId, at: i64, new: &NewAct) -> Result<()> {
        let act = new.act;
        self.tx.prepare_cached(ADD)?.execute(params![
            article.0,
            at,
            new.actor.map(|(actor, _)| actor.0),
            new.actor.map(|(_, key)| key),
            new.target.map(|(target, _)| target.0),
            new.target.map(|(_, key)| key),
            act.class.word(),
            act.negated,
            act.modality.word(),
            f64::from(act.confidence),
            new.claimed,
            new.teller.map(|teller| teller.0),
            new.in_title,
            spans_to_json(&[act.actor])?,
            spans_to_json(act.target.as_slice())?,
            spans_to_json(&[act.cue])?,
            spans_to_json(&[new.words])?,
        ])?;
        Ok(())
    }
}
