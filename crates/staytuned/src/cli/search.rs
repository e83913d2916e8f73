//! `staytuned search WORDS`: the articles that hold the words, best first. With `--by NAME`: what speakers of this
//! name said, newest first.

use crate::config::Settings;
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;
use store::view::{Hit, SayingView};
use store::{ActorQuery, SayingsQuery, SearchQuery, Store};

/// Speakers of one name that are looked at.
const SPEAKERS: usize = 20;
/// Articles that are shown at most.
const MOST: i64 = 200;

#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words; "a phrase", -without, begin* (three letters or more, two such words)
    #[arg(required_unless_present = "by")]
    words: Vec<String>,
    /// Only what speakers of this name said
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// How many to show
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=MOST))]
    limit: u16,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

impl Search {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let store = super::open_store(settings)?;
        if let Some(name) = &self.by {
            return self.said_by(&store, name);
        }
        let limit = usize::from(self.limit);
        let query = SearchQuery { text: self.words.join(" "), limit, ..SearchQuery::default() };
        let hits = store.search(&query)?;
        for hit in &hits.hits {
            super::say(&if self.json { serde_json::to_string(hit)? } else { shown(hit) })?;
        }
        if !self.json {
            super::say(&format!("{} of {} articles", hits.hits.len(), hits.total))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Search {
    fn said_by(&self, store: &Store, name: &str) -> Result<ExitCode> {
        let limit = usize::from(self.limit);
        let query = SayingsQuery { text: self.words.join(" "), limit, ..SayingsQuery::default() };
        let (mut shown, mut total) = (0, 0);
        for card in store.actors(&ActorQuery { name: name.to_owned(), limit: SPEAKERS })? {
            let page = store.actor_sayings(card.actor.id, &query)?;
            total += page.total;
            for saying in page.sayings.iter().take(limit.saturating_sub(shown)) {
                shown += 1;
                super::say(&if self.json { serde_json::to_string(saying)? } else { said(saying) })?;
            }
        }
        if !self.json {
            super::say(&format!("{shown} of {total} statements"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn said(saying: &SayingView) -> String {
    let speaker = saying.speaker.as_ref().map_or("unattributed", |speaker| speaker.name.as_str());
    let at = saying.at.strftime("%Y-%m-%d %H:%M");
    let url = saying.place.url.as_deref().unwrap_or_default();
    format!("{speaker}: {}\n  {}, {at}  {url}\n", saying.content.join(" … "), saying.place.outlet_name)
}

fn shown(hit: &Hit) -> String {
    let snippet: String = hit.snippet.iter().map(|(piece, _)| piece.as_str()).collect();
    let snippet = snippet.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = hit.at.strftime("%Y-%m-%d %H:%M");
    let story = hit.story_title.as_deref().map(|title| format!("\n  story: {title}")).unwrap_or_default();
    let url = hit.url.as_deref().unwrap_or_default();
    format!("{}\n  {}, {at}  {url}\n  {snippet}{story}\n", hit.title, hit.outlet_name)
}
