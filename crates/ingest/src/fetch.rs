//! The guarded fetcher: the one way outward for the whole program.
//!
//! In: an address and what is known of the document there. Out: the answer (also "not modified", "gone", "slow down",
//! which are normal in the world), or a [`FetchError`] in plain words. Every hop of a redirect is checked like the
//! first; a name is resolved once, its addresses are checked, and the connection goes to one of exactly those. Nothing
//! is ever sent along that belongs to another site: no cookies, no credentials, no referrer.

mod answer;
mod error;
mod politeness;
mod resolve;
mod send;
mod way;

pub use answer::Fetched;
pub use error::FetchError;
pub use send::{Post, Posted};

use ipnet::IpNet;
use politeness::Politeness;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION};
use reqwest::{Response, StatusCode};
use resolve::{Allowed, LookupFn, NotPublic, Unknown};
use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use url::Url;
use way::Way;

/// How requests are made.
#[derive(Clone, Debug)]
pub struct FetchSettings {
    /// A publisher reaches the operator here; part of the User-Agent.
    pub contact: Option<String>,
    /// Networks that feeds and pages may be fetched from although they are not public: the operator names feeds.
    /// Loopback too is entered only when it is named here: there is no other switch.
    pub allowed_networks: Vec<IpNet>,
    /// Networks that messages may be sent into although they are not public. A list of its own, since receivers are
    /// named by anybody.
    pub message_networks: Vec<IpNet>,
    /// Names that are reached at an address of the operator's choice, in an allowed network, whatever the system's
    /// look-up says: as a hosts file does, with a port.
    pub hosts: Vec<(String, SocketAddr)>,
    /// Requests under way at once.
    pub at_once: usize,
    pub limits: FetchLimits,
}

/// Bounds of one request.
#[derive(Clone, Debug)]
pub struct FetchLimits {
    /// Bytes of a body after decompression.
    pub body: usize,
    pub connect: Duration,
    /// Until the answer's head is there.
    pub first_byte: Duration,
    /// For everything, redirects included.
    pub total: Duration,
    pub redirects: usize,
    /// Requests at once to one host, and the pause between two.
    pub per_host: usize,
    pub host_gap: Duration,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            body: 16 << 20,
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(20),
            total: Duration::from_secs(45),
            redirects: 6,
            per_host: 2,
            host_gap: Duration::from_millis(250),
        }
    }
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            contact: None,
            allowed_networks: Vec::new(),
            message_networks: Vec::new(),
            hosts: Vec::new(),
            at_once: 16,
            limits: FetchLimits::default(),
        }
    }
}

