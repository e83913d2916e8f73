//! Sentences that an outlet puts under article after article (terms of use, "follow us", who owns the data): what
//! they say is not what the article says. In: articles in the order in which they came. Out: which of an article's
//! sentences its outlet has printed before. Nothing is cut from the article itself.

use crate::sentences;
use news::{Article, OutletId, Span};
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A sentence that stood in so many earlier articles of the outlet recurs.
const EARLIER: u32 = 2;

/// Sentences that are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 200_000;

/// Sentences of an article that are looked at.
const LOOKED_AT: usize = 80;

/// What outlets have printed lately.
#[derive(Debug, Default)]
pub struct Recurring {
    times: HashMap<Key, u32>,
    order: VecDeque<Key>,
}

/// A sentence of an outlet: the two halves of a hash, so that with a count it takes twelve bytes and not sixteen.
type Key = [u32; 2];

impl Recurring {
    /// The sentences of an article that recur, in order; the article counts from now on.
    pub fn read(&mut self, outlet: OutletId, article: &Article) -> Vec<Span> {
        let mut keys: Vec<(Key, Span)> = keys(outlet, article).collect();
        let recurring = self.more_than(EARLIER - 1, &keys);
        // A sentence that stands there twice counts once.
        keys.sort_unstable_by_key(|(key, span)| (*key, span.start));
        keys.dedup_by_key(|(key, _)| *key);
        for (key, _) in keys {
            if self.order.len() == self.order.capacity() {
                self.order.reserve_exact(1 + self.order.len() / 8);
            }
            let times = self.times.entry(key).or_insert_with(|| {
                self.order.push_back(key);
                0
            });
            *times += 1;
        }
        while self.order.len() > REMEMBERED {
            if let Some(oldest) = self.order.pop_front() {
                self.times.remove(&oldest);
            }
        }
        recurring
    }

    /// The same for an article that has been counted already, itself left out.
    pub fn read_again(&self, outlet: OutletId, article: &Article) -> Vec<Span> {
        self.more_than(EARLIER, &keys(outlet, article).collect::<Vec<_>>())
    }

    fn more_than(&self, times: u32, keys: &[(Key, Span)]) -> Vec<Span> {
        let recurs = |key: &Key| self.times.get(key).is_some_and(|seen| *seen > times);
        keys.iter().filter(|(key, _)| recurs(key)).map(|(_, span)| *span).collect()
    }
}

/// The keys live in memory only, so that any hash serves that is the same within a run.
fn keys(outlet: OutletId, article: &Article) -> impl Iterator<Item = (Key, Span)> {
    let found = sentences(&article.text, article.language);
    found.into_iter().take(LOOKED_AT).map(move |span| {
        let mut hasher = DefaultHasher::new();
        (outlet, span.of(&article.text)).hash(&mut hasher);
        let hash = hasher.finish();
        ([(hash >> 32) as u32, hash as u32], span)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(own: &str) -> Article {
        Article::headline(own).with_paragraphs([format!("{own} All rights reserved by the Herald.").as_str()])
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
