//! `/actor/{id}`: everything somebody said, by date or by story, searched and exported; `/actors`: who speaks.

use super::acts::{self, Shown};
use super::said;
use crate::fields::{Fields, Id, Key};
use crate::house::House;
use crate::page::{self, Chrome};
use crate::paging::{self, Pages};
use crate::peer::Peer;
use crate::preview::quoted;
use crate::{Problem, target, text};
use askama::Template;
use axum::extract::{Extension, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use news::{ActorId, StoryId, Target};
use serde::Deserialize;
use std::sync::Arc;
use store::view::{ActorCard, ActorView, Companion, PositionStrip, SaidPage, SayingView, StoryRef};
use store::{ActorQuery, SayingsQuery, Store};

const SIZE: u64 = 40;
/// Speakers in the list.
const LISTED: usize = 100;
/// Other names that are shown.
const OTHER_NAMES: usize = 8;
/// Others that are shown beside them.
const COMPANIONS: usize = 12;
/// Longest question, in characters.
const LONGEST: usize = 300;

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    story: Option<i64>,
    #[serde(default)]
    by: String,
    page: Option<u64>,
}

impl Asked {
    fn question(&self) -> String {
        text::one_line(&self.q).chars().take(LONGEST).collect::<String>().trim().to_owned()
    }
}

#[derive(Template)]
#[template(path = "actor.html")]
struct ActorPage {
    chrome: Chrome,
    actor: ActorView,
    /// Other names under which they are known.
    others: Vec<String>,
    followed: Option<Target>,
    question: String,
    by_story: bool,
    of_story: Option<StoryRef>,
    groups: Vec<Group>,
    /// Their positions, acts and companions; not beside what was searched for.
    strips: Vec<PositionStrip>,
    acts: Shown,
    companions: Vec<Companion>,
    total: u64,
    pages: Pages,
    now: Timestamp,
}

/// Sayings under one heading: a day, or a story.
pub(crate) struct Group {
    pub(crate) day: Option<Timestamp>,
    pub(crate) story: Option<StoryRef>,
    pub(crate) sayings: Vec<SayingView>,
}

/// `GET /actor/12`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    Id(id): Id,
    Fields(asked): Fields<Asked>,
) -> Result<Response, Problem> {
    let actor = find(&house, ActorId(id)).await?;
    if actor.actor.id.0 != id {
        return moved(&actor);
    }
    let question = asked.question();
    let query = SayingsQuery {
        text: question.clone(),
        story: asked.story.map(StoryId),
        limit: SIZE as usize,
        offset: paging::offset(asked.page, SIZE) as usize,
    };
    let of = actor.actor.id;
    let SaidPage { sayings, total } = sayings(&house, peer, of, query).await?;
    let whole = question.is_empty() && asked.story.is_none() && asked.page.is_none_or(|page| page <= 1);
    let now = Timestamp::now();
    let About { strips, acts, companions } =
        if whole { about(&house, of, &now).await? } else { About::default() };
    let path = format!("/actor/{id}");
    let story = asked.story.map(|story| story.to_string()).unwrap_or_default();
    let kept = [("q", question.as_str()), ("story", story.as_str()), ("by", asked.by.as_str())];
    let by_story = asked.by == "story";
    let newest = sayings.first();
    let words = newest.and_then(|one| quoted(&said::joined(&one.content), &one.place.outlet_name));
    let name = &actor.actor.name;
    let chrome =
        Chrome::new(&house, name, "actors").at(&house, &path).previewed(&house, "profile", name, words);
    let page = ActorPage {
        pages: Pages::new(asked.page, SIZE, total, &path, &kept),
        of_story: sayings
            .first()
            .and_then(|saying| saying.place.story.clone())
            .filter(|_| asked.story.is_some()),
        groups: if by_story { stories(sayings) } else { days(sayings) },
        now: chrome.now,
        others: other_names(&actor),
        followed: actor.names.first().map(|name| Target::Actor(name.key.clone())),
        strips,
        acts,
        companions,
        chrome,
        actor,
        question,
        by_story,
        total,
    };
    Ok(page::public(page::render(&page)?.into()))
}

