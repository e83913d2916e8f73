//! `/follows`: what a reader follows and where it is told; how, when, and no more. All by forms.

use crate::house::House;
use crate::page::{self, Chrome};
use crate::pages::follow::{Ways, keep};
use crate::peer::Peer;
use crate::reader::{self, Maybe, Reader, ReaderForm};
use crate::{Command, Problem, channel, question, target, text};
use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Extension, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use news::{Channel, FollowId, QuietHours, ReceiverId, Target, Threshold};
use serde::Deserialize;
use std::sync::Arc;
use store::view::{FollowView, ReceiverState, ReceiverView};
use store::{NewReceiver, StoreError};

/// What has just been done; the words stand here, not in the address.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Done {
    Followed,
    Unfollowed,
    Kept,
    Added,
    Asked,
    Removed,
    Tested,
    Joined,
    Confirmed,
    Forgotten,
}

impl Done {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Followed => "You follow this now.",
            Self::Unfollowed => "Not followed any more.",
            Self::Kept => "Kept.",
            Self::Added => "Added. You are told there from now on. Press Test to see that it works.",
            Self::Asked => "We have sent a mail there. Open the link in it, and your news will follow.",
            Self::Removed => "Removed. Nothing is sent there any more.",
            Self::Tested => "The test was taken. It should show within a moment.",
            Self::Joined => "This device has the same follows now.",
            Self::Confirmed => "Confirmed. Your news will come there.",
            Self::Forgotten => "This browser follows nothing any more.",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Followed => "followed",
            Self::Unfollowed => "unfollowed",
            Self::Kept => "kept",
            Self::Added => "added",
            Self::Asked => "asked",
            Self::Removed => "removed",
            Self::Tested => "tested",
            Self::Joined => "joined",
            Self::Confirmed => "confirmed",
            Self::Forgotten => "forgotten",
        }
    }
}

/// The page after something was done.
pub(crate) fn done(done: Done) -> Response {
    Redirect::to(&format!("/follows?done={}", done.word())).into_response()
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    done: Option<Done>,
}

#[derive(Template)]
#[template(path = "follows.html")]
struct FollowsPage {
    chrome: Chrome,
    known: bool,
    follows: Vec<FollowView>,
    receivers: Vec<ReceiverView>,
    ways: Ways,
    /// Browsers can be subscribed here.
    push: bool,
    notice: Option<&'static str>,
    refused: Option<String>,
}

/// `GET /follows`
pub(crate) async fn page(
    State(house): State<Arc<House>>,
    Maybe(reader): Maybe,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let mut page = read(&house, reader.as_ref()).await?;
    page.notice = asked.ok().and_then(|Query(asked)| asked.done).map(Done::words);
    let response = page::private(page::render(&page)?);
    // A visit renews the cookie, so that whoever comes now and then is never forgotten.
    Ok(match &reader {
        Some(reader) => reader::with_cookie(response, reader, &house),
        None => response,
    })
}

/// `POST /follows/{id}`: how something is followed.
pub(crate) async fn change(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let (reader, id) = (form.known()?.id, FollowId(number(id)?));
    let threshold = threshold(form.field("threshold"))?;
    let families = form.field("families").trim().parse().unwrap_or(1);
    let found =
        house.change(move |store| store.write(|writer| writer.set_follow(reader, id, threshold, families)));
    existing(found.await?).map(|()| done(Done::Kept))
}

/// `POST /follows/{id}/remove`: one press, no question asked; following again is one press too.
pub(crate) async fn remove(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let (reader, id) = (form.known()?.id, FollowId(number(id)?));
    let follows = house.ask(move |store| store.follows(reader)).await?;
    let followed = follows.into_iter().find(|view| view.follow.id == id).ok_or(Problem::NotFound)?;
    house.change(move |store| store.write(|writer| writer.unfollow(reader, id))).await?;
    Ok(match form.field("back") {
        "target" => {
            let page = target::follow_page(&followed.follow.target);
            Redirect::to(&format!("{page}&done=unfollowed")).into_response()
        }
        _ => done(Done::Unfollowed),
    })
}

/// `POST /follows/receivers`: another place to be told, and what is to be followed with the same press.
pub(crate) async fn add_receiver(
    State(house): State<Arc<House>>,
    Extension(peer): Extension<Peer>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let wanted = target::read(form.field("target_kind"), form.field("target_of"));
    let reader =
        match add(&house, peer, form.reader.clone(), form.field("kind"), |name| form.field(name).to_owned())
            .await
        {
            Ok((reader, _)) => reader,
            Err(Problem::Refused(why)) => return refused(&house, form.reader.as_ref(), why).await,
            Err(problem) => return Err(problem),
        };
    if let Some(wanted) = &wanted {
        keep(&house, &reader, wanted).await?;
    }
    let response = done(if form.field("kind") == "mail" { Done::Asked } else { Done::Added });
    Ok(reader::with_cookie(response, &reader, &house))
}

