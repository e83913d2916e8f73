//! Messages that a reader asks for on a page: a test, and the mail that asks the owner of an address. They are sent at
//! once and have no row; the answer goes back to the page.

use super::Outbox;
use super::plan::link;
use crate::pipeline::{House, blocking};
use anyhow::{Context, Result, bail};
use deliver::{Message, Outcome};
use jiff::Timestamp;
use news::{Channel, DevelopmentKind, Language, Receiver, ReceiverId, StoryId, Weight};
use std::sync::Arc;

/// Sends a receiver a message that says it works.
///
/// # Errors
/// Why it did not arrive, in words for the page; never what somebody's server said.
pub(crate) async fn test(house: &Arc<House>, outbox: &Outbox, id: ReceiverId) -> Result<()> {
    let receiver = find(house, id).await?;
    let page = link(&house.settings.base_url, "follows").unwrap_or_default();
    let words = "This is a test. Developments of what you follow will come like this.";
    let mut message = note("It works", words, page);
    if let Channel::Mail { .. } = receiver.channel {
        let store = Arc::clone(&house.store);
        let code = blocking(move || Ok(store.receiver_code(id)?)).await?;
        message.unfollow = link(&house.settings.base_url, &format!("mail/{code}/stop"));
    }
    deliver(house, outbox, &receiver, &message).await
}

/// Asks the owner of a mail address whether the mails are wanted; `page` is where the answer is given.
///
/// # Errors
/// As [`test()`].
pub(crate) async fn ask_owner(
    house: &Arc<House>,
    outbox: &Outbox,
    id: ReceiverId,
    page: String,
) -> Result<()> {
    let receiver = find(house, id).await?;
    let words = "Somebody, hopefully you, wants news of unfolding stories sent to this address. Open the page and press \
                 the button if that is right. Otherwise do nothing, and no other mail will come.";
    let unfollow = Some(format!("{page}/stop"));
    let message = Message { unfollow, ..note("Is this your address?", words, page) };
    deliver(house, outbox, &receiver, &message).await
}

/// The program's own words: about a device, never about the news.
pub(super) fn note(title: &str, words: &str, url: String) -> Message {
    Message {
        development: deliver::NOTE,
        story: StoryId(0),
        kind: DevelopmentKind::NewFact,
        weight: Weight::Ordinary,
        families: 1,
        at: Timestamp::now(),
        title: title.to_owned(),
        words: words.to_owned(),
        speaker: None,
        outlet: "Staytuned".to_owned(),
        language: Language::ENGLISH,
        url,
        folded: 0,
        told: 0,
        unfollow: None,
    }
}

async fn find(house: &Arc<House>, id: ReceiverId) -> Result<Receiver> {
    let store = Arc::clone(&house.store);
    blocking(move || Ok(store.receiver_by_id(id)?)).await?.context("this receiver is no more")
}

async fn deliver(house: &Arc<House>, outbox: &Outbox, receiver: &Receiver, message: &Message) -> Result<()> {
    let outcome = outbox.sender.send(receiver, message, 0).await;
    if let Outcome::Alert { why, said } = &outcome {
        tracing::error!(receiver = %receiver.id, %why, %said, "message refused until the operator acts");
    }
    let (store, receiver, now) = (Arc::clone(&house.store), receiver.clone(), Timestamp::now());
    let recorded = outcome.clone();
    blocking(move || {
        store.write(|writer| match &recorded {
            Outcome::Accepted => writer.receiver_well(receiver.id, now),
            Outcome::Gone { why } => writer.receiver_gone(&receiver, why, now),
            Outcome::Alert { why, .. } => writer.receiver_ill(receiver.id, why, true, now),
            Outcome::Deferred { why, .. } | Outcome::Refused { why } => {
                writer.receiver_ill(receiver.id, why, false, now)
            }
        })?;
        Ok(())
    })
    .await?;
    match outcome {
        Outcome::Accepted => Ok(()),
        Outcome::Gone { why } => bail!("the receiver is no more: it {why}"),
        Outcome::Deferred { why, .. } => bail!("not taken now, try again later: {why}"),
        // What is the operator's to mend may say more than a reader should know.
        Outcome::Alert { .. } => bail!("the operator of this site has to mend something first"),
        Outcome::Refused { why } => bail!("{why}"),
    }
}
