//! Addresses that are secrets: a follow or a mail address ended by the code in a message, a mail address confirmed, the
//! follows brought to another device, the private feed's address. What is asked for by opening an address changes
//! nothing (mail programs open addresses by themselves); each page has one button.

use crate::house::House;
use crate::page::{self, Chrome};
use crate::pages::follow::show;
use crate::pages::follows::{Done, done, existing, told_by};
use crate::reader::{self, Maybe, ReaderForm};
use crate::session::hash;
use crate::{Problem, target};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::sync::Arc;
use store::{KeyPurpose, Store};

/// A link to another device is good for so long.
const LINK_LIFE: SignedDuration = SignedDuration::from_mins(30);
/// Longest code or secret in an address.
const LONGEST: usize = 128;

/// One question with one button.
#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    chrome: Chrome,
    heading: &'static str,
    words: String,
    action: String,
    /// Fields that go along, by name.
    hidden: Vec<(&'static str, String)>,
    button: &'static str,
    /// Where to go instead: address and words.
    instead: (String, &'static str),
}

/// An address that is shown once.
#[derive(Template)]
#[template(path = "key.html")]
struct KeyPage {
    chrome: Chrome,
    heading: &'static str,
    words: &'static str,
    addresses: Vec<(&'static str, String)>,
}

fn ask(house: &House, heading: &'static str, words: String, action: String, button: &'static str) -> AskPage {
    AskPage {
        chrome: Chrome::new(house, heading, "follows").unlisted(),
        heading,
        words,
        action,
        hidden: Vec::new(),
        button,
        instead: ("/follows".to_owned(), "Leave it as it is"),
    }
}

fn code(written: String) -> Result<String, Problem> {
    let fits = written.len() <= LONGEST && written.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if fits { Ok(written) } else { Err(Problem::NotFound) }
}

/// `GET /unfollow/{code}`: the address in every message.
pub(crate) async fn unfollow_page(
    State(house): State<Arc<House>>,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let code = code(written)?;
    let asked = code.clone();
    let found = house.ask(move |store| store.follow_by_code(&asked)).await?.ok_or(Problem::NotFound)?;
    let shown = show(&house, &found).await?;
    let mut page = ask(&house, "Stop following?", shown.title, format!("/unfollow/{code}"), "Unfollow");
    page.instead = (target::page(&shown.target), "Read on");
    Ok(page::private(page::render(&page)?))
}

/// `POST /unfollow/{code}`: one press, also by a mail program (RFC 8058), which has no cookie.
pub(crate) async fn unfollow(
    State(house): State<Arc<House>>,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let code = code(written)?;
    let ended = house.change(move |store| store.write(|writer| writer.unfollow_by_code(&code))).await?;
    existing(ended.is_some()).map(|()| done(Done::Unfollowed))
}

/// `GET /mail/{code}`: the address in the first mail.
pub(crate) async fn mail_page(
    State(house): State<Arc<House>>,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let code = code(written)?;
    let words = "Somebody, hopefully you, wants news of unfolding stories sent to this address.".to_owned();
    let page = ask(&house, "Is this your address?", words, format!("/mail/{code}"), "Yes, send me the news");
    Ok(page::private(page::render(&page)?))
}

/// `POST /mail/{code}`
pub(crate) async fn confirm_mail(
    State(house): State<Arc<House>>,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let (code, now) = (code(written)?, Timestamp::now());
    let found = house.change(move |store| store.write(|writer| writer.confirm_receiver(&code, now))).await?;
    existing(found).map(|()| done(Done::Confirmed))
}

/// `GET /mail/{code}/stop`: the address at the end of every mail.
pub(crate) async fn stop_page(
    State(house): State<Arc<House>>,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let code = code(written)?;
    let words = "No more mail will go to this address. What is followed stays on the reader’s other devices.";
    let page = ask(&house, "Stop all mail?", words.to_owned(), format!("/mail/{code}/stop"), "Stop all mail");
    Ok(page::private(page::render(&page)?))
}

/// `POST /mail/{code}/stop`
pub(crate) async fn stop_mail(
    State(house): State<Arc<House>>,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    let code = code(written)?;
    let ended =
        house.change(move |store| store.write(|writer| writer.remove_receiver_by_code(&code))).await?;
    existing(ended).map(|()| done(Done::Removed))
}

/// `POST /follows/link`: a link that brings the follows to another device, once.
pub(crate) async fn make_link(
    State(house): State<Arc<House>>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let now = Timestamp::now();
    let until = now.saturating_add(LINK_LIFE).unwrap_or(now);
    let secret = give(&house, &form, KeyPurpose::Link, Some(until)).await?;
    let page = KeyPage {
        chrome: Chrome::new(&house, "Another device", "follows").unlisted(),
        heading: "Open this on your other device",
        words: "The link works once, within half an hour. Who opens it has your follows: send it to nobody else.",
        addresses: vec![("Link", house.address(&format!("/join?key={secret}")))],
    };
    Ok(page::private(page::render(&page)?))
}

/// `POST /follows/feed`: the private address of what one follows, for feed readers.
pub(crate) async fn make_feed(
    State(house): State<Arc<House>>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let secret = give(&house, &form, KeyPurpose::Feed, None).await?;
    let address = |ending: &str| house.address(&format!("/feed/mine.{ending}?key={secret}"));
    let page = KeyPage {
        chrome: Chrome::new(&house, "Private feed", "follows").unlisted(),
        heading: "Your private feed",
        words: "Paste one of these into your feed reader. They are shown only now; you can make new ones at any time. \
                Who has them can read what you follow, and change nothing.",
        addresses: vec![("Atom", address("xml")), ("JSON Feed", address("json"))],
    };
    Ok(page::private(page::render(&page)?))
}

async fn give(
    house: &House,
    form: &ReaderForm,
    purpose: KeyPurpose,
    until: Option<Timestamp>,
) -> Result<String, Problem> {
    let (reader, now) = (form.known()?.id, Timestamp::now());
    let secret = reader::new_secret()?.secret().to_owned();
    let key = hash(&secret);
    house
        .change(move |store| store.write(|writer| writer.give_key(reader, &key, purpose, now, until)))
        .await?;
    Ok(secret)
}

#[derive(Deserialize)]
pub(crate) struct Key {
    key: String,
}

/// `GET /join?key=`: asks before this device takes another one's follows.
pub(crate) async fn join_page(
    State(house): State<Arc<House>>,
    Maybe(own): Maybe,
    asked: Result<Query<Key>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(Key { key }) = asked.map_err(|_| Problem::NotFound)?;
    let secret = code(key)?;
    let link = hash(&secret);
    let good = house.ask(move |store| store.reader_of(&link, KeyPurpose::Link, Timestamp::now())).await?;
    if good.is_none() {
        return Err(Problem::Refused("this link was used already, or is too old; make a new one".to_owned()));
    }
    let words =
        "This device will follow what your other device follows. What it follows already comes along.";
    let mut page =
        ask(&house, "Bring your follows here?", words.to_owned(), "/join".to_owned(), "Bring them here");
    let token = own.map(|reader| reader.form_token()).unwrap_or_default();
    page.hidden = vec![("key", secret), ("token", token)];
    Ok(page::private(page::render(&page)?))
}

/// `POST /join`: the link is used up, and this device belongs to its reader.
pub(crate) async fn join(State(house): State<Arc<House>>, form: ReaderForm) -> Result<Response, Problem> {
    let (link, now) = (hash(&code(form.field("key").to_owned())?), Timestamp::now());
    let fresh = reader::new_secret()?;
    let (own, device) = match &form.reader {
        Some(reader) => (Some(reader.id), reader.key()),
        None => (None, hash(fresh.secret())),
    };
    let spend = move |store: &Store| store.write(|writer| writer.spend_link(&link, &device, own, now));
    existing(told_by(house.change(spend).await)?.is_some())?;
    let mut response = done(Done::Joined);
    if let Some(cookie) = reader::device_cookie(&fresh, &house).filter(|_| form.reader.is_none()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /follows/forget`: this browser signs out; other devices keep what they have.
pub(crate) async fn forget(State(house): State<Arc<House>>, form: ReaderForm) -> Result<Response, Problem> {
    let key = form.known()?.key();
    house.change(move |store| store.write(|writer| writer.take_key(&key))).await?;
    Ok(reader::without_cookie(done(Done::Forgotten), &house))
}
