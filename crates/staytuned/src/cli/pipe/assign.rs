//! `pipe assign`: articles in stream order in, the story of each out, decided at arrival; with `--revise` a
//! last block of lines, one an article, tells where each belongs after second looks.

use super::{answer_each, write_line};
use crate::cli::output::Output;
use crate::config::Settings;
use crate::pipeline::desk::SECOND_LOOK_EVERY;
use anyhow::{Context, Result};
use clap::Args;
use language::Reader;
use news::{Article, ArticleId, Language, StoryId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::process::ExitCode;
use story::{Arrival, Revision, Stories};

#[derive(Debug, Args)]
pub(super) struct Assign {
    /// Print a last block with the final assignments, after merges and splits
    #[arg(long)]
    revise: bool,
}

/// One article of the stream.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    title: String,
    body: Option<String>,
    published_at: Option<String>,
    source: Option<String>,
    url: Option<String>,
    lang: Option<String>,
}

/// The stream until now.
struct Stream {
    reader: Reader,
    stories: Stories,
    ids: Vec<Value>,
    original: HashMap<ArticleId, ArticleId>,
    now: Timestamp,
    looked: Timestamp,
    /// Articles of stories that were merged, moved or split since, by where they are now.
    final_story: HashMap<ArticleId, StoryId>,
}

impl Assign {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let mut stream = Stream::new(crate::reader::open(settings));
        let mut out = Output::open();
        let failed = answer_each(&mut out, &mut |line| stream.take(line, self.revise))?;
        if self.revise {
            stream.look_again();
            for line in stream.last_block() {
                write_line(&mut out, &line)?;
            }
        }
        out.flush().context("standard output")?;
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

impl Stream {
    fn new(reader: Reader) -> Self {
        Self {
            reader,
            stories: Stories::new(StoryId(1)).knowing(language::common_words),
            ids: Vec::new(),
            original: HashMap::new(),
            now: Timestamp::UNIX_EPOCH,
            looked: Timestamp::UNIX_EPOCH,
            final_story: HashMap::new(),
        }
    }

    fn take(&mut self, line: Value, revise: bool) -> Result<Value> {
        let id = line.get("id").cloned().unwrap_or(Value::Null);
        let line: Line = serde_json::from_value(line).context("line")?;
        let (article, at) = line.article();
        // A stream without times is read as one in which nothing grows old.
        self.now = at.unwrap_or(self.now).max(self.now);
        if revise && self.now.duration_since(self.looked) >= SECOND_LOOK_EVERY {
            self.look_again();
        }
        let reading = self.reader.read(&article);
        let number = ArticleId(i64::try_from(self.ids.len()).context("too many lines")? + 1);
        let family = line.family();
        let arrival = Arrival {
            article: number,
            at: self.now,
            family: &family,
            reading: &reading,
            text: &article.text,
        };
        let decision = self.stories.assign(&arrival);
        self.ids.push(id);
        self.final_story.insert(number, decision.story);
        let mut told = json!({"story": decision.story});
        if let Some(original) = decision.original {
            self.original.insert(number, original);
            told["original"] = self.name(original);
        }
        Ok(told)
    }

    fn name(&self, article: ArticleId) -> Value {
        let index = usize::try_from(article.0 - 1).ok();
        index.and_then(|index| self.ids.get(index)).cloned().unwrap_or(Value::Null)
    }

    fn look_again(&mut self) {
        self.looked = self.now;
        for revision in self.stories.revise(self.now) {
            match revision {
                Revision::Merge { from, into } => {
                    for story in self.final_story.values_mut().filter(|story| **story == from) {
                        *story = into;
                    }
                }
                Revision::Split { into, articles, .. } | Revision::Move { into, articles, .. } => {
                    self.final_story.extend(articles.into_iter().map(|article| (article, into)));
                }
            }
        }
    }

    fn last_block(&self) -> impl Iterator<Item = Value> {
        (1..).zip(&self.ids).map(|(number, id)| {
            let article = ArticleId(number);
            let mut line = json!({"id": id, "story": self.final_story.get(&article), "final": true});
            if let Some(original) = self.original.get(&article) {
                line["original"] = self.name(*original);
            }
            line
        })
    }
}

impl Line {
    pub(super) fn article(&self) -> (Article, Option<Timestamp>) {
        let mut article = Article::headline(self.title.trim());
        if let Some(body) = &self.body {
            article = article.with_paragraphs(body.split('\n'));
        }
        article.language = self.lang.as_deref().map(Language::parse).unwrap_or_default();
        article.url.clone_from(&self.url);
        let at = self.published_at.as_deref().and_then(ingest::parse_date);
        article.published = at;
        (article, at)
    }

    /// The family of outlets: by the address's host, else the source as it is named.
    pub(super) fn family(&self) -> String {
        let host = self.url.as_deref().and_then(|url| news::Url::parse(url).ok());
        let host = host.as_ref().and_then(news::Url::host_str).map(story::family).map(ToOwned::to_owned);
        host.or_else(|| self.source.clone()).unwrap_or_default()
    }
}
