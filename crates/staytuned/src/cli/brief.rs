//! `staytuned brief FILE|URL...`: the stories in a handful of documents, on the terminal or as JSON. Keeps nothing.
//!
//! A document is a page, a feed, or a recording as `replay` takes it. Every sentence printed stands word for word
//! in the article named behind it, and so do the words of every speaker.

mod days;
mod new;
mod places;
mod positions;
mod said;

use super::input;
use crate::config::Settings;
use crate::pipeline::desk::{self, Family};
use crate::pipeline::subscribe::outlet_host;
use anyhow::{Context, Result, bail};
use clap::Args;
use ingest::{FetchSettings, Fetcher, Get, Purpose};
use jiff::SignedDuration;
use language::Reader;
use new::New;
use news::{Article, ArticleId, Language, StoryId, Timestamp, Url};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;
use story::{Arrival, Portrait, Report, Revision, Stories, Tally, Usual};

/// An article of its own.
type Piece = desk::Piece<'static>;

#[derive(Debug, Args)]
pub(super) struct Brief {
    /// Pages, feeds or recordings: files or addresses
    #[arg(required = true)]
    documents: Vec<String>,
    /// How many stories to show, the weightiest first
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Only what is new after this time (2026-03-02T08:00Z), or after so long before the newest article (8h, 2d)
    #[arg(long, value_name = "TIME|AGO")]
    since: Option<Since>,
    /// One JSON object a story
    #[arg(long)]
    json: bool,
}

/// When its reader looked last.
#[derive(Clone, Copy, Debug)]
enum Since {
    At(Timestamp),
    Ago(SignedDuration),
}

impl FromStr for Since {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let ago = written.parse().ok().filter(|ago: &SignedDuration| ago.is_positive());
        let days = || {
            let hours = written.strip_suffix('d')?.parse::<i64>().ok()?.checked_mul(24)?;
            SignedDuration::try_from_hours(hours)
        };
        match (ingest::parse_date(written), ago.or_else(days)) {
            (Some(at), _) => Ok(Self::At(at)),
            (None, Some(ago)) => Ok(Self::Ago(ago)),
            (None, None) => Err("a time (2026-03-02T08:00Z) or how long ago (8h, 30m, 2d)".to_owned()),
        }
    }
}

