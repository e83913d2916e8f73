//! `/story/{id}`: one story, whole, and the part of it that a live page fetches again.

use crate::chart::Timeline;
use crate::diff::{self, Piece};
use crate::house::House;
use crate::page::{self, Chrome};
use crate::{Problem, text};
use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use news::StoryId;
use std::sync::Arc;
use store::view::{ArticleView, CoverageGroup, Found, HeadlineChange, StoryView};

/// Articles of one family that are shown unfolded.
pub(crate) const OPEN: usize = 4;
/// Changed headlines that are shown unfolded.
pub(crate) const EDITS: usize = 6;

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage {
    chrome: Chrome,
    story: StoryView,
    first: Option<ArticleView>,
    timeline: Timeline,
    changes: Vec<Change>,
    now: Timestamp,
}

#[derive(Template)]
#[template(path = "story_body.html")]
struct StoryBody {
    story: StoryView,
    first: Option<ArticleView>,
    timeline: Timeline,
    changes: Vec<Change>,
    now: Timestamp,
}

/// A changed headline with what was changed in it.
pub(crate) struct Change {
    pub(crate) of: HeadlineChange,
    pub(crate) pieces: Vec<Piece>,
}

impl Change {
    pub(crate) fn new(of: HeadlineChange) -> Self {
        let pieces = diff::words(&of.before, &of.after);
        Self { of, pieces }
    }
}

/// `GET /story/12` and `GET /story/12-any-words`. The number is the story; words are for people and redirect.
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let (id, plain) = address(&written).ok_or(Problem::NotFound)?;
    if !plain {
        return redirect(id);
    }
    let make = async {
        let story = find(&house, id).await?;
        let path = format!("/story/{id}");
        let chrome = Chrome::new(&house, &text::one_line(&story.card.title), "story").at(&house, &path);
        let (first, timeline, now) = (first(&story), Timeline::new(&story.timeline), chrome.now);
        let changes = story.headline_changes.iter().cloned().map(Change::new).collect();
        page::render(&StoryPage { chrome, story, first, timeline, changes, now })
    };
    answer(house.shelf.take_or_make(&format!("story {id}"), house.tail.newest(), make).await)
}

/// `GET /fragment/story/12`
pub(crate) async fn fragment(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let id = id.map(|Path(id)| StoryId(id)).map_err(|_| Problem::NotFound)?;
    let make = async {
        let story = find(&house, id).await?;
        let (first, timeline) = (first(&story), Timeline::new(&story.timeline));
        let changes = story.headline_changes.iter().cloned().map(Change::new).collect();
        page::render(&StoryBody { story, first, timeline, changes, now: Timestamp::now() })
    };
    answer(house.shelf.take_or_make(&format!("story body {id}"), house.tail.newest(), make).await)
}

fn answer(made: Result<axum::body::Bytes, Problem>) -> Result<Response, Problem> {
    match made {
        Ok(html) => Ok(page::public(html)),
        Err(Problem::MovedTo(id)) => redirect(id),
        Err(problem) => Err(problem),
    }
}

/// The story, or where it moved.
pub(crate) async fn find(house: &House, id: StoryId) -> Result<StoryView, Problem> {
    match house.ask(move |store| store.story(id)).await? {
        Found::Story(story) => Ok(*story),
        Found::MovedTo(id) => Err(Problem::MovedTo(id)),
        Found::Nothing => Err(Problem::NotFound),
    }
}

/// A story's address is for ever, but a merge may be taken back: permanent, yet asked again each time.
fn redirect(id: StoryId) -> Result<Response, Problem> {
    let location = HeaderValue::try_from(format!("/story/{id}")).map_err(|_| Problem::NotFound)?;
    let headers =
        [(header::LOCATION, location), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    Ok((StatusCode::PERMANENT_REDIRECT, headers).into_response())
}

/// `12` or `12-words`: the id, and whether nothing else was written.
fn address(written: &str) -> Option<(StoryId, bool)> {
    let (digits, words) = written.split_once('-').map_or((written, None), |(id, words)| (id, Some(words)));
    let plain = words.is_none() && !(digits.len() > 1 && digits.starts_with('0'));
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| Some((StoryId(digits.parse().ok()?), plain)))?
}

/// The outlets of a family that report, in the order of their first article.
pub(crate) fn outlets(group: &CoverageGroup) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for article in &group.articles {
        if !names.contains(&article.outlet_name.as_str()) {
            names.push(&article.outlet_name);
        }
    }
    names
}

fn first(story: &StoryView) -> Option<ArticleView> {
    let articles = story.coverage.iter().flat_map(|group| &group.articles);
    articles
        .flat_map(|article| std::iter::once(article).chain(&article.copies))
        .find(|article| article.first)
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_story_shows_its_evidence_copies_and_edits() {
        let story = sample::story();
        let (first, timeline) = (first(&story), Timeline::new(&story.timeline));
        let changes = story.headline_changes.iter().cloned().map(Change::new).collect();
        let page = page::render(&StoryBody { story, first, timeline, changes, now: sample::at(0) }).unwrap();
        for part in [
            "first reported by <bdi>Meridian Press</bdi>",
            "7 copies in other outlets",
            "<del>four</del> <ins>five</ins>",
            "2 edits",
            "one bar an hour, at most 7",
            "href=\"/story/9\"",
            "rel=\"noopener noreferrer nofollow\"",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
    }

    #[test]
    fn a_story_is_named_by_its_number() {
        let check = |written: &str, found: Option<(i64, bool)>| {
            assert_eq!(address(written).map(|(id, plain)| (id.0, plain)), found, "{written}");
        };
        check("12", Some((12, true)));
        check("12-talks-resume", Some((12, false)));
        check("12-", Some((12, false)));
        check("012", Some((12, false)));
        check("", None);
        check("-12", None);
        check("+12", None);
        check("twelve", None);
        check("99999999999999999999", None);
    }
}
