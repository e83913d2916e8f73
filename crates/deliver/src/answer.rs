//! What an answer means for a delivery, and when to try again.
//!
//! In: a status, its `Retry-After`, how often it was tried. Out: an [`Outcome`]. A peer may ask for patience, but not for
//! longer than news is news; nothing is tried for ever.

use crate::post::{Answer, PostError};
use jiff::fmt::rfc2822;
use news::Timestamp;
use std::time::Duration;

/// What became of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver's service took it.
    Accepted,
    /// The receiver is no more: nothing is to be sent there again.
    Gone { why: String },
    /// To be tried again; `asked` when the peer named the time, which then holds for all that goes there.
    Deferred { after: Duration, asked: bool, why: String },
    /// This message cannot be delivered; the receiver stays.
    Refused { why: String },
    /// As refused, and the operator must do something; the receiver stays. What the peer `said` is for the operator's
    /// log alone: anybody may name a peer and read what is wrong with it.
    Alert { why: String, said: String },
}

/// How a receiver's answers are read: push services follow RFC 8030, the others are somebody's server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    PushService,
    /// A webhook, whose 410 says that it is no more (Standard Webhooks).
    Webhook,
    /// A notification server that the reader chose.
    Server,
}

/// Pauses between attempts; after the last there is no other. Together about sixteen hours.
const PAUSES: [Duration; 8] = [
    Duration::from_secs(15),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(15 * 60),
    Duration::from_secs(3_600),
    Duration::from_secs(2 * 3_600),
    Duration::from_secs(4 * 3_600),
    Duration::from_secs(8 * 3_600),
];

/// Longest wait that a peer can ask for.
pub const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3_600);

/// Characters of an answer that an operator is shown.
const SHOWN: usize = 200;

/// Where an attempt stands: how many were made before, and a number that differs between deliveries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt {
    /// Zero for the first.
    pub(crate) before: u32,
    /// Spreads the retries of many deliveries that failed at once.
    pub(crate) spread: u64,
}

