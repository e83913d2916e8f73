//! Who follows: known by a secret that only the reader's devices hold, in a cookie or, for programs, in a header.
//!
//! In: a request. Out: the [`Reader`] it comes from, and for changes the proof that one of our own pages or the
//! reader's own program sent it. There is no account; the store keeps only hashes of secrets.

use crate::house::House;
use crate::peer::Peer;
use crate::session::{Session, hash};
use crate::{Problem, signed};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use jiff::Timestamp;
use news::ReaderId;
use std::sync::Arc;
use store::KeyPurpose;

/// Browsers keep a cookie no longer than this; each visit renews it.
const COOKIE_LIFE_S: u32 = 400 * 24 * 3600;
/// The header that carries the form token of a change asked for by script.
const TOKEN_HEADER: &str = "x-form-token";

/// Somebody who follows, or may begin to.
#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) id: ReaderId,
    session: Session,
    /// The secret came in a header, which no other site can make a browser send.
    by_header: bool,
}

impl Reader {
    /// What each form of this reader carries.
    pub(crate) fn form_token(&self) -> String {
        self.session.form_token()
    }

    /// The hash under which the store knows the secret of this device.
    pub(crate) fn key(&self) -> String {
        hash(self.session.secret())
    }

    /// Refuses a change that does not carry the reader's own token.
    pub(crate) fn check(&self, token: &str) -> Result<(), Problem> {
        if self.by_header { Ok(()) } else { signed::check(&self.session, token) }
    }

    /// The cookie that this device is known by.
    pub(crate) fn cookie(&self, house: &House) -> Option<HeaderValue> {
        cookie(self.session.secret(), COOKIE_LIFE_S, house)
    }
}

/// The reader of a request, if it has one.
pub(crate) struct Maybe(pub(crate) Option<Reader>);

impl FromRequestParts<Arc<House>> for Maybe {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Problem> {
        find(&parts.headers, house).await.map(Self)
    }
}

/// The sender of a change asked for by script: with a reader only when it carries the reader's token.
pub(crate) struct Caller(pub(crate) Option<Reader>);

impl FromRequestParts<Arc<House>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Problem> {
        let reader = find(&parts.headers, house).await?;
        let token = parts.headers.get(TOKEN_HEADER).and_then(|token| token.to_str().ok()).unwrap_or_default();
        if let Some(reader) = &reader {
            reader.check(token)?;
        }
        Ok(Self(reader))
    }
}

impl Caller {
    /// The reader, who must be known for this.
    pub(crate) fn known(self) -> Result<Reader, Problem> {
        self.0.ok_or(Problem::Forbidden("nobody is followed from here; follow something first"))
    }
}

/// A form from one of our pages: with a reader only when it carries the reader's token. Somebody who follows nothing
/// yet has no token; that the form is ours is then known from where the browser says it comes from.
pub(crate) struct ReaderForm {
    pub(crate) reader: Option<Reader>,
    fields: Vec<(String, String)>,
}

impl ReaderForm {
    /// The value of a field; empty when absent.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|field| field.0 == name).map_or("", |field| field.1.as_str())
    }

    /// The reader, who must be known for this.
    pub(crate) fn known(&self) -> Result<&Reader, Problem> {
        self.reader.as_ref().ok_or(Problem::Forbidden("nothing is followed from this browser yet"))
    }
}

impl FromRequest<Arc<House>> for ReaderForm {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &Arc<House>) -> Result<Self, Problem> {
        let reader = find(request.headers(), house).await?;
        let form = Self { fields: signed::form(request, house).await?, reader };
        if let Some(reader) = &form.reader {
            reader.check(form.field("token"))?;
        }
        Ok(form)
    }
}

/// The reader with this request's secret.
async fn find(headers: &HeaderMap, house: &House) -> Result<Option<Reader>, Problem> {
    let bearer =
        headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let secret = bearer.map(str::to_owned).or_else(|| signed::cookie_value(headers, cookie_name(house)));
    let Some(session) = secret.and_then(Session::from_secret) else { return Ok(None) };
    let key = hash(session.secret());
    let found = house.ask(move |store| store.reader_of(&key, KeyPurpose::Device, Timestamp::now())).await?;
    Ok(found.map(|id| Reader { id, session, by_header: bearer.is_some() }))
}

/// The reader, made now when there was none. One peer cannot make many.
pub(crate) async fn known_or_new(
    reader: Option<Reader>,
    house: &House,
    peer: Peer,
) -> Result<Reader, Problem> {
    if let Some(reader) = reader {
        return Ok(reader);
    }
    house.budgets.readers.take(peer).map_err(Problem::TooMany)?;
    let session = new_secret()?;
    let key = hash(session.secret());
    let now = Timestamp::now();
    let id = house.change(move |store| store.write(|writer| writer.add_reader(&key, now))).await?;
    Ok(Reader { id, session, by_header: false })
}

/// A secret for a key of whatever purpose.
pub(crate) fn new_secret() -> Result<Session, Problem> {
    Session::new().map_err(|error| {
        tracing::error!(%error, "no random numbers");
        Problem::Busy
    })
}

/// The answer with the reader's cookie in it, made or renewed.
pub(crate) fn with_cookie(mut response: Response, reader: &Reader, house: &House) -> Response {
    if let Some(cookie) = reader.cookie(house).filter(|_| !reader.by_header) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The answer with a cookie that forgets the reader.
pub(crate) fn without_cookie(mut response: Response, house: &House) -> Response {
    if let Some(cookie) = cookie("", 0, house) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A device that was given this secret.
pub(crate) fn device_cookie(secret: &Session, house: &House) -> Option<HeaderValue> {
    cookie(secret.secret(), COOKIE_LIFE_S, house)
}

/// `Lax`, so that a reader is known too when an article's button or a mail leads here; what a link alone can make a
/// browser ask for changes nothing.
fn cookie(value: &str, max_age_s: u32, house: &House) -> Option<HeaderValue> {
    let secure = if signed::is_secure(house) { "; Secure" } else { "" };
    let name = cookie_name(house);
    format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}").parse().ok()
}

fn cookie_name(house: &House) -> &'static str {
    if signed::is_secure(house) { "__Host-staytuned-reader" } else { "staytuned-reader" }
}
