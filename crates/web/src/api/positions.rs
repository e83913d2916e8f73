//! Where they stand, for programs: the board of a story, the strips of an actor.

use super::json;
use crate::Problem;
use crate::fields::Id;
use crate::house::House;
use crate::pages::{actor, positions, story};
use axum::extract::State;
use axum::response::Response;
use news::{ActorId, StoryId};
use std::sync::Arc;

/// `GET /api/v1/stories/{id}/positions`: issues, and actors with a cell an issue.
pub(crate) async fn of_story(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    let id = match story::find(&house, StoryId(id)).await {
        Ok(story) => story.card.id,
        Err(Problem::MovedTo(id)) => id,
        Err(problem) => return Err(problem),
    };
    json(&positions::of_story(&house, id).await?)
}

/// `GET /api/v1/actors/{id}/positions`: by story and issue, newest first.
pub(crate) async fn of_actor(State(house): State<Arc<House>>, Id(id): Id) -> Result<Response, Problem> {
    let id = actor::find(&house, ActorId(id)).await?.actor.id;
    json(&house.ask(move |store| store.actor_positions(id)).await?)
}
