//! What the articles of a story mean, by the sentence that each opens with: near vectors tell the same in other words or
//! another language. Vectors are made when an article that would be news asks for them, so that most articles cost none;
//! without an encoder nothing is made and nothing compared. Vectors of the fine encoder are seen through its lens; how near
//! is near goes by the encoder ([`Scale`]).

use super::Telling;
use super::judge::WORDS;
use crate::lens::Lenses;
use crate::meaning::Meaning;
use news::ArticleId;
use std::collections::VecDeque;

/// What makes vectors of texts.
#[derive(Clone, Copy)]
pub struct Encode<'a> {
    /// Gives a unit vector for each text, in order; none at all when it cannot.
    pub vectors: &'a dyn Fn(&[&str]) -> Vec<Vec<f32>>,
    /// They are the fine encoder's.
    pub fine: bool,
}

impl Encode<'_> {
    pub(super) fn scale(self) -> &'static Scale {
        if self.fine { &FINE } else { &FAST }
    }
}

/// Openings kept of a story: the newest, as many of those that brought something new, and how many characters of each are
/// read.
const KEPT: usize = 24;
const CHARACTERS: usize = 160;

/// What cosines of an encoder's vectors say; fitted on the streams of `tests/developments/fitted`, the last two
/// lines chosen on pairs of developments of two recorded weeks, read one by one.
#[derive(Debug, PartialEq)]
pub(super) struct Scale {
    /// How loud it speaks against news that an opening is near to one that is known, for each step beyond a cosine.
    pub(super) reworded: f32,
    pub(super) reworded_from: f32,
    /// and how fast that fades: 1 from half an hour to five hours after a development.
    pub(super) fades: f32,
    /// Two openings from this cosine on tell the same development,
    pub(super) meant: f32,
    /// and from this one on an article tells again what was published within a day, however long ago; from the other on where
    /// its headline has something happen that did not yet.
    pub(super) again: f32,
    pub(super) again_happening: f32,
}

const FAST: Scale = Scale {
    reworded: 3.0,
    reworded_from: 0.4,
    fades: 1.0,
    meant: 0.72,
    again: f32::INFINITY,
    again_happening: f32::INFINITY,
};
const FINE: Scale =
    Scale { reworded: 3.0, reworded_from: 0.57, fades: 0.8, meant: 0.85, again: 0.82, again_happening: 0.85 };

/// What an opening means, by which encoder.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meant {
    meaning: Meaning,
    pub(super) scale: &'static Scale,
}

impl Meant {
    fn of(vector: &[f32]) -> Option<Self> {
        let lens = &Lenses::shipped().fine;
        if lens.fits(vector) {
            return Some(Self { meaning: lens.meaning(Some(vector))?, scale: &FINE });
        }
        Some(Self { meaning: Meaning::of(vector)?, scale: &FAST })
    }
}

/// The openings of a story's articles in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Openings {
    kept: VecDeque<Opening>,
    /// Articles that brought something new.
    news: VecDeque<ArticleId>,
}

#[derive(Clone, Debug)]
struct Opening {
    article: ArticleId,
    sense: Sense,
}

#[derive(Clone, Debug)]
enum Sense {
    /// Nobody asked what it means.
    Words(Box<str>),
    Meant(Meant),
}

impl Openings {
    pub(super) fn learn(&mut self, telling: &Telling) {
        // Of an article that changed its words the newest are compared.
        self.kept.retain(|opening| opening.article != telling.article);
        let sense = Sense::Words(words(telling).into());
        self.kept.push_back(Opening { article: telling.article, sense });
        let plain = |opening: &&Opening| !self.news.contains(&opening.article);
        while self.kept.iter().filter(plain).count() > KEPT
            && let Some(oldest) = self.kept.iter().position(|opening| plain(&opening))
        {
            self.kept.remove(oldest);
        }
    }

    /// An article brought something new: its opening stays longer than others.
    pub(super) fn is_news(&mut self, article: ArticleId) {
        if !self.news.contains(&article) {
            self.news.push_back(article);
        }
        if self.news.len() > KEPT {
            self.news.pop_front();
        }
    }

    /// The meaning of an article that comes to the others, and theirs made where it is not there yet.
    pub(super) fn hear(&mut self, telling: &Telling, encode: Encode) -> Option<Meant> {
        let others = self.kept.iter().filter_map(Opening::unread);
        let texts: Vec<&str> = std::iter::once(words(telling)).chain(others).collect();
        let mut vectors = (encode.vectors)(&texts).into_iter().map(|vector| Meant::of(&vector));
        let new = vectors.next().flatten();
        let unread = self.kept.iter_mut().filter(|opening| opening.unread().is_some());
        for (opening, meant) in unread.zip(vectors) {
            opening.sense = meant.map_or_else(|| Sense::Words(Box::default()), Sense::Meant);
        }
        new
    }