impl Brief {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let mut articles = Vec::new();
        for document in &self.documents {
            articles.extend(read(settings, document).with_context(|| document.clone())?);
        }
        if articles.is_empty() {
            bail!("there is no article in what was given");
        }
        let reader = crate::reader::open(settings);
        let stories = assign(&reader, articles);
        let mut told: Vec<(f64, &Vec<Piece>)> =
            stories.values().map(|pieces| (rank(pieces), pieces)).collect();
        told.sort_by(|a, b| b.0.total_cmp(&a.0));
        let looked = self.looked(&stories);
        if looked.since.is_some() {
            told.retain(|(_, pieces)| !new::of(pieces, looked, &reader).is_empty());
        }
        for (_, pieces) in told.iter().take(self.limit) {
            let new = new::of(pieces, looked, &reader);
            let shown =
                if self.json { as_json(pieces, &new).to_string() } else { as_text(pieces, looked, &new) };
            super::say(&shown)?;
        }
        if told.is_empty() && !self.json {
            super::say("Nothing new since you looked")?;
        }
        if !self.json && told.len() > self.limit {
            super::say(&format!("… and {} more stories (--limit)", told.len() - self.limit))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Time as the documents tell it: of a recording it is always the same.
    fn looked(&self, stories: &BTreeMap<StoryId, Vec<Piece>>) -> new::Looked {
        let now = stories.values().flatten().map(|piece| piece.at).max().unwrap_or_default();
        let since = self.since.map(|since| match since {
            Since::At(at) => at,
            Since::Ago(ago) => now.saturating_sub(ago).unwrap_or(now),
        });
        new::Looked { since, now }
    }
}

/// The articles of a document.
fn read(settings: &Settings, document: &str) -> Result<Vec<Article>> {
    if let Ok(url) = Url::parse(document)
        && matches!(url.scheme(), "http" | "https")
    {
        return fetch(settings, url);
    }
    let path = Path::new(document);
    match input::read(path) {
        Ok(recorded) => Ok(recorded.iter().map(|item| from_entry(&item.entry, Some(item.seen_at))).collect()),
        // A recording says which line is wrong; what is none may be a page or a feed.
        Err(error) if input::is_recording(path) => Err(error),
        Err(_) if path.is_file() => {
            let bytes = std::fs::read(path)?;
            from_bytes(&bytes, None, None)
        }
        Err(error) => Err(error),
    }
}

fn fetch(settings: &Settings, url: Url) -> Result<Vec<Article>> {
    let fetcher = Fetcher::new(FetchSettings {
        contact: settings.contact.clone(),
        allowed_networks: settings.allow_networks.clone(),
        ..FetchSettings::default()
    })?;
    let runtime = tokio::runtime::Runtime::new().context("runtime")?;
    let answer = runtime.block_on(fetcher.get(&Get::new(url, Purpose::Page)))?;
    if !(200..300).contains(&answer.status) {
        bail!("the server answered {}", answer.status);
    }
    from_bytes(&answer.body, answer.content_type.as_deref(), Some(&answer.url))
}

/// A feed's entries, else the page's article.
fn from_bytes(bytes: &[u8], content_type: Option<&str>, url: Option<&Url>) -> Result<Vec<Article>> {
    if let Ok(feed) = ingest::parse(bytes, content_type, url) {
        return Ok(feed.entries.iter().map(|entry| from_entry(entry, None)).collect());
    }
    Ok(vec![extract::page(bytes, url, content_type)?])
}

fn from_entry(entry: &news::Entry, seen_at: Option<Timestamp>) -> Article {
    let language = entry.language.unwrap_or(Language::UNKNOWN);
    let mut article = extract::headed(extract::entry(entry, language, None, None).into_article());
    // A clock that is ahead makes nothing newer than now.
    article.published = article.told_at().or(seen_at).map(|at| at.min(Timestamp::now()));
    article
}

/// Puts the articles into stories, in order of time.
fn assign(reader: &Reader, mut articles: Vec<Article>) -> BTreeMap<StoryId, Vec<Piece>> {
    articles.sort_by_key(|article| article.published);
    let latest = articles.iter().filter_map(|article| article.published).max().unwrap_or_else(Timestamp::now);
    let mut stories = Stories::new(StoryId(1)).knowing(language::common_words);
    let mut told: BTreeMap<StoryId, Vec<Piece>> = BTreeMap::new();
    let borrowed: Vec<&Article> = articles.iter().collect();
    let readings = reader.read_all(&borrowed);
    for ((number, mut article), mut reading) in (1..).zip(articles).zip(readings) {
        reading.lines = language::lines(&article, &reading);
        let at = article.published.unwrap_or(latest);
        let url = article.url.as_deref().and_then(|url| Url::parse(url).ok());
        let host = url.as_ref().map(outlet_host).unwrap_or_default();
        article.outlet.get_or_insert_with(|| host.clone());
        let family = Family::from(story::family(&host));
        let id = ArticleId(number);
        let arrival = Arrival { article: id, at, family: &family, reading: &reading, text: &article.text };
        let decision = stories.assign(&arrival);
        let piece = Piece {
            copy_of: decision.original,
            ..Piece::new(id, family, at, Cow::Owned(article), Cow::Owned(reading))
        };
        told.entry(decision.story).or_default().push(piece);
    }
    for revision in stories.revise(latest) {
        match revision {
            Revision::Merge { from, into } => {
                let moved = told.remove(&from).unwrap_or_default();
                told.entry(into).or_default().extend(moved);
            }
            Revision::Split { from, into, articles } | Revision::Move { from, into, articles } => {
                let left = told.remove(&from).unwrap_or_default();
                let (moved, stayed): (Vec<Piece>, Vec<Piece>) =
                    left.into_iter().partition(|piece| articles.contains(&piece.id));
                told.entry(from).or_default().extend(stayed);
                told.entry(into).or_default().extend(moved);
            }
        }
    }
    told
}

fn rank(pieces: &[Piece]) -> f64 {
    let reports = pieces.iter().map(|piece| Report {
        at: piece.at,
        family: &piece.family,
        copy: piece.copy_of.is_some(),
    });
    let latest = pieces.iter().map(|piece| piece.at).max().unwrap_or_default();
    reports.collect::<Tally>().weigh(latest, None, &Usual::default()).rank
}

/// The chosen headline and the lead sentences with the article of each.
fn picture(pieces: &[Piece]) -> (&str, Vec<(&str, &Piece)>) {
    let portraits: Vec<Portrait> = pieces.iter().map(|piece| Portrait::of(&piece.into())).collect();
    let members: Vec<&Portrait> = portraits.iter().collect();
    let title = story::headline(&members)
        .and_then(|index| pieces.get(index))
        .map_or("", |piece| &piece.article.title);
    let lead = story::lead(&members).into_iter().filter_map(|sentence| {
        let piece = pieces.iter().find(|piece| piece.id == sentence.article)?;
        Some((sentence.span.of(&piece.article.text), piece))
    });
    (title, lead.collect())
}

fn as_text(pieces: &[Piece], looked: new::Looked, new: &[New]) -> String {
    let (title, lead) = picture(pieces);
    let copies = pieces.iter().filter(|piece| piece.copy_of.is_some()).count();
    let mut families: Vec<&str> =
        pieces.iter().filter(|piece| piece.copy_of.is_none()).map(|piece| &*piece.family).collect();
    families.sort_unstable();
    families.dedup();
    let mut text = format!(
        "{title}\n{} articles, {} independent, {copies} copies\n",
        pieces.len(),
        families.len().max(1)
    );
    for (sentence, piece) in lead {
        text.push_str(&format!("\n  {sentence}\n    {}\n", source(piece)));
    }
    text.push_str(&new::as_text(new, looked));
    text.push_str(&days::as_text(pieces));
    text.push_str(&said::as_text(pieces));
    text.push_str(&positions::as_text(pieces));
    text.push_str(&places::as_text(pieces));
    text.push('\n');
    for piece in pieces {
        let mark = if piece.copy_of.is_some() { "=" } else { "-" };
        text.push_str(&format!("  {mark} {}\n    {}\n", piece.article.title, source(piece)));
    }
    text
}

fn outlet(piece: &Piece) -> &str {
    piece.article.outlet.as_deref().unwrap_or_default()
}

fn source(piece: &Piece) -> String {
    let at = piece.at.strftime("%Y-%m-%d %H:%M");
    format!("{}, {at}  {}", outlet(piece), piece.article.url.as_deref().unwrap_or_default())
}

fn as_json(pieces: &[Piece], new: &[New]) -> Value {
    let (title, lead) = picture(pieces);
    let lead: Vec<Value> = lead
        .into_iter()
        .map(|(sentence, piece)| json!({"text": sentence, "article": piece.id, "url": piece.article.url}))
        .collect();
    let articles: Vec<Value> = pieces
        .iter()
        .map(|piece| {
            json!({
                "id": piece.id, "title": piece.article.title, "outlet": outlet(piece), "family": &*piece.family,
                "url": piece.article.url, "at": piece.at, "lang": piece.reading.language, "copy_of": piece.copy_of,
            })
        })
        .collect();
    json!({
        "title": title, "lead": lead, "new": new::as_json(new), "days": days::as_json(pieces), "said": said::as_json(pieces), "positions": positions::as_json(pieces),
        "places": places::as_json(pieces), "articles": articles,
    })
}
