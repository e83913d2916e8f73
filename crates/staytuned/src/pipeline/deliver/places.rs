//! Who is being sent to: so many deliveries under way in all, to one origin and for one reader, few to an origin that is
//! slow, and half of all places only for those that usually answer quickly. So neither a dead host nor a reader who names
//! slow ones takes the places of the others.

use news::ReaderId;
use std::collections::HashMap;
use std::time::Duration;
use store::Busy;

/// Deliveries under way at once.
pub(super) const UNDER_WAY: usize = 512;

/// Of these, those to origins of which nobody knows that they are quick.
const OTHERS: usize = UNDER_WAY / 2;

/// Deliveries under way to one origin.
const MOST: usize = 128;

/// Deliveries under way to one that was slow last time.
const MOST_SLOW: usize = 4;

/// Deliveries under way for one reader, wherever they go.
const MOST_OF_READER: usize = 8;

/// An attempt that took so long, successful or not, was to a slow host: what it says in the end frees no place sooner.
const SLOW: Duration = Duration::from_secs(5);

/// An origin is quick whose attempts usually take less.
const QUICK: Duration = Duration::from_secs(1);

/// What the last attempt counts in what is usual: one part in so many.
const PARTS: u32 = 8;

/// Origins remembered while nothing is under way to them.
const REMEMBERED: usize = 4_096;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    origins: HashMap<String, Origin>,
    /// Under way for each reader; never zero.
    readers: HashMap<ReaderId, usize>,
    /// Under way to origins that are not quick.
    others: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    under_way: usize,
    slow: bool,
    usual: Option<Duration>,
}

impl Origin {
    fn is_full(self) -> bool {
        self.under_way >= if self.slow { MOST_SLOW } else { MOST }
    }

    fn is_quick(self) -> bool {
        self.usual.is_some_and(|usual| usual < QUICK)
    }

    /// What it counts among the others.
    fn others(self) -> usize {
        if self.is_quick() { 0 } else { self.under_way }
    }

    fn took(&mut self, took: Duration) {
        self.slow = took >= SLOW;
        self.usual = Some(self.usual.map_or(took, |usual| (usual * (PARTS - 1) + took) / PARTS));
    }
}

impl Places {
    /// Takes a place; `false` when there is none.
    pub(super) fn take(&mut self, reader: ReaderId, origin: &str) -> bool {
        let known = self.origins.get(origin).copied().unwrap_or_default();
        let of_reader = self.readers.get(&reader).copied().unwrap_or_default();
        let crowded = !known.is_quick() && self.others >= OTHERS;
        if known.is_full() || crowded || of_reader >= MOST_OF_READER {
            return false;
        }
        self.others += usize::from(!known.is_quick());
        self.origins.entry(origin.to_owned()).or_default().under_way += 1;
        self.readers.insert(reader, of_reader + 1);
        true
    }

    /// Gives a place back after an attempt.
    pub(super) fn give_back(&mut self, reader: ReaderId, origin: &str, took: Duration) {
        match self.readers.get_mut(&reader) {
            Some(of_reader) if *of_reader > 1 => *of_reader -= 1,
            _ => drop(self.readers.remove(&reader)),
        }
        if let Some(known) = self.origins.get_mut(origin) {
            let before = known.others();
            known.under_way = known.under_way.saturating_sub(1);
            known.took(took);
            self.others = (self.others + known.others()).saturating_sub(before);
        }
        self.forget();
    }

    /// Those that have no place left.
    pub(super) fn busy(&self) -> Busy {
        let named = |fits: fn(Origin) -> bool| -> Vec<String> {
            let fitting = self.origins.iter().filter(move |(_, origin)| fits(**origin));
            fitting.map(|(name, _)| name.clone()).collect()
        };
        let full = self.readers.iter().filter(|(_, of_reader)| **of_reader >= MOST_OF_READER);
        Busy {
            origins: named(Origin::is_full),
            readers: full.map(|(reader, _)| *reader).collect(),
            only: (self.others >= OTHERS).then(|| named(Origin::is_quick)),
        }
    }

