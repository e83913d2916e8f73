//! The reading room: articles into readings, without the sentences that their outlet prints under everything.

use language::{Reader, Recurring, sentences};
use news::{Article, OutletId, Reading, Span};
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

/// The reader and what it has met.
#[derive(Default)]
pub(crate) struct ReadingRoom {
    reader: Reader,
    /// Without models: for what is read again.
    plain: Reader,
    recurring: Mutex<Recurring>,
}

impl ReadingRoom {
    pub(crate) fn new(reader: Reader) -> Self {
        Self { reader, plain: Reader::new(), recurring: Mutex::default() }
    }

    /// The sentences of articles that their outlets print again and again, in the order in which they came.
    pub(crate) fn furniture(&self, articles: &[(OutletId, &Article)]) -> Vec<Vec<Span>> {
        let mut recurring = self.recurring.lock().unwrap_or_else(PoisonError::into_inner);
        articles.iter().map(|(outlet, article)| recurring.read(*outlet, article)).collect()
    }

    /// Reads articles together, each without its furniture.
    pub(crate) fn read_all(&self, articles: &[(&Article, &[Span])]) -> Vec<Reading> {
        let reduced: Vec<Cow<Article>> =
            articles.iter().map(|(article, furniture)| without(article, furniture)).collect();
        let borrowed: Vec<&Article> = reduced.iter().map(Cow::as_ref).collect();
        let mut readings = self.reader.read_all(&borrowed);
        for (reading, (article, furniture)) in readings.iter_mut().zip(articles) {
            keep_places(reading, article, furniture);
        }
        readings
    }

    /// Reads one article by itself.
    pub(crate) fn read(&self, outlet: OutletId, article: &Article) -> Reading {
        let furniture = self.furniture(&[(outlet, article)]).pop().unwrap_or_default();
        self.read_all(&[(article, &furniture)]).pop().unwrap_or_default()
    }

    /// What sentences mean; none at all without an encoder.
    pub(crate) fn vectors(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        self.reader.finest_vectors(texts)
    }

    /// Whether that is said by the fine encoder.
    pub(crate) fn is_fine(&self) -> bool {
        self.reader.is_fine()
    }

    /// Notes the sentences of an article that was read before a restart.
    pub(crate) fn glance(&self, outlet: OutletId, article: &Article) {
        self.recurring.lock().unwrap_or_else(PoisonError::into_inner).read(outlet, article);
    }

    /// Reads the words of an article that was read before; vectors are not made again.
    pub(crate) fn read_again(&self, outlet: OutletId, article: &Article) -> Reading {
        let furniture =
            self.recurring.lock().unwrap_or_else(PoisonError::into_inner).read_again(outlet, article);
        let mut reading = self.plain.read(&without(article, &furniture));
        keep_places(&mut reading, article, &furniture);
        reading
    }
}

fn without<'a>(article: &'a Article, furniture: &[Span]) -> Cow<'a, Article> {
    if furniture.is_empty() {
        return Cow::Borrowed(article);
    }
    let own = sentences(&article.text, article.language).into_iter().filter(|span| !furniture.contains(span));
    let own: Vec<&str> = own.map(|span| span.of(&article.text)).collect();
    Cow::Owned(article.clone().with_paragraphs([own.join(" ").as_str()]))
}

/// Sentences are places in the article as it is kept, not in what was read of it.
fn keep_places(reading: &mut Reading, article: &Article, furniture: &[Span]) {
    if furniture.is_empty() {
        return;
    }
    reading.sentences = sentences(&article.text, reading.language);
    reading.sentences.retain(|sentence| !furniture.contains(sentence));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_neither_compared_nor_shown() {
        let room = ReadingRoom::default();
        let article = |own: &str| Article::headline(own).with_paragraphs([own, "Powered by Marketwire."]);
        let (first, second, third) =
            (article("Ferry aground."), article("Storm nears."), article("Rate raised."));
        let herald = OutletId(1);
        let readings = [&first, &second, &third].map(|article| room.read(herald, article));
        let shown = |reading: &Reading, article: &Article| -> Vec<String> {
            reading.sentences.iter().map(|span| span.of(&article.text).to_owned()).collect()
        };
        assert_eq!(shown(&readings[0], &first), ["Ferry aground.", "Powered by Marketwire."]);
        assert_eq!(shown(&readings[2], &third), ["Rate raised."]);
        assert!(!readings[2].body.iter().any(|stem| stem.starts_with("marketwir")));
        assert_eq!(room.read_again(herald, &third).sentences, readings[2].sentences);
    }
}
