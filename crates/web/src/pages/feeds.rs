//! `/feeds`: what is followed and how it is doing; adding, removing, refreshing, OPML in and out. For the
//! operator alone.

use crate::house::House;
use crate::page::{self, Chrome};
use crate::signed::{self, Operator, SignedForm};
use crate::{Command, OpmlImported, Problem, text};
use askama::Template;
use axum::body::Bytes;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use news::FeedId;
use serde::Deserialize;
use std::sync::Arc;
use store::view::{FeedHealth, FeedView, TroubledReceiver};

/// Longest address that is taken.
const LONGEST_URL: usize = 2048;
/// Receivers with trouble, shown at most.
const MOST_TROUBLED: usize = 50;
/// Feeds that were left out of an import, shown at most.
const MOST_LEFT_OUT: usize = 200;

#[derive(Template)]
#[template(path = "feeds.html")]
struct FeedsPage {
    chrome: Chrome,
    feeds: Vec<FeedView>,
    /// Feeds that fail or are gone.
    unwell: usize,
    token: String,
    /// The address that could not be added, to be corrected.
    wanted: String,
    notice: Option<String>,
    refused: Option<String>,
    left_out: Vec<(String, String)>,
    /// Devices and other receivers that something is wrong with, those that wait for the operator first.
    troubled: Vec<TroubledReceiver>,
}

#[derive(Template)]
#[template(path = "remove.html")]
struct RemovePage {
    chrome: Chrome,
    feed: FeedView,
    token: String,
}

/// What has just been done; the words stand here, not in the address.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Done {
    Added,
    Already,
    Removed,
    Refreshing,
}

impl Done {
    fn words(self) -> &'static str {
        match self {
            Self::Added => "The feed is followed now. Its first articles come in a moment.",
            Self::Already => "This feed was followed already.",
            Self::Removed => "The feed is not followed any more. Its articles stay.",
            Self::Refreshing => "The feed is being looked at now.",
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    done: Option<Done>,
}

/// `GET /feeds`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Operator(session): Operator,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let notice = asked.ok().and_then(|Query(asked)| asked.done).map(|done| done.words().to_owned());
    let mut page = read(&house, session.form_token()).await?;
    page.notice = notice;
    Ok(page::private(page::render(&page)?))
}

/// `POST /feeds/add`
pub(crate) async fn add(State(house): State<Arc<House>>, form: SignedForm) -> Result<Response, Problem> {
    let url = text::one_line(form.field("url")).trim().to_owned();
    if url.is_empty() || url.len() > LONGEST_URL {
        return refused(&house, &form, url, "Write the address of a feed or of a site.".into()).await;
    }
    let asked = url.clone();
    match house.command(|reply| Command::AddFeed { url: asked, reply }).await {
        Ok(added) => {
            Ok(Redirect::to(if added.already { "/feeds?done=already" } else { "/feeds?done=added" })
                .into_response())
        }
        Err(Problem::Refused(why)) => refused(&house, &form, url, why).await,
        Err(problem) => Err(problem),
    }
}

/// `GET /feeds/{id}/remove`: asks before anything is done.
pub(crate) async fn confirm_removal(
    State(house): State<Arc<House>>,
    Operator(session): Operator,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let id = feed_id(id)?;
    let feeds = house.ask(|store| store.feeds()).await?;
    let feed = feeds.into_iter().find(|feed| feed.id == id).ok_or(Problem::NotFound)?;
    let chrome = Chrome::new(&house, "Remove a feed", "feeds").unlisted();
    Ok(page::private(page::render(&RemovePage { chrome, feed, token: session.form_token() })?))
}

/// `POST /feeds/{id}/remove`
pub(crate) async fn remove(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    _form: SignedForm,
) -> Result<Response, Problem> {
    let id = feed_id(id)?;
    house.command(|reply| Command::RemoveFeed { id, reply }).await?;
    Ok(Redirect::to("/feeds?done=removed").into_response())
}

/// `POST /feeds/{id}/refresh`
pub(crate) async fn refresh(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    _form: SignedForm,
) -> Result<Response, Problem> {
    let id = feed_id(id)?;
    house.command(|reply| Command::RefreshFeed { id, reply }).await?;
    Ok(Redirect::to("/feeds?done=refreshing").into_response())
}

