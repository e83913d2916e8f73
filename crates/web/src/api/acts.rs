//! Who did what to whom, for programs: an actor's acts and with whom they appear.

use super::json;
use crate::Problem;
use crate::fields::{Fields, Id};
use crate::house::House;
use crate::pages::{actor, acts};
use axum::extract::State;
use axum::response::Response;
use news::ActorId;
use serde::Deserialize;
use std::sync::Arc;

/// Acts or others in one answer at most.
const MOST: usize = 200;

/// `GET /api/v1/actors/{id}/acts?side=&class=&with=`: newest first.
pub(crate) async fn of_actor(
    State(house): State<Arc<House>>,
    Id(id): Id,
    Fields(asked): Fields<acts::Asked>,
) -> Result<Response, Problem> {
    let id = actor::find(&house, ActorId(id)).await?.actor.id;
    let limit = asked.limit.unwrap_or(50).clamp(1, MOST);
    let query = asked.query(limit, asked.offset.unwrap_or(0).min(100_000))?;
    json(&house.ask(move |store| store.actor_acts(id, &query)).await?)
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    limit: Option<usize>,
}

/// `GET /api/v1/actors/{id}/companions`: most stories first.
pub(crate) async fn companions(
    State(house): State<Arc<House>>,
    Id(id): Id,
    Fields(asked): Fields<Asked>,
) -> Result<Response, Problem> {
    let id = actor::find(&house, ActorId(id)).await?.actor.id;
    let limit = asked.limit.unwrap_or(50).clamp(1, MOST);
    let companions = house.ask(move |store| store.companions(id, limit)).await?;
    json(&serde_json::json!({ "companions": companions }))
}
