//! `/development/{id}`: one development with all the words that it stands on, and why its reader was told of it, or was
//! not: rule by rule.

use crate::house::House;
use crate::page::{self, Chrome};
use crate::pages::story::TOLD;
use crate::pages::story_new::opened_once;
use crate::preview::quoted;
use crate::reader::Maybe;
use crate::{Command, Early, Problem, Told, Why, target, text};
use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use news::{DevelopmentId, ReaderId, Target};
use std::sync::Arc;
use store::view::DevelopmentView;
use store::{Store, StoreError};

#[derive(Template)]
#[template(path = "development.html")]
struct DevelopmentPage {
    chrome: Chrome,
    development: DevelopmentView,
    /// None for who follows nothing.
    reasons: Option<Vec<Why>>,
    /// Whether the reader follows something that it concerns, and yet there are no reasons: there is nowhere to tell them.
    follows: bool,
    /// Its story.
    followed: Target,
    now: Timestamp,
}

/// `GET /development/{id}`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    Maybe(reader): Maybe,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let id = DevelopmentId(id);
    let development = house.ask(move |store| known(store, id)).await?.ok_or(Problem::NotFound)?;
    let (reasons, follows) = match reader {
        Some(reader) => {
            let reader = reader.id;
            let reasons = house.command(|reply| Command::Explain { reader, development: id, reply }).await?;
            let follows = reasons.is_empty() && house.ask(move |store| follows(store, reader, id)).await?;
            (Some(reasons), follows)
        }
        None => (None, false),
    };
    let title = format!("New in: {}", text::one_line(&development.story_title));
    let words = development.evidence.first().and_then(|first| quoted(&first.text, &first.outlet));
    let chrome = Chrome::new(&house, &title, "story")
        .at(&house, &format!("/development/{id}"))
        .previewed(&house, "article", &title, words)
        .unlisted();
    let (followed, now) = (Target::Story(development.story), chrome.now);
    let page = DevelopmentPage { chrome, development, reasons, follows, followed, now };
    Ok(page::private(page::render(&page)?))
}

/// The development, of the kind that its story's page calls it.
fn known(store: &Store, id: DevelopmentId) -> Result<Option<DevelopmentView>, StoreError> {
    let Some(found) = store.development(id)? else { return Ok(None) };
    let told = store.developments(found.story, TOLD)?;
    Ok(opened_once(vec![found], &told).pop())
}

/// Whether a reader follows something that the development concerns.
fn follows(store: &Store, reader: ReaderId, id: DevelopmentId) -> Result<bool, StoreError> {
    for view in store.follows(reader)? {
        if store.is_concerned(&view.follow.target, id)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a reader follows, in words.
pub(crate) fn followed(of: &Target) -> String {
    match of {
        Target::Story(_) => "this story".to_owned(),
        Target::Actor(key) => format!("the speaker {key}"),
        Target::Place(key) => format!("the place {key}"),
        Target::Search(words) => format!("the search “{words}”"),
    }
}

/// What became of it, in words.
pub(crate) fn told(why: &Why) -> &'static str {
    match why.told {
        Told::Never if why.early == Early::Follow => {
            "You followed after it was published, so it was not sent."
        }
        Told::Never if why.early == Early::Receiver => {
            "This place was added after it was published, so it was not sent."
        }
        Told::Never => "It was not sent.",
        Told::Waits => "It waits to be sent.",
        Told::Sent(_) => "It was sent.",
        Told::Folded(_) => "It went as part of a newer one of the same story.",
        Told::Failed(_) => "It could not be sent.",
    }
}

/// Whether the rules as they are now contradict what happened: they were changed since.
pub(crate) fn changed_since(why: &Why) -> bool {
    let passes = why.rules.iter().all(|rule| rule.passed || rule.waited);
    match why.told {
        Told::Sent(_) | Told::Folded(_) | Told::Failed(_) => !passes,
        Told::Never => passes && why.early == Early::No,
        Told::Waits => false,
    }
}

/// When, if it was.
pub(crate) fn told_at(why: &Why) -> Option<Timestamp> {
    match why.told {
        Told::Sent(at) | Told::Folded(at) | Told::Failed(at) => at,
        Told::Never | Told::Waits => None,
    }
}

/// The page of what is followed.
pub(crate) fn href(why: &Why) -> String {
    target::page(&why.target)
}
