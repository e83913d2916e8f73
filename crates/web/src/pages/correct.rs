//! `/actor/{id}/correct`: the operator says who is one, who is two, and what somebody is called.

use super::actor::find;
use crate::house::House;
use crate::page::{self, Chrome};
use crate::signed::{Operator, SignedForm};
use crate::{Command, Problem};
use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use news::ActorId;
use std::sync::Arc;
use store::view::{ActorCard, ActorView};

/// Others who may be the same that are shown.
const ALIKE: usize = 12;

#[derive(Template)]
#[template(path = "correct.html")]
struct CorrectPage {
    chrome: Chrome,
    actor: ActorView,
    alike: Vec<ActorCard>,
    token: String,
}

/// `GET /actor/{id}/correct`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    Operator(session): Operator,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::NotFound)?;
    let actor = find(&house, ActorId(id)).await?;
    let known = actor.actor.id;
    let alike = house.ask(move |store| store.actors_alike(known, ALIKE)).await?;
    let chrome = Chrome::new(&house, &format!("Correct {}", actor.actor.name), "actors").unlisted();
    Ok(page::private(page::render(&CorrectPage { chrome, actor, alike, token: session.form_token() })?))
}

/// `POST /actor/{id}/rename`
pub(crate) async fn rename(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: SignedForm,
) -> Result<Response, Problem> {
    let actor = of(id)?;
    let name = form.field("name").to_owned();
    house.command(|reply| Command::RenameActor { actor, name, reply }).await?;
    Ok(back(actor))
}

/// `POST /actor/{id}/merge`: this actor is the one named in the form, by number or address.
pub(crate) async fn merge(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: SignedForm,
) -> Result<Response, Problem> {
    let from = of(id)?;
    let into = number(form.field("into")).ok_or_else(|| {
        Problem::Refused("give the address or the number of a speaker's page, as in /actor/12".into())
    })?;
    house.command(|reply| Command::MergeActors { from, into, reply }).await?;
    Ok(back(into))
}

/// `POST /actor/{id}/split`
pub(crate) async fn split(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: SignedForm,
) -> Result<Response, Problem> {
    let actor = of(id)?;
    let key = form.field("key").to_owned();
    Ok(back(house.command(|reply| Command::SplitActor { actor, key, reply }).await?))
}

fn of(id: Result<Path<i64>, PathRejection>) -> Result<ActorId, Problem> {
    id.map(|Path(id)| ActorId(id)).map_err(|_| Problem::NotFound)
}

/// `12`, `/actor/12` or a whole address that ends so.
fn number(written: &str) -> Option<ActorId> {
    written.trim().trim_end_matches('/').rsplit('/').next()?.parse().ok().map(ActorId)
}

fn back(actor: ActorId) -> Response {
    Redirect::to(&format!("/actor/{actor}/correct")).into_response()
}

#[cfg(test)]
mod tests {
    use super::number;
    use news::ActorId;

    #[test]
    fn an_actor_is_named_by_number_or_address() {
        for (written, id) in [
            ("12", Some(12)),
            (" /actor/12/ ", Some(12)),
            ("https://a.example/actor/7", Some(7)),
            ("Kern", None),
        ] {
            assert_eq!(number(written), id.map(ActorId), "{written}");
        }
    }
}
