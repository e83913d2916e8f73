//! Following by script and by programs: `/api/v1/follows`, `/api/v1/receivers`, `/api/v1/story-for`.
//!
//! A browser is known by its cookie and shows for each change the token that `GET /api/v1/follows` gave it; a program
//! may bring the cookie's value, which its first change was answered with, as `Authorization: Bearer` instead. JSON alone is taken, which no form of
//! another site can send.

use super::json;
use crate::house::House;
use crate::pages::follow::{keep, story_for};
use crate::pages::follows::{self, existing, keep_receiver, threshold, told_by};
use crate::peer::Peer;
use crate::reader::{self, Caller, Maybe, Reader};
use crate::{Problem, channel, target, text};
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use news::{DevelopmentId, FollowId, ReceiverId, StoryId, Target, Threshold};
use serde::Deserialize;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::view::{FollowView, ReceiverView};
use store::{NewReceiver, Writer};

type Body<T> = Result<Json<T>, JsonRejection>;
type Id = Result<Path<i64>, PathRejection>;

/// A push subscription as browsers write it, with the key it was made with.
#[derive(Deserialize)]
pub(crate) struct Push {
    endpoint: String,
    keys: Keys,
    key: String,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// `GET /api/v1/follows`: all that the page's script needs to know of its reader.
pub(crate) async fn list(State(house): State<Arc<House>>, Maybe(reader): Maybe) -> Result<Response, Problem> {
    let (follows, receivers) = match reader.as_ref().map(|reader| reader.id) {
        Some(id) => {
            house
                .ask(move |store| {
                    let looked = |view: FollowView| {
                        let look = match view.follow.target {
                            Target::Story(story) => {
                                store.last_look(id, story)?.map(|(_, development)| development)
                            }
                            _ => None,
                        };
                        Ok((view, look))
                    };
                    let follows = store
                        .follows(id)?
                        .into_iter()
                        .map(looked)
                        .collect::<Result<Vec<_>, store::StoreError>>()?;
                    Ok((follows, store.receivers(id)?))
                })
                .await?
        }
        None => (Vec::new(), Vec::new()),
    };
    private(&value!({
        "reader": reader.is_some(),
        "token": reader.as_ref().map(Reader::form_token),
        "push_key": house.settings.push_key(),
        "mail": house.settings.mail,
        "follows": follows.iter().map(|(view, looked)| shown(view, looked)).collect::<Vec<_>>(),
        "receivers": receivers.iter().map(place).collect::<Vec<_>>(),
    }))
}

fn shown(view: &FollowView, looked: &Option<news::DevelopmentId>) -> Value {
    value!({
        "id": view.follow.id,
        "target": view.follow.target,
        "title": view.title.as_deref().unwrap_or(&target::of(&view.follow.target)),
        "page": target::page(&view.follow.target),
        "threshold": view.follow.threshold,
        "families": view.follow.families,
        "since": view.follow.since,
        "new": view.new,
        "looked": looked,
    })
}

/// A receiver without its address and secrets: nobody needs them back.
fn place(view: &ReceiverView) -> Value {
    value!({
        "id": view.id,
        "name": view.name,
        "kind": view.kind,
        "state": view.state,
        "threshold": view.receiver.as_ref().map(|receiver| receiver.threshold),
        "quiet": view.receiver.as_ref().and_then(|receiver| receiver.quiet.clone()),
        "zone": view.receiver.as_ref().and_then(|receiver| receiver.zone.clone()),
        "trouble": view.trouble,
    })
}

#[derive(Deserialize)]
pub(crate) struct Wanted {
    kind: String,
    /// A story's number may come as a number.
    of: Value,
    push: Option<Push>,
    #[serde(default)]
    name: String,
}

/// `POST /api/v1/follows`: follows, and with a push subscription adds the device that is to be told.
pub(crate) async fn add(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    Caller(reader): Caller,
    body: Body<Wanted>,
) -> Result<Response, Problem> {
    let Json(wanted) = body.map_err(|refused| unread(&refused))?;
    let of = wanted.of.as_str().map_or_else(|| wanted.of.to_string(), str::to_owned);
    let target = target::read(&wanted.kind, &of).ok_or(Problem::NotFound)?;
    let device = wanted.push.map(|push| device(&house, &push, &wanted.name)).transpose()?;
    let was_known = reader.is_some();
    let reader = reader::known_or_new(reader, &house, peer).await?;
    let follow = keep(&house, &reader, &target).await?;
    let receiver = match device {
        Some(new) => Some(keep_receiver(&house, peer, Some(reader.clone()), new).await?.1),
        None => None,
    };
    made(&house, &reader, was_known, value!({ "follow": follow.id, "receiver": receiver }))
}

#[derive(Deserialize)]
pub(crate) struct How {
    #[serde(default)]
    threshold: Threshold,
    #[serde(default)]
    families: u32,
}

/// `PATCH /api/v1/follows/{id}`
pub(crate) async fn change(
    State(house): State<Arc<House>>,
    caller: Caller,
    id: Id,
    body: Body<How>,
) -> Result<Response, Problem> {
    let (reader, id, Json(how)) =
        (caller.known()?.id, FollowId(number(id)?), body.map_err(|refused| unread(&refused))?);
    let set = house.change(move |store| {
        store.write(|writer| writer.set_follow(reader, id, how.threshold, how.families))
    });
    existing(set.await?).map(|()| nothing())
}

/// `DELETE /api/v1/follows/{id}`
pub(crate) async fn remove(
    State(house): State<Arc<House>>,
    caller: Caller,
    id: Id,
) -> Result<Response, Problem> {
    let (reader, id) = (caller.known()?.id, FollowId(number(id)?));
    let removed = house.change(move |store| store.write(|writer| writer.unfollow(reader, id))).await?;
    existing(removed).map(|()| nothing())
}

#[derive(Deserialize)]
pub(crate) struct Looked {
    /// The newest development that was shown.
    development: Option<i64>,
}

/// `POST /api/v1/follows/{id}/looked`: what the story holds now is not new to its reader any more; with the newest
/// `development` that was shown, what was published since stays new.
pub(crate) async fn looked(
    State(house): State<Arc<House>>,
    caller: Caller,
    id: Id,
    body: Result<Option<Json<Looked>>, JsonRejection>,
) -> Result<Response, Problem> {
    let shown = body.map_err(|refused| unread(&refused))?.and_then(|Json(looked)| looked.development);
    let (reader, id) = (caller.known()?.id, FollowId(number(id)?));
    let follows = house.ask(move |store| store.follows(reader)).await?;
    let story = follows.iter().find(|view| view.follow.id == id).and_then(|view| match view.follow.target {
        Target::Story(story) => Some(story),
        _ => None,
    });
    let (story, now): (StoryId, _) = (story.ok_or(Problem::NotFound)?, Timestamp::now());
    let look = move |writer: &mut Writer| writer.looked(reader, story, shown.map(DevelopmentId), now);
    told_by(house.change(move |store| store.write(look)).await)?;
    Ok(nothing())
}

#[derive(Deserialize)]
pub(crate) struct Place {
    kind: String,
    push: Option<Push>,
    /// The fields that the form for this channel has: `url`, `secret`, `address`, `digest`, `zone`, `name`.
    #[serde(flatten)]
    fields: BTreeMap<String, Value>,
}

/// `POST /api/v1/receivers`
pub(crate) async fn add_receiver(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    Caller(reader): Caller,
    body: Body<Place>,
) -> Result<Response, Problem> {
    let Json(place) = body.map_err(|refused| unread(&refused))?;
    let was_known = reader.is_some();
    let field = |name: &str| match place.fields.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let (reader, id) = match &place.push {
        Some(push) => keep_receiver(&house, peer, reader, device(&house, push, &field("name"))?).await?,
        None => follows::add(&house, peer, reader, &place.kind, field).await?,
    };
    made(&house, &reader, was_known, value!({ "receiver": id }))
}

#[derive(Deserialize)]
pub(crate) struct Renewal {
    /// The receiver, if the browser remembers which it is; else its old endpoint says.
    receiver: Option<ReceiverId>,
    old: Option<String>,
    push: Push,
}

/// `POST /api/v1/receivers/renew`: a browser's subscription is a new one, or it is still in use.
pub(crate) async fn renew(
    State(house): State<Arc<House>>,
    caller: Caller,
    body: Body<Renewal>,
) -> Result<Response, Problem> {
    let (reader, Json(asked)) = (caller.known()?.id, body.map_err(|refused| unread(&refused))?);
    let new = device(&house, &asked.push, "")?;
    let now = Timestamp::now();
    let renewed = house.change(move |store| {
        let known = store.receivers(reader)?;
        let has_old = |view: &&ReceiverView| {
            let receiver = view.receiver.as_ref().map(|receiver| &receiver.channel);
            matches!(receiver, Some(news::Channel::Push { endpoint, .. }) if asked.old.as_ref() == Some(endpoint))
        };
        let named = known.iter().find(|view| Some(view.id) == asked.receiver && view.kind == "push");
        let Some(id) = named.or_else(|| known.iter().find(has_old)).map(|view| view.id) else { return Ok(None) };
        store.write(|writer| writer.renew_receiver(reader, id, &new, now)).map(|renewed| renewed.then_some(id))
    });
    let id = told_by(renewed.await)?.ok_or(Problem::NotFound)?;
    private(&value!({ "receiver": id }))
}

#[derive(Deserialize)]
pub(crate) struct Settings {
    name: String,
    #[serde(default)]
    threshold: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Left out: as it is.
    #[serde(default)]
    zone: String,
}

/// `PATCH /api/v1/receivers/{id}`
pub(crate) async fn change_receiver(
    State(house): State<Arc<House>>,
    caller: Caller,
    id: Id,
    body: Body<Settings>,
) -> Result<Response, Problem> {
    let (reader, id, Json(set)) =
        (caller.known()?.id, ReceiverId(number(id)?), body.map_err(|refused| unread(&refused))?);
    let quiet = channel::quiet(&set.from, &set.to).map_err(Problem::Refused)?;
    let zone = channel::zone(&set.zone).map_err(Problem::Refused)?;
    let threshold = threshold(&set.threshold)?;
    let name = text::one_line(&set.name).trim().to_owned();
    let changed = house.change(move |store| {
        store.write(|writer| {
            writer.set_receiver(reader, id, &name, quiet.as_ref(), zone.as_deref(), threshold)
        })
    });
    existing(changed.await?).map(|()| nothing())
}

/// `DELETE /api/v1/receivers/{id}`
pub(crate) async fn remove_receiver(
    State(house): State<Arc<House>>,
    caller: Caller,
    id: Id,
) -> Result<Response, Problem> {
    let (reader, id) = (caller.known()?.id, ReceiverId(number(id)?));
    let removed = house.change(move |store| store.write(|writer| writer.remove_receiver(reader, id))).await?;
    existing(removed).map(|()| nothing())
}

/// `POST /api/v1/receivers/{id}/test`
pub(crate) async fn test_receiver(
    State(house): State<Arc<House>>,
    caller: Caller,
    id: Id,
) -> Result<Response, Problem> {
    follows::test(&house, &caller.known()?, ReceiverId(number(id)?)).await.map(|()| nothing())
}

#[derive(Deserialize)]
pub(crate) struct Address {
    url: String,
}

/// `GET /api/v1/story-for?url=`: the story that an article is in, for the button on the article's own site. The one
/// answer that any site may read; it says nothing about who asks.
pub(crate) async fn story(
    State(house): State<Arc<House>>,
    asked: Result<Query<Address>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|refused| Problem::Bad(refused.body_text()))?;
    let found = story_for(&house, &asked.url).await?;
    let answer = match found {
        Some((target, title)) => {
            let followers = match house.settings.show_followers {
                true => {
                    let counted = target.clone();
                    Some(house.ask(move |store| store.followers(&counted)).await?)
                }
                false => None,
            };
            value!({
                "story": target::of(&target).parse::<i64>().ok(),
                "title": title,
                "page": house.address(&target::page(&target)),
                "follow": house.address(&target::follow_page(&target)),
                "followers": followers,
            })
        }
        None => value!({ "story": null, "followers": null }),
    };
    let mut response = json(&answer)?;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    Ok(response)
}

