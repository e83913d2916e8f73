//! Phrases of time among the words of a text: what is said, not yet when it was.

use super::is_ahead;
use super::lexicon::{Lexicon, has};
use crate::terms::lower;
use crate::token::{Token, TokenKind};
use news::Span;
use std::borrow::Cow;

/// A phrase of time and the words it is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) from: usize,
    pub(super) end: usize,
    pub(super) says: Says,
    /// The words around it speak of what is to come.
    pub(super) ahead: bool,
}

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Says {
    /// A day of a month, of a year or of the nearest.
    Day {
        day: i8,
        month: i8,
        year: Option<i16>,
    },
    Month {
        month: i8,
        year: Option<i16>,
        turn: Turn,
    },
    Year(i16),
    /// Monday is zero.
    Weekday {
        weekday: i8,
        turn: Turn,
    },
    /// Days from the publication.
    Near(i32),
    /// This, the last or the next week, month or year.
    Whole {
        unit: Unit,
        turn: Turn,
    },
    /// So many units before (less than zero) or after the publication, or the time told before.
    Away {
        count: i32,
        unit: Unit,
        from_publication: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Last,
    This,
    Next,
    Unsaid,
}

/// The words of a text with their lexicon.
pub(super) struct Words<'a> {
    text: &'a str,
    spans: Vec<(Span, TokenKind, Cow<'a, str>)>,
    pub(super) lexicon: &'static Lexicon,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str, tokens: &[Token], lexicon: &'static Lexicon) -> Self {
        let bare = |token: &Token| {
            let word = token.span.of(text);
            let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            (Span { start: token.span.start, end: token.span.start + bare.len() as u32 }, bare)
        };
        let spans = tokens.iter().map(|token| {
            let (span, word) = bare(token);
            let lower = lower(word);
            (span, token.kind, if lower.contains('’') { lower.replace('’', "'").into() } else { lower })
        });
        Self { text, spans: spans.collect(), lexicon }
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.spans.get(at).map_or("", |(_, _, word)| word)
    }

    pub(super) fn span(&self, from: usize, end: usize) -> Span {
        let (first, last) = (&self.spans[from].0, &self.spans[end - 1].0);
        Span { start: first.start, end: last.end }
    }

    /// What stands between the words `at - 1` and `at`.
    fn gap(&self, at: usize) -> &str {
        let (Some(before), Some(word)) =
            (at.checked_sub(1).and_then(|at| self.spans.get(at)), self.spans.get(at))
        else {
            return "\n";
        };
        self.text.get(before.0.end as usize..word.0.start as usize).unwrap_or("\n")
    }

    /// Whether nothing between two words ends a sentence; bounded by the few words between them.
    pub(super) fn same_sentence(&self, from: usize, to: usize) -> bool {
        let parts = |at: usize| {
            let gap = self.gap(at);
            gap.contains(['\n', '!', '?', ';']) || gap.contains(". ") && self.lower(at - 1).len() > 4
        };
        !(from + 1..=to).any(parts)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.spans.get(at).is_some_and(|(span, ..)| span.of(self.text).starts_with(char::is_uppercase))
    }

    fn is_figure(&self, at: usize) -> bool {
        self.spans.get(at).is_some_and(|(_, kind, _)| *kind == TokenKind::Number)
    }

    /// Whether the words up to `at` are one phrase: parted by no more than a space, a comma, a point or a hyphen.
    fn joined(&self, at: usize) -> bool {
        at < self.len() && matches!(self.gap(at), " " | ", " | ". " | "-" | "\u{a0}" | " - " | "")
    }

    fn month(&self, at: usize) -> Option<i8> {
        let known = (1..).zip(self.lexicon.months).find(|(_, words)| has(words, self.lower(at)));
        known.map(|(month, _)| month).filter(|_| !self.lexicon.capitals || self.is_capital(at))
    }

    fn weekday(&self, at: usize) -> Option<i8> {
        let known = (0..).zip(self.lexicon.weekdays).find(|(_, words)| has(words, self.lower(at)));
        known.map(|(day, _)| day).filter(|_| !self.lexicon.capitals || self.is_capital(at))
    }

    /// `26`, `26th`, `1er`.
    fn day(&self, at: usize) -> Option<i8> {
        let (_, kind, word) = self.spans.get(at)?;
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '-');
        let rest = word.get(digits.len()..).unwrap_or_default();
        let fits = *kind == TokenKind::Number
            && matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | "-го" | "го");
        digits.parse().ok().filter(|day| fits && (1..=31).contains(day))
    }

    fn year(&self, at: usize) -> Option<i16> {
        let word = self.lower(at);
        word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
    }

    fn count(&self, at: usize) -> Option<i32> {
        let word = self.lower(at);
        let known =
            (1..).zip(self.lexicon.numbers).find(|(_, words)| has(words, word)).map(|(number, _)| number);
        known.or_else(|| word.parse().ok().filter(|number| (1..=400).contains(number)))
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        let word = self.lower(at);
        let units = [
            (self.lexicon.day, Unit::Day),
            (self.lexicon.week, Unit::Week),
            (self.lexicon.month, Unit::Month),
            (self.lexicon.year, Unit::Year),
        ];
        units.into_iter().find(|(words, _)| has(words, word)).map(|(_, unit)| unit)
    }

    fn turn(&self, at: usize) -> Option<Turn> {
        let word = self.lower(at);
        let turns = [
            (self.lexicon.last, Turn::Last),
            (self.lexicon.this, Turn::This),
            (self.lexicon.next, Turn::Next),
        ];
        turns.into_iter().find(|(words, _)| has(words, word)).map(|(_, turn)| turn)
    }
}

