//! `/api/v1/corrections`: what people decide about stories, for programs that bring the admin token as
//! `Authorization: Bearer`.

use super::json;
use crate::house::House;
use crate::signed::Admin;
use crate::{Command, Problem};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use news::Correction;
use std::sync::Arc;

/// Corrections in one answer.
const MOST: usize = 200;

/// `POST /api/v1/corrections`: a [`Correction`] as JSON. Answered with the story that it left its mark on, `null` when it
/// is about an outlet.
pub(crate) async fn correct(
    State(house): State<Arc<House>>,
    _: Admin,
    body: Result<Json<Correction>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(correction) = body.map_err(|refused| Problem::Bad(refused.body_text()))?;
    let story = house.command(|reply| Command::Correct { correction, reply }).await?;
    json(&serde_json::json!({ "story": story }))
}

/// `GET /api/v1/corrections`: the newest first, with what became of each.
pub(crate) async fn list(State(house): State<Arc<House>>, _: Admin) -> Result<Response, Problem> {
    let corrections = house.ask(|store| store.corrections(None, MOST)).await?;
    let mut response = json(&serde_json::json!({ "corrections": corrections }))?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