    /// Keeps the meaning that an article was compared with.
    pub(super) fn keep(&mut self, article: ArticleId, meant: Meant) {
        if let Some(opening) = self.kept.iter_mut().rfind(|opening| opening.article == article) {
            opening.sense = Sense::Meant(meant);
        }
    }

    /// Cosine to the nearest opening.
    pub(super) fn nearest(&self, meant: &Meant) -> f32 {
        let known = self.kept.iter().filter_map(Opening::meant);
        known.map(|known| known.meaning.cosine(&meant.meaning)).fold(0.0, f32::max)
    }

    /// Cosine to the opening of one article.
    pub(super) fn nearness(&self, meant: &Meant, article: ArticleId) -> f32 {
        let known = self.kept.iter().find(|opening| opening.article == article).and_then(Opening::meant);
        known.map_or(0.0, |known| known.meaning.cosine(&meant.meaning))
    }
}

impl Opening {
    fn unread(&self) -> Option<&str> {
        match &self.sense {
            Sense::Words(words) if !words.is_empty() => Some(words),
            _ => None,
        }
    }

    fn meant(&self) -> Option<&Meant> {
        match &self.sense {
            Sense::Meant(meant) => Some(meant),
            Sense::Words(_) => None,
        }
    }
}

/// The first sentence that says something, or the headline.
fn words<'a>(telling: &Telling<'a>) -> &'a str {
    let says = |line: &&news::Line| line.span.is_some() && line.terms.len() >= WORDS;
    let lead = telling.reading.lines.iter().find(says).and_then(|line| line.span);
    let words = lead.map_or(telling.title, |span| span.of(telling.text));
    words.char_indices().nth(CHARACTERS).and_then(|(at, _)| words.get(..at)).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::{Encode, KEPT, Openings};
    use crate::development::Telling;
    use news::{ArticleId, Reading, Timestamp};

    fn telling<'a>(article: i64, title: &'a str, reading: &'a Reading) -> Telling<'a> {
        let (at, article) = (Timestamp::UNIX_EPOCH, ArticleId(article));
        Telling { article, at, family: "", copy: false, title, text: "", reading, said: &[] }
    }

    /// Texts that begin alike mean the same.
    fn quick(vectors: &dyn Fn(&[&str]) -> Vec<Vec<f32>>) -> Encode<'_> {
        Encode { vectors, fine: false }
    }

    fn encode(texts: &[&str]) -> Vec<Vec<f32>> {
        texts.iter().map(|text| if text.starts_with('a') { vec![1.0, 0.0] } else { vec![0.0, 1.0] }).collect()
    }

    #[test]
    fn openings_are_read_when_they_are_asked_for() {
        let (reading, mut openings) = (Reading::default(), Openings::default());
        openings.learn(&telling(1, "ash", &reading));
        let silent = openings.hear(&telling(2, "ale", &reading), quick(&|_| Vec::new()));
        assert_eq!(silent, None, "an encoder that fails says nothing");
        let alike = openings.hear(&telling(2, "ale", &reading), quick(&encode)).expect("a meaning");
        let other = openings.hear(&telling(3, "bay", &reading), quick(&encode)).expect("a meaning");
        assert!(openings.nearest(&alike) > 0.99 && openings.nearest(&other) < 0.01);
        openings.learn(&telling(3, "bay", &reading));
        openings.keep(ArticleId(3), other.clone());
        assert!(
            openings.nearness(&other, ArticleId(3)) > 0.99 && openings.nearness(&other, ArticleId(1)) < 0.01
        );
    }

    #[test]
    fn only_the_newest_are_kept_and_an_edit_takes_its_place() {
        let (reading, mut openings) = (Reading::default(), Openings::default());
        for article in 0..100 {
            openings.learn(&telling(article, "ash", &reading));
            openings.learn(&telling(article, "bay", &reading));
        }
        assert_eq!(openings.kept.len(), KEPT);
        let meaning = openings.hear(&telling(200, "bay", &reading), quick(&encode)).expect("a meaning");
        assert!(openings.nearness(&meaning, ArticleId(99)) > 0.99, "its newest words");
    }
}