/// The phrase that begins with the word `at`.
pub(super) fn at(words: &Words, at: usize) -> Option<Phrase> {
    let found = numeric(words, at)
        .or_else(|| day_first(words, at))
        .or_else(|| month_first(words, at))
        .or_else(|| turned(words, at))
        .or_else(|| away(words, at))
        .or_else(|| weekday(words, at))
        .or_else(|| near(words, at))
        .or_else(|| year(words, at));
    let (end, says) = found?;
    Some(Phrase { from: at, end, says, ahead: is_ahead(words, at, words.lexicon) })
}

type Found = Option<(usize, Says)>;

/// `2022-09-26`, `26.09.2022`.
fn numeric(words: &Words, at: usize) -> Found {
    let iso = || {
        let year = words.year(at)?;
        let number = |at: usize| words.lower(at).parse::<i8>().ok().filter(|_| words.gap(at) == "-");
        let (month, day) = (number(at + 1)?, number(at + 2)?);
        Some((at + 3, Says::Day { day, month, year: Some(year) }))
    };
    let dotted = || {
        let parts: Vec<&str> = words.lower(at).split('.').collect();
        let [day, month, year] = parts[..] else { return None };
        let year: i16 = year.parse().ok().filter(|year| (1900..2100).contains(year))?;
        Some((at + 1, Says::Day { day: day.parse().ok()?, month: month.parse().ok()?, year: Some(year) }))
    };
    iso().or_else(dotted)
}

/// `26 February 2022`, `26. Februar`, `26 de febrero de 2022`, `26 февраля`.
fn day_first(words: &Words, at: usize) -> Found {
    let day = words.day(at)?;
    let mut next = at + 1;
    if !words.joined(next) {
        return None;
    }
    if has(words.lexicon.of, words.lower(next)) {
        next += 1;
    }
    let month = words.month(next).filter(|_| words.joined(next))?;
    let (end, year) = behind(words, next + 1);
    Some((end, Says::Day { day, month, year }))
}

/// The year behind a month, if one is told.
fn behind(words: &Words, mut at: usize) -> (usize, Option<i16>) {
    let end = at;
    if words.joined(at) && has(words.lexicon.of, words.lower(at)) {
        at += 1;
    }
    match words.year(at).filter(|_| words.joined(at)) {
        Some(year) => (at + 1, Some(year)),
        None => (end, None),
    }
}

