//! `/search?q=`: articles that hold all the words.

use super::actor;
use crate::house::House;
use crate::page::{self, Chrome};
use crate::paging::{self, Pages};
use crate::peer::Peer;
use crate::{Problem, target, text};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use news::{Language, Target};
use serde::Deserialize;
use std::sync::Arc;
use store::SearchQuery;
use store::view::{ActorCard, Hits};

const SIZE: u64 = 20;
/// Speakers shown above the articles.
const SPEAKERS: usize = 6;
/// Longest question, in characters.
pub(crate) const LONGEST: usize = 300;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    lang: Option<String>,
    page: Option<u64>,
}

impl Asked {
    /// The question on one line, cut to its longest length.
    fn question(&self) -> String {
        text::one_line(&self.q).chars().take(LONGEST).collect::<String>().trim().to_owned()
    }
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    chrome: Chrome,
    /// Speakers called like this.
    actors: Vec<ActorCard>,
    found: Hits,
    pages: Pages,
    followed: Option<Target>,
}

/// `GET /search`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let (question, page, found) = look(&house, peer, asked).await?;
    let title = if question.is_empty() { "Search".to_owned() } else { format!("Search: {question}") };
    let mut chrome = Chrome::new(&house, &title, "search").unlisted();
    let pages = Pages::new(page, SIZE, found.total, "/search", &[("q", &question)]);
    let followed = target::read("search", &question);
    chrome.about = followed.clone();
    chrome.question = question;
    let actors = match &chrome.question {
        question if question.is_empty() || pages.number > 1 => Vec::new(),
        question => actor::named(&house, question, SPEAKERS).await?,
    };
    let html = page::render(&SearchPage { chrome, actors, found, pages, followed })?;
    Ok(page::public(html.into()))
}

/// What the question finds; nothing for no question.
pub(crate) async fn look(
    house: &House,
    peer: Peer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<(String, Option<u64>, Hits), Problem> {
    let Query(asked) = asked.map_err(|_| Problem::Bad("a page is a number".into()))?;
    let question = asked.question();
    if question.is_empty() {
        return Ok((question, None, Hits { hits: Vec::new(), total: 0 }));
    }
    let query = SearchQuery {
        text: question.clone(),
        limit: SIZE as usize,
        offset: paging::offset(asked.page, SIZE) as usize,
        language: asked.lang.as_deref().filter(|tag| !tag.is_empty()).map(Language::parse),
    };
    let found = house.search(peer, move |store| store.search(&query)).await?;
    Ok((question, asked.page, found))
}
