//! Where they stand: the board on a story's page, and `/story/{id}/compare`: two of its actors side by side.

use crate::Problem;
use crate::house::House;
use crate::page::{self, Chrome};
use crate::pages::story;
use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::Timestamp;
use news::{ActorId, StoryId};
use serde::Deserialize;
use std::sync::Arc;
use store::view::{Board, BoardCell, BoardIssue, BoardRow, PositionView, StoryCard};

/// Who stands where in a story.
pub(crate) async fn of_story(house: &House, id: StoryId) -> Result<Board, Problem> {
    house.ask(move |store| store.board(id)).await
}

/// Address of the words in their article, marked there.
pub(crate) fn href(position: &PositionView) -> String {
    let (article, span) = (position.article, position.span);
    if position.in_title {
        return format!("/article/{article}");
    }
    format!("/article/{article}?span={}-{}#here", span.start, span.end)
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    chrome: Chrome,
    story: StoryCard,
    a: BoardRow,
    b: BoardRow,
    lines: Vec<Line>,
    now: Timestamp,
}

/// An issue with what both stand on.
pub(crate) struct Line {
    pub(crate) issue: BoardIssue,
    pub(crate) sides: [Side; 2],
}

/// One of the two.
pub(crate) struct Side {
    pub(crate) actor: ActorId,
    pub(crate) name: String,
    pub(crate) cell: Option<BoardCell>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    a: i64,
    b: i64,
}

/// `GET /story/12/compare?a=3&b=7`
pub(crate) async fn compare(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let Query(asked) = asked.map_err(|_| {
        Problem::Bad(
            "two speakers are compared: choose them under “Where they stand” on the story’s page".into(),
        )
    })?;
    let story = match story::find(&house, StoryId(id)).await {
        Err(Problem::MovedTo(into)) => {
            return story::moved(into, &format!("/compare?a={}&b={}", asked.a, asked.b));
        }
        found => found?.card,
    };
    let (id, two) = (story.id, [ActorId(asked.a), ActorId(asked.b)]);
    let board = house.ask(move |store| store.compare(id, two)).await?;
    let row = |wanted: i64| board.rows.iter().find(|row| row.actor.id.0 == wanted).cloned();
    let (Some(a), Some(b)) = (row(asked.a), row(asked.b)) else { return Err(Problem::NotFound) };
    let title = format!("{} and {}", a.actor.name, b.actor.name);
    let chrome = Chrome::new(&house, &title, "story").at(&house, &format!("/story/{id}"));
    let now = chrome.now;
    let page = ComparePage { lines: lines(board.issues, &a, &b), chrome, story, a, b, now };
    Ok(page::public(page::render(&page)?.into()))
}

/// The issues on which at least one of them stands, those of both first.
fn lines(issues: Vec<BoardIssue>, a: &BoardRow, b: &BoardRow) -> Vec<Line> {
    let cell = |row: &BoardRow, at: usize| row.cells.get(at).cloned().flatten();
    let side = |row: &BoardRow, at: usize| Side {
        actor: row.actor.id,
        name: row.actor.name.clone(),
        cell: cell(row, at),
    };
    let mut lines: Vec<Line> = issues
        .into_iter()
        .enumerate()
        .map(|(at, issue)| Line { issue, sides: [side(a, at), side(b, at)] })
        .filter(|line| line.sides.iter().any(|side| side.cell.is_some()))
        .collect();
    lines.sort_by_key(|line| line.sides.iter().any(|side| side.cell.is_none()));
    lines
}
