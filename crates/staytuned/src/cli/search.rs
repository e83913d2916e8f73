//! `staytuned search WORDS`: the articles that hold the words, best first.

use crate::config::Settings;
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;
use store::SearchQuery;
use store::view::Hit;

#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words; "a phrase", -without, begin*
    #[arg(required = true)]
    words: Vec<String>,
    /// How many to show
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

impl Search {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let store = super::open_store(settings)?;
        let query = SearchQuery { text: self.words.join(" "), limit: self.limit, ..SearchQuery::default() };
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

fn shown(hit: &Hit) -> String {
    let snippet: String = hit.snippet.iter().map(|(piece, _)| piece.as_str()).collect();
    let snippet = snippet.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = hit.at.strftime("%Y-%m-%d %H:%M");
    let story = hit.story_title.as_deref().map(|title| format!("\n  story: {title}")).unwrap_or_default();
    let url = hit.url.as_deref().unwrap_or_default();
    format!("{}\n  {}, {at}  {url}\n  {snippet}{story}\n", hit.title, hit.outlet_name)
}