impl Attempt {
    /// The pause before the next attempt, up to a quarter longer than listed; `None` when there is none.
    pub(crate) fn pause(self) -> Option<Duration> {
        let pause = PAUSES.get(usize::try_from(self.before).ok()?)?;
        // A fixed mixing instead of randomness: the same run gives the same times.
        let mixed = (self.spread ^ u64::from(self.before)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        Some(*pause + pause.mul_f64(mixed as f64 / 1_024.0))
    }

    /// To be tried again, unless that was done often enough.
    pub(crate) fn later(self, wish: Option<Duration>, why: String) -> Outcome {
        match self.pause() {
            Some(pause) => {
                let least = Duration::from_secs(1);
                let after = wish.map_or(pause, |wish| wish.clamp(least, LONGEST_WAIT));
                Outcome::Deferred { after, asked: wish.is_some(), why }
            }
            None => Outcome::Refused { why: format!("given up after {} attempts: {why}", self.before + 1) },
        }
    }
}

/// What an answer means.
pub(crate) fn outcome(peer: Peer, answer: &Answer, attempt: Attempt, now: Timestamp) -> Outcome {
    let status = answer.status;
    let why = || format!("answered {status}");
    match (peer, status) {
        (_, 200..=299) => Outcome::Accepted,
        (Peer::PushService, 404 | 410) | (Peer::Webhook, 410) => Outcome::Gone { why: why() },
        (_, 408 | 425 | 429 | 500..=599) | (Peer::Webhook, 404) => {
            let wish = answer.retry_after.as_deref().and_then(|written| wait(written, now));
            attempt.later(wish, why())
        }
        (_, 300..=399) => attempt.later(None, format!("answered {status}: redirects are not followed")),
        (_, 413) => Outcome::Refused { why: "found even the shortened message too large".to_owned() },
        // Our key, our token, our request: nothing that the reader could change.
        (Peer::PushService, 400..=499) => Outcome::Alert { why: why(), said: shown(&answer.body) },
        // What somebody's server says is never repeated: it could be a page of our own network.
        _ => Outcome::Refused { why: why() },
    }
}

/// What no answer means.
pub(crate) fn no_answer(error: PostError, attempt: Attempt) -> Outcome {
    if error.passes { attempt.later(None, error.why) } else { Outcome::Refused { why: error.why } }
}

/// Seconds, or a date (RFC 9110 section 10.2.3).
fn wait(written: &str, now: Timestamp) -> Option<Duration> {
    let written = written.trim();
    if !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit()) {
        return Some(written.parse().map_or(LONGEST_WAIT, Duration::from_secs));
    }
    let until = rfc2822::DateTimeParser::new().parse_timestamp(written).ok()?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

/// The start of what a push service says, on one line.
fn shown(body: &[u8]) -> String {
    let said = String::from_utf8_lossy(body);
    let said: String = said.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    said.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Attempt = Attempt { before: 0, spread: 0 };
    const LAST: Attempt = Attempt { before: 8, spread: 0 };

    fn ask(peer: Peer, status: u16, retry_after: Option<&str>, attempt: Attempt) -> Outcome {
        let answer = Answer {
            status,
            retry_after: retry_after.map(str::to_owned),
            body: b"{\"reason\":\"x\"}\n".to_vec(),
        };
        outcome(peer, &answer, attempt, "2026-11-23T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn each_status_of_a_push_service() {
        let check = |status, expect: fn(&Outcome) -> bool| {
            let outcome = ask(Peer::PushService, status, None, FIRST);
            assert!(expect(&outcome), "{status}: {outcome:?}");
        };
        for status in [200, 201, 202, 204] {
            check(status, |outcome| *outcome == Outcome::Accepted);
        }
        for status in [404, 410] {
            check(status, |outcome| matches!(outcome, Outcome::Gone { .. }));
        }
        for status in [301, 307, 408, 429, 500, 502, 503] {
            check(status, |outcome| matches!(outcome, Outcome::Deferred { .. }));
        }
        for status in [400, 401, 403, 406] {
            check(
                status,
                |outcome| matches!(outcome, Outcome::Alert { why, said } if !why.contains("reason") && said == "{\"reason\":\"x\"}"),
            );
        }
        check(413, |outcome| matches!(outcome, Outcome::Refused { .. }));
    }

    #[test]
    fn somebodys_server_is_not_repeated() {
        for peer in [Peer::Webhook, Peer::Server] {
            for status in [100, 400, 401, 403, 405, 422] {
                let Outcome::Refused { why } = ask(peer, status, None, FIRST) else { panic!("{status}") };
                assert_eq!(why, format!("answered {status}"));
            }
        }
        assert!(matches!(ask(Peer::Webhook, 410, None, FIRST), Outcome::Gone { .. }));
        assert!(matches!(ask(Peer::Webhook, 404, None, FIRST), Outcome::Deferred { .. }));
        assert!(matches!(ask(Peer::Server, 404, None, FIRST), Outcome::Refused { .. }));
    }

    #[test]
    fn patience_has_bounds() {
        let check = |retry_after: &str, seconds: u64| {
            let Outcome::Deferred { after, asked, .. } =
                ask(Peer::PushService, 429, Some(retry_after), FIRST)
            else {
                panic!("{retry_after}")
            };
            assert_eq!((after.as_secs(), asked), (seconds, seconds != 15), "{retry_after}");
        };
        check("120", 120);
        check("0", 1);
        check("99999999999999999999999", 24 * 3_600);
        check("Mon, 23 Nov 2026 12:02:00 GMT", 120);
        check("Mon, 23 Nov 2026 11:00:00 GMT", 1);
        check("Tue, 23 Nov 2027 12:00:00 GMT", 24 * 3_600);
        check("soon", 15);
        check("-5", 15);
    }

    #[test]
    fn attempts_end_and_spread() {
        let pause = |before, spread| Attempt { before, spread }.pause();
        for (before, listed) in (0..).zip(PAUSES) {
            for spread in 0..100 {
                let pause = pause(before, spread).unwrap();
                assert!(pause >= listed && pause <= listed.mul_f64(1.25), "{before} {pause:?}");
            }
        }
        assert_ne!(pause(3, 1), pause(3, 2));
        assert_eq!(pause(8, 0), None);
        let given_up = "given up after 9 attempts: answered 503";
        assert_eq!(
            ask(Peer::PushService, 503, Some("5"), LAST),
            Outcome::Refused { why: given_up.to_owned() }
        );
        let error = |passes| PostError { why: "no address is known".to_owned(), passes };
        assert!(matches!(no_answer(error(true), FIRST), Outcome::Deferred { .. }));
        assert!(matches!(no_answer(error(false), FIRST), Outcome::Refused { .. }));
    }
}
