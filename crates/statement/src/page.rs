//! A text as the models and rules see it: units in sentences in paragraphs. A unit is a token, or a whole
//! quotation, which is looked at from outside only: nobody's words inside it are attributed anew.
//!
//! In: the text word by word. Out: units with their spans, word hashes, classes and cue groups.

use crate::hash;
use crate::lexicon::{self, class};
use crate::marks::{Quoted, quoted};
use crate::sheet::Sheet;
use crate::token::{Token, TokenKind};
use news::Span;
use std::ops::Range;

/// Units of a sentence; a longer one is cut.
const LONGEST_SENTENCE: usize = 200;

/// A text in units.
#[derive(Debug)]
pub(crate) struct Page<'text> {
    pub(crate) text: &'text str,
    pub(crate) units: Vec<Unit>,
    /// Ranges of units.
    pub(crate) sentences: Vec<Range<usize>>,
    /// Ranges of units; a line break ends a paragraph.
    pub(crate) paragraphs: Vec<Range<usize>>,
}

/// A token or a quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    /// Hash of the word in lower case; of a quotation, its length and last mark.
    pub(crate) word: u32,
    /// Hash of the lemma, or of the word without its inflection.
    pub(crate) stem: u32,
    /// Hash of the last three letters.
    pub(crate) suffix: u32,
    /// Closed class, or what the spelling of an open word says: see [`open`].
    pub(crate) class: u8,
    /// What the spelling alone says, lexicon or not; of a quotation, how it ends.
    pub(crate) shape: u8,
    /// Cue group, 0 for none.
    pub(crate) group: u8,
    pub(crate) frames: u8,
    /// Begins with a capital letter.
    pub(crate) capital: bool,
    /// Inside a short quotation that was not made one unit.
    pub(crate) quoted: bool,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// Words of a quotation.
    pub(crate) words: u32,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    /// A quotation mark that stands alone or belongs to a short quotation.
    Mark,
    Stop,
    Comma,
    Colon,
    Punctuation,
    /// A whole quotation with its marks.
    Quotation(Ending),
}

/// The last character inside a quotation's closing mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Comma,
    Stop,
    /// `!` or `?`
    Cry,
    Open,
    /// It runs on in the next paragraph.
    RunsOn,
}

/// Classes of open words and other units, by spelling.
pub(crate) mod open {
    use crate::lexicon::class::END;
    pub(crate) const CAPITAL: u8 = END;
    /// A capital that the sentence's beginning may explain.
    pub(crate) const FIRST: u8 = END + 1;
    pub(crate) const CAPITALS: u8 = END + 2;
    pub(crate) const ED: u8 = END + 3;
    pub(crate) const ING: u8 = END + 4;
    pub(crate) const LY: u8 = END + 5;
    pub(crate) const S: u8 = END + 6;
    pub(crate) const LOWER: u8 = END + 7;
    pub(crate) const NUMBER: u8 = END + 8;
    pub(crate) const CLITIC: u8 = END + 9;
    pub(crate) const MARK: u8 = END + 10;
    pub(crate) const STOP: u8 = END + 11;
    pub(crate) const COMMA: u8 = END + 12;
    pub(crate) const COLON: u8 = END + 13;
    pub(crate) const DASH: u8 = END + 14;
    pub(crate) const PUNCTUATION: u8 = END + 15;
    pub(crate) const QUOTATION: u8 = END + 16;
    /// What stands outside the text.
    pub(crate) const NOTHING: u8 = END + 17;
    /// Shapes of quotations begin here, one for each ending.
    pub(crate) const QUOTATION_SHAPES: u8 = END + 18;
}

impl Unit {
    /// "he", "we", "it".
    pub(crate) fn is_pronoun(&self) -> bool {
        use crate::lexicon::class;
        matches!(self.class, class::SUBJECT | class::ME | class::IT | class::OBJECT | class::YOU)
    }

    /// What stands before the first and behind the last unit.
    pub(crate) const NOTHING: Self = Self {
        span: Span { start: 0, end: 0 },
        kind: Kind::Punctuation,
        word: 1,
        stem: 1,
        suffix: 1,
        class: open::NOTHING,
        shape: open::NOTHING,
        group: 0,
        frames: 0,
        capital: false,
        quoted: false,
        sentence: u32::MAX,
        paragraph: u32::MAX,
        words: 0,
    };

    pub(crate) fn is_quotation(&self) -> bool {
        matches!(self.kind, Kind::Quotation(_))
    }

    /// Whether it stands in marks, as a whole quotation or within one.
    pub(crate) fn is_marked(&self) -> bool {
        self.is_quotation() || self.quoted
    }

    /// The shape as a number for features.
    pub(crate) fn form(&self) -> u32 {
        u32::from(self.shape)
    }

    /// Class and cue group in one number.
    pub(crate) fn tag(&self) -> u32 {
        if self.group > 0 && self.class >= class::END {
            100 + u32::from(self.group)
        } else {
            u32::from(self.class)
        }
    }
}

impl<'text> Page<'text> {
    /// Lays a text out; quotations of at least `least_words` words become one unit, and so do shorter ones that
    /// end like a sentence or with a comma.
    pub(crate) fn read(sheet: &Sheet<'text>, least_words: usize) -> Self {
        let quotations = quoted(sheet.text, &sheet.tokens, &sheet.paragraphs);
        Self::of(sheet, quotations, least_words)
    }

    /// Lays a text out word by word: quotations are looked into, for they may hold what somebody does or wants.
    pub(crate) fn flat(sheet: &Sheet<'text>) -> Self {
        Self::of(sheet, Vec::new(), 0)
    }