    /// Forgets what is idle when there is too much of it: first what nobody would miss, so that a reader who names
    /// many origins does not make us forget who is quick.
    fn forget(&mut self) {
        if self.origins.len() > REMEMBERED {
            self.origins.retain(|_, origin| origin.under_way > 0 || origin.is_quick());
        }
        if self.origins.len() > REMEMBERED {
            self.origins.retain(|_, origin| origin.under_way > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    /// How many places so many readers get, each one at most.
    fn taken(places: &mut Places, readers: std::ops::Range<i64>, origin: &str) -> usize {
        readers.filter(|reader| places.take(ReaderId(*reader), origin)).count()
    }

    fn give_back(places: &mut Places, readers: std::ops::Range<i64>, origin: &str, took: Duration) {
        readers.for_each(|reader| places.give_back(ReaderId(reader), origin, took));
    }

    #[test]
    fn a_slow_host_gets_few_places_until_it_is_not() {
        let mut places = Places::default();
        assert_eq!(taken(&mut places, 0..200, "https://slow.example"), MOST);
        assert_eq!(places.busy().origins, ["https://slow.example"]);
        assert_eq!(taken(&mut places, 200..300, "https://push.example"), 100, "the others have their own");
        give_back(&mut places, 0..128, "https://slow.example", SLOW);
        assert_eq!(taken(&mut places, 0..200, "https://slow.example"), MOST_SLOW, "whatever it answered");
        places.give_back(ReaderId(0), "https://slow.example", SOON);
        assert_eq!(taken(&mut places, 0..200, "https://slow.example"), MOST - MOST_SLOW + 1);
    }

    #[test]
    fn a_reader_gets_a_few_places_wherever_they_go() {
        let mut places = Places::default();
        let origin = |n: usize| format!("https://{n}.example");
        let taken = (0..32).filter(|n| places.take(ReaderId(1), &origin(*n))).count();
        assert_eq!(taken, MOST_OF_READER);
        assert_eq!(places.busy().readers, [ReaderId(1)]);
        assert!(places.take(ReaderId(2), &origin(0)), "somebody else");
        places.give_back(ReaderId(1), &origin(0), SOON);
        assert!(places.busy().readers.is_empty());
        assert!(places.take(ReaderId(1), &origin(9)) && !places.take(ReaderId(1), &origin(9)));
    }

    #[test]
    fn half_of_the_places_are_for_quick_hosts() {
        let mut places = Places::default();
        assert!(places.take(ReaderId(0), "https://push.example"));
        places.give_back(ReaderId(0), "https://push.example", SOON);
        let origin = |n: i64| format!("https://{}.example", n % 300);
        let slow = (0..600).filter(|n| places.take(ReaderId(*n), &origin(*n))).count();
        assert_eq!(slow, OTHERS);
        assert_eq!(places.busy().only, Some(vec!["https://push.example".to_owned()]));
        assert_eq!(taken(&mut places, 1_000..2_000, "https://push.example"), MOST, "it is quick");
        // One that turns out quick makes room among the others.
        places.give_back(ReaderId(0), &origin(0), SOON);
        assert_eq!(places.busy().only, None);
        assert!(places.take(ReaderId(900), "https://new.example"));
        assert!(!places.take(ReaderId(901), "https://newer.example"));
        // One slow answer does not undo what is usual; slow ones do, with all that is under way.
        give_back(&mut places, 1_000..1_001, "https://push.example", SLOW);
        assert!(places.busy().only.is_some_and(|quick| quick.contains(&"https://push.example".to_owned())));
        give_back(&mut places, 1_001..1_010, "https://push.example", SLOW);
        assert!(places.others > OTHERS && !places.take(ReaderId(3), "https://push.example"));
        give_back(&mut places, 1_010..1_128, "https://push.example", SOON);
        (1..256).for_each(|n| places.give_back(ReaderId(n), &origin(n), SLOW));
        places.give_back(ReaderId(900), "https://new.example", SOON);
        assert_eq!(places.others, 0, "what is counted is what is there");
        assert!(places.readers.is_empty());
    }

    #[test]
    fn who_is_quick_is_remembered_before_others() {
        let mut places = Places::default();
        let mut once = |n: usize, took| {
            let origin = format!("https://{n}.example");
            assert!(places.take(ReaderId(1), &origin));
            places.give_back(ReaderId(1), &origin, took);
            places.origins.len()
        };
        once(0, SOON);
        let most = (1..2 * REMEMBERED).map(|n| once(n, SLOW)).max();
        assert_eq!(most, Some(REMEMBERED));
        assert!(places.origins.contains_key("https://0.example"));
    }
}
