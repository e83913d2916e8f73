//! `/login` and `/logout`: the operator comes and goes.

use crate::Problem;
use crate::house::House;
use crate::page::{self, Chrome};
use crate::peer::Peer;
use crate::signed::{self, SignedForm};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    chrome: Chrome,
    wrong: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    token: Option<String>,
}

/// `GET /login` shows the form; `GET /login?token=` is the link that the program prints at its first start.
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    match asked.ok().and_then(|Query(asked)| asked.token) {
        Some(token) => enter(&house, peer, &headers, &token).await,
        None if signed::session(&headers, &house).is_some() => Ok(Redirect::to("/feeds").into_response()),
        None => form(&house, false),
    }
}

/// `POST /login`
pub(crate) async fn sign_in(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let fields = signed::form(request, &house).await?;
    let token = fields.iter().find(|field| field.0 == "token").map_or("", |field| field.1.as_str());
    enter(&house, peer, &headers, token.trim()).await
}

/// `POST /logout`
pub(crate) async fn sign_out(State(house): State<Arc<House>>, form: SignedForm) -> Result<Response, Problem> {
    house.sessions.close(&form.session);
    house.keep_sessions().await;
    Ok(with_cookie(Redirect::to("/").into_response(), signed::no_cookie(&house)))
}

/// Opens a session for who knows the token. A session that was open in this browser ends.
async fn enter(house: &House, peer: Peer, headers: &HeaderMap, token: &str) -> Result<Response, Problem> {
    house.budgets.logins.take(peer).map_err(Problem::TooMany)?;
    let opened = house.sessions.open(token, Timestamp::now()).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        Problem::Busy
    })?;
    let Some(session) = opened else {
        tracing::warn!("sign-in with a wrong token");
        return form(house, true);
    };
    if let Some(before) = signed::session(headers, house) {
        house.sessions.close(&before);
    }
    house.keep_sessions().await;
    Ok(with_cookie(Redirect::to("/feeds").into_response(), signed::cookie(&session, house)))
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn form(house: &House, wrong: bool) -> Result<Response, Problem> {
    let chrome = Chrome::new(house, "Sign in", "feeds").unlisted();
    let mut response = page::private(page::render(&LoginPage { chrome, wrong })?);
    if wrong {
        *response.status_mut() = StatusCode::FORBIDDEN;
    }
    Ok(response)
}