/// Adds a receiver that a form or a script named. A mail address waits for its owner's word.
pub(crate) async fn add(
    house: &House,
    peer: Peer,
    reader: Option<Reader>,
    kind: &str,
    field: impl Fn(&str) -> String,
) -> Result<(Reader, ReceiverId), Problem> {
    let waits = kind == "mail";
    if waits && !house.settings.mail {
        return Err(Problem::Refused("This site sends no mail.".to_owned()));
    }
    let secret = channel::webhook_secret().map_err(|error| {
        tracing::error!(%error, "no random numbers");
        Problem::Busy
    })?;
    let named = channel::read(kind, &field, &secret).map_err(Problem::Refused)?;
    let zone = channel::zone(&field("zone")).map_err(Problem::Refused)?;
    let name = text::one_line(&field("name")).trim().to_owned();
    let name = if name.is_empty() { called(&named) } else { name };
    let new = NewReceiver {
        name,
        channel: named.channel,
        origin: named.origin,
        quiet: None,
        zone,
        threshold: Threshold::Everything,
        waits,
    };
    keep_receiver(house, peer, reader, new).await
}

/// Keeps a receiver, within what one peer may add, and asks its owner if it waits for that.
pub(crate) async fn keep_receiver(
    house: &House,
    peer: Peer,
    reader: Option<Reader>,
    new: NewReceiver,
) -> Result<(Reader, ReceiverId), Problem> {
    house.budgets.receivers.take(peer).map_err(Problem::TooMany)?;
    let reader = reader::known_or_new(reader, house, peer).await?;
    let (id, now) = (reader.id, Timestamp::now());
    let mailbox = if new.waits { question::mailbox(&new.channel) } else { None };
    let asked = mailbox.clone();
    // One transaction: an address that may not be asked now is not kept either.
    let add = move |writer: &mut store::Writer| {
        let added = writer.add_receiver(id, &new, now)?;
        let asks = asked.map_or(Ok(false), |mailbox| writer.take_question(added, &mailbox, now))?;
        Ok((added, asks))
    };
    let (added, asks) = told_by(house.change(move |store| store.write(add)).await)?;
    if let Some(mailbox) = mailbox.filter(|_| asks) {
        question::ask(house, added, mailbox).await?;
    }
    Ok((reader, added))
}

/// What a receiver is called when nobody gave it a name.
fn called(named: &channel::Named) -> String {
    let place = named.origin.split("://").last().unwrap_or_default();
    match &named.channel {
        Channel::Mail { address, .. } => address.clone(),
        Channel::Ntfy { url, .. } => format!("ntfy {}", url.split("://").last().unwrap_or_default()),
        Channel::Gotify { .. } => format!("Gotify {place}"),
        Channel::Webhook { .. } => format!("Webhook {place}"),
        Channel::Push { .. } => "Browser".to_owned(),
    }
}

/// `POST /follows/receivers/{id}`: its name, its hours and the zone that they are meant in, what reaches it.
pub(crate) async fn change_receiver(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let (reader, id) = (form.known()?.clone(), ReceiverId(number(id)?));
    let (quiet, zone, digest) = match hours(&form) {
        Ok(hours) => hours,
        Err(why) => return refused(&house, Some(&reader), why).await,
    };
    let threshold = threshold(form.field("threshold"))?;
    let name = text::one_line(form.field("name")).trim().to_owned();
    let reader = reader.id;
    let changed = house.change(move |store| {
        store.write(|writer| {
            writer.set_digest(reader, id, digest)?;
            writer.set_receiver(reader, id, &name, quiet.as_ref(), zone.as_deref(), threshold)
        })
    });
    existing(changed.await?).map(|()| done(Done::Kept))
}

/// Quiet hours, zone, hour of the digest.
type Hours = (Option<QuietHours>, Option<String>, Option<u8>);

/// When a form wants its receiver to be told.
fn hours(form: &ReaderForm) -> Result<Hours, String> {
    let quiet = channel::quiet(form.field("from"), form.field("to"))?;
    Ok((quiet, channel::zone(form.field("zone"))?, channel::hour(form.field("digest"))?))
}

