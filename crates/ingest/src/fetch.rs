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

pub use answer::Fetched;
pub use error::FetchError;
pub use send::{Post, Posted};

use crate::address;
use ipnet::IpNet;
use politeness::Politeness;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Response, StatusCode};
use resolve::{CheckedResolver, LookupFn, NotPublic, Unknown};
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use url::{Host, Url};

/// How requests are made.
#[derive(Clone, Debug)]
pub struct FetchSettings {
    /// A publisher reaches the operator here; part of the User-Agent.
    pub contact: Option<String>,
    /// Networks that may be entered although they are not public. Loopback too is entered only when it is named here:
    /// there is no other switch.
    pub allowed_networks: Vec<IpNet>,
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

/// Ports of other services that an address must not make us talk to (after the Fetch standard's "bad ports").
const BAD_PORTS: &[u16] = &[
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
];

/// Longest address that is asked.
const LONGEST_URL: usize = 8_192;

/// Characters of an address's path that an error shows.
const SHOWN_PATH: usize = 200;

/// See the module.
pub struct Fetcher {
    client: Client,
    /// For messages to receivers, which keeps more connections to one host.
    outbox: Client,
    politeness: Politeness,
    allowed: Arc<[IpNet]>,
    limits: FetchLimits,
}

impl Fetcher {
    /// A fetcher that resolves as the system does.
    ///
    /// # Errors
    /// When no TLS client can be made on this system, or a host is led into a network that is not allowed.
    pub fn new(settings: FetchSettings) -> Result<Self, FetchError> {
        Self::with_lookup(settings, resolve::system())
    }

    fn with_lookup(settings: FetchSettings, lookup: LookupFn) -> Result<Self, FetchError> {
        for network in &settings.allowed_networks {
            tracing::warn!(%network, "the fetcher may enter this network");
        }
        let allowed: Arc<[IpNet]> = settings.allowed_networks.into();
        let resolver = CheckedResolver { lookup, allowed: Arc::clone(&allowed) };
        let limits = settings.limits;
        for (host, address) in &settings.hosts {
            tracing::warn!(%host, %address, "the fetcher reaches this host at an address of its own");
            if !allowed.iter().any(|network| network.contains(&address.ip())) {
                let why = "it is led to a network that is not allowed".to_owned();
                return Err(FetchError::Unfit { url: host.clone(), why });
            }
        }
        let client = |idle| {
            let led = |client: ClientBuilder, (host, address): &(String, SocketAddr)| {
                client.resolve(host, *address)
            };
            settings
                .hosts
                .iter()
                .fold(Client::builder(), led)
                .user_agent(user_agent(settings.contact.as_deref()))
                .redirect(Policy::none())
                .no_proxy()
                .referer(false)
                .dns_resolver(Arc::new(resolver.clone()))
                .connect_timeout(limits.connect)
                .pool_max_idle_per_host(idle)
                .pool_idle_timeout(Duration::from_secs(30))
                .http2_max_header_list_size(64 << 10)
                .build()
                .map_err(|error| FetchError::Unfit { url: String::new(), why: error.to_string() })
        };
        let (client, outbox) = (client(1)?, client(send::IDLE_PER_HOST)?);
        let politeness = Politeness::new(settings.at_once.max(1), limits.per_host.max(1), limits.host_gap);
        Ok(Self { client, outbox, politeness, allowed, limits })
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
            self.check(&url)?;
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
        let request = self.client.get(url.clone()).headers(headers(get, url));
        let within = self.limits.first_byte.min(left);
        let slow = || FetchError::Slow { host: host_of(url), within };
        let sent = timeout(within, request.send()).await.map_err(|_| slow())?;
        // A connection that does not come about has a time of its own.
        let within = |error: &reqwest::Error| {
            if error.is_connect() { within.min(self.limits.connect) } else { within }
        };
        sent.map_err(|error| told(&error, host_of(url), within(&error)))
    }

    /// Whether an address may be asked at all, as far as that shows before it is resolved.
    fn check(&self, url: &Url) -> Result<(), FetchError> {
        let unfit = |why: &str| FetchError::Unfit { url: shown(url), why: why.to_owned() };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(unfit("it is neither http nor https"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(unfit("it carries a user name or password"));
        }
        if url.as_str().len() > LONGEST_URL {
            return Err(unfit("its address is too long"));
        }
        if url.port().is_some_and(|port| BAD_PORTS.contains(&port)) {
            return Err(unfit("its port belongs to another service"));
        }
        let literal = match url.host() {
            None => return Err(unfit("it names no host")),
            Some(Host::Domain(_)) => return Ok(()),
            Some(Host::Ipv4(v4)) => v4.into(),
            Some(Host::Ipv6(v6)) => v6.into(),
        };
        match address::refused(literal, &self.allowed) {
            None => Ok(()),
            Some(why) => Err(FetchError::Refused { host: host_of(url), address: literal.to_string(), why }),
        }
    }
}

fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let contact: String = contact.unwrap_or_default().chars().filter(|c| c.is_ascii_graphic()).collect();
    if contact.is_empty() {
        format!("Staytuned/{version}")
    } else {
        format!("Staytuned/{version} (+{contact})")
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
            return FetchError::Refused { host, address: refused.address.to_string(), why: refused.why };
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