/// `Feb. 26, 2022`, `Sept 2022`, and a month alone behind a word that makes it a time.
fn month_first(words: &Words, at: usize) -> Found {
    let month = words.month(at)?;
    let leads = words.lexicon.month_before_day && words.joined(at + 1);
    if let Some(day) = words.day(at + 1).filter(|_| leads) {
        let (end, year) = behind(words, at + 2);
        return Some((end, Says::Day { day, month, year }));
    }
    let (end, year) = behind(words, at + 1);
    let before = at.checked_sub(1).map_or("", |before| words.lower(before));
    let cued = has(words.lexicon.cues, before) && words.joined(at);
    let turn = at.checked_sub(1).filter(|_| words.joined(at)).and_then(|before| words.turn(before));
    // `May` and `mars` are words, too.
    (year.is_some() || cued).then_some((end, Says::Month { month, year, turn: turn.unwrap_or(Turn::Unsaid) }))
}

/// `last week`, `la semaine dernière`, `на прошлой неделе`, `next Tuesday`.
fn turned(words: &Words, at: usize) -> Found {
    let pair = |turn: usize, what: usize| {
        let turn = words.turn(turn)?;
        let says = match (words.unit(what), words.weekday(what)) {
            (Some(Unit::Day), _) => return None,
            (Some(unit), _) => Says::Whole { unit, turn },
            (None, Some(weekday)) => Says::Weekday { weekday, turn },
            (None, None) => return None,
        };
        Some((at + 2, says))
    };
    words.joined(at + 1).then(|| pair(at, at + 1).or_else(|| pair(at + 1, at))).flatten()
}

/// `three days ago`, `vor drei Tagen`, `il y a trois jours`, `hace tres días`, `two days earlier`.
fn away(words: &Words, at: usize) -> Found {
    let (count, unit) = (words.count(at)?, words.unit(at + 1).filter(|_| words.joined(at + 1))?);
    let behind = if words.joined(at + 2) { words.lower(at + 2) } else { "" };
    let before = at.checked_sub(1).filter(|_| words.joined(at)).map_or("", |before| words.lower(before));
    // `plus tôt`, `plus tard`.
    let (behind, length) = if behind == "plus" { (words.lower(at + 3), 4) } else { (behind, 3) };
    let from_publication =
        |count: i32, end: usize| Some((end, Says::Away { count, unit, from_publication: true }));
    let from_before = |count: i32| Some((at + length, Says::Away { count, unit, from_publication: false }));
    if !words.lexicon.ago.is_empty() && has(words.lexicon.ago, behind) {
        from_publication(-count, at + 3)
    } else if !words.lexicon.since.is_empty() && has(words.lexicon.since, before) {
        from_publication(-count, at + 2)
    } else if has(words.lexicon.earlier, behind) {
        from_before(-count)
    } else if has(words.lexicon.later, behind) {
        from_before(count)
    } else {
        None
    }
}

fn weekday(words: &Words, at: usize) -> Found {
    let weekday = words.weekday(at)?;
    // `Tuesday, May 20` is told by its date.
    let dated =
        words.joined(at + 1) && (day_first(words, at + 1).is_some() || month_first(words, at + 1).is_some());
    (!dated).then_some((at + 1, Says::Weekday { weekday, turn: Turn::Unsaid }))
}

fn near(words: &Words, at: usize) -> Found {
    let word = words.lower(at);
    let &(_, days) = words.lexicon.days.iter().find(|(known, _)| *known == word)?;
    let before = at.checked_sub(1).map_or("", |before| words.lower(before));
    // `por la mañana`, `am Morgen`: in the morning.
    let morning =
        matches!(word, "mañana" | "morgen") && (before == "la" || before == "de" || words.is_capital(at));
    (!morning).then_some((at + 1, Says::Near(days)))
}

/// A year alone: behind a word that makes it one, or in front of the word *year*.
fn year(words: &Words, at: usize) -> Found {
    let year = words.year(at)?;
    let named = words.joined(at + 1) && words.unit(at + 1) == Some(Unit::Year) && !words.lexicon.capitals;
    let before = at.checked_sub(1).filter(|_| words.joined(at)).map_or("", |before| words.lower(before));
    // `2,014 of 2022 houses` counts: a figure in front of "of" is a part of what stands behind.
    let part =
        has(words.lexicon.of, before) && at.checked_sub(2).is_some_and(|figure| words.is_figure(figure));
    let cued = has(words.lexicon.cues, before) && !part;
    (named || cued).then_some((at + 1, Says::Year(year)))
}
