//! What an article tells of when as bytes and back. Numbers are little-endian; what does not fit the form is nothing.

use super::{Dated, Moment};
use news::{ArticleId, Span};

impl Dated {
    /// Bytes of another version are not read.
    pub const VERSION: u32 = 1;

    /// Some four bytes a word.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Vec::with_capacity(512);
        to.extend(self.article.0.to_le_bytes());
        to.extend(self.day.to_le_bytes());
        to.push(u8::from(self.early));
        for moment in &self.moments {
            to.extend(moment.span.start.to_le_bytes());
            to.extend(moment.span.end.to_le_bytes());
            to.extend(moment.place.to_le_bytes());
            to.push(u8::try_from(moment.days.len()).unwrap_or(u8::MAX));
            to.push(u8::try_from(moment.words.len()).unwrap_or(u8::MAX));
            moment.days.iter().take(255).for_each(|day| to.extend(day.to_le_bytes()));
            moment.words.iter().take(255).for_each(|word| to.extend(word.to_le_bytes()));
        }
        to
    }

    /// Reads what [`Dated::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut from = Bytes(bytes);
        let article = ArticleId(i64::from_le_bytes(from.take()?));
        let day = i32::from_le_bytes(from.take()?);
        let early = from.take::<1>()? != [0];
        let mut moments = Vec::new();
        while !from.0.is_empty() {
            let span =
                Span { start: u32::from_le_bytes(from.take()?), end: u32::from_le_bytes(from.take()?) };
            let place = u16::from_le_bytes(from.take()?);
            let [days, words] = from.take::<2>()?;
            let days = (0..days).map(|_| from.take().map(i32::from_le_bytes)).collect::<Option<_>>()?;
            let words = (0..words).map(|_| from.take().map(u32::from_le_bytes)).collect::<Option<_>>()?;
            moments.push(Moment { span, place, days, words });
        }
        Some(Self { article, day, early, moments })
    }
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_what_an_article_tells() {
        let moment = |place, days: &[i32]| Moment {
            span: Span { start: 7, end: 90 },
            place,
            days: days.to_vec(),
            words: vec![3, 9, 27, 81],
        };
        let moments = vec![moment(0, &[]), moment(4, &[20_700, 20_701])];
        let dated = Dated { article: ArticleId(12), day: 20_702, early: true, moments };
        let bytes = dated.to_bytes();
        assert_eq!(Dated::from_bytes(&bytes), Some(dated));
        assert_eq!(Dated::from_bytes(&bytes[..bytes.len() - 1]), None);
    }
}
