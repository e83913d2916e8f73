//! Messages to receivers: push services, webhooks and the like, by the same guarded way as everything else.
//!
//! In: an address, headers and a body. Out: status, `Retry-After` and the first bytes of the answer. A redirect is an
//! answer and is not followed: what was meant for one receiver goes to no other. The caller bounds how many requests
//! are under way to one host; here are no turns and no pauses, since a burst of news must leave at once.

use super::{FetchError, Fetcher, host_of, told};
use reqwest::Response;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use url::Url;

/// Connections kept to one host between bursts, when it speaks HTTP/1.
pub(super) const IDLE_PER_HOST: usize = 32;

/// Bytes of an answer that are read.
const MOST_READ: usize = 4_096;

/// Bytes of a `Retry-After` that are kept.
const LONGEST_VALUE: usize = 64;

/// One message.
#[derive(Clone, Debug)]
pub struct Post {
    pub url: Url,
    /// Names in lower case.
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// For all of it, the answer included.
    pub within: Duration,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Posted {
    pub status: u16,
    /// As written: seconds or a date.
    pub retry_after: Option<String>,
    /// The start of the answer's body.
    pub body: Vec<u8>,
}

impl Fetcher {
    /// Sends one message. Any status is an answer.
    ///
    /// # Errors
    /// [`FetchError`], when there is no answer.
    pub async fn send(&self, post: Post) -> Result<Posted, FetchError> {
        self.outbox.check(&post.url)?;
        let (host, within) = (host_of(&post.url), post.within);
        let deadline = Instant::now() + within;
        let slow = || FetchError::Slow { host: host.clone(), within };
        let mut headers = HeaderMap::with_capacity(post.headers.len());
        for (name, value) in post.headers {
            let unfit = || FetchError::Unfit {
                url: super::shown(&post.url),
                why: format!("its {name} is no header"),
            };
            let mut value = HeaderValue::from_str(&value).map_err(|_| unfit())?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        let request = self.outbox.client.post(post.url).headers(headers).body(post.body);
        let sent = timeout_at(deadline, request.send()).await.map_err(|_| slow())?;
        let mut response = sent.map_err(|error| told(&error, host.clone(), within))?;
        let body = start(&mut response, deadline).await;
        let retry_after = response.headers().get(RETRY_AFTER).filter(|value| value.len() <= LONGEST_VALUE);
        Ok(Posted {
            status: response.status().as_u16(),
            retry_after: retry_after.and_then(|value| value.to_str().ok()).map(str::to_owned),
            body,
        })
    }
}

/// The first bytes of a body; one that stalls or breaks off is taken as far as it came, the status stands anyway.
async fn start(response: &mut Response, deadline: Instant) -> Vec<u8> {
    let mut body = Vec::new();
    while body.len() < MOST_READ {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            _ => break,
        }
    }
    body.truncate(MOST_READ);
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::FetchSettings;
    use crate::fetch::tests::server::{Reply, Server};

    fn fetcher() -> Fetcher {
        let message_networks = vec!["127.0.0.1/32".parse().unwrap()];
        Fetcher::new(FetchSettings { message_networks, ..FetchSettings::default() }).unwrap()
    }

    fn post(url: Url) -> Post {
        let headers = vec![("ttl", "60".to_owned()), ("authorization", "vapid t=a, k=b".to_owned())];
        // The test's server takes an empty line for the end of a request.
        Post { url, headers, body: b"news\r\n\r\n".to_vec(), within: Duration::from_secs(5) }
    }

    #[tokio::test]
    async fn the_message_arrives_and_the_answer_comes_back() {
        let server = Server::new(|_| Reply::new(429, "retry-after: 120\r\n", "slow down")).await;
        let posted = fetcher().send(post(server.url("127.0.0.1", "/send/abc?x=1"))).await.unwrap();
        assert_eq!((posted.status, posted.retry_after.as_deref()), (429, Some("120")));
        assert_eq!(posted.body, b"slow down");
        let heard = server.heard().remove(0);
        assert!(heard.starts_with("post /send/abc?x=1 http/1.1"), "{heard}");
        assert!(
            heard.contains("ttl: 60\r\n") && heard.contains("authorization: vapid t=a, k=b\r\n"),
            "{heard}"
        );
        assert!(
            heard.contains("content-length: 8\r\n") && heard.contains("user-agent: staytuned/"),
            "{heard}"
        );
    }

