//! How much weight a story has, and where it is in its life: from the independent families that report it,
//! how fast, and how lately. In: its reports. Out: a rank that stays comparable without being computed
//! again, and a phase that does not flicker.

use crate::hash::Map;
use news::{Phase, Timestamp};

/// One article of a story, as far as its weight goes.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    pub at: Timestamp,
    pub family: &'a str,
    /// It repeats another article's text.
    pub copy: bool,
}

/// A story's weight now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance {
    /// `log2` of the families that report it, each halved for every [`HALF_LIFE_HOURS`] that its report is
    /// older, against a fixed day: so a stored rank keeps its place among others without being renewed, and
    /// one more is twice the families or a half-life later. Far below any other without a report.
    pub rank: f64,
    pub phase: Phase,
    /// Families with a report of their own.
    pub independent: usize,
}

/// After so many hours a report weighs half.
pub const HALF_LIFE_HOURS: f64 = 8.0;
/// Ranks count from here (2026-01-01T00:00:00Z), to keep them small.
const SINCE: i64 = 1_767_225_600;
/// A family that only prints copies, and what each doubling of a family's reports adds.
const COPYING_FAMILY: f64 = 0.1;
const MORE_REPORTS: f64 = 0.15;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Weighs a story by its reports, in any order. `before` is the phase that was said last: it is left only
/// for a clear reason.
pub fn weigh(reports: &[Report], now: Timestamp, before: Option<Phase>) -> Importance {
    let families = by_family(reports);
    let independent = families.iter().filter(|family| family.own > 0).count();
    Importance { rank: rank(&families), phase: phase(reports, now, before), independent }
}

struct Family {
    own: u32,
    latest: i64,
}

fn by_family(reports: &[Report]) -> Vec<Family> {
    let mut places: Map<&str, usize> = Map::default();
    let mut families: Vec<Family> = Vec::new();
    for report in reports {
        let at = report.at.as_second();
        let place = *places.entry(report.family).or_insert_with(|| {
            families.push(Family { own: 0, latest: at });
            families.len() - 1
        });
        families[place].own += u32::from(!report.copy);
        families[place].latest = families[place].latest.max(at);
    }
    families
}

/// The decayed count of families as a power of two, summed around the latest so that nothing overflows.
fn rank(families: &[Family]) -> f64 {
    let age = |at: i64| (at - SINCE) as f64 / (HALF_LIFE_HOURS * HOUR as f64);
    let Some(latest) = families.iter().map(|family| age(family.latest)).reduce(f64::max) else {
        return -1e9;
    };
    let mut weights: Vec<f64> =
        families.iter().map(|family| weight(family) * (age(family.latest) - latest).exp2()).collect();
    // One order of adding, whatever the order of the reports.
    weights.sort_by(f64::total_cmp);
    weights.iter().sum::<f64>().log2() + latest
}

fn weight(family: &Family) -> f64 {
    if family.own == 0 { COPYING_FAMILY } else { 1.0 + MORE_REPORTS * f64::from(family.own).log2() }
}

/// Independent families that report within some time before now.
fn families_since(reports: &[Report], since: i64, until: i64) -> usize {
    let within = |report: &&Report| (since..until).contains(&report.at.as_second()) && !report.copy;
    let mut families: Vec<&str> = reports.iter().filter(within).map(|report| report.family).collect();
    families.sort_unstable();
    families.dedup();
    families.len()
}

fn phase(reports: &[Report], now: Timestamp, before: Option<Phase>) -> Phase {
    let now = now.as_second();
    let times = || reports.iter().map(|report| report.at.as_second());
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return Phase::Closed };
    let (age, silence) = (now - first, now - last);
    let was = |phase: Phase| before == Some(phase);
    if silence > if was(Phase::Closed) { DAY } else { 3 * DAY } {
        return Phase::Closed;
    }
    // What has a phase keeps it on weaker grounds than those on which it was given.
    let (young, quick) = if was(Phase::Breaking) { (6 * HOUR, 2) } else { (3 * HOUR, 3) };
    if age <= young && families_since(reports, now - HOUR, now + 1) >= quick {
        return Phase::Breaking;
    }
    let lately = families_since(reports, now - 12 * HOUR, now + 1);
    let earlier = families_since(reports, now - DAY, now - 12 * HOUR);
    let enough = if was(Phase::Fading) { 2 } else { 1 };
    if silence > 12 * HOUR || lately < enough || (!was(Phase::Developing) && earlier > 3 * lately) {
        return Phase::Fading;
    }
    let today = families_since(reports, now - DAY, now + 1);
    let yesterday = families_since(reports, now - 2 * DAY, now - DAY);
    let grows = if was(Phase::Developing) { today > yesterday } else { today > yesterday + yesterday / 2 };
    if age > 2 * DAY && yesterday > 0 && !grows { Phase::Sustained } else { Phase::Developing }
}

#[cfg(test)]
mod tests {
    use super::{Report, weigh};
    use news::{Phase, Timestamp};

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + minute * 60).expect("a time in range")
    }

    fn report(family: &str, minute: i64) -> Report<'_> {
        Report { at: at(minute), family, copy: false }
    }

    #[test]
    fn families_weigh_and_copies_do_not() {
        let three = [report("a", 0), report("b", 0), report("c", 0)];
        let one = [report("a", 0), report("a", 0), report("a", 0)];
        let copies = [
            report("a", 0),
            Report { copy: true, ..report("b", 0) },
            Report { copy: true, ..report("c", 0) },
        ];
        let rank = |reports: &[Report]| weigh(reports, at(1), None).rank;
        assert!(rank(&three) > rank(&one) + 1.0);
        assert!(rank(&three) > rank(&copies) + 1.0);
        assert_eq!(weigh(&copies, at(1), None).independent, 1);
    }

    #[test]
    fn a_rank_needs_no_renewal_and_no_order() {
        let early = [report("a", 0), report("b", 3)];
        let later = [report("c", 600), report("d", 601)];
        let rank = |reports: &[Report], minute| weigh(reports, at(minute), None).rank;
        assert_eq!(rank(&early, 10), rank(&early, 5_000), "time alone changes nothing");
        assert!(rank(&later, 700) > rank(&early, 700) + 1.0);
        assert_eq!(rank(&[early[1], early[0]], 10), rank(&early, 10));
        assert!(rank(&[], 10) < -1e6);
    }

    #[test]
    fn phases_of_a_life() {
        let start = [report("a", 0), report("b", 10), report("c", 20)];
        let phase = |reports: &[Report], minute, before| weigh(reports, at(minute), before).phase;
        assert_eq!(phase(&start[..1], 1, None), Phase::Developing, "one outlet breaks nothing");
        assert_eq!(phase(&start, 30, None), Phase::Breaking);
        assert_eq!(
            phase(&start, 65, Some(Phase::Breaking)),
            Phase::Breaking,
            "two of three within the hour still"
        );
        assert_eq!(phase(&start, 65, None), Phase::Developing);
        assert_eq!(phase(&start, 14 * 60, Some(Phase::Developing)), Phase::Fading);
        assert_eq!(phase(&start, 4 * 24 * 60, Some(Phase::Fading)), Phase::Closed);
        let daily: Vec<Report> =
            (0..6).flat_map(|day| [report("a", day * 1_440), report("b", day * 1_440 + 700)]).collect();
        assert_eq!(phase(&daily, 5 * 1_440 + 720, None), Phase::Sustained);
    }
}
