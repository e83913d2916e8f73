//! `/story/{id}/correct`: the operator splits, merges and mutes stories, moves articles, and says what is no news. Every
//! form leads first to a page that says what will happen, and only its button does it: all without script.

use crate::asked::{self, Deed};
use crate::house::House;
use crate::page::{self, Chrome};
use crate::pages::story::{TOLD, find, moved};
use crate::pages::story_new::opened_once;
use crate::signed::{Operator, SignedForm};
use crate::{Command, Problem, text};
use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use news::{Correction, StoryId};
use std::sync::Arc;
use store::view::{ArticleView, CorrectionState, CorrectionView, DevelopmentView, StoryView};

/// Developments that can be taken back here.
const DEVELOPMENTS: usize = 30;
/// Corrections that are shown.
const CORRECTIONS: usize = 20;

#[derive(Template)]
#[template(path = "correct_story.html")]
struct CorrectStory {
    chrome: Chrome,
    story: StoryView,
    articles: Vec<ArticleView>,
    developments: Vec<DevelopmentView>,
    corrections: Vec<CorrectionView>,
    now: Timestamp,
}

#[derive(Template)]
#[template(path = "correct_story_check.html")]
struct Check {
    chrome: Chrome,
    story: StoryId,
    deed: Deed,
    fields: Vec<(String, String)>,
    token: String,
}

/// `GET /story/{id}/correct`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    Operator(_): Operator,
) -> Result<Response, Problem> {
    let id = of(id)?;
    let story = match find(&house, id).await {
        Err(Problem::MovedTo(into)) => return moved(into, "/correct"),
        found => found?,
    };
    let (developments, corrections) = house
        .ask(move |store| {
            let developments =
                opened_once(store.developments_known(id, DEVELOPMENTS)?, &store.developments(id, TOLD)?);
            Ok((developments, store.corrections(Some(id), CORRECTIONS)?))
        })
        .await?;
    let mut articles: Vec<ArticleView> =
        story.coverage.iter().flat_map(|group| group.articles.clone()).collect();
    articles.sort_by_key(|article| std::cmp::Reverse(article.at));
    let title = format!("Correct: {}", text::one_line(&story.card.title));
    let chrome = Chrome::new(&house, &title, "story").unlisted();
    let now = chrome.now;
    Ok(page::private(page::render(&CorrectStory {
        chrome,
        story,
        articles,
        developments,
        corrections,
        now,
    })?))
}

/// `GET /story/{id}/correct/check`: what will happen.
pub(crate) async fn check(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    fields: Result<Query<Vec<(String, String)>>, QueryRejection>,
    Operator(session): Operator,
) -> Result<Response, Problem> {
    let story = of(id)?;
    let Query(fields) = fields.map_err(|refused| Problem::Unread(refused.body_text()))?;
    let correction = asked::correction(story, &fields)?;
    let deed =
        house.ask(move |store| asked::deed(store, story, &correction)).await?.map_err(Problem::Refused)?;
    let chrome = Chrome::new(&house, deed.heading, "story").unlisted();
    let fields = fields.into_iter().filter(|field| field.0 != "token").collect();
    let token = session.form_token();
    Ok(page::private(page::render(&Check { chrome, story, deed, fields, token })?))
}

/// `POST /story/{id}/correct`
pub(crate) async fn carry_out(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: SignedForm,
) -> Result<Response, Problem> {
    let here = of(id)?;
    let correction: Correction = asked::correction(here, form.fields())?;
    let story = house.command(|reply| Command::Correct { correction, reply }).await?;
    Ok(Redirect::to(&format!("/story/{}/correct", story.unwrap_or(here))).into_response())
}

fn of(id: Result<Path<i64>, PathRejection>) -> Result<StoryId, Problem> {
    id.map(|Path(id)| StoryId(id)).map_err(|_| Problem::NotFound)
}

/// What was decided, in words.
pub(crate) fn decided(view: &CorrectionView) -> String {
    let what = match &view.correction {
        Correction::Merge { from, into } => format!("Story {from} was merged into story {into}"),
        Correction::Split { story, articles } => {
            let count = text::count(articles.len(), "article", "articles");
            format!("{count} of story {story} became a story of their own")
        }
        Correction::Move { articles, into } => {
            format!("{} moved to story {into}", text::count(articles.len(), "article", "articles"))
        }
        Correction::NotNews { development } => format!("Development {development} is no news"),
        Correction::IsNews { development } => format!("Development {development} is news after all"),
        Correction::Mute { .. } => "Muted".to_owned(),
        Correction::Unmute { .. } => "Muted no more".to_owned(),
        Correction::Family { host, family } => format!("{host} belongs to the family {family}"),
    };
    match &view.state {
        CorrectionState::Done => what,
        CorrectionState::Waiting => format!("{what}: waits to be carried out"),
        CorrectionState::Refused(why) => format!("{what}: refused, {why}"),
    }
}
