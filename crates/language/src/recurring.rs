//! Sentences that an outlet puts under article after article (terms of use, "follow us", who owns the data): what
//! they say is not what the article says. In: articles in the order in which they came. Out: which of an article's
//! sentences its outlet has printed before. Nothing is cut from the article itself.

use crate::sentences;
use news::{Article, OutletId, Span};
use std::collections::VecDeque;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};

/// A sentence that stood in so many earlier articles of the outlet recurs.
const EARLIER: u32 = 2;

/// Sentences that are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 200_000;

/// Sentences of an article that are looked at.
const LOOKED_AT: usize = 80;

/// What outlets have printed lately.
#[derive(Debug)]
pub struct Recurring {
    /// In the order in which they came.
    seen: VecDeque<Seen>,
    /// Number of the first of `seen`; numbers rise by one.
    first: u32,
    /// Where the sentences are: the number of each plus one in the place that its hash asks for or the next free one, 0 where
    /// there is none. A map that sentences keep coming to and leaving would take four times as much.
    places: Vec<u32>,
    /// Odd, and another one in each run: nobody who writes sentences can choose places. Decides nothing else.
    multiplier: u64,
}

/// A sentence of an outlet by the two halves of a hash, and how often it was seen: in twelve bytes.
#[derive(Clone, Copy, Debug)]
struct Seen {
    key: Key,
    times: u32,
}

type Key = [u32; 2];

impl Default for Recurring {
    fn default() -> Self {
        let multiplier = RandomState::new().hash_one(0) | 1;
        Self { seen: VecDeque::new(), first: 0, places: Vec::new(), multiplier }
    }
}

impl Recurring {
    /// The sentences of an article that recur, in order; the article counts from now on.
    pub fn read(&mut self, outlet: OutletId, article: &Article) -> Vec<Span> {
        let mut keys = keys(outlet, article);
        let recurring = self.more_than(EARLIER - 1, &keys);
        // A sentence that stands there twice counts once.
        keys.sort_unstable_by_key(|(key, span)| (*key, span.start));
        keys.dedup_by_key(|(key, _)| *key);
        for (key, _) in keys {
            self.count(key);
        }
        while self.seen.len() > REMEMBERED {
            self.forget_first();
        }
        recurring
    }

    /// The same for an article that has been counted already, itself left out.
    pub fn read_again(&self, outlet: OutletId, article: &Article) -> Vec<Span> {
        self.more_than(EARLIER, &keys(outlet, article))
    }

    fn more_than(&self, times: u32, keys: &[(Key, Span)]) -> Vec<Span> {
        let recurs = |key: Key| self.at(self.place(key)).is_some_and(|seen| seen.times > times);
        keys.iter().filter(|(key, _)| recurs(*key)).map(|(_, span)| *span).collect()
    }

    fn count(&mut self, key: Key) {
        self.make_room();
        let place = self.place(key);
        if let Some(at) = self.index(place) {
            self.seen[at].times += 1;
            return;
        }
        self.places[place] = self.first + self.seen.len() as u32 + 1;
        if self.seen.len() == self.seen.capacity() {
            self.seen.reserve_exact(1 + self.seen.len() / 8);
        }
        self.seen.push_back(Seen { key, times: 1 });
    }

    /// Four fifths of the places are taken at most.
    fn make_room(&mut self) {
        if self.seen.len() * 5 < self.places.len() * 4 {
            return;
        }
        self.arrange((self.places.len() * 2).max(64));
    }

    /// Puts all into so many places anew, numbered from 0.
    fn arrange(&mut self, places: usize) {
        (self.first, self.places) = (0, vec![0; places]);
        for at in 0..self.seen.len() {
            let place = self.place(self.seen[at].key);
            self.places[place] = at as u32 + 1;
        }
    }

    fn forget_first(&mut self) {
        let Some(oldest) = self.seen.front() else { return };
        let mut free = self.place(oldest.key);
        let mask = self.places.len() - 1;
        let mut next = free;
        // Those behind it that would not be found any more move up.
        loop {
            next = (next + 1) & mask;
            let Some(seen) = self.at(next) else { break };
            let wished = self.wish(seen.key);
            if (next.wrapping_sub(wished) & mask) >= (next.wrapping_sub(free) & mask) {
                self.places[free] = self.places[next];
                free = next;
            }
        }
        self.places[free] = 0;
        self.seen.pop_front();
        self.first += 1;
        if self.first > u32::MAX / 2 {
            self.arrange(self.places.len());
        }
    }

    /// The place that a sentence asks for.
    fn wish(&self, [high, low]: Key) -> usize {
        let mixed = (u64::from(high) << 32 | u64::from(low)).wrapping_mul(self.multiplier);
        (mixed >> 32) as usize & self.places.len().saturating_sub(1)
    }

    /// Where a sentence is, or would be.
    fn place(&self, key: Key) -> usize {
        let mask = self.places.len().saturating_sub(1);
        let mut place = self.wish(key);
        while self.at(place).is_some_and(|seen| seen.key != key) {
            place = (place + 1) & mask;
        }
        place
    }

    fn at(&self, place: usize) -> Option<&Seen> {
        self.seen.get(self.index(place)?)
    }

    fn index(&self, place: usize) -> Option<usize> {
        let number = self.places.get(place)?;
        (*number != 0).then(|| (number - 1 - self.first) as usize)
    }
}

/// The keys live in memory only, so that any hash serves that is the same within a run.
fn keys(outlet: OutletId, article: &Article) -> Vec<(Key, Span)> {
    let found = sentences(&article.text, article.language).into_iter().take(LOOKED_AT);
    let keyed = found.map(|span| {
        let mut hasher = DefaultHasher::new();
        (outlet, span.of(&article.text)).hash(&mut hasher);
        let hash = hasher.finish();
        ([(hash >> 32) as u32, hash as u32], span)
    });
    keyed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(own: &str) -> Article {
        Article::headline(own).with_paragraphs([format!("{own} All rights reserved by the Herald.").as_str()])
    }

    #[test]
    fn sentences_come_and_go() {
        let mut recurring = Recurring::default();
        let key = |number: u32| [number, number % 7];
        (0..500).for_each(|number| recurring.count(key(number)));
        (0..200).for_each(|_| recurring.forget_first());
        (300..400).for_each(|number| recurring.count(key(number)));
        let times = |number| recurring.at(recurring.place(key(number))).map(|seen| seen.times);
        let expected =
            |number| if number < 200 { None } else { Some(1 + u32::from((300..400).contains(&number))) };
        assert!((0..500).all(|number| times(number) == expected(number)), "each is found or forgotten");
    }

    #[test]
    fn what_stands_under_every_article_recurs_and_news_does_not() {
        let mut recurring = Recurring::default();
        let herald = OutletId(1);
        let mut read = |outlet, own: &str| recurring.read(outlet, &article(own)).len();
        assert_eq!(read(herald, "Ferry aground."), 0);
        assert_eq!(read(herald, "Storm nears."), 0);
        assert_eq!(read(herald, "Rate raised."), 1, "the third time");
        assert_eq!(read(OutletId(2), "Cup final."), 0, "another outlet");
        let again = recurring.read_again(herald, &article("Rate raised."));
        assert_eq!(again.len(), 1);
        assert_eq!(recurring.read_again(OutletId(2), &article("Cup final.")), []);
    }
}
