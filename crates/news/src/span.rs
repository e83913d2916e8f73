//! A byte range of a text: the proof that words stand where we say they stand.

use serde::{Deserialize, Serialize};

/// Half-open byte range `start..end` of a UTF-8 text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The range `start..end`. Texts are bounded far below 4 GiB when they are fetched, so `u32` holds.
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clip(start), end: clip(end) }
    }

    /// The words at this span; empty when the span does not fit `text`, so that a wrong span shows as
    /// nothing rather than as somebody's invented words.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Bytes covered.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Covers nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The first of these sentences (in order, none over another) that has any of the span's words. For what may be
    /// longer than a sentence: a quotation of three sentences counts as soon as one of them does, and its first mark
    /// may stand in front of the sentence.
    pub fn overlapped(self, sentences: &[Self]) -> Option<Self> {
        let after = sentences.partition_point(|sentence| sentence.end <= self.start);
        sentences.get(after).copied().filter(|sentence| sentence.start < self.end)
    }

    /// The sentence that the span begins in. For a name or a verb, which lie in one sentence: what begins between two of
    /// them stands in one that was left out, however far the span runs on.
    pub fn begun_in(self, sentences: &[Self]) -> Option<Self> {
        Self { start: self.start, end: self.start.saturating_add(1) }.overlapped(sentences)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_gives_its_words_or_nothing() {
        let text = "Ми не приймаємо";
        assert_eq!(Span::new(0, 4).of(text), "Ми");
        assert_eq!(Span::new(1, 4).of(text), "", "not on a character boundary");
        assert_eq!(Span::new(0, 400).of(text), "", "past the end");
    }

    #[test]
    fn a_span_lies_in_a_sentence_by_its_words_or_by_its_beginning() {
        // What stands at 10..20 was left out.
        let sentences = [Span::new(0, 10), Span::new(20, 30), Span::new(30, 45)];
        let check = |span: Span, overlapped: Option<usize>, begun: Option<usize>| {
            let found = (span.overlapped(&sentences), span.begun_in(&sentences));
            let at = |sentence: Option<usize>| sentence.map(|number| sentences[number]);
            assert_eq!(found, (at(overlapped), at(begun)), "{span:?}");
        };
        check(Span::new(0, 4), Some(0), Some(0));
        check(Span::new(9, 25), Some(0), Some(0));
        check(Span::new(12, 18), None, None);
        check(Span::new(15, 25), Some(1), None);
        check(Span::new(15, 20), None, None);
        check(Span::new(30, 31), Some(2), Some(2));
        check(Span::new(45, 50), None, None);
        assert_eq!(Span::new(0, 4).overlapped(&[]), None);
    }
}
