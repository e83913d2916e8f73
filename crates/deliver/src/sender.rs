//! One message to one receiver, by whatever channel it is reached.
//!
//! In: a receiver, a message, how often it was tried before. Out: an [`Outcome`]. The sender keeps no queue and no rows:
//! who calls it decides when, and records what became of it.

use crate::answer::{Attempt, Outcome, Peer, no_answer, outcome};
use crate::encrypt::Subscription;
use crate::mail::Mailer;
use crate::message::Message;
use crate::payload::{LARGEST, SHORTER, payload};
use crate::pool::Pool;
use crate::post::{Answer, Headers, Post, PostError, Request};
use crate::turns::Turns;
use crate::vapid::Vapid;
use crate::{gotify, ntfy, push, webhook};
use news::{Channel, Receiver, Timestamp};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use url::Url;

/// For one request, its answer included.
const WITHIN: Duration = Duration::from_secs(15);

/// See the module.
pub struct Sender<P> {
    post: P,
    /// Without a key and a contact no push leaves. Another one comes when the operator makes a new key.
    vapid: RwLock<Option<Arc<Vapid>>>,
    mail: Option<Mailer>,
    pool: Pool,
    turns: Turns,
}

impl<P: Post> Sender<P> {
    /// A sender whose requests leave through `post`, and mail not at all.
    pub fn new(post: P, vapid: Option<Vapid>) -> Self {
        let vapid = RwLock::new(vapid.map(Arc::new));
        Self { post, vapid, mail: None, pool: Pool::default(), turns: Turns::default() }
    }