/// `POST /feeds/import`: a form with the token first and the OPML file second.
pub(crate) async fn import(
    State(house): State<Arc<House>>,
    Operator(session): Operator,
    mut parts: Multipart,
) -> Result<Response, Problem> {
    let token = part(&mut parts, "token").await?;
    signed::check(&session, &String::from_utf8_lossy(&token))?;
    let opml = part(&mut parts, "opml").await?;
    let mut page = read(&house, session.form_token()).await?;
    match house.command(|reply| Command::ImportOpml { bytes: opml.to_vec(), reply }).await {
        Ok(done) => {
            page = read(&house, session.form_token()).await?;
            page.notice = Some(imported(&done));
            page.left_out = done.left_out.into_iter().take(MOST_LEFT_OUT).collect();
        }
        Err(Problem::Refused(why)) => page.refused = Some(why),
        Err(problem) => return Err(problem),
    }
    Ok(page::private(page::render(&page)?))
}

/// `GET /feeds/export.opml`
pub(crate) async fn export(
    State(house): State<Arc<House>>,
    _operator: Operator,
) -> Result<Response, Problem> {
    let opml = house.command(|reply| Command::ExportOpml { reply }).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/x-opml; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"staytuned.opml\"")),
    ];
    Ok((headers, opml).into_response())
}

fn feed_id(written: Result<Path<i64>, PathRejection>) -> Result<FeedId, Problem> {
    written.map(|Path(id)| FeedId(id)).map_err(|_| Problem::NotFound)
}

/// The next part of an upload, which must be the one called `name`.
async fn part(parts: &mut Multipart, name: &str) -> Result<Bytes, Problem> {
    let unread = || Problem::Bad("the upload could not be read".into());
    let part = parts.next_field().await.map_err(|_| unread())?.ok_or_else(unread)?;
    if part.name() != Some(name) {
        return Err(unread());
    }
    part.bytes().await.map_err(|error| match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => unread(),
    })
}

async fn read(house: &House, token: String) -> Result<FeedsPage, Problem> {
    let (mut feeds, troubled) =
        house.ask(|store| Ok((store.feeds()?, store.troubled_receivers(MOST_TROUBLED)?))).await?;
    let is_unwell = |feed: &FeedView| matches!(feed.health, FeedHealth::Failing | FeedHealth::Gone);
    feeds.sort_by_cached_key(|feed| (!is_unwell(feed), feed.folder.clone(), feed.title.to_lowercase()));
    Ok(FeedsPage {
        chrome: Chrome::new(house, "Feeds", "feeds").unlisted(),
        unwell: feeds.iter().filter(|feed| is_unwell(feed)).count(),
        feeds,
        token,
        wanted: String::new(),
        notice: None,
        refused: None,
        left_out: Vec::new(),
        troubled,
    })
}

/// The page again, with why it did not work and what was written.
async fn refused(house: &House, form: &SignedForm, wanted: String, why: String) -> Result<Response, Problem> {
    let mut page = read(house, form.session.form_token()).await?;
    page.refused = Some(why.clone());
    page.wanted = wanted;
    let mut response = page::private(page::render(&page)?);
    *response.status_mut() = Problem::Refused(why).status();
    Ok(response)
}

fn imported(done: &OpmlImported) -> String {
    format!(
        "{} added, {} followed already, {} left out.",
        text::count(done.added, "feed", "feeds"),
        done.already,
        done.left_out.len()
    )
}

/// Whether a feed has a next look: the demo's have none.
pub(crate) fn is_looked_at(feed: &FeedView, now: &Timestamp) -> bool {
    feed.next_refresh_at.duration_since(*now) < SignedDuration::from_hours(24 * 366)
}

/// Health in a word or two.
pub(crate) fn words(health: &FeedHealth) -> &'static str {
    match health {
        FeedHealth::New => "not looked at yet",
        FeedHealth::Healthy => "well",
        FeedHealth::Quiet => "unusually quiet",
        FeedHealth::Failing => "failing, tried again",
        FeedHealth::Gone => "gone",
    }
}

/// Health as a class name.
pub(crate) fn class(health: &FeedHealth) -> &'static str {
    match health {
        FeedHealth::New => "new",
        FeedHealth::Healthy => "healthy",
        FeedHealth::Quiet => "quiet",
        FeedHealth::Failing => "failing",
        FeedHealth::Gone => "gone",
    }
}
