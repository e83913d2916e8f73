//! Who said what, for programs: the sayings of a story, the speakers, and what each of them said.

use super::json;
use crate::Problem;
use crate::fields::{Fields, Id};
use crate::house::House;
use crate::pages::{actor, story};
use crate::peer::Peer;
use axum::extract::{Extension, State};
use axum::response::Response;
use news::{ActorId, StoryId};
use serde::Deserialize;
use std::sync::Arc;
use store::SayingsQuery;

/// Sayings or speakers in one answer at most.
const MOST: usize = 500;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    story: Option<i64>,
    limit: Option<usize>,
    offset: Option<usize>,
}

impl Asked {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(50).clamp(1, MOST)
    }
}

/// `GET /api/v1/stories/{id}/sayings`: newest first.
pub(crate) async fn of_story(
    State(house): State<Arc<House>>,
    Id(id): Id,
    Fields(asked): Fields<Asked>,
) -> Result<Response, Problem> {
    let id = match story::find(&house, StoryId(id)).await {
        Ok(story) => story.card.id,
        Err(Problem::MovedTo(id)) => id,
        Err(problem) => return Err(problem),
    };
    json(&house.ask(move |store| store.story_sayings(id, asked.limit())).await?)
}

/// `GET /api/v1/actors?q=`: by a part of the name, or who said most in the last week.
pub(crate) async fn actors(
    State(house): State<Arc<House>>,
    Fields(asked): Fields<Asked>,
) -> Result<Response, Problem> {
    let limit = asked.limit();
    let actors = actor::named(&house, &asked.q, limit).await?;
    json(&serde_json::json!({ "actors": actors }))
}

/// `GET /api/v1/actors/{id}`
pub(crate) async fn actor(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    json(&actor::find(&house, ActorId(id)).await?)
}

/// `GET /api/v1/actors/{id}/sayings?q=&story=`: newest first.
pub(crate) async fn of_actor(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    Id(id): Id,
    Fields(asked): Fields<Asked>,
) -> Result<Response, Problem> {
    let id = actor::find(&house, ActorId(id)).await?.actor.id;
    let query = SayingsQuery {
        limit: asked.limit(),
        offset: asked.offset.unwrap_or(0).min(100_000),
        story: asked.story.map(StoryId),
        text: asked.q.chars().take(300).collect(),
    };
    json(&actor::sayings(&house, peer, id, query).await?)
}
