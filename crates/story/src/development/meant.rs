//! What the articles of a story mean, by the sentence that each opens with: near vectors tell the same in other words or
//! another language. Vectors are made when an article that would be news asks for them, so that most articles cost none;
//! without an encoder nothing is made and nothing compared.

use super::Telling;
use super::judge::WORDS;
use crate::meaning::Meaning;
use news::ArticleId;
use std::collections::VecDeque;

/// Gives a unit vector for each text, in order; none at all when it cannot.
pub type Encode<'a> = &'a dyn Fn(&[&str]) -> Vec<Vec<f32>>;

/// Openings kept of a story: the newest, and how many characters of each are read.
const KEPT: usize = 24;
const CHARACTERS: usize = 160;

/// The openings of a story's articles in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Openings {
    kept: VecDeque<Opening>,
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
    Meant(Meaning),
}

impl Openings {
    pub(super) fn learn(&mut self, telling: &Telling) {
        // Of an article that changed its words the newest are compared.
        self.kept.retain(|opening| opening.article != telling.article);
        let sense = Sense::Words(words(telling).into());
        self.kept.push_back(Opening { article: telling.article, sense });
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// The meaning of an article that comes to the others, and theirs made where it is not there yet.
    pub(super) fn hear(&mut self, telling: &Telling, encode: Encode) -> Option<Meaning> {
        let others = self.kept.iter().filter_map(Opening::unread);
        let texts: Vec<&str> = std::iter::once(words(telling)).chain(others).collect();
        let mut vectors = encode(&texts).into_iter().map(|vector| Meaning::of(&vector));
        let new = vectors.next().flatten();
        let unread = self.kept.iter_mut().filter(|opening| opening.unread().is_some());
        for (opening, meaning) in unread.zip(vectors) {
            opening.sense = meaning.map_or_else(|| Sense::Words(Box::default()), Sense::Meant);
        }
        new
    }

    /// Keeps the meaning that an article was compared with.
    pub(super) fn keep(&mut self, article: ArticleId, meaning: Meaning) {
        if let Some(opening) = self.kept.iter_mut().rfind(|opening| opening.article == article) {
            opening.sense = Sense::Meant(meaning);
        }
    }

    /// Cosine to the nearest opening.
    pub(super) fn nearest(&self, meaning: &Meaning) -> f32 {
        let known = self.kept.iter().filter_map(Opening::meant);
        known.map(|known| known.cosine(meaning)).fold(0.0, f32::max)
    }

    /// Cosine to the opening of one article.
    pub(super) fn nearness(&self, meaning: &Meaning, article: ArticleId) -> f32 {
        let known = self.kept.iter().find(|opening| opening.article == article).and_then(Opening::meant);
        known.map_or(0.0, |known| known.cosine(meaning))
    }
}

impl Opening {
    fn unread(&self) -> Option<&str> {
        match &self.sense {
            Sense::Words(words) if !words.is_empty() => Some(words),
            _ => None,
        }
    }

    fn meant(&self) -> Option<&Meaning> {
        match &self.sense {
            Sense::Meant(meaning) => Some(meaning),
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
    use super::{KEPT, Openings};
    use crate::development::Telling;
    use news::{ArticleId, Reading, Timestamp};

    fn telling<'a>(article: i64, title: &'a str, reading: &'a Reading) -> Telling<'a> {
        let (at, article) = (Timestamp::UNIX_EPOCH, ArticleId(article));
        Telling { article, at, family: "", copy: false, title, text: "", reading, said: &[] }
    }

    /// Texts that begin alike mean the same.
    fn encode(texts: &[&str]) -> Vec<Vec<f32>> {
        texts.iter().map(|text| if text.starts_with('a') { vec![1.0, 0.0] } else { vec![0.0, 1.0] }).collect()
    }

    #[test]
    fn openings_are_read_when_they_are_asked_for() {
        let (reading, mut openings) = (Reading::default(), Openings::default());
        openings.learn(&telling(1, "ash", &reading));
        let silent = openings.hear(&telling(2, "ale", &reading), &|_| Vec::new());
        assert_eq!(silent, None, "an encoder that fails says nothing");
        let alike = openings.hear(&telling(2, "ale", &reading), &encode).expect("a meaning");
        let other = openings.hear(&telling(3, "bay", &reading), &encode).expect("a meaning");
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
        let meaning = openings.hear(&telling(200, "bay", &reading), &encode).expect("a meaning");
        assert!(openings.nearness(&meaning, ArticleId(99)) > 0.99, "its newest words");
    }
}
