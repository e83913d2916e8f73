//! `/feed/…`: what is new as Atom and as JSON Feed: of one story, actor, place or search, and of what a reader follows.
//! `updated` moves only when there is a development, so that feed readers show nothing else as new.

use crate::house::House;
use crate::pages::follow::show;
use crate::peer::Peer;
use crate::session::hash;
use crate::{Problem, evidence, moment, page, target, text};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use jiff::Timestamp;
use news::Target;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use store::view::{DevelopmentView, EvidenceView};
use store::{KeyPurpose, Store};

/// Developments in one feed.
const MOST: usize = 50;

#[derive(Deserialize)]
pub(crate) struct Asked {
    of: Option<String>,
    key: Option<String>,
}

#[derive(Template)]
#[template(path = "developments.xml", escape = "xml")]
struct AtomFeed<'a> {
    whole: &'a Whole,
    updated: String,
    entries: Vec<Entry>,
}

/// A feed, whichever way it is written.
struct Whole {
    title: String,
    /// Its own address, and that of the page about the same.
    itself: String,
    page: String,
    developments: Vec<DevelopmentView>,
    /// Nobody but its reader may keep it.
    private: bool,
}

struct Entry {
    id: String,
    page: String,
    title: String,
    at: String,
    outlet: String,
    source: String,
    words: String,
    /// Whose words they are, when somebody is quoted, and where they stand.
    told_by: String,
    language: String,
}

/// `GET /feed/{kind}.{xml|json}?of=`, `GET /feed/mine.{xml|json}?key=`
pub(crate) async fn feed(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|_| Problem::NotFound)?;
    let (kind, ending) = name.split_once('.').ok_or(Problem::NotFound)?;
    if !matches!(ending, "xml" | "json") {
        return Err(Problem::NotFound);
    }
    let whole = match kind {
        "mine" => mine(&house, &asked.key.unwrap_or_default(), ending).await?,
        kind => of(&house, peer, target::read(kind, &asked.of.unwrap_or_default()), ending).await?,
    };
    let entries: Vec<Entry> =
        whole.developments.iter().filter_map(|development| entry(&house, development)).collect();
    let mut response = match ending {
        "json" => page::kept("application/feed+json; charset=utf-8", as_json(&whole, &entries).into()),
        _ => {
            let newest = whole.developments.iter().map(|development| development.at).max();
            let updated = moment::stamp(&newest.unwrap_or(Timestamp::UNIX_EPOCH));
            let xml = page::render(&AtomFeed { whole: &whole, updated, entries })?;
            page::kept("application/atom+xml; charset=utf-8", xml.into())
        }
    };
    if whole.private {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    Ok(response)
}

async fn of(house: &House, peer: Peer, wanted: Option<Target>, ending: &str) -> Result<Whole, Problem> {
    let shown = show(house, &wanted.ok_or(Problem::NotFound)?).await?;
    let asked = shown.target.clone();
    let is_search = matches!(asked, Target::Search(_));
    let question = move |store: &Store| store.developments_of(&asked, MOST);
    let developments =
        if is_search { house.search(peer, question).await? } else { house.ask(question).await? };
    Ok(Whole {
        title: text::one_line(&shown.title).into_owned(),
        itself: house.address(&target::feed(&shown.target, ending)),
        page: house.address(&target::page(&shown.target)),
        developments,
        private: false,
    })
}

async fn mine(house: &House, secret: &str, ending: &str) -> Result<Whole, Problem> {
    let key = hash(secret);
    let developments = house.ask(move |store| {
        let reader = store.reader_of(&key, KeyPurpose::Feed, Timestamp::now())?;
        reader.map(|reader| store.developments_for(reader, MOST)).transpose()
    });
    Ok(Whole {
        title: "What I follow".to_owned(),
        // Without the key: feed readers keep `id` and may show it.
        itself: house.address(&format!("/feed/mine.{ending}")),
        page: house.address("/follows"),
        developments: developments.await?.ok_or(Problem::NotFound)?,
        private: true,
    })
}

/// A development as an item: under its story's title, in its source's words.
fn entry(house: &House, development: &DevelopmentView) -> Option<Entry> {
    let first = development.evidence.first()?;
    let page = house.address(&format!("/story/{}?new={}", development.story, development.id));
    Some(Entry {
        id: house.address(&format!("/development/{}", development.id)),
        page,
        title: text::one_line(&development.story_title).into_owned(),
        at: moment::stamp(&development.at),
        outlet: text::one_line(&first.outlet).into_owned(),
        source: source(house, first),
        words: text::one_line(&first.text).into_owned(),
        told_by: told_by(development, first),
        language: if first.language.is_known() { first.language.to_string() } else { String::new() },
    })
}

/// The publisher's own page, else the article here.
fn source(house: &House, first: &EvidenceView) -> String {
    evidence::link(&first.url).unwrap_or_else(|| house.address(&format!("/article/{}", first.article)))
}

/// `Ada Moreno, Harbour Herald`
fn told_by(development: &DevelopmentView, first: &EvidenceView) -> String {
    let outlet = text::one_line(&first.outlet);
    match &development.speaker {
        Some(speaker) => format!("{}, {outlet}", text::one_line(speaker)),
        None => outlet.into_owned(),
    }
}

fn as_json(whole: &Whole, entries: &[Entry]) -> String {
    let items = entries.iter().map(|entry| {
        json!({
            "id": entry.id,
            "url": entry.page,
            "external_url": entry.source,
            "title": entry.title,
            "content_text": format!("{} ({})", entry.words, entry.told_by),
            "date_published": entry.at,
            "authors": [{ "name": entry.outlet }],
            "language": (!entry.language.is_empty()).then_some(&entry.language),
        })
    });
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": format!("{} · Staytuned", whole.title),
        "home_page_url": whole.page,
        "feed_url": whole.itself,
        "items": items.collect::<Vec<_>>(),
    })
    .to_string()
}
