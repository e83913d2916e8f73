//! The JSON API under `/api/v1`: the same values that pages show.

pub(crate) mod acts;
pub(crate) mod corrections;
pub(crate) mod follows;
pub(crate) mod positions;
pub(crate) mod said;

use crate::Problem;
use crate::house::House;
use crate::live;
use crate::pages::{places, search, story};
use crate::peer::Peer;
use crate::signed::Operator;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use news::{Language, OutletId, StoryId, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::FrontQuery;

/// Stories in one answer at most.
const MOST: usize = 200;

#[derive(Deserialize)]
pub(crate) struct Asked {
    lang: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
    /// Only stories with an article since this time (RFC 3339).
    since: Option<Timestamp>,
}

/// `GET /api/v1/stories`: cards by importance. `last_event` is where `/api/v1/events?since=` goes on.
pub(crate) async fn stories(
    State(house): State<Arc<House>>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|refused| Problem::Bad(refused.body_text()))?;
    let query = FrontQuery {
        limit: asked.limit.unwrap_or(50).clamp(1, MOST),
        offset: asked.offset.unwrap_or(0).min(100_000),
        language: asked.lang.as_deref().filter(|tag| !tag.is_empty()).map(Language::parse),
        since: asked.since,
    };
    json(&house.ask(move |store| store.front(&query)).await?)
}

/// `GET /api/v1/stories/{id}`
pub(crate) async fn story(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    match story::find(&house, StoryId(id)).await {
        Ok(story) => json(&story),
        Err(Problem::MovedTo(id)) => {
            let location =
                HeaderValue::try_from(format!("/api/v1/stories/{id}")).map_err(|_| Problem::NotFound)?;
            Ok((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// `GET /api/v1/stories/{id}/places`: places that a story names, those of most articles first.
pub(crate) async fn story_places(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let places = house.ask(move |store| store.story_places(StoryId(id), MOST)).await?;
    json(&serde_json::json!({ "places": places }))
}

/// `GET /api/v1/places/{id}`: one place with the stories and sentences that name it.
pub(crate) async fn place(
    State(house): State<Arc<House>>,
    id: Result<Path<u32>, PathRejection>,
) -> Result<Response, Problem> {
    json(&places::find(&house, id).await?)
}

#[derive(Deserialize)]
pub(crate) struct Since {
    #[serde(default)]
    since: i64,
    limit: Option<usize>,
}

/// `GET /api/v1/changes?since=`: the public events after one, oldest first, for who would rather ask than listen.
/// `next` is the `since` of the next question; `more` says that it need not wait.
pub(crate) async fn changes(
    State(house): State<Arc<House>>,
    asked: Result<Query<Since>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|refused| Problem::Bad(refused.body_text()))?;
    let limit = asked.limit.unwrap_or(MOST).clamp(1, MOST);
    let events = house.ask(move |store| store.events_since(asked.since, limit)).await?;
    let next = events.last().map_or(asked.since, |event| event.seq);
    let more = events.len() == limit;
    let public: Vec<_> = events.iter().filter_map(live::public).collect();
    json(&serde_json::json!({ "events": public, "next": next, "more": more }))
}

/// `GET /api/v1/search?q=`
pub(crate) async fn search(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    asked: Result<Query<search::Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    json(&search::look(&house, peer, asked).await?.2)
}

/// An outlet without its feeds: their addresses are the operator's.
#[derive(Serialize)]
struct PublicOutlet {
    id: OutletId,
    name: String,
    host: String,
    family: String,
    articles: u64,
    last_article_at: Option<Timestamp>,
}

/// `GET /api/v1/outlets`
pub(crate) async fn outlets(State(house): State<Arc<House>>) -> Result<Response, Problem> {
    let outlets = house.ask(|store| store.outlets()).await?;
    let public = outlets.into_iter().map(|outlet| PublicOutlet {
        id: outlet.id,
        name: outlet.name,
        host: outlet.host,
        family: outlet.family,
        articles: outlet.articles,
        last_article_at: outlet.last_article_at,
    });
    json(&serde_json::json!({ "outlets": public.collect::<Vec<_>>() }))
}

/// `GET /api/v1/feeds`, for the operator.
pub(crate) async fn feeds(State(house): State<Arc<House>>, _operator: Operator) -> Result<Response, Problem> {
    let feeds = house.ask(|store| store.feeds()).await?;
    let mut response = json(&serde_json::json!({ "feeds": feeds }))?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn json(value: &impl Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_vec(value).map_err(|_| Problem::Busy)?;
    Ok(crate::page::kept("application/json", text.into()))
}
