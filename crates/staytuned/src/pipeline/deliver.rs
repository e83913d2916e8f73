//! Developments to the places where readers want them: claims what is due, asks the rules, sends, records.
//!
//! The rows are the queue. What is under way when the program dies is due again at the next start; a receiver that was
//! reached twice can tell, since topic, tag and ids do not depend on the attempt. The bell only wakes; the time of the
//! next delivery wakes too, and every few seconds the rows are looked at anyway.

mod care;
mod direct;
mod outward;
mod places;
mod plan;
mod settle;
mod tally;

use super::{House, Stop, blocking, setback};
use crate::config::Settings;
use crate::push_keys::PushKeys;
use anyhow::{Context, Result};
pub(super) use care::look_after;
use deliver::{Mailer, Outcome, Sender, Vapid};
pub(crate) use direct::{ask_owner, test};
use jiff::{SignedDuration, Timestamp};
use outward::Outward;
use places::{Places, UNDER_WAY};
pub(super) use plan::elsewhere;
use plan::{Parcel, Terms, plan};
use settle::{Sent, settle};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};
use tally::Tally;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Receivers taken up at once.
const BATCH: usize = 256;

/// What is claimed is sent by then, or due again.
const CLAIMED_FOR: SignedDuration = SignedDuration::from_mins(3);

/// How often the rows are looked at when nothing wakes us: another process may have published something.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A pause when everything that is due goes to hosts that have no place left.
const CROWDED: Duration = Duration::from_millis(100);

/// How long a stop waits for what is under way; the rest is due again at the next start.
const GRACE: Duration = Duration::from_secs(5);

/// Receivers whose keys are made before their first message.
const EXPECTED: usize = 100_000;

/// Sender keys made between two looks at whether there is something better to do.
const KEYS_AT_ONCE: usize = 32;
const KEYS_EVERY: Duration = Duration::from_millis(500);

/// What sends, and what it counts.
pub(crate) struct Outbox {
    sender: Sender<Outward>,
    /// The public key that browsers subscribe with; `None` when no push can leave.
    pub(crate) push_key: watch::Sender<Option<String>>,
    pub(crate) tally: Tally,
}

impl Outbox {
    /// With the push keys when there is a contact, and with the mail server when there is one.
    ///
    /// # Errors
    /// Names the keys' file or the option that cannot be used.
    pub(crate) fn open(house: &Arc<House>) -> Result<Self> {
        let settings = &house.settings;
        let vapid = match &settings.push_contact {
            Some(contact) => {
                let keys = PushKeys::open(settings)?;
                if let Some(what) = PushKeys::missing(Some(&keys), settings, &house.store.push_keys_in_use()?)
                {
                    tracing::error!("{what}");
                }
                Some(signed_with(keys, contact))
            }
            None => None,
        };
        let mut sender = Sender::new(Outward(Arc::clone(house)), vapid);
        if let (Some(server), Some(from)) = (&settings.smtp, &settings.mail_from) {
            sender = sender.with_mail(Mailer::new(server, from).context("deliver.smtp, deliver.mail_from")?);
        }
        let push_key = watch::Sender::new(sender.push_key());
        Ok(Self { sender, push_key, tally: Tally::default() })
    }

    /// Takes up the keys as they are in their file now. Blocks.
    fn take_keys(&self, settings: &Settings) -> Result<()> {
        if let Some(contact) = &settings.push_contact {
            self.sender.sign_with(signed_with(PushKeys::reopen(settings)?, contact));
            self.push_key.send_replace(self.sender.push_key());
            tracing::info!("another push key is in use; devices renew at their next visit");
        }
        Ok(())
    }

    /// Whether mail can leave.
    pub(crate) fn sends_mail(&self) -> bool {
        self.sender.sends_mail()
    }

    async fn send(&self, parcel: Parcel) -> Sent {
        let begun = Instant::now();
        let sent = setback::guarded_wait(async {
            match parcel.messages.as_slice() {
                [message] if parcel.told.len() == 1 => {
                    self.sender.send(&parcel.receiver, message, parcel.before).await
                }
                messages => self.sender.digest(&parcel.receiver, messages, parcel.before).await,
            }
        });
        // What cannot be sent without a panic is not tried at every start again.
        let outcome = sent.await.unwrap_or_else(|why| {
            tracing::error!(why, "a message could not be made for a receiver");
            Outcome::Refused { why: "the message could not be made".to_owned() }
        });
        Sent { parcel, outcome, took: begun.elapsed() }
    }
}