/// What a document is wanted for: decides what is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Feed,
    Page,
    /// robots.txt and the like.
    Plain,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Get {
    pub url: Url,
    pub purpose: Purpose,
    /// As the last answer gave them, to be told when nothing changed.
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

impl Get {
    /// A first request.
    pub fn new(url: Url, purpose: Purpose) -> Self {
        Self { url, purpose, etag: None, last_modified: None }
    }
}

/// Characters of an address's path that an error shows.
const SHOWN_PATH: usize = 200;

/// See the module.
pub struct Fetcher {
    /// To feeds and pages.
    inbox: Way,
    /// To receivers; it keeps more connections to one host.
    outbox: Way,
    politeness: Politeness,
    limits: FetchLimits,
}

impl Fetcher {
    /// A fetcher that resolves as the system does.
    ///
    /// # Errors
    /// When no TLS client can be made on this system, or a host is led into a network that is not allowed.
    pub fn new(settings: FetchSettings) -> Result<Self, FetchError> {
        Self::with_lookup(settings, &resolve::system())
    }

    fn with_lookup(settings: FetchSettings, lookup: &LookupFn) -> Result<Self, FetchError> {
        let feeds = Allowed::new(settings.allowed_networks.clone(), "ingest.allow_networks");
        let messages = Allowed::new(settings.message_networks.clone(), "deliver.allow_networks");
        for (host, address) in &settings.hosts {
            tracing::warn!(%host, %address, "the fetcher reaches this host at an address of its own");
            if !feeds.holds(address.ip()) && !messages.holds(address.ip()) {
                let why = "it is led to a network that is not allowed".to_owned();
                return Err(FetchError::Unfit { url: host.clone(), why });
            }
        }
        let inbox = Way::open(&settings, lookup, feeds, 1)?;
        let outbox = Way::open(&settings, lookup, messages, send::IDLE_PER_HOST)?;
        let limits = settings.limits;
        let politeness = Politeness::new(settings.at_once.max(1), limits.per_host.max(1), limits.host_gap);
        Ok(Self { inbox, outbox, politeness, limits })
    }

    /// Fetches, following redirects. Any status is an answer.
    ///
    /// # Errors
    /// [`FetchError`], when there is no answer.
    pub async fn get(&self, get: &Get) -> Result<Fetched, FetchError> {
        let mut url = get.url.clone();
        let mut seen = vec![url.clone()];
        let mut moved_for_good = true;
        let mut permanent = None;
        // Waiting for a turn is not the host's fault and does not count.
        let mut left = self.limits.total;
        loop {
            self.inbox.check(&url)?;
            let turn = self.politeness.turn(&host_of(&url)).await;
            let _turn = turn.ok_or_else(|| FetchError::Crowded { host: host_of(&url) })?;
            let started = Instant::now();
            let response = self.ask(&url, get, left).await?;
            left = left.saturating_sub(started.elapsed());
            let Some(next) = redirect(&response, &url) else {
                let elapsed = self.limits.total - left;
                return answer::read(
                    response,
                    url,
                    permanent,
                    answer::Bounds { left, body: self.limits.body, elapsed },
                )
                .await;
            };
            moved_for_good &=
                matches!(response.status(), StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            if seen.contains(&next) || seen.len() > self.limits.redirects {
                return Err(FetchError::Redirects { host: host_of(&url), limit: self.limits.redirects });
            }
            if moved_for_good {
                permanent = Some(next.clone());
            }
            seen.push(next.clone());
            url = next;
        }
    }

    /// Sends one request and waits for the head of its answer.
    async fn ask(&self, url: &Url, get: &Get, left: Duration) -> Result<Response, FetchError> {
        let request = self.inbox.client.get(url.clone()).headers(headers(get, url));
        let within = self.limits.first_byte.min(left);
        let slow = || FetchError::Slow { host: host_of(url), within };
        let sent = timeout(within, request.send()).await.map_err(|_| slow())?;
        // A connection that does not come about has a time of its own.
        let within = |error: &reqwest::Error| {
            if error.is_connect() { within.min(self.limits.connect) } else { within }
        };
        sent.map_err(|error| told(&error, host_of(url), within(&error)))
    }
}

fn headers(get: &Get, url: &Url) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let accept = match get.purpose {
        Purpose::Feed => {
            "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
             application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
        }
        Purpose::Page => "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
        Purpose::Plain => "text/plain, */*;q=0.1",
    };
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    // What is known of the document at the first address says nothing about where it redirects to.
    if *url == get.url {
        for (name, value) in [(IF_NONE_MATCH, &get.etag), (IF_MODIFIED_SINCE, &get.last_modified)] {
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                headers.insert(name, value);
            }
        }
    }
    headers
}

/// Where an answer sends us on to.
fn redirect(response: &Response, url: &Url) -> Option<Url> {
    let status = response.status();
    let redirects = status.is_redirection() && status != StatusCode::NOT_MODIFIED;
    let location = response.headers().get(LOCATION).filter(|_| redirects)?;
    let mut next = url.join(std::str::from_utf8(location.as_bytes()).ok()?).ok()?;
    next.set_fragment(None);
    Some(next)
}

/// An address for people to read: without what may be secret in it (user, password, query), and not endless.
fn shown(url: &Url) -> String {
    let host = url.host_str().map(|host| format!("//{host}")).unwrap_or_default();
    let path: String = url.path().chars().take(SHOWN_PATH).collect();
    format!("{}:{host}{path}", url.scheme())
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// A client's error in our words: the deepest cause that we know.
fn told(error: &reqwest::Error, host: String, within: Duration) -> FetchError {
    if error.is_timeout() {
        return FetchError::Slow { host, within };
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    let mut deepest = String::new();
    while let Some(current) = cause {
        if let Some(refused) = current.downcast_ref::<NotPublic>() {
            let NotPublic { address, why, option } = refused;
            return FetchError::Refused { host, address: address.to_string(), why, option };
        }
        if current.is::<Unknown>() {
            return FetchError::Unknown { host };
        }
        deepest = current.to_string();
        cause = current.source();
    }
    FetchError::Unreachable { host, why: deepest }
}

#[cfg(test)]
pub(crate) mod tests;
