//! How much weight a story has, and where it is in its life: from the independent families that report it,
//! what their word is worth here ([`Usual::standing`]), how fast they come against what is usual for the story and for
//! the hour, and how lately. In: its reports, one by one. Out: a rank that stays comparable without being computed
//! again, and a phase that does not flicker.

mod usual;

pub use usual::Usual;

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
    /// `log2` of the families that report it, each weighed by its standing and halved for every
    /// [`HALF_LIFE_HOURS`] that its report is older, against a fixed day: so a stored rank keeps its place among others without being renewed, and
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
const SOON: i64 = HOUR / 2;
const DAY: i64 = 24 * HOUR;

/// What a story's reports add up to, kept while they come: weighing costs as much as there are families, however
/// many articles the story has. The order in which reports are added does not matter.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By the family's key, ascending: stories are many, and most have few.
    families: Vec<(u64, Family)>,
    /// Of all reports, copies too.
    first: Option<i64>,
    last: Option<i64>,
}

/// What a family reported.
#[derive(Clone, Debug)]
struct Family {
    own: u32,
    /// Another family reported after it.
    taken_up: bool,
    latest: i64,
    latest_own: Option<i64>,
    /// The hours in which it had a report of its own, back from the latest one: the lowest bit is that hour.
    hours: u64,
}

impl Tally {
    /// Takes in one report.
    pub fn add(&mut self, report: &Report) {
        let at = report.at.as_second();
        self.first = Some(self.first.map_or(at, |first| first.min(at)));
        self.last = self.last.max(Some(at));
        let key = usual::key(report.family);
        match self.place(key) {
            Ok(place) => self.families[place].1.add(at, report.copy),
            Err(place) => {
                let mut family = Family { own: 0, taken_up: false, latest: at, latest_own: None, hours: 0 };
                family.add(at, report.copy);
                if self.families.len() == self.families.capacity() {
                    self.families.reserve_exact(1 + self.families.len() / 4);
                }
                self.families.insert(place, (key, family));
            }
        }
    }

    /// Where a family is, or would be.
    fn place(&self, key: u64) -> Result<usize, usize> {
        self.families.binary_search_by_key(&key, |(key, _)| *key)
    }

    /// Takes in a report that just came to this house, and notes what it says of what is usual here.
    pub fn hear(&mut self, report: &Report, usual: &mut Usual) {
        if !report.copy {
            usual.reported(report.at);
            let known = self.place(usual::key(report.family)).ok();
            if known.is_none_or(|place| self.families[place].1.own == 0) {
                self.take_up(report, usual);
            }
        }
        self.add(report);
    }

    /// A family has the story for the first time: those that had it before are taken up, each once.
    fn take_up(&mut self, report: &Report, usual: &mut Usual) {
        usual.opened(usual::key(report.family));
        for (key, family) in self.families.iter_mut().filter(|(_, family)| family.own > 0 && !family.taken_up)
        {
            family.taken_up = true;
            usual.taken_up(*key);
        }
    }

    /// Weighs the story. `before` is the phase that was said last: it is left only for a clear reason.
    pub fn weigh(&self, now: Timestamp, before: Option<Phase>, usual: &Usual) -> Importance {
        let independent = self.families().filter(|family| family.own > 0).count();
        let phase = self.phase(now.as_second(), before, usual.busy(now));
        Importance { rank: rank(&self.families, usual), phase, independent }
    }

    fn families(&self) -> impl Iterator<Item = &Family> {
        self.families.iter().map(|(_, family)| family)
    }

    /// Families with a report of their own in these hours before `now`, in whole hours of the clock.
    fn families_within(&self, now: i64, hours: std::ops::Range<i64>) -> usize {
        self.families().filter(|family| family.reported_within(now, &hours)).count()
    }

    /// Families with a report of their own in the last sixty minutes.
    fn families_just_now(&self, now: i64) -> usize {
        let just_now = |at: i64| (now - HOUR..=now).contains(&at);
        self.families().filter(|family| family.latest_own.is_some_and(just_now)).count()
    }
}

