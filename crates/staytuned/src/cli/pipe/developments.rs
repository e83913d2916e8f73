//! `pipe developments`: articles in stream order in, what is new in each out: developments with the words that they
//! stand on, and developments of before that one more independent family has.

use super::assign::Line;
use super::quotes::Points;
use crate::pipeline::attribute;
use anyhow::{Context, Result};
use language::Reader;
use news::{Article, ArticleId, Evidence, StoryId, Timestamp};
use serde_json::{Value, json};
use statement::Sheet;
use std::collections::HashMap;
use story::development::{Encode, Known, Step, Telling};
use story::{Arrival, Stories};

/// The stream until now.
pub(super) struct Developments {
    reader: Reader,
    stories: Stories,
    known: HashMap<StoryId, Known>,
    /// Stories by the names that lines gave them.
    named: HashMap<String, StoryId>,
    articles: i64,
    now: Timestamp,
}

/// Named stories are numbered from here on, apart from those that are found.
const NAMED: i64 = 1 << 40;

impl Developments {
    pub(super) fn new(reader: Reader) -> Self {
        Self {
            reader,
            stories: Stories::new(StoryId(1)),
            known: HashMap::new(),
            named: HashMap::new(),
            articles: 0,
            now: Timestamp::UNIX_EPOCH,
        }
    }

    pub(super) fn take(&mut self, value: Value) -> Result<Value> {
        let given = value.get("story").filter(|story| !story.is_null()).map(ToString::to_string);
        let line: Line = serde_json::from_value(value).context("line")?;
        let (article, at) = line.article();
        self.now = at.unwrap_or(self.now).max(self.now);
        self.articles += 1;
        let id = ArticleId(self.articles);
        let mut reading = self.reader.read(&article);
        reading.lines = language::lines(&article, &reading);
        let family = line.family();
        let arrival =
            Arrival { article: id, at: self.now, family: &family, reading: &reading, text: &article.text };
        let decision = self.stories.assign(&arrival);
        let story = given.map_or(decision.story, |name| self.story_named(name));
        let said = attribute::said_in_text(&Sheet::of(&article.text), &reading).attributions;
        let telling = Telling {
            article: id,
            at: self.now,
            family: &family,
            copy: decision.original.is_some(),
            title: &article.title,
            text: &article.text,
            reading: &reading,
            said: &said,
        };
        let vectors = |texts: &[&str]| self.reader.finest_vectors(texts);
        let encode = Encode { vectors: &vectors, fine: self.reader.is_fine() };
        let steps = self.known.entry(story).or_default().take_in(&telling, Some(encode));
        let (mut developments, mut supported) = (Vec::new(), Vec::new());
        for step in steps {
            match step {
                Step::Publish(news) => developments.push(json!({
                    "number": news.number, "kind": news.kind, "weight": news.weight, "families": news.families,
                    "evidence": news.evidence.iter().map(|piece| words(&article, piece)).collect::<Vec<_>>(),
                })),
                Step::Support { number, families, weight, .. } => {
                    supported.push(json!({"number": number, "families": families, "weight": weight}));
                }
                Step::Counted { .. } => {}
            }
        }
        Ok(json!({"story": story, "developments": developments, "supported": supported}))
    }

    fn story_named(&mut self, name: String) -> StoryId {
        let next = StoryId(NAMED + i64::try_from(self.named.len()).unwrap_or_default());
        *self.named.entry(name).or_insert(next)
    }
}

/// Where the words stand: in the headline, or in code points of the text.
fn words(article: &Article, piece: &Evidence) -> Value {
    match piece.span {
        Some(span) => json!({"span": Points::of(&article.text).span(span), "text": span.of(&article.text)}),
        None => json!({"title": true, "text": article.title}),
    }
}