/// `POST /follows/receivers/{id}/remove`
pub(crate) async fn remove_receiver(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let (reader, id) = (form.known()?.id, ReceiverId(number(id)?));
    let removed = house.change(move |store| store.write(|writer| writer.remove_receiver(reader, id)));
    existing(removed.await?).map(|()| done(Done::Removed))
}

/// `POST /follows/receivers/{id}/test`
pub(crate) async fn test_receiver(
    State(house): State<Arc<House>>,
    id: Result<Path<i64>, PathRejection>,
    form: ReaderForm,
) -> Result<Response, Problem> {
    let reader = form.known()?;
    match test(&house, reader, ReceiverId(number(id)?)).await {
        Ok(()) => Ok(done(Done::Tested)),
        Err(Problem::Refused(why)) => refused(&house, Some(reader), why).await,
        Err(problem) => Err(problem),
    }
}

/// Sends a test to a reader's own receiver.
pub(crate) async fn test(house: &House, reader: &Reader, id: ReceiverId) -> Result<(), Problem> {
    let owner = reader.id;
    let found = house.ask(move |store| store.receiver(owner, id)).await?;
    let refused = |why: &str| Err(Problem::Refused(why.to_owned()));
    if found.ok_or(Problem::NotFound)?.state == ReceiverState::Waiting {
        return refused("Its owner has not confirmed it yet: open the mail that went there.");
    }
    if house.budgets.tests.take(id).is_err() {
        return refused("It was tested several times within the last hour. Try again later.");
    }
    house.command(|reply| Command::TestReceiver { id, reply }).await
}

/// The page again, with why it did not work.
async fn refused(house: &House, reader: Option<&Reader>, why: String) -> Result<Response, Problem> {
    let mut page = read(house, reader).await?;
    page.refused = Some(why.clone());
    let mut response = page::private(page::render(&page)?);
    *response.status_mut() = Problem::Refused(why).status();
    Ok(response)
}

async fn read(house: &House, reader: Option<&Reader>) -> Result<FollowsPage, Problem> {
    let (follows, receivers) = match reader.map(|reader| reader.id) {
        Some(id) => house.ask(move |store| Ok((store.follows(id)?, store.receivers(id)?))).await?,
        None => (Vec::new(), Vec::new()),
    };
    Ok(FollowsPage {
        chrome: Chrome::new(house, "What I follow", "follows").unlisted(),
        known: reader.is_some(),
        follows,
        receivers,
        ways: Ways::new(house, reader, None),
        push: house.settings.push_key().is_some(),
        notice: None,
        refused: None,
    })
}

/// The store's answer, where a refusal is for the reader to read.
pub(crate) fn told_by<T>(answer: Result<T, Problem>) -> Result<T, Problem> {
    match answer {
        Err(Problem::Store(StoreError::Missing { .. })) => Err(Problem::NotFound),
        Err(Problem::Store(
            error @ (StoreError::TooMany { .. } | StoreError::Unfit { .. } | StoreError::AskedLately),
        )) => Err(Problem::Refused(error.to_string())),
        answer => answer,
    }
}

pub(crate) fn existing(found: bool) -> Result<(), Problem> {
    if found { Ok(()) } else { Err(Problem::NotFound) }
}

pub(crate) fn threshold(written: &str) -> Result<Threshold, Problem> {
    match written {
        "" => Ok(Threshold::default()),
        word => {
            Threshold::from_word(word).ok_or_else(|| Problem::Bad("there is no such threshold".to_owned()))
        }
    }
}

fn number(written: Result<Path<i64>, PathRejection>) -> Result<i64, Problem> {
    written.map(|Path(id)| id).map_err(|_| Problem::NotFound)
}

/// A threshold in words, for a list to choose from.
pub(crate) fn threshold_words(threshold: &Threshold) -> &'static str {
    match threshold {
        Threshold::Everything => "Everything new",
        Threshold::Developments => "Developments",
        Threshold::Major => "Only what is major",
    }
}

/// What is followed, in a word or two.
pub(crate) fn kind_words(target: &Target) -> &'static str {
    match target {
        Target::Story(_) => "Story",
        Target::Actor(_) => "Person or body",
        Target::Place(_) => "Place",
        Target::Search(_) => "Search",
    }
}

/// A channel's kind in a word.
pub(crate) fn channel_words(kind: &str) -> &'static str {
    match kind {
        "push" => "Browser",
        "webhook" => "Webhook",
        "ntfy" => "ntfy",
        "gotify" => "Gotify",
        "mail" => "E-mail",
        _ => "Other",
    }
}
