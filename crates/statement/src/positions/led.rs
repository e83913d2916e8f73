//! Who stands in front of a stance's words: over auxiliaries, adverbs, days and asides, alone or in a list.

use super::{CUE_WITHIN, Teller, stances};
use crate::hash::{self, is_one};
use crate::lexicon::class;
use crate::page::{Kind, Unit, open};
use std::ops::Range;

/// Units between who did one thing and the "and" of the next.
const JOINED_WITHIN: usize = 20;

/// Who takes a stance, before anybody knows the name.
pub(super) struct Led {
    pub(super) actor: Range<usize>,
    pub(super) negated: bool,
}

impl Teller<'_> {
    /// An actor with those before it in a list: "Britain, France and Canada".
    pub(super) fn together(&self, actor: &Range<usize>, phrases: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut all = vec![actor.clone()];
        let Some(mut index) = phrases.iter().position(|phrase| phrase == actor) else { return all };
        while index > 0 && all.len() < 6 {
            let before = &phrases[index - 1];
            let link = self.page.unit(before.end);
            let linked = link.class == class::AND
                || link.kind == Kind::Comma
                    && (all.len() > 1 || self.page.unit(before.end + 1).class == class::AND);
            let gap = phrases[index].start - before.end;
            let list = all.len() > 1 || link.class == class::AND;
            if !(linked && list && gap <= 2) {
                break;
            }
            all.push(before.clone());
            index -= 1;
        }
        all
    }

    /// The actor in front of a stance's words, over auxiliaries, adverbs and days.
    pub(super) fn led(&self, sentence: &Range<usize>, phrases: &[Range<usize>], at: usize) -> Option<Led> {
        let mut negated = false;
        let mut back = at;
        let mut comma = false;
        while back > sentence.start && at - back < CUE_WITHIN {
            back -= 1;
            let unit = self.page.unit(back);
            if let Some(actor) = phrases.iter().find(|phrase| phrase.contains(&back)) {
                let possessive = matches!(self.page.words(actor.end - 1), "'s" | "’s");
                let before = actor.start.checked_sub(1).map_or(Unit::NOTHING, |at| self.page.unit(at));
                // "if Lorvane agrees", "whether it will accept", "that would make Lorvane accept"
                let supposed = is_one!(
                    before.word,
                    "if" | "whether"
                        | "unless"
                        | "until"
                        | "once"
                        | "why"
                        | "how"
                        | "should"
                        | "make"
                        | "let"
                );
                // "selling to Holm agrees": who stands behind a preposition does not act.
                let object = matches!(before.class, class::PREPOSITION | class::TO);
                let many = actor.len() > 1
                    || self.page.words(actor.start).ends_with('s')
                    || self.together(actor, phrases).len() > 1;
                let first = matches!(self.page.unit(actor.start).class, class::SUBJECT | class::ME);
                let bare = self.is_bare(at) && back + 1 == at && !many && !first;
                let unsure = self.is_hoped(actor) || self.is_weather(actor);
                return (!possessive && !supposed && !object && !bare && !unsure)
                    .then(|| Led { actor: actor.clone(), negated });
            }
            match unit.class {
                class::NEGATION => negated = true,
                class::HAVE | class::DO | class::ADVERB | open::LY | class::DAY => {}
                class::MODAL
                    if !matches!(
                        self.page.words(back),
                        "would" | "could" | "might" | "may" | "should" | "must" | "can"
                    ) => {}
                class::BE if !self.page.words(at).ends_with("ed") => {}
                class::PREPOSITION if self.page.unit(back + 1).class == class::DAY => {}
                class::ME => return Some(Led { actor: back..back + 1, negated }),
                // "had not yet agreed"
                class::BUT if is_one!(unit.word, "yet") => {}
                class::AND | class::BUT if back + 1 == at => {
                    let actor = self.doer(sentence, phrases, back)?;
                    return Some(Led { actor, negated });
                }
                _ if unit.kind == Kind::Comma && !comma => {
                    comma = true;
                    back = (sentence.start..back).rev().find(|at| self.page.unit(*at).kind == Kind::Comma)?;
                }
                _ => return None,
            }
            negated |= self.page.words(back).ends_with("n't") || self.page.words(back).ends_with("n’t");
        }
        None
    }

    /// "let Lorvane OFFER": a verb without an ending, which no one actor has in the third person.
    fn is_bare(&self, at: usize) -> bool {
        let word = self.page.words(at);
        let unit = self.page.unit(at);
        unit.class != class::BE
            && !matches!(word, "ready" | "no")
            && unit.class != class::MODAL
            && !["s", "d", "ing", "n", "t"].iter().any(|end| word.ends_with(end))
            && unit.class != class::NEGATION
    }

    /// "Holm rejected a freeze and RULED OUT": who did the last thing told in the same form.
    fn doer(&self, sentence: &Range<usize>, phrases: &[Range<usize>], and: usize) -> Option<Range<usize>> {
        let ending = |at: usize| self.page.words(at).chars().next_back();
        let form = ending(and + 1).filter(|form| matches!(form, 's' | 'd'))?;
        let did = |phrase: &&Range<usize>| {
            let verb = (phrase.end..phrase.end + 3)
                .find(|at| self.page.unit(*at).group > 0 || stances::at(self.page, *at).is_some());
            phrase.end < and
                && phrase.end + JOINED_WITHIN > and
                && phrase.start >= sentence.start
                && verb.is_some_and(|verb| verb < and && ending(verb) == Some(form))
        };
        phrases.iter().rev().find(did).cloned()
    }

    /// "guarantees that LORVANE will not", "fears Lorvane will": what is hoped or feared of somebody.
    fn is_hoped(&self, actor: &Range<usize>) -> bool {
        let before = |distance: isize| self.page.near(actor.start, -distance);
        let noun = if before(1).class == class::THAT { before(2) } else { before(1) };
        ["guarantee", "assurance", "fear", "hope", "doubt", "worry", "ensure", "sure", "certain"].iter().any(
            |word| {
                hash::word(word) == noun.stem || hash::word(word) == noun.word || plural_of(word) == noun.word
            },
        )
    }

    /// A storm threatens nobody with a stance.
    fn is_weather(&self, actor: &Range<usize>) -> bool {
        ["hurricane", "storm", "typhoon", "cyclone", "wildfire", "wildfires", "heatwave", "floods", "drought"]
            .iter()
            .any(|word| actor.clone().any(|at| self.page.unit(at).word == hash::word(word)))
    }
}

fn plural_of(noun: &str) -> u32 {
    hash::word(&crate::lexicon::plural(noun))
}