    #[tokio::test]
    async fn a_host_is_led_only_into_an_allowed_network() {
        let server = Server::new(|_| Reply::new(201, "", "")).await;
        let port = server.url("127.0.0.1", "/").port().unwrap();
        let led = |address: &str| {
            let hosts = vec![("push.example".to_owned(), format!("{address}:{port}").parse().unwrap())];
            let message_networks = vec!["127.0.0.1/32".parse().unwrap()];
            Fetcher::new(FetchSettings { message_networks, hosts, ..FetchSettings::default() })
        };
        assert!(matches!(led("127.0.0.2"), Err(FetchError::Unfit { .. })));
        let posted = led("127.0.0.1").unwrap().send(post("http://push.example/send".parse().unwrap())).await;
        assert_eq!(posted.unwrap().status, 201);
        assert!(server.heard().remove(0).contains("host: push.example\r\n"));
    }

    /// What the operator opened for feeds is not open to receivers, which anybody names; nor by a host's own address.
    #[tokio::test]
    async fn networks_of_feeds_are_not_those_of_messages() {
        let server = Server::new(|_| Reply::new(201, "", "")).await;
        let port = server.url("127.0.0.1", "/").port().unwrap();
        let here: ipnet::IpNet = "127.0.0.1/32".parse().unwrap();
        let hosts = vec![("localhost".to_owned(), format!("127.0.0.1:{port}").parse().unwrap())];
        let feeds = FetchSettings { allowed_networks: vec![here], hosts, ..FetchSettings::default() };
        let feeds = Fetcher::new(feeds).unwrap();
        for url in [format!("http://127.0.0.1:{port}/"), format!("http://localhost:{port}/")] {
            let url: Url = url.parse().unwrap();
            let error = feeds.send(post(url.clone())).await.unwrap_err();
            assert!(error.to_string().ends_with("(see deliver.allow_networks)"), "{error}");
            let messages = FetchSettings { message_networks: vec![here], ..FetchSettings::default() };
            let get = crate::Get::new(url, crate::Purpose::Feed);
            let error = Fetcher::new(messages).unwrap().get(&get).await.unwrap_err();
            assert!(error.to_string().ends_with("(see ingest.allow_networks)"), "{error}");
        }
        assert!(server.heard().is_empty());
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let server = Server::new(|_| Reply::new(307, "location: /elsewhere\r\n", "")).await;
        let posted = fetcher().send(post(server.url("127.0.0.1", "/send"))).await.unwrap();
        assert_eq!((posted.status, server.heard().len()), (307, 1));
    }

    #[tokio::test]
    async fn endless_and_silent_answers_end() {
        let server = Server::new(|path| match path {
            "/endless" => Reply::raw("HTTP/1.1 201 X\r\n\r\n").and_repeat("more of it "),
            _ => Reply::raw("").and_hang(),
        })
        .await;
        let posted = fetcher().send(post(server.url("127.0.0.1", "/endless"))).await.unwrap();
        assert_eq!((posted.status, posted.body.len()), (201, MOST_READ));
        let silent = Post { within: Duration::from_millis(200), ..post(server.url("127.0.0.1", "/silent")) };
        assert!(matches!(fetcher().send(silent).await, Err(FetchError::Slow { .. })));
    }

    #[tokio::test]
    async fn the_guard_stands_here_too() {
        let check = async |url: &str| fetcher().send(post(Url::parse(url).unwrap())).await.unwrap_err();
        assert!(matches!(check("http://127.0.0.2:8080/").await, FetchError::Refused { .. }));
        assert!(matches!(check("http://[::1]:8080/").await, FetchError::Refused { .. }));
        assert!(matches!(check("ftp://push.example/").await, FetchError::Unfit { .. }));
        assert!(matches!(check("http://127.0.0.1:25/").await, FetchError::Unfit { .. }));
        let broken = Post {
            headers: vec![("ttl", "a\nb".to_owned())],
            ..post(Url::parse("http://127.0.0.1/").unwrap())
        };
        assert!(matches!(fetcher().send(broken).await, Err(FetchError::Unfit { .. })));
    }
}