fn signed_with(keys: PushKeys, contact: &str) -> Vapid {
    Vapid::new(keys.current, keys.before, contact.to_owned())
}

/// Gives back what a program that died had claimed: for the one program that serves.
pub(crate) fn take_over(house: &House) -> Result<()> {
    let given_back = house.store.release_deliveries(Timestamp::now())?;
    if given_back > 0 {
        tracing::info!(deliveries = given_back, "deliveries of the last run are due again");
    }
    Ok(())
}

/// Delivers until `stop`.
pub(super) async fn run(house: Arc<House>, outbox: Arc<Outbox>, mut stop: Stop) -> Result<()> {
    if outbox.push_key.borrow().is_none() {
        tracing::warn!("no push leaves without deliver.contact, an address where push services reach you");
    }
    let mut bell = house.bell.subscribe();
    let mut work = Work::new(Arc::clone(&house), Arc::clone(&outbox));
    let stopped = work.until(&mut bell, &mut stop).await;
    // Whatever ended the work: what was sent meanwhile must not be sent again.
    let ended = work.end().await;
    stopped.and(ended)
}

/// Makes sender keys while nothing is to be sent and takes up another push key, until `stop`.
pub(super) async fn keep_ready(house: Arc<House>, outbox: Arc<Outbox>, mut stop: Stop) -> Result<()> {
    let (store, expecting) = (Arc::clone(&house.store), Arc::clone(&outbox));
    let expected = move || {
        expecting.sender.expect(&store.push_receivers(EXPECTED)?);
        Ok(())
    };
    if outbox.push_key.borrow().is_some() {
        blocking(expected).await?;
    }
    let mut written = PushKeys::written(&house.settings);
    loop {
        let now = PushKeys::written(&house.settings);
        if now != written {
            written = now;
            let (house, outbox) = (Arc::clone(&house), Arc::clone(&outbox));
            if let Err(error) = blocking(move || outbox.take_keys(&house.settings)).await {
                tracing::error!(error = format!("{error:#}"), "the push keys are those of before");
            }
        }
        let idle = outbox.tally.under_way.load(Relaxed) == 0;
        let making = Arc::clone(&outbox);
        let made = if idle { blocking(move || Ok(making.sender.refill(KEYS_AT_ONCE))).await? } else { 0 };
        let pause = if made == KEYS_AT_ONCE { Duration::ZERO } else { KEYS_EVERY };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
        }
    }
}

/// Deliveries under way, and those that are over and not yet recorded.
struct Work {
    house: Arc<House>,
    outbox: Arc<Outbox>,
    sends: JoinSet<Sent>,
    over: Vec<Sent>,
    places: Places,
}

/// What one look at the rows brought.
struct Look {
    parcels: Vec<Parcel>,
    /// Until the next one is due.
    wait: Duration,
}

impl Work {
    fn new(house: Arc<House>, outbox: Arc<Outbox>) -> Self {
        Self { house, outbox, sends: JoinSet::new(), over: Vec::new(), places: Places::default() }
    }

    /// Turn by turn until `stop`.
    async fn until(&mut self, bell: &mut watch::Receiver<i64>, stop: &mut Stop) -> Result<()> {
        loop {
            let wait = match self.turn().await {
                Ok(wait) => wait,
                Err(error) => setback::survive(error, "deliveries not looked at or not recorded")?,
            };
            tokio::select! {
                // First of all: each further turn would take up more.
                biased;
                _ = stop.wait_for(|stop| *stop) => return Ok(()),
                Some(ended) = self.sends.join_next() => self.over(ended.context("a sending panicked")?),
                rung = bell.changed() => rung.context("bell")?,
                () = sleep(wait) => {}
            }
        }
    }

    /// Records what is over and takes up what is due. Returns how long nothing will be due.
    async fn turn(&mut self) -> Result<Duration> {
        while let Some(ended) = self.sends.try_join_next() {
            self.over(ended.context("a sending panicked")?);
        }
        self.record().await?;
        let free = BATCH.min(UNDER_WAY.saturating_sub(self.sends.len()));
        if free == 0 {
            return Ok(LOOK_EVERY);
        }
        let (house, outbox, places) =
            (Arc::clone(&self.house), Arc::clone(&self.outbox), self.places.clone());
        let Look { parcels, wait } = blocking(move || look(&house, &outbox, free, places)).await?;
        for parcel in parcels {
            self.places.take(parcel.receiver.reader, &parcel.origin);
            let outbox = Arc::clone(&self.outbox);
            self.sends.spawn(async move { outbox.send(parcel).await });
        }
        self.outbox.tally.under_way.store(self.sends.len() as u64, Relaxed);
        Ok(wait)
    }

