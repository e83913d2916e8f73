//! What happens to one development for one receiver, by rules that a page can show one by one.
//!
//! In: the development's weight and families, the follow, the receiver, when it was last told of the story, and the
//! time. Out: a [`Verdict`] with the rule that decided. Plain functions: the caller asks again when a wait is over.

mod life;
mod quiet;
mod words;

pub use life::{EXPIRES_AFTER, Life, WARNED_AFTER, life};
pub use words::{Rule, explain};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use news::{Channel, Follow, Receiver, Timestamp, Weight};
use quiet::quiet_until;

/// Least time between two messages on one story, unless a development is major or the operator says otherwise.
pub const BETWEEN: SignedDuration = SignedDuration::from_mins(10);

/// After so long a development is not news.
pub const STALE: SignedDuration = SignedDuration::from_hours(48);

/// What waits for something that is due is looked at again so long after.
const UNDER_WAY: SignedDuration = SignedDuration::from_secs(1);

/// Families that must have a major development before it may wake somebody: one outlet alone cannot.
pub const URGENT_FAMILIES: u32 = 2;

/// Everything that the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub weight: Weight,
    /// Independent families that report the development.
    pub families: u32,
    /// When it was published.
    pub at: Timestamp,
    /// When it came to this receiver: later than that where a second family or a greater weight brought it.
    pub came: Timestamp,
    pub follow: &'a Follow,
    pub receiver: &'a Receiver,
    /// When this receiver was last told of the same story.
    pub told: Option<Timestamp>,
    /// Another story's development that says the same.
    pub elsewhere: Elsewhere,
    /// Least time between two messages on one story: [`BETWEEN`], or the operator's.
    pub between: SignedDuration,
    pub now: Timestamp,
}

/// What became of a development of another story that says the same, for this receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    Nothing,
    Told,
    /// It waits itself, and may yet not go: its follow can end, its story be muted.
    Waits {
        until: Timestamp,
    },
}

/// What is to be done with the development.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Send,
    /// Wait, then ask again.
    Hold {
        until: Timestamp,
    },
    /// Go with the next message on the story; when none left by then, go as the newest of those that wait.
    Fold {
        until: Timestamp,
    },
    /// Not for this receiver.
    Skip,
}

/// The rules, in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleName {
    Threshold,
    Families,
    Elsewhere,
    Fresh,
    Digest,
    QuietHours,
    Budget,
}

impl RuleName {
    pub const ALL: [Self; 7] = [
        Self::Threshold,
        Self::Families,
        Self::Elsewhere,
        Self::Fresh,
        Self::Digest,
        Self::QuietHours,
        Self::Budget,
    ];

    /// Those that the time decides.
    const OF_THE_HOUR: [Self; 4] = [Self::Fresh, Self::Digest, Self::QuietHours, Self::Budget];

    /// The word for pages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Threshold => "threshold",
            Self::Families => "families",
            Self::Elsewhere => "told_elsewhere",
            Self::Fresh => "fresh",
            Self::Digest => "digest",
            Self::QuietHours => "quiet_hours",
            Self::Budget => "budget",
        }
    }
}

/// A decision and the rule that made it; none when every rule let the development pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub decision: Decision,
    pub rule: Option<RuleName>,
}

/// Asks the rules until one objects.
pub fn decide(case: &Case) -> Verdict {
    let objection = RuleName::ALL.into_iter().find_map(|rule| Some((ask(rule, case)?, rule)));
    match objection {
        Some((decision, rule)) => Verdict { decision, rule: Some(rule) },
        None => Verdict { decision: Decision::Send, rule: None },
    }
}

/// Whether a receiver wants a development at all, whatever the hour: a delivery is made only then.
pub fn wanted(follow: &Follow, receiver: &Receiver, weight: Weight, families: u32) -> bool {
    weight >= least(follow, receiver) && families >= follow.families
}

/// The least weight that reaches a receiver through a follow.
fn least(follow: &Follow, receiver: &Receiver) -> Weight {
    follow.threshold.max(receiver.threshold).least()
}

/// A rule's objection.
fn ask(rule: RuleName, case: &Case) -> Option<Decision> {
    match rule {
        RuleName::Threshold => (case.weight < least(case.follow, case.receiver)).then_some(Decision::Skip),
        RuleName::Families => (case.families < case.follow.families).then_some(Decision::Skip),
        RuleName::Elsewhere => match case.elsewhere {
            Elsewhere::Nothing => None,
            Elsewhere::Told => Some(Decision::Skip),
            // What is under way is soon over. For what waits longer nothing waits that may go itself: this one may wake
            // somebody, or its story was not told just now. The other one then finds itself told.
            Elsewhere::Waits { until } => {
                let soon = case.now.saturating_add(UNDER_WAY).ok()?;
                let goes =
                    until > soon && RuleName::OF_THE_HOUR.iter().all(|rule| ask(*rule, case).is_none());
                (!goes).then_some(Decision::Hold { until: until.max(soon) })
            }
        },
        RuleName::Fresh => (case.now.duration_since(case.at) > STALE).then_some(Decision::Skip),
        RuleName::Digest => digest_at(case).filter(|at| *at > case.now).map(|until| Decision::Hold { until }),
        RuleName::QuietHours => {
            let quiet =
                case.receiver.quiet.as_ref().filter(|_| !urgent(case) && digest_hour(case).is_none())?;
            quiet_until(quiet, &zone(case.receiver), case.now).map(|until| Decision::Hold { until })
        }
        RuleName::Budget => {
            let told = case.told.filter(|_| case.weight < Weight::Major && digest_hour(case).is_none())?;
            let until = told.saturating_add(case.between).ok()?;
            // A clock that went back must not silence a story for longer than it should be.
            (told <= case.now && case.now < until).then_some(Decision::Fold { until })
        }
    }
}

/// Breaks through quiet hours.
fn urgent(case: &Case) -> bool {
    case.weight == Weight::Major && case.families >= URGENT_FAMILIES
}

fn digest_hour(case: &Case) -> Option<i8> {
    match case.receiver.channel {
        Channel::Mail { digest_hour: Some(hour), .. } => Some((hour % 24) as i8),
        _ => None,
    }
}

/// The first time after it came to the receiver at which the reader's clock shows the hour of the digest.
fn digest_at(case: &Case) -> Option<Timestamp> {
    let hour = digest_hour(case)?;
    let zone = zone(case.receiver);
    let day = case.came.to_zoned(zone.clone()).date();
    [day, day.checked_add(1.day()).ok()?]
        .into_iter()
        .filter_map(|day| Some(day.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp()))
        .find(|at| *at > case.came)
}

/// The reader's time zone; UTC when nobody gave one that is known.
fn zone(receiver: &Receiver) -> TimeZone {
    let zone = receiver.zone.as_ref().and_then(|zone| TimeZone::get(zone).ok());
    zone.unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests;
