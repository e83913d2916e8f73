//! When to look at a feed again: by its own rhythm between a minute and six hours, later when it asks for that, and
//! with growing pauses while it fails. A feed is never given up.

use jiff::{SignedDuration, Timestamp};
use news::FeedId;
use std::time::Duration;

const SHORTEST: i64 = 60;
const LONGEST: i64 = 6 * 3_600;
/// Before anything is known of the rhythm.
const UNKNOWN: i64 = 15 * 60;
/// A publisher's wish (`ttl`, `max-age`) is heeded up to here; some write a day without meaning it.
const LONGEST_WISH: i64 = 3_600;
/// A dead feed is still looked at once a day.
const LONGEST_PAUSE: i64 = 86_400;
/// Nobody keeps us away for longer than this (`Retry-After`).
const LONGEST_ABSENCE: i64 = WEEK;
/// Failures in a row after which a feed counts as gone: with the pauses, some two weeks.
const GONE_AFTER: u32 = 64;
/// Without an entry for so many times its rhythm (and a week), a feed is quiet.
const QUIET_AFTER: i64 = 20;
const WEEK: i64 = 7 * 86_400;

/// How a feed is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    Healthy,
    Quiet,
    Failing,
    Gone,
}

/// What a look at a feed gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer, new or not, with the publisher's wish for the next look.
    Answered { wish: Option<Duration> },
    /// None, or a bad one. The publisher may have asked us to stay away for a while.
    Failed { retry_after: Option<Duration> },
    /// 410: the publisher says that there is nothing any more.
    Gone,
}

/// What is known when the next look is planned.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub feed: FeedId,
    /// When the newest entries were published, newest first.
    pub recent: &'a [Timestamp],
    /// Failures in a row, this one included.
    pub failures: u32,
    pub outcome: Outcome,
}

/// When next, and how the feed is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    pub next_at: Timestamp,
    pub interval: Duration,
    pub health: Health,
}