    fn over(&mut self, sent: Sent) {
        self.places.give_back(sent.parcel.receiver.reader, &sent.parcel.origin, sent.took);
        self.over.push(sent);
        self.outbox.tally.under_way.store(self.sends.len() as u64, Relaxed);
    }

    /// Records what is over, in one transaction. When that fails it is recorded later.
    async fn record(&mut self) -> Result<()> {
        if self.over.is_empty() {
            return Ok(());
        }
        let (house, over) = (Arc::clone(&self.house), std::mem::take(&mut self.over));
        let (over, recorded) = tokio::task::spawn_blocking(move || {
            let now = Timestamp::now();
            let recorded =
                house.store.write(|writer| over.iter().try_for_each(|sent| settle(writer, sent, now)));
            (over, recorded)
        })
        .await
        .context("recording panicked")?;
        if let Err(error) = recorded {
            self.over = over;
            return Err(error).context("record deliveries");
        }
        for sent in &over {
            settle::count(&self.outbox.tally, sent);
            tell(sent);
        }
        Ok(())
    }

    /// Waits a little for what is under way. What is not over by then is due again at the next start.
    async fn end(mut self) -> Result<()> {
        let drain = async {
            while let Some(ended) = self.sends.join_next().await {
                self.over.extend(ended.ok());
            }
        };
        if tokio::time::timeout(GRACE, drain).await.is_err() {
            tracing::info!(deliveries = self.sends.len(), "not delivered before the stop, due again");
            self.sends.abort_all();
        }
        self.record().await
    }
}

/// Claims what is due and asks the rules; blocks.
fn look(house: &House, outbox: &Outbox, most: usize, mut places: Places) -> Result<Look> {
    let (store, now) = (&house.store, Timestamp::now());
    let until = now.saturating_add(CLAIMED_FOR)?;
    let busy = places.busy();
    let claimed =
        store.claim_deliveries(most, now, until, &busy, |reader, origin| places.take(reader, origin));
    let terms = Terms { base: house.settings.base_url.clone(), between: house.settings.between };
    let (mut parcels, mut settled) = (Vec::new(), Vec::new());
    for one in claimed.context("claim deliveries")? {
        let planned = plan(&one, &terms, now);
        parcels.extend(planned.parcel);
        settled.extend(planned.settled);
    }
    if !settled.is_empty() {
        outbox.tally.held.fetch_add(settled.len() as u64, Relaxed);
        store.write(|writer| writer.settle(&settled, now)).context("hold deliveries")?;
    }
    for message in parcels.iter().filter(|parcel| parcel.before == 0).flat_map(|parcel| &parcel.messages) {
        outbox.tally.left_after(Duration::try_from(now.duration_since(message.at)).unwrap_or_default());
    }
    let next = match parcels.is_empty() {
        true => {
            let due = store.deliveries_due()?;
            outbox.tally.pending.store(due.pending, Relaxed);
            due.next
        }
        // In a burst nobody counts.
        false => store.next_delivery()?,
    };
    let wait =
        next.map_or(LOOK_EVERY, |next| Duration::try_from(next.duration_since(now)).unwrap_or_default());
    // What is due and could not be taken up waits for places, not for time.
    let least = if parcels.is_empty() && settled.is_empty() { CROWDED } else { Duration::ZERO };
    Ok(Look { parcels, wait: wait.clamp(least, LOOK_EVERY) })
}

/// One line for what the operator or a curious reader of the log wants to know.
fn tell(sent: &Sent) {
    let (receiver, origin) = (sent.parcel.receiver.id, &sent.parcel.origin);
    match &sent.outcome {
        Outcome::Accepted => tracing::debug!(%receiver, %origin, took = ?sent.took, "delivered"),
        Outcome::Gone { why } => tracing::info!(%receiver, %origin, %why, "receiver is no more"),
        Outcome::Deferred { why, .. } => tracing::debug!(%receiver, %origin, %why, "delivery deferred"),
        Outcome::Refused { why } => tracing::warn!(%receiver, %origin, %why, "delivery refused"),
        Outcome::Alert { why, said } if sent.parcel.before == 0 => {
            tracing::error!(%receiver, %origin, %why, %said, "delivery refused until the operator acts");
        }
        Outcome::Alert { why, .. } => tracing::debug!(%receiver, %origin, %why, "still refused"),
    }
}