    fn of(sheet: &Sheet<'text>, quotations: Vec<Quoted>, least_words: usize) -> Self {
        let mut page = Self {
            text: sheet.text,
            units: Vec::with_capacity(sheet.tokens.len()),
            sentences: Vec::new(),
            paragraphs: Vec::with_capacity(sheet.paragraphs.len()),
        };
        let mut quotations = quotations.into_iter().peekable();
        for paragraph in &sheet.paragraphs {
            page.add_paragraph(sheet, paragraph.clone(), &mut quotations, least_words);
        }
        page
    }

    /// The unit at `at`, or nothing outside the text.
    pub(crate) fn unit(&self, at: usize) -> Unit {
        self.units.get(at).copied().unwrap_or(Unit::NOTHING)
    }

    /// The unit `distance` away.
    pub(crate) fn near(&self, at: usize, distance: isize) -> Unit {
        at.checked_add_signed(distance).map_or(Unit::NOTHING, |at| self.unit(at))
    }

    /// The words of a unit.
    pub(crate) fn words(&self, at: usize) -> &'text str {
        self.unit(at).span.of(self.text)
    }

    /// The span from the first to the last of `units`.
    pub(crate) fn span(&self, units: Range<usize>) -> Span {
        Span {
            start: self.unit(units.start).span.start,
            end: self.unit(units.end.saturating_sub(1)).span.end,
        }
    }

    fn add_paragraph(
        &mut self,
        sheet: &Sheet,
        paragraph: Range<usize>,
        quotations: &mut std::iter::Peekable<std::vec::IntoIter<Quoted>>,
        least_words: usize,
    ) {
        let first = self.units.len();
        let number = u32::try_from(self.paragraphs.len()).unwrap_or(u32::MAX);
        let mut at = paragraph.start;
        let mut quoted_until = 0;
        while at < paragraph.end {
            if let Some(quotation) = quotations.next_if(|next| next.tokens.start <= at) {
                let within = sheet.tokens.get(quotation.tokens.clone()).unwrap_or_default();
                if let Some(unit) = self.quotation(within, quotation.continues, least_words) {
                    self.units.push(Unit { paragraph: number, ..unit });
                    at = quotation.tokens.end.max(at + 1);
                    continue;
                }
                quoted_until = quotation.tokens.end;
            }
            self.units.push(Unit { paragraph: number, quoted: at < quoted_until, ..sheet.units[at] });
            at += 1;
        }
        self.paragraphs.push(first..self.units.len());
        self.split_sentences(first);
    }

    fn quotation(&self, tokens: &[Token], runs_on: bool, least_words: usize) -> Option<Unit> {
        let words =
            tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)).count();
        let (first, last) = (tokens.first()?, tokens.last()?);
        let before_mark = tokens.iter().rev().nth(usize::from(!runs_on))?;
        let ending = match before_mark.kind {
            _ if runs_on => Ending::RunsOn,
            TokenKind::Stop if self.slice(before_mark).starts_with('.') => Ending::Stop,
            TokenKind::Stop => Ending::Cry,
            _ if self.slice(before_mark) == "," => Ending::Comma,
            _ => Ending::Open,
        };
        if words == 0 || words < least_words && ending == Ending::Open {
            return None;
        }
        let inside = tokens.get(1).map(|token| self.slice(token)).unwrap_or_default();
        let length = [2, 4, 9, 20].iter().filter(|limit| words >= **limit).count() as u32;
        Some(Unit {
            span: Span { start: first.start, end: last.end },
            kind: Kind::Quotation(ending),
            word: hash::mix(7 + length, ending as u32),
            stem: 7 + ending as u32,
            suffix: hash::mix(7, length),
            class: open::QUOTATION,
            shape: open::QUOTATION_SHAPES + ending as u8,
            capital: inside.starts_with(char::is_uppercase),
            words: words as u32,
            ..Unit::NOTHING
        })
    }

    fn slice(&self, token: &Token) -> &'text str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// Cuts the units from `first` on, one paragraph, into sentences.
    fn split_sentences(&mut self, first: usize) {
        let mut start = first;
        for at in first..self.units.len() {
            self.units[at].sentence = u32::try_from(self.sentences.len()).unwrap_or(u32::MAX);
            if at == start && self.units[at].class == open::CAPITAL {
                self.units[at].class = open::FIRST;
            }
            let last = at + 1 == self.units.len();
            if last || at + 1 - start >= LONGEST_SENTENCE || self.ends_sentence(at) {
                self.sentences.push(start..at + 1);
                start = at + 1;
            }
        }
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let next = self.unit(at + 1);
        let opens = next.capital || matches!(next.kind, Kind::Number | Kind::Quotation(_) | Kind::Mark);
        match self.unit(at).kind {
            Kind::Stop => opens && (next.kind != Kind::Mark || !self.text_touches(at)),
            // A closing mark of a short quotation behind a full stop.
            Kind::Mark => self.near(at, -1).kind == Kind::Stop && opens && self.touches_before(at),
            Kind::Quotation(Ending::Stop) => opens,
            Kind::Quotation(Ending::Cry) => opens && !self.cue_follows(at),
            _ => false,
        }
    }

    fn text_touches(&self, at: usize) -> bool {
        self.unit(at).span.end == self.unit(at + 1).span.start
    }

    fn touches_before(&self, at: usize) -> bool {
        at > 0 && self.text_touches(at - 1)
    }

    /// `"Really?" Holm asked.`
    fn cue_follows(&self, at: usize) -> bool {
        (at + 1..at + 6)
            .map(|next| self.unit(next))
            .take_while(|unit| !matches!(unit.kind, Kind::Stop | Kind::Quotation(_)))
            .any(|unit| unit.frames & lexicon::frame::INVERTED > 0)
    }
}
