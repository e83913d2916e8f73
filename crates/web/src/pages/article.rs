//! `/article/{id}`: an article's text as evidence, with the place that was asked for marked.

use super::story::Change;
use crate::evidence::{self, Paragraph};
use crate::house::House;
use crate::page::{self, Chrome};
use crate::preview::quoted;
use crate::{Problem, text};
use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use news::ArticleId;
use serde::Deserialize;
use std::sync::Arc;
use store::view::{ArticleText, ArticleView, StoryRef};

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// `120-240` or `120-240,250-280`: bytes of the text.
    span: Option<String>,
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    chrome: Chrome,
    article: ArticleView,
    story: Option<StoryRef>,
    original: Option<String>,
    paragraphs: Vec<Paragraph>,
    /// A place was asked for that this text does not have.
    span_missing: bool,
    changes: Vec<Change>,
}

/// `GET /article/{id}`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let Query(asked) = asked.map_err(|_| Problem::Bad("a span is two numbers: 120-240".into()))?;
    let found = house.ask(move |store| store.article(ArticleId(id))).await?.ok_or(Problem::NotFound)?;
    let article = &found.article;
    let chrome = Chrome::new(&house, &article.title, "story")
        .at(&house, &format!("/article/{id}"))
        .previewed(&house, "article", &article.title, quoted(opening(&found), &article.outlet_name));
    let page = lay_out(chrome.unlisted(), found, asked.span.as_deref());
    Ok(page::public(page::render(&page)?.into()))
}

/// The first words of the article: its teaser, else its first paragraph.
fn opening(found: &ArticleText) -> &str {
    let first = || found.paragraphs.first().map(|span| span.of(&found.text));
    found.article.teaser.as_deref().or_else(first).unwrap_or_default()
}

fn lay_out(chrome: Chrome, found: ArticleText, span: Option<&str>) -> ArticlePage {
    let paragraphs =
        evidence::paragraphs(&found.text, &found.paragraphs, &span.map(evidence::spans).unwrap_or_default());
    ArticlePage {
        chrome,
        span_missing: span.is_some() && !paragraphs.iter().any(Paragraph::is_marked),
        original: found.article.url.as_deref().and_then(text::outgoing_link),
        story: found.story,
        paragraphs,
        changes: found.headline_changes.into_iter().map(Change::new).collect(),
        article: found.article,
    }
}
