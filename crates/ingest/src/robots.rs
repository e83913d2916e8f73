//! robots.txt (RFC 9309), heeded for pages. Feeds are published to be fetched and are not asked for leave.

use crate::{FetchError, Fetcher, Get, Purpose};
use robotxt::Robots as Rules;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// The product token that rules name.
const TOKEN: &str = "staytuned";

/// Rules are looked at again after a day (RFC 9309 section 2.4); a host that had none to give is asked sooner.
const GOOD_FOR: Duration = Duration::from_secs(86_400);
const TROUBLE_GOOD_FOR: Duration = Duration::from_secs(900);

/// Bytes of robots.txt that are read (RFC 9309 section 2.5).
const LARGEST: usize = 512 << 10;

/// Hosts whose rules are held.
const HOSTS: usize = 2_048;

/// The rules of the hosts that pages were fetched from.
#[derive(Default)]
pub struct Robots {
    hosts: Mutex<HashMap<String, Kept>>,
}

#[derive(Clone)]
struct Kept {
    until: Instant,
    rules: Option<Arc<Rules>>,
}

impl Robots {
    /// Whether the page at `url` may be fetched. Asks the host for its rules when they are not known.
    pub async fn allows(&self, fetcher: &Fetcher, url: &Url) -> bool {
        let Ok(home) = url.join("/robots.txt") else { return false };
        let key = home.origin().ascii_serialization();
        let kept = match self.kept(&key) {
            Some(kept) => kept,
            None => self.keep(key, ask(fetcher, home).await),
        };
        kept.rules.is_some_and(|rules| rules.is_url_allowed(url))
    }

    fn kept(&self, key: &str) -> Option<Kept> {
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.get(key).filter(|kept| kept.until > Instant::now()).cloned()
    }

    fn keep(&self, key: String, kept: Kept) -> Kept {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= HOSTS {
            let now = Instant::now();
            hosts.retain(|_, kept| kept.until > now);
        }
        if hosts.len() >= HOSTS {
            hosts.clear();
        }
        hosts.insert(key, kept.clone());
        kept
    }
}

/// A host without rules allows everything; one that is in trouble allows nothing for a while.
async fn ask(fetcher: &Fetcher, home: Url) -> Kept {
    let answer = fetcher.get(&Get::new(home, Purpose::Plain)).await;
    let (rules, good_for) = match answer {
        Ok(answer) if answer.status < 300 => (Some(read(&answer.body)), GOOD_FOR),
        Ok(answer) if answer.status < 500 && answer.status != 429 => (Some(read(b"")), GOOD_FOR),
        Err(FetchError::Redirects { .. }) => (Some(read(b"")), GOOD_FOR),
        Ok(_) | Err(_) => (None, TROUBLE_GOOD_FOR),
    };
    Kept { until: Instant::now() + good_for, rules: rules.map(Arc::new) }
}

fn read(body: &[u8]) -> Rules {
    Rules::parse(body.get(..LARGEST).unwrap_or(body), TOKEN)
}

#[cfg(test)]
mod tests {
    use super::{Robots, read};
    use crate::fetch::tests::server::{Reply, Server};
    use crate::{FetchSettings, Fetcher};
    use url::Url;

    #[test]
    fn the_rules_for_us_count_and_then_those_for_all() {
        let check = |rules: &str, path: &str, allowed: bool| {
            let url = Url::parse(&format!("https://herald.example{path}")).unwrap();
            assert_eq!(read(rules.as_bytes()).is_url_allowed(&url), allowed, "{rules:?} {path}");
        };
        check("", "/story", true);
        check("User-agent: *\nDisallow: /", "/story", false);
        check("User-agent: staytuned\nAllow: /\n\nUser-agent: *\nDisallow: /", "/story", true);
        check("User-agent: other\nUser-agent: Staytuned\nDisallow: /paid", "/paid/1", false);
        check("User-agent: *\nDisallow: /*?print=", "/story?print=1", false);
        check("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true);
    }

    #[tokio::test]
    async fn a_host_without_rules_is_open_and_one_in_trouble_is_not() {
        let settings = FetchSettings {
            allowed_networks: vec!["127.0.0.1/32".parse().unwrap()],
            ..FetchSettings::default()
        };
        let fetcher = Fetcher::new(settings).unwrap();
        for (status, rules, allowed) in [
            (200, "User-agent: *\nDisallow: /paid", true),
            (200, "User-agent: *\nDisallow: /", false),
            (200, "<html>not found</html>", true),
            (403, "User-agent: *\nDisallow: /", true),
            (404, "", true),
            (429, "", false),
            (503, "", false),
        ] {
            let server = Server::new(move |_| Reply::new(status, "", rules)).await;
            let robots = Robots::default();
            for path in ["/story", "/story/2"] {
                assert_eq!(
                    robots.allows(&fetcher, &server.url("127.0.0.1", path)).await,
                    allowed,
                    "{status} {rules}"
                );
            }
            assert_eq!(server.heard().len(), 1, "asked once");
        }
    }
}
