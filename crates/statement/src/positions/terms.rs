//! Terms: "only if", "on condition that", "unless". What somebody will do on terms is neither offered nor refused.

use super::{Teller, is_state, stances};
use crate::hash::{self, is_one};
use crate::lexicon::class;
use crate::page::open;
use crate::positions::issue;
use news::{Position, Stance};
use std::ops::Range;

/// Words that open terms behind what will be done.
const TERMS: &[&[&str]] = &[
    &["only", "if"],
    &["only", "when"],
    &["only", "after"],
    &["only", "once"],
    &["but", "only", "if"],
    &["on", "condition"],
    &["on", "the", "condition"],
    &["on", "one", "condition"],
    &["provided", "that"],
    &["as", "long", "as"],
    &["so", "long", "as"],
    &["in", "exchange", "for"],
    &["in", "return", "for"],
];
/// And behind what will not be done.
const UNLESS: &[&[&str]] = &[&["unless"], &["until"]];

impl Teller<'_> {
    /// The stance that stays of a stance when the sentence goes on with terms.
    pub(super) fn on_terms(&self, stance: Stance, from: usize, end: usize) -> Stance {
        let opens = |known: &[&[&str]]| (from..end).any(|at| self.opens(known, at));
        match stance {
            Stance::Agrees if self.is_found_wanting(from, end) => Stance::Conditions,
            Stance::Offers | Stance::Agrees if opens(TERMS) => Stance::Conditions,
            Stance::Offers | Stance::Agrees | Stance::Rejects if opens(UNLESS) => Stance::Conditions,
            stance => stance,
        }
    }

    /// "WELCOMED the offer BUT said it did NOT meet his demand": a welcome that leaves something open.
    fn is_found_wanting(&self, from: usize, end: usize) -> bool {
        let word = |at: usize| self.page.unit(at).word;
        let welcome = from.checked_sub(1).map(word).is_some_and(|word| {
            is_one!(word, "welcome" | "welcomes" | "welcomed" | "welcoming" | "hail" | "hails" | "hailed")
        });
        let but = (from..end).find(|at| self.page.unit(*at).class == class::BUT);
        let short = |at: usize| is_one!(word(at), "short" | "insufficient");
        welcome
            && but.is_some_and(|but| {
                (but..end).any(|at| self.page.unit(at).class == class::NEGATION || short(at))
            })
    }

    /// An issue without the terms that it runs into.
    pub(super) fn before_terms(&self, issue: Range<usize>) -> Range<usize> {
        let end = issue.clone().skip(1).find(|at| self.opens(TERMS, *at) || self.opens(UNLESS, *at));
        issue.start..end.unwrap_or(issue.end)
    }

    /// "Orrunda will withdraw only if Selmara disarms", "will only withdraw if".
    pub(super) fn conditioned(
        &self,
        sentence: &Range<usize>,
        phrases: &[Range<usize>],
        at: usize,
    ) -> Option<Position> {
        let word = |at: usize| self.page.unit(at).word;
        if !is_one!(word(at), "will" | "would" | "'ll") {
            return None;
        }
        let only = is_one!(word(at + 1), "only");
        let verb = at + 1 + usize::from(only);
        let acts = self.page.unit(verb);
        if acts.class != open::LOWER || is_state(&acts) || stances::at(self.page, verb).is_some() {
            return None;
        }
        let terms = (verb + 1..sentence.end)
            .any(|next| self.opens(TERMS, next) || only && is_one!(word(next), "if" | "when"));
        let led = self.led(sentence, phrases, at).filter(|led| terms && !led.negated)?;
        let issue = issue::deed(self.page, verb, sentence.end)?;
        self.position(self.who(&led.actor, at)?, Stance::Conditions, issue, at..verb, sentence)
    }

    fn opens(&self, known: &[&[&str]], at: usize) -> bool {
        let fits = |words: &[&str]| {
            (0..).zip(words).all(|(more, word)| self.page.unit(at + more).word == hash::word(word))
        };
        known.iter().any(|words| fits(words))
    }
}