impl<'a> FromIterator<Report<'a>> for Tally {
    fn from_iter<I: IntoIterator<Item = Report<'a>>>(reports: I) -> Self {
        let mut tally = Self::default();
        reports.into_iter().for_each(|report| tally.add(&report));
        tally
    }
}

impl Family {
    fn add(&mut self, at: i64, copy: bool) {
        self.latest = self.latest.max(at);
        if !copy {
            self.own += 1;
            self.reported(at);
        }
    }

    /// When the report that counts came: its own latest one, whatever it copied since.
    fn counts_at(&self) -> i64 {
        self.latest_own.unwrap_or(self.latest)
    }

    fn reported(&mut self, at: i64) {
        let latest = self.latest_own.unwrap_or(at).div_euclid(HOUR);
        let later = at.div_euclid(HOUR) - latest;
        let shifted =
            |bits: u64, by: i64| u32::try_from(by).ok().and_then(|by| bits.checked_shl(by)).unwrap_or(0);
        if later > 0 {
            self.hours = shifted(self.hours, later) | 1;
        } else {
            self.hours |= shifted(1, -later);
        }
        self.latest_own = self.latest_own.max(Some(at));
    }

    /// In how many of these hours before `now` it reported.
    fn hours_within(&self, now: i64, hours: &std::ops::Range<i64>) -> u32 {
        let Some(latest) = self.latest_own else { return 0 };
        let ago = now.div_euclid(HOUR) - latest.div_euclid(HOUR);
        (0..64).map(|bit| u32::from(self.hours >> bit & 1 == 1 && hours.contains(&(ago + bit)))).sum()
    }

    fn reported_within(&self, now: i64, hours: &std::ops::Range<i64>) -> bool {
        self.hours_within(now, hours) > 0
    }
}

/// The decayed count of families as a power of two, summed around the latest so that nothing overflows.
fn rank(families: &[(u64, Family)], usual: &Usual) -> f64 {
    let age = |at: i64| (at - SINCE) as f64 / (HALF_LIFE_HOURS * HOUR as f64);
    let Some(latest) = families.iter().map(|(_, family)| age(family.counts_at())).reduce(f64::max) else {
        return -1e9;
    };
    let weigh = |key: u64, family: &Family| {
        weight(family) * usual.standing_of(key) * (age(family.counts_at()) - latest).exp2()
    };
    let mut weights: Vec<f64> = families.iter().map(|(key, family)| weigh(*key, family)).collect();
    // One order of adding, whatever the order of the reports.
    weights.sort_by(f64::total_cmp);
    weights.iter().sum::<f64>().log2() + latest
}

fn weight(family: &Family) -> f64 {
    if family.own == 0 { COPYING_FAMILY } else { 1.0 + MORE_REPORTS * f64::from(family.own).log2() }
}

/// An old story breaks again when so many times its usual families of an hour report within one, and at least so many;
/// half of that keeps it breaking.
const SURGE: f64 = 4.0;
const SURGE_FAMILIES: f64 = 4.0;

impl Tally {
    /// Whether far more families report than in this story's usual hour of the last day, where the hour of the day alone
    /// does not explain it: four at noon are fewer than four at night.
    fn surges(&self, now: i64, before: bool, busy: f64) -> bool {
        let usual: u32 = self.families().map(|family| family.hours_within(now, &(1..25))).sum();
        let least = (SURGE * f64::from(usual) / 24.0).max(SURGE_FAMILIES) * busy.max(0.75);
        self.families_just_now(now) as f64 >= if before { least / 2.0 } else { least }
    }

