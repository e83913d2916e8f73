//! The operator's requests: a session for looking, and a session with its form token for changing.

use crate::Problem;
use crate::house::House;
use crate::peer::Peer;
use crate::session::Session;
use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Instant;

/// Who may look at the operator's pages.
pub(crate) struct Operator(pub(crate) Session);

impl FromRequestParts<Arc<House>> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Problem> {
        session(&parts.headers, house).map(Self).ok_or(Problem::SignIn)
    }
}

/// A program that brings the admin token as `Authorization: Bearer`, which no page of another site can.
pub(crate) struct Admin;

impl FromRequestParts<Arc<House>> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Problem> {
        let written = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(token) = written.and_then(|value| value.strip_prefix("Bearer ")) else {
            return Err(Problem::SignIn);
        };
        let peer = parts.extensions.get::<Peer>().ok_or(Problem::SignIn)?;
        let right = house.sessions.is_admin(token.trim());
        // Guessing is as slow here as at the door, which a spent budget shuts to the right token too.
        house.budgets.logins.judge(*peer, right, Instant::now()).map_err(Problem::TooMany)?;
        if right { Ok(Self) } else { Err(Problem::SignIn) }
    }
}

/// A form that the operator sent from one of our pages.
pub(crate) struct SignedForm {
    pub(crate) session: Session,
    fields: Vec<(String, String)>,
}

impl SignedForm {
    /// All fields as they were sent.
    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The value of a field; empty when absent.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|field| field.0 == name).map_or("", |field| field.1.as_str())
    }
}

impl FromRequest<Arc<House>> for SignedForm {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &Arc<House>) -> Result<Self, Problem> {
        let session = session(request.headers(), house).ok_or(Problem::SignIn)?;
        let fields = form(request, house).await?;
        let form = Self { session, fields };
        check(&form.session, form.field("token"))?;
        Ok(form)
    }
}

/// The fields of any form.
pub(crate) async fn form(request: Request, house: &Arc<House>) -> Result<Vec<(String, String)>, Problem> {
    match Form::<Vec<(String, String)>>::from_request(request, house).await {
        Ok(Form(fields)) => Ok(fields),
        Err(refused) if refused.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Problem::TooLarge)
        }
        Err(_) => Err(Problem::Bad("the form could not be read".into())),
    }
}

/// Refuses a change whose form does not carry the session's own token.
pub(crate) fn check(session: &Session, token: &str) -> Result<(), Problem> {
    let answer = "this form is out of date; open the page again and repeat the change";
    if session.accepts(token) { Ok(()) } else { Err(Problem::Forbidden(answer)) }
}

/// The session of the request's cookie.
pub(crate) fn session(headers: &HeaderMap, house: &House) -> Option<Session> {
    house.sessions.find(&cookie_value(headers, cookie_name(house))?, Timestamp::now())
}

/// The value of a cookie.
pub(crate) fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|pair| pair.0 == name).map(|pair| pair.1.to_owned())
}

/// The cookie that signs in.
pub(crate) fn cookie(session: &Session, house: &House) -> Option<HeaderValue> {
    set_cookie(session.secret(), 30 * 24 * 3600, house)
}

/// The cookie that signs out.
pub(crate) fn no_cookie(house: &House) -> Option<HeaderValue> {
    set_cookie("", 0, house)
}

fn set_cookie(value: &str, max_age_s: u32, house: &House) -> Option<HeaderValue> {
    let secure = if is_secure(house) { "; Secure" } else { "" };
    let name = cookie_name(house);
    format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}").parse().ok()
}

/// `__Host-` binds the cookie to this very host; browsers accept it only over https.
fn cookie_name(house: &House) -> &'static str {
    if is_secure(house) { "__Host-staytuned" } else { "staytuned" }
}

/// Whether readers come over https.
pub(crate) fn is_secure(house: &House) -> bool {
    house.settings.base_url.scheme() == "https"
}
