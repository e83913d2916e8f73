//! An answer: what its head says, and its body read within bounds.

use super::{FetchError, host_of};
use reqwest::Response;
use reqwest::header::{
    AGE, CACHE_CONTROL, CONTENT_TYPE, DATE, ETAG, EXPIRES, HeaderMap, HeaderName, LAST_MODIFIED, RETRY_AFTER,
};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use url::Url;

/// Longest wait that a `Retry-After` or a cache time can ask for.
const LONGEST_WISH: Duration = Duration::from_secs(7 * 86_400);

/// Bytes of a header's value that are kept: they go into the database, and an `ETag` back to the server.
const LONGEST_VALUE: usize = 2_048;

/// What came.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Where the answer came from, after redirects.
    pub url: Url,
    /// Where the document is for good: as far as every redirect on the way said "permanently". A later redirect for
    /// the time being (to a mirror, to a login) does not count.
    pub moved_to: Option<Url>,
    pub status: u16,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub content_type: Option<String>,
    /// How long the publisher calls the answer fresh.
    pub fresh_for: Option<Duration>,
    /// How long the publisher asks us to stay away (RFC 9110 section 10.2.3), when it gave seconds or a date.
    pub retry_after: Option<Duration>,
    /// Decompressed.
    pub body: Vec<u8>,
    pub elapsed: Duration,
}

/// What is left for reading an answer's body.
pub(super) struct Bounds {
    pub(super) left: Duration,
    pub(super) body: usize,
    /// Spent until now.
    pub(super) elapsed: Duration,
}

/// Reads the answer to its end; a body past its bounds is an error, not a cut document.
pub(super) async fn read(
    mut response: Response,
    url: Url,
    moved_to: Option<Url>,
    bounds: Bounds,
) -> Result<Fetched, FetchError> {
    let started = Instant::now();
    let deadline = started + bounds.left;
    let host = || host_of(&url);
    let mut body = Vec::new();
    loop {
        let chunk = timeout_at(deadline, response.chunk()).await;
        let within = bounds.left + bounds.elapsed;
        let chunk = chunk.map_err(|_| FetchError::Endless { host: host(), within })?;
        let chunk = chunk.map_err(|error| super::told(&error, host(), within))?;
        let Some(chunk) = chunk else { break };
        if body.len() + chunk.len() > bounds.body {
            return Err(FetchError::TooLarge { host: host(), limit: bounds.body });
        }
        body.extend_from_slice(&chunk);
    }
    let headers = response.headers();
    Ok(Fetched {
        status: response.status().as_u16(),
        etag: text(headers, &ETAG),
        last_modified: text(headers, &LAST_MODIFIED),
        content_type: text(headers, &CONTENT_TYPE),
        fresh_for: fresh_for(headers),
        retry_after: text(headers, &RETRY_AFTER).and_then(|written| wait(&written)),
        elapsed: bounds.elapsed + started.elapsed(),
        url,
        moved_to,
        body,
    })
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name).filter(|value| value.len() <= LONGEST_VALUE)?;
    value.to_str().ok().map(ToOwned::to_owned)
}

/// `max-age` less the age it has already, else `Expires` less `Date` (RFC 9111 section 4.2).
fn fresh_for(headers: &HeaderMap) -> Option<Duration> {
    let control = text(headers, &CACHE_CONTROL).unwrap_or_default().to_ascii_lowercase();
    let mut directives = control.split(',').map(str::trim);
    if directives.clone().any(|directive| matches!(directive, "no-cache" | "no-store")) {
        return None;
    }
    let fresh = match directives.find_map(|directive| directive.strip_prefix("max-age=")) {
        Some(age) => {
            let spent = text(headers, &AGE).and_then(|age| age.trim().parse().ok()).unwrap_or(0_u64);
            Duration::from_secs(age.trim_matches('"').parse::<u64>().ok()?.saturating_sub(spent))
        }
        None => {
            let date = |name| crate::parse_date(&text(headers, name)?);
            Duration::try_from(date(&EXPIRES)?.duration_since(date(&DATE)?)).ok()?
        }
    };
    Some(fresh.min(LONGEST_WISH))
}

/// Seconds, or a date.
fn wait(written: &str) -> Option<Duration> {
    let written = written.trim();
    let seconds = match written.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = crate::parse_date(written)?;
            Duration::try_from(until.duration_since(jiff::Timestamp::now())).unwrap_or_default()
        }
    };
    Some(seconds.min(LONGEST_WISH))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_VALUE, LONGEST_WISH, fresh_for, text, wait};
    use reqwest::header::{ETAG, HeaderMap, HeaderName, HeaderValue};
    use std::time::Duration;

    #[test]
    fn retry_after_in_both_forms() {
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("99999999999"), Some(LONGEST_WISH));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO), "the date is over");
        assert_eq!(wait("soon"), None);
    }

    #[test]
    fn endless_values_are_not_kept() {
        let kept = |length: usize| {
            let value = HeaderValue::from_str(&"a".repeat(length)).unwrap();
            text(&HeaderMap::from_iter([(ETAG, value)]), &ETAG).is_some()
        };
        assert!(kept(LONGEST_VALUE) && !kept(LONGEST_VALUE + 1));
    }

    #[test]
    fn freshness_in_all_its_forms() {
        let check = |head: &[(&'static str, &'static str)], seconds: Option<u64>| {
            let pairs = head
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            let headers: HeaderMap = pairs.collect();
            assert_eq!(fresh_for(&headers), seconds.map(Duration::from_secs), "{head:?}");
        };
        let date = ("date", "Wed, 21 Oct 2015 07:00:00 GMT");
        check(&[("cache-control", "public, Max-Age=300")], Some(300));
        check(&[("cache-control", "max-age=300"), ("age", "100")], Some(200));
        check(&[("cache-control", "max-age=300"), ("age", "400")], Some(0));
        check(&[("cache-control", "max-age=99999999")], Some(LONGEST_WISH.as_secs()));
        check(&[("cache-control", "no-cache, max-age=300")], None);
        check(&[("cache-control", "max-age=-1")], None);
        check(&[date, ("expires", "Wed, 21 Oct 2015 07:10:00 GMT")], Some(600));
        check(&[date, ("expires", "Wed, 21 Oct 2015 06:00:00 GMT")], None);
        check(&[date, ("expires", "0")], None);
        check(&[], None);
    }
}