/// This browser as a receiver.
fn device(house: &House, push: &Push, name: &str) -> Result<NewReceiver, Problem> {
    let ours = house.settings.push_key();
    let ours = ours.ok_or_else(|| Problem::Refused("This site sends no pushes.".to_owned()))?;
    let Push { endpoint, keys, key } = push;
    let named = channel::push(endpoint, &keys.p256dh, &keys.auth, key, &ours).map_err(Problem::Refused)?;
    let name = text::one_line(name).trim().to_owned();
    Ok(NewReceiver {
        name: if name.is_empty() { "Browser".to_owned() } else { name },
        channel: named.channel,
        origin: named.origin,
        quiet: None,
        zone: None,
        threshold: Threshold::Everything,
        waits: false,
    })
}

/// What was made, and the reader's secret as a cookie, which no script of a page can read.
fn made(house: &House, reader: &Reader, was_known: bool, mut answer: Value) -> Result<Response, Problem> {
    if !was_known && let Some(fields) = answer.as_object_mut() {
        fields.insert("token".to_owned(), reader.form_token().into());
    }
    let mut response = private(&answer)?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(reader::with_cookie(response, reader, house))
}

fn private(value: &Value) -> Result<Response, Problem> {
    let mut response = json(value)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

fn unread(refused: &JsonRejection) -> Problem {
    match refused.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Bad(refused.body_text()),
    }
}

fn number(id: Id) -> Result<i64, Problem> {
    id.map(|Path(id)| id).map_err(|_| Problem::NotFound)
}