    /// Signs with other keys from now on.
    pub fn sign_with(&self, vapid: Vapid) {
        *self.vapid.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(vapid));
    }

    fn vapid(&self) -> Option<Arc<Vapid>> {
        self.vapid.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same with a mail server.
    pub fn with_mail(self, mail: Mailer) -> Self {
        Self { mail: Some(mail), ..self }
    }

    /// Whether mail can leave.
    pub fn sends_mail(&self) -> bool {
        self.mail.is_some()
    }

    /// The public key that browsers subscribe with; `None` when no push can leave.
    pub fn push_key(&self) -> Option<String> {
        self.vapid().map(|vapid| vapid.public().to_owned())
    }

    /// Sends a message. `before` is the number of attempts already made for this delivery.
    pub async fn send(&self, receiver: &Receiver, message: &Message, before: u32) -> Outcome {
        let attempt = attempt(receiver, message, before);
        match &receiver.channel {
            Channel::Push { endpoint, p256dh, auth, key } => match Subscription::read(p256dh, auth) {
                Ok(subscription) => self.push(endpoint, &subscription, key, message, attempt).await,
                Err(error) => Outcome::Gone { why: error.to_string() },
            },
            Channel::Webhook { url, secret } => {
                let Ok(url) = Url::parse(url) else { return unfit() };
                match webhook::request(message, secret, Timestamp::now()) {
                    Ok((body, headers)) => self.tell(Peer::Webhook, url, headers, body, attempt).await,
                    Err(error) => Outcome::Refused { why: error.to_string() },
                }
            }
            Channel::Ntfy { url, token } => {
                let request =
                    Url::parse(url).ok().and_then(|url| ntfy::request(message, &url, token.as_deref()));
                let Some((url, body, headers)) = request else { return unfit() };
                self.tell(Peer::Server, url, headers, body, attempt).await
            }
            Channel::Gotify { url, token } => {
                let request = Url::parse(url).ok().and_then(|url| gotify::request(message, &url, token));
                let Some((url, body, headers)) = request else { return unfit() };
                self.tell(Peer::Server, url, headers, body, attempt).await
            }
            Channel::Mail { address, .. } => {
                self.mail(receiver, address, std::slice::from_ref(message), attempt).await
            }
        }
    }

    /// Sends several messages to a mail address in one mail, oldest first. The outcome holds for all of them.
    pub async fn digest(&self, receiver: &Receiver, messages: &[Message], before: u32) -> Outcome {
        match (&receiver.channel, messages) {
            (_, []) => Outcome::Accepted,
            (Channel::Mail { address, .. }, [.., newest]) => {
                self.mail(receiver, address, messages, attempt(receiver, newest, before)).await
            }
            _ => Outcome::Refused { why: "only mail has digests".to_owned() },
        }
    }

    async fn mail(
        &self,
        receiver: &Receiver,
        address: &str,
        messages: &[Message],
        attempt: Attempt,
    ) -> Outcome {
        match &self.mail {
            Some(mailer) => mailer.send(receiver.id, address, messages, attempt).await,
            None => Outcome::Refused { why: "no mail server is set up".to_owned() },
        }
    }

    /// Says that these receivers will soon be sent to: their keys are made in idle time. Others' are after their first
    /// message.
    pub fn expect<'a>(&self, receivers: impl IntoIterator<Item = &'a Receiver>) {
        for receiver in receivers {
            if let Channel::Push { p256dh, auth, .. } = &receiver.channel
                && let Ok(subscription) = Subscription::read(p256dh, auth)
            {
                self.pool.expect(subscription);
            }
        }
    }

    /// Makes up to `most` sender keys for messages to come, some 70 µs each, on the calling thread. Returns how many
    /// were made: fewer than `most` when all are ready. For idle time.
    pub fn refill(&self, most: usize) -> usize {
        self.pool.refill(most)
    }

    async fn push(
        &self,
        endpoint: &str,
        subscription: &Subscription,
        key: &str,
        message: &Message,
        attempt: Attempt,
    ) -> Outcome {
        let Ok(url) = Url::parse(endpoint) else {
            return Outcome::Gone { why: "its endpoint is no address".to_owned() };
        };
        let Some(vapid) = self.vapid() else {
            return alert("no push leaves without deliver.contact");
        };
        let origin = url.origin().ascii_serialization();
        let Some(authorization) = vapid.authorization(&origin, key, Timestamp::now()) else {
            return alert("it was made with a VAPID key that is not ours any more");
        };
        let headers = push::headers(message, subscription, authorization);
        let mut answer = Answer::default();
        // A service that finds a message too large gets a shorter one, once.
        for most in [LARGEST, SHORTER] {
            let sealed = self.pool.take(subscription).and_then(|key| key.seal(&payload(message, most)));
            let body = match sealed {
                Ok(body) => body,
                Err(error) => return Outcome::Gone { why: error.to_string() },
            };
            answer = match self.post(url.clone(), headers.clone(), body).await {
                Ok(answer) => answer,
                Err(error) => return no_answer(error, attempt),
            };
            if answer.status != 413 {
                break;
            }
        }
        let outcome = outcome(Peer::PushService, &answer, attempt, Timestamp::now());
        if let Outcome::Gone { .. } = outcome {
            self.pool.forget(subscription);
        }
        outcome
    }

    async fn tell(&self, peer: Peer, url: Url, headers: Headers, body: Vec<u8>, attempt: Attempt) -> Outcome {
        match self.post(url, headers, body).await {
            Ok(answer) => outcome(peer, &answer, attempt, Timestamp::now()),
            Err(error) => no_answer(error, attempt),
        }
    }

    /// In its turn, and within its time whatever the way outward does.
    async fn post(&self, url: Url, headers: Headers, body: Vec<u8>) -> Result<Answer, PostError> {
        let late = |why: &str| PostError { why: why.to_owned(), passes: true };
        let turn = self.turns.turn(&url.origin().ascii_serialization()).await;
        let _turn = turn.ok_or_else(|| late("too many requests wait for it"))?;
        let request = Request { url, headers, body, within: WITHIN };
        tokio::time::timeout(WITHIN, self.post.post(request))
            .await
            .map_err(|_| late("it did not answer in time"))?
    }
}

fn attempt(receiver: &Receiver, message: &Message, before: u32) -> Attempt {
    let spread = receiver.id.0.wrapping_mul(1_000_003).wrapping_add(message.development.0).unsigned_abs();
    Attempt { before, spread }
}

fn alert(why: &str) -> Outcome {
    Outcome::Alert { why: why.to_owned(), said: String::new() }
}

fn unfit() -> Outcome {
    Outcome::Refused { why: "its address cannot be used".to_owned() }
}