/// What an actor said; words to search for wait with other searches.
pub(crate) async fn sayings(
    house: &House,
    peer: Peer,
    of: ActorId,
    query: SayingsQuery,
) -> Result<SaidPage, Problem> {
    let is_search = !query.text.trim().is_empty();
    let question = move |store: &Store| store.actor_sayings(of, &query);
    if is_search { house.search(peer, question).await } else { house.ask(question).await }
}

/// What the first page tells of an actor before their words.
#[derive(Default)]
struct About {
    strips: Vec<PositionStrip>,
    acts: Shown,
    companions: Vec<Companion>,
}

async fn about(house: &House, of: ActorId, now: &Timestamp) -> Result<About, Problem> {
    Ok(About {
        strips: house.ask(move |store| store.actor_positions(of)).await?,
        acts: acts::newest(house, of, now).await?,
        companions: house.ask(move |store| store.companions(of, COMPANIONS)).await?,
    })
}

/// `GET /actor?key=ada+holm`: to the page of the one who is called so, else to a search for the name.
pub(crate) async fn called(
    State(house): State<Arc<House>>,
    Fields(Key { key }): Fields<Key>,
) -> Result<Redirect, Problem> {
    let wanted = key.clone();
    let found = house.ask(move |store| store.actor_called(&wanted)).await?;
    Ok(Redirect::to(&found.map_or_else(|| target::search(&Target::Actor(key)), |id| format!("/actor/{id}"))))
}

fn other_names(actor: &ActorView) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in actor.names.iter().map(|name| &name.text).filter(|name| **name != actor.actor.name) {
        if !names.contains(name) && names.len() < OTHER_NAMES {
            names.push(name.clone());
        }
    }
    names
}

/// The actor of an address; a merged one is the one that it went to.
pub(crate) async fn find(house: &House, id: ActorId) -> Result<ActorView, Problem> {
    house.ask(move |store| store.actor(id)).await?.ok_or(Problem::NotFound)
}

fn moved(actor: &ActorView) -> Result<Response, Problem> {
    let location =
        HeaderValue::try_from(format!("/actor/{}", actor.actor.id)).map_err(|_| Problem::NotFound)?;
    let headers =
        [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    Ok((StatusCode::PERMANENT_REDIRECT, headers).into_response())
}

fn days(sayings: Vec<SayingView>) -> Vec<Group> {
    let day = |saying: &SayingView| -> Date { saying.at.to_zoned(TimeZone::UTC).date() };
    let mut groups: Vec<Group> = Vec::new();
    for saying in sayings {
        let same = groups
            .last()
            .and_then(|group| group.sayings.first())
            .is_some_and(|first| day(first) == day(&saying));
        match groups.last_mut().filter(|_| same) {
            Some(group) => group.sayings.push(saying),
            None => groups.push(Group { day: Some(saying.at), story: None, sayings: vec![saying] }),
        }
    }
    groups
}

fn stories(sayings: Vec<SayingView>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for saying in sayings {
        let story = saying.place.story.clone();
        match groups.iter_mut().find(|group| group.story == story) {
            Some(group) => group.sayings.push(saying),
            None => groups.push(Group { day: None, story, sayings: vec![saying] }),
        }
    }
    groups
}

#[derive(Template)]
#[template(path = "actors.html")]
struct ActorsPage {
    chrome: Chrome,
    question: String,
    actors: Vec<ActorCard>,
}

/// `GET /actors`: who said most in the last week, or who is called so.
pub(crate) async fn list(
    State(house): State<Arc<House>>,
    Fields(asked): Fields<Asked>,
) -> Result<Response, Problem> {
    let question = asked.question();
    let actors = named(&house, &question, LISTED).await?;
    let chrome = Chrome::new(&house, "Speakers", "actors").at(&house, "/actors");
    let chrome = if question.is_empty() { chrome } else { chrome.unlisted() };
    Ok(page::public(page::render(&ActorsPage { chrome, question, actors })?.into()))
}

/// Actors called so; nobody for no name, unless the list of those who speak now is wanted.
pub(crate) async fn named(house: &House, name: &str, limit: usize) -> Result<Vec<ActorCard>, Problem> {
    let query = ActorQuery { name: name.to_owned(), limit };
    house.ask(move |store| store.actors(&query)).await
}
