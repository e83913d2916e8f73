//! A way outward: a client with the networks that it may enter. There are two, to feeds and pages and to receivers,
//! which differ in who names the addresses.

use super::resolve::{Allowed, CheckedResolver, LookupFn, NotPublic};
use super::{FetchError, FetchSettings, host_of, shown};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use url::{Host, Url};

/// Ports of other services that an address must not make us talk to (after the Fetch standard's "bad ports").
const BAD_PORTS: &[u16] = &[
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
];

/// Longest address that is asked.
const LONGEST_URL: usize = 8_192;

/// See the module.
pub(super) struct Way {
    pub(super) client: Client,
    allowed: Allowed,
}

impl Way {
    /// A way that keeps `idle` connections to one host. Of the hosts at addresses of the operator's choice it knows
    /// those that lie in its own networks.
    ///
    /// # Errors
    /// When no TLS client can be made on this system.
    pub(super) fn open(
        settings: &FetchSettings,
        lookup: &LookupFn,
        allowed: Allowed,
        idle: usize,
    ) -> Result<Self, FetchError> {
        let led =
            |client: ClientBuilder, (host, address): &(String, SocketAddr)| client.resolve(host, *address);
        let hosts = settings.hosts.iter().filter(|(_, address)| allowed.holds(address.ip()));
        let resolver = CheckedResolver { lookup: Arc::clone(lookup), allowed: allowed.clone() };
        let client = hosts
            .fold(Client::builder(), led)
            .user_agent(user_agent(settings.contact.as_deref()))
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .dns_resolver(Arc::new(resolver))
            .connect_timeout(settings.limits.connect)
            .pool_max_idle_per_host(idle)
            .pool_idle_timeout(Duration::from_secs(30))
            .http2_max_header_list_size(64 << 10)
            .build()
            .map_err(|error| FetchError::Unfit { url: String::new(), why: error.to_string() })?;
        Ok(Self { client, allowed })
    }

    /// Whether an address may be asked at all, as far as that shows before it is resolved.
    pub(super) fn check(&self, url: &Url) -> Result<(), FetchError> {
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
        match self.allowed.refused(literal) {
            None => Ok(()),
            Some(NotPublic { address, why, option }) => {
                Err(FetchError::Refused { host: host_of(url), address: address.to_string(), why, option })
            }
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