/// Plans the next look.
pub fn next_look(look: &Look, now: Timestamp) -> Plan {
    let (seconds, wish, health) = match look.outcome {
        Outcome::Answered { wish } => {
            let wish = wish.map_or(0, seconds).min(LONGEST_WISH);
            (by_rhythm(look.recent, now).clamp(SHORTEST, LONGEST), wish, health(look.recent, now))
        }
        Outcome::Failed { retry_after } => {
            let pause = SHORTEST << look.failures.min(16);
            let pause = pause.min(if look.failures < GONE_AFTER { LONGEST } else { LONGEST_PAUSE });
            let health = if look.failures < GONE_AFTER { Health::Failing } else { Health::Gone };
            (pause, retry_after.map_or(0, seconds).min(LONGEST_ABSENCE), health)
        }
        Outcome::Gone => (LONGEST_PAUSE, 0, Health::Gone),
    };
    // Feeds part by coming earlier; earlier than a publisher wished is no way to part.
    let seconds = spread(seconds, look.feed).max(wish);
    let next_at = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
    Plan { next_at, interval: Duration::from_secs(seconds.unsigned_abs()), health }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

/// Half the usual pause between two entries; longer when the last one is long ago.
fn by_rhythm(recent: &[Timestamp], now: Timestamp) -> i64 {
    let Some(newest) = recent.first() else { return UNKNOWN };
    let silence = (now.as_second() - newest.as_second()).max(0);
    let Some(pause) = usual_pause(recent) else { return UNKNOWN.max(silence / 8) };
    (pause / 2).max(silence / 8)
}

/// The middle one of the pauses between entries. Entries of one moment came in one go and make no pause.
fn usual_pause(recent: &[Timestamp]) -> Option<i64> {
    let times = recent.iter().map(|at| at.as_second());
    let mut pauses: Vec<i64> =
        times.clone().zip(times.skip(1)).map(|(a, b)| (a - b).abs()).filter(|p| *p > 1).collect();
    pauses.sort_unstable();
    pauses.get(pauses.len() / 2).copied()
}

fn health(recent: &[Timestamp], now: Timestamp) -> Health {
    let silence = recent.first().map_or(0, |newest| now.as_second() - newest.as_second());
    let usual = usual_pause(recent).unwrap_or(0);
    if silence > WEEK.max(QUIET_AFTER * usual) { Health::Quiet } else { Health::Healthy }
}

/// Up to a tenth earlier, always the same for a feed, so that feeds added together part.
fn spread(seconds: i64, feed: FeedId) -> i64 {
    let share = feed.0.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64.cast_signed()).rem_euclid(1_000);
    (seconds - seconds / 10 * share / 1_000).max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + second).unwrap()
    }

    fn plan(recent: &[Timestamp], failures: u32, outcome: Outcome) -> Plan {
        next_look(&Look { feed: FeedId(0), recent, failures, outcome }, at(0))
    }

    const ANSWERED: Outcome = Outcome::Answered { wish: None };
    const FAILED: Outcome = Outcome::Failed { retry_after: None };

    #[test]
    fn a_feed_is_looked_at_in_its_own_rhythm() {
        let every = |seconds: i64| -> Vec<Timestamp> { (1..20).map(|n| at(-n * seconds)).collect() };
        let seconds = |recent: &[Timestamp]| plan(recent, 0, ANSWERED).interval.as_secs();
        assert_eq!(seconds(&every(30)), 60, "no feed is asked more than once a minute");
        assert_eq!(seconds(&every(1_200)), 600);
        assert_eq!(seconds(&every(86_400)), 6 * 3_600);
        assert_eq!(seconds(&[]), 900);
        let asleep: Vec<Timestamp> = (1..20).map(|n| at(-40_000 - n * 600)).collect();
        assert!(seconds(&asleep) > 3_600, "asleep at night");
    }

    #[test]
    fn a_wish_is_heeded_within_reason() {
        let wish = |seconds: u64| Outcome::Answered { wish: Some(Duration::from_secs(seconds)) };
        let busy: Vec<Timestamp> = (1..20).map(|n| at(-n * 60)).collect();
        assert_eq!(plan(&busy, 0, wish(300)).interval.as_secs(), 300);
        assert_eq!(plan(&busy, 0, wish(86_400)).interval.as_secs(), 3_600);
        let told = Outcome::Failed { retry_after: Some(Duration::from_secs(50_000)) };
        assert_eq!(plan(&busy, 1, told).interval.as_secs(), 50_000);
        for feed in (0..1_000).map(FeedId) {
            for (outcome, asked) in [(told, 50_000), (wish(3_600), 3_600)] {
                let look = Look { feed, recent: &busy, failures: 1, outcome };
                assert_eq!(next_look(&look, at(0)).interval.as_secs(), asked, "never before it is wished");
            }
        }
        let never = Outcome::Failed { retry_after: Some(Duration::MAX) };
        assert_eq!(plan(&busy, 1, never).interval.as_secs(), 7 * 86_400);
    }

    #[test]
    fn failures_lengthen_the_pause_and_never_end_it() {
        assert_eq!(plan(&[], 1, FAILED).interval.as_secs(), 120);
        assert_eq!(plan(&[], 1, FAILED).health, Health::Failing);
        assert_eq!(plan(&[], 400, FAILED).interval.as_secs(), 86_400);
        assert_eq!(plan(&[], 400, FAILED).health, Health::Gone);
        let days_until_gone =
            (1..GONE_AFTER).map(|n| plan(&[], n, FAILED).interval.as_secs()).sum::<u64>() / 86_400;
        assert_eq!(days_until_gone, 14);
    }

    proptest! {
        #[test]
        fn every_look_is_within_bounds(feed in any::<i64>(), gaps in prop::collection::vec(-10_000_i64..1_000_000, 0..40), failures in 0_u32..100) {
            let recent: Vec<Timestamp> = gaps.iter().map(|gap| at(-gap)).collect();
            let look = Look { feed: FeedId(feed), recent: &recent, failures, outcome: ANSWERED };
            let seconds = next_look(&look, at(0)).interval.as_secs();
            prop_assert!((60..=6 * 3_600).contains(&seconds));
            let failed = |failures| next_look(&Look { failures, outcome: FAILED, ..look }, at(0)).interval;
            prop_assert!(failed(failures) <= failed(failures + 1));
        }
    }
}
