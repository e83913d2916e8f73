//! Who is being sent to: so many deliveries under way to one origin, few to one that does not answer, so that a dead
//! host takes no places from the others.

use std::collections::HashMap;
use std::time::Duration;

/// Deliveries under way to one origin.
const MOST: usize = 128;

/// Deliveries under way to one that did not answer last time.
const MOST_SILENT: usize = 4;

/// An attempt without success that took so long was to a host that does not answer.
const SILENCE: Duration = Duration::from_secs(5);

/// Origins remembered while nothing is under way to them.
const REMEMBERED: usize = 4_096;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins(HashMap<String, Origin>);

#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    under_way: usize,
    silent: bool,
}

impl Origin {
    fn is_full(self) -> bool {
        self.under_way >= if self.silent { MOST_SILENT } else { MOST }
    }
}

impl Origins {
    /// Takes a place; `false` when there is none.
    pub(super) fn take(&mut self, origin: &str) -> bool {
        let known = self.0.entry(origin.to_owned()).or_default();
        let free = !known.is_full();
        known.under_way += usize::from(free);
        free
    }

    /// Gives a place back after an attempt.
    pub(super) fn give_back(&mut self, origin: &str, took: Duration, reached: bool) {
        if let Some(known) = self.0.get_mut(origin) {
            known.under_way = known.under_way.saturating_sub(1);
            known.silent = !reached && took >= SILENCE;
        }
        if self.0.len() > REMEMBERED {
            self.0.retain(|_, origin| origin.under_way > 0);
        }
    }

    /// Those that have no place left.
    pub(super) fn full(&self) -> Vec<String> {
        let full = self.0.iter().filter(|(_, origin)| origin.is_full());
        full.map(|(name, _)| name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_does_not_answer_gets_few_places_until_it_does() {
        let mut origins = Origins::default();
        let taken = |origins: &mut Origins, name: &str| (0..200).filter(|_| origins.take(name)).count();
        assert_eq!(taken(&mut origins, "https://dead.example"), MOST);
        assert_eq!(origins.full(), ["https://dead.example"]);
        assert_eq!(taken(&mut origins, "https://push.example"), MOST, "the others have their own");
        for _ in 0..MOST {
            origins.give_back("https://dead.example", SILENCE, false);
        }
        assert_eq!(taken(&mut origins, "https://dead.example"), MOST_SILENT);
        origins.give_back("https://dead.example", Duration::from_millis(20), true);
        assert_eq!(taken(&mut origins, "https://dead.example"), MOST - MOST_SILENT + 1);
    }
}
