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
}