    /// `busy`: how many reports come at this hour, as a multiple of the mean hour.
    fn phase(&self, now: i64, before: Option<Phase>, busy: f64) -> Phase {
        let (Some(first), Some(last)) = (self.first, self.last) else { return Phase::Closed };
        let (age, silence) = (now - first, now - last);
        let was = |phase: Phase| before == Some(phase);
        if silence > if was(Phase::Closed) { DAY } else { 3 * DAY } {
            return Phase::Closed;
        }
        // What has a phase keeps it on weaker grounds than those on which it was given.
        let (young, quick) = if was(Phase::Breaking) { (6 * HOUR, 2) } else { (3 * HOUR, 3) };
        let just_now = self.families_just_now(now);
        // The second family within half an hour of the first report breaks a story at once; later it takes three.
        if age <= young && just_now >= quick || age <= SOON && just_now >= 2 {
            return Phase::Breaking;
        }
        if age > young && self.surges(now, was(Phase::Breaking), busy) {
            return Phase::Breaking;
        }
        let lately = self.families_within(now, 0..12);
        let earlier = self.families_within(now, 12..24);
        let enough = if was(Phase::Fading) { 2 } else { 1 };
        if silence > 12 * HOUR || lately < enough || (!was(Phase::Developing) && earlier > 3 * lately) {
            return Phase::Fading;
        }
        let today = self.families_within(now, 0..24);
        let yesterday = self.families_within(now, 24..48);
        let grows =
            if was(Phase::Developing) { today > yesterday } else { today > yesterday + yesterday / 2 };
        if age > 2 * DAY && yesterday > 0 && !grows { Phase::Sustained } else { Phase::Developing }
    }
}

#[cfg(test)]
mod tests {
    use super::{Importance, Report, Tally, Usual};
    use news::{Phase, Timestamp};

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + minute * 60).expect("a time in range")
    }

    fn weigh(reports: &[Report], now: Timestamp, before: Option<Phase>) -> Importance {
        reports.iter().copied().collect::<Tally>().weigh(now, before, &Usual::default())
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
        let renewed = [report("a", 0), Report { copy: true, ..report("a", 1_440) }];
        assert_eq!(rank(&renewed), rank(&[report("a", 0)]), "what a family copies later renews nothing");
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
        assert_eq!(phase(&start[..2], 11, None), Phase::Breaking, "the second family within half an hour");
        assert_eq!(phase(&[start[0], report("b", 50)], 51, None), Phase::Developing);
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

    #[test]
    fn an_old_story_breaks_again_when_far_more_come_than_usual() {
        let mut reports: Vec<Report> =
            (0..48).map(|hour| report(["a", "b", "c"][hour as usize % 3], hour * 60)).collect();
        let now = 48 * 60 + 30;
        let phase = |reports: &[Report], now, before, usual: &Usual| {
            reports.iter().copied().collect::<Tally>().weigh(at(now), before, usual).phase
        };
        let quiet = Usual::default();
        assert_ne!(phase(&reports, now, None, &quiet), Phase::Breaking, "one family an hour is its usual");
        reports.extend(["d", "e", "f", "g"].map(|family| report(family, now - 5)));
        assert_eq!(phase(&reports, now, None, &quiet), Phase::Breaking);
        let mut noon = Usual::default();
        (0..2_000).for_each(|_| noon.reported(at(now)));
        assert_ne!(phase(&reports, now, None, &noon), Phase::Breaking, "at this hour everybody reports");
        assert_eq!(
            phase(&reports, now, Some(Phase::Breaking), &noon),
            Phase::Breaking,
            "it does not flicker"
        );
    }

    #[test]
    fn whose_reports_others_take_up_weighs_more() {
        let mut usual = Usual::default();
        for story in 0..30 {
            let mut tally = Tally::default();
            tally.hear(&report("first", story * 100), &mut usual);
            tally.hear(&report("first", story * 100 + 1), &mut usual);
            tally.hear(&report("second", story * 100 + 2), &mut usual);
            tally.hear(&Report { copy: true, ..report("copier", story * 100 + 3) }, &mut usual);
            Tally::default().hear(&report("alone", story * 100), &mut usual);
        }
        let standing = |family| usual.standing(family);
        assert!(standing("first") > 1.2 && standing("second") < 0.8 && standing("alone") < 0.8);
        assert!((standing("copier") - 1.0).abs() < 1e-9, "a copy says nothing of its outlet");
        let rank =
            |family| [report(family, 0)].into_iter().collect::<Tally>().weigh(at(1), None, &usual).rank;
        assert!(rank("first") > rank("alone") + 0.5);
    }
}
