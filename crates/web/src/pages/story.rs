//! `/story/{id}`: one story, whole, and the part of it that a live page fetches again.

use crate::chart::Timeline;
use crate::days::{Day, days};
use crate::diff::{self, Piece};
use crate::house::House;
use crate::page::{self, Chrome};
use crate::pages::places::{self, Places};
use crate::pages::positions;
use crate::pages::said::{self, Said};
use crate::pages::story_new::{self, Group};
use crate::preview::quoted;
use crate::{Problem, text};
use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use news::{DevelopmentId, StoryId, Target};
use serde::Deserialize;
use std::sync::Arc;
use store::view::{
    ArticleView, Board, CoverageGroup, EvidenceView, FigurePoint, FigureSeries, Found, HeadlineChange,
    StoryView,
};

/// Articles of one family that are shown unfolded.
pub(crate) const OPEN: usize = 4;
/// Changed headlines that are shown unfolded.
pub(crate) const EDITS: usize = 6;
/// Developments that are counted by day, and sentences that tell days.
pub(crate) const TOLD: usize = 400;
const DAYS: usize = 60;

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage {
    chrome: Chrome,
    body: StoryBody,
}

#[derive(Template)]
#[template(path = "story_body.html")]
struct StoryBody {
    story: StoryView,
    first: Option<ArticleView>,
    timeline: Timeline,
    changes: Vec<Change>,
    new: Vec<Group>,
    days: Vec<Day>,
    figures: Vec<FigureSeries>,
    followed: Target,
    said: Said,
    board: Board,
    places: Places,
    now: Timestamp,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    new: Option<i64>,
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
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let since = asked.ok().and_then(|Query(asked)| asked.new).map(DevelopmentId);
    let (id, plain) = address(&written).ok_or(Problem::NotFound)?;
    if !plain {
        return moved(id, "");
    }
    let make = async {
        let body = body(&house, id, since).await?;
        let path = format!("/story/{id}");
        let card = &body.story.card;
        let words = card.lead.as_ref().and_then(|lead| quoted(&lead.text, &lead.outlet));
        let mut chrome = Chrome::new(&house, &text::one_line(&card.title), "story")
            .at(&house, &path)
            .previewed(&house, "article", &card.title, words);
        chrome.about = Some(Target::Story(id));
        page::render(&StoryPage { chrome, body })
    };
    let key = since.map_or_else(|| format!("story {id}"), |since| format!("story {id} new {since}"));
    answer(house.shelf.take_or_make(&key, house.tail.newest(), make).await)
}

/// `GET /fragment/story/12`
pub(crate) async fn fragment(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let id = id.map(|Path(id)| StoryId(id)).map_err(|_| Problem::NotFound)?;
    let make = async { page::render(&body(&house, id, None).await?) };
    answer(house.shelf.take_or_make(&format!("story body {id}"), house.tail.newest(), make).await)
}

fn answer(made: Result<axum::body::Bytes, Problem>) -> Result<Response, Problem> {
    match made {
        Ok(html) => Ok(page::public(html)),
        Err(Problem::MovedTo(id)) => moved(id, ""),
        Err(problem) => Err(problem),
    }
}

/// All that stands on a story's page, with or without the page around it.
async fn body(house: &House, id: StoryId, since: Option<DevelopmentId>) -> Result<StoryBody, Problem> {
    let mut story = find(house, id).await?;
    let (told, figures, of_days) = house
        .ask(move |store| Ok((store.developments(id, TOLD)?, store.figures(id)?, store.days(id, DAYS)?)))
        .await?;
    let now = Timestamp::now();
    let new = story_new::groups(&told, since, now);
    story.lead.retain(|sentence| !story_new::opens_with(&new, &sentence.text));
    Ok(StoryBody {
        first: first(&story),
        timeline: Timeline::new(&story.timeline),
        changes: story.headline_changes.iter().cloned().map(Change::new).collect(),
        new,
        days: days(of_days, &told),
        figures,
        followed: Target::Story(id),
        said: said::of_story(house, id).await?,
        board: positions::of_story(house, id).await?,
        places: places::of_story(house, id).await?,
        now,
        story,
    })
}

/// Where the words of a figure stand.
pub(crate) fn figure_href(point: &FigurePoint) -> String {
    match point.span {
        Some(span) => format!("/article/{}?span={}-{}#here", point.article, span.start, span.end),
        None => format!("/article/{}", point.article),
    }
}

/// Where the words of a development stand.
pub(crate) fn evidence_href(first: &EvidenceView) -> String {
    match first.span.filter(|_| first.stands) {
        Some(span) => format!("/article/{}?span={}-{}#here", first.article, span.start, span.end),
        None => format!("/article/{}", first.article),
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

/// Leads to a page of the story that it is part of now; `rest` is what stands behind the story in its address. An address
/// is for ever, but a merge may be taken back: permanent, yet asked again each time.
pub(crate) fn moved(id: StoryId, rest: &str) -> Result<Response, Problem> {
    let location = HeaderValue::try_from(format!("/story/{id}{rest}")).map_err(|_| Problem::NotFound)?;
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
        let developments = vec![sample::development(41), sample::development(40)];
        let (followed, now) = (Target::Story(StoryId(1)), sample::at(0));
        let new = story_new::groups(&developments, Some(DevelopmentId(41)), now);
        let said = Said::of(sample::sayings());
        let board = sample::board();
        let places = Places::default();
        let (days, figures) = (days(sample::days(), &developments), sample::figures());
        let body = StoryBody {
            story,
            first,
            timeline,
            changes,
            new,
            days,
            figures,
            followed,
            said,
            board,
            places,
            now,
        };
        let page = page::render(&body).unwrap();
        for part in [
            "first reported by <bdi>Meridian Press</bdi>",
            "7 copies in other outlets",
            "<del>four</del> <ins>five</ins>",
            "2 edits",
            "one bar an hour, at most 7",
            "<h3 lang=\"de\" dir=\"ltr\"><a href=\"/story/9\"",
            "<blockquote lang=\"en\" dir=\"ltr\"><p><a href=\"/article/11?span=0-58#here\"",
            "class=\"stance undecided\"",
            "<span class=\"from\">before: rules out</span>",
            "href=\"/article/11?span=0-58#here\"",
            "action=\"/story/1/compare\"",
            "<a href=\"/actor/1\"><bdi>Ivo Karst</bdi></a> <span class=\"soft\"><bdi>palace spokesman</bdi></span>",
            "/article/1?span=0-20,30-40#here",
            "<span>one outlet",
            "Unattributed",
            "rel=\"noopener noreferrer nofollow\"",
            "href=\"/follow?kind=story&#38;of=1\"",
            "data-development=\"41\" class=\"unseen-yet\"",
            "data-development=\"40\">",
            "New since you looked</h3>",
            "Sunday, 22 November",
            "The palace called the five regions",
            "href=\"/article/11?span=0-58#here\"",
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
