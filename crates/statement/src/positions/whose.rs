//! Whose stance it is: a name, a state for its capital, an office, or the speaker behind "we". What one side says of
//! another's stance is a claim of theirs and gives nobody a position.

use super::{Teller, overlaps};
use crate::acts::actors;
use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, open};
use news::{Attribution, QuoteKind};
use std::ops::Range;

/// Who takes a position: by name or by office.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Who {
    Named(String),
    Office(Range<usize>),
}

impl Teller<'_> {
    /// Whose stance it is: the speaker for "we" and "he", a name, a state for its capital, or an office.
    pub(super) fn who(&self, actor: &Range<usize>, at: usize) -> Option<Who> {
        let first = self.page.unit(actor.start);
        let content = self.content_of(at);
        let direct = content.is_some_and(|said| said.kind != QuoteKind::Indirect);
        if actor.len() == 1 && matches!(first.class, class::SUBJECT | class::ME | class::IT) {
            let own = first.class == class::ME || is_one!(first.word, "we");
            // "He won't agree" inside a quotation is said of somebody else.
            return if own == direct { self.speaker(at).or_else(|| self.source(actor)) } else { None };
        }
        // What one says of another's stance is a claim of theirs, and no position of the other's.
        let named = self.named(actor)?;
        let claimed = content.is_some_and(|said| self.voice(said).as_ref() != Some(&named));
        let told = content.is_none() && self.is_told_by_another(at);
        (!claimed && !told).then_some(named)
    }

    /// Whom the words for an actor mean, wherever they stand: the speaker behind "he", a name, a state, an office.
    pub(crate) fn meant(&self, actor: &Range<usize>) -> Option<Who> {
        let first = self.page.unit(actor.start).class;
        if actor.len() == 1 && matches!(first, class::SUBJECT | class::ME | class::IT) {
            return self.source(actor).or_else(|| self.own_voice(actor));
        }
        self.named(actor)
    }

    /// "We" in somebody's very words is who says them.
    fn own_voice(&self, actor: &Range<usize>) -> Option<Who> {
        let unit = self.page.unit(actor.start);
        let own = unit.class == class::ME || is_one!(unit.word, "we");
        let direct = self.content_of(actor.start).is_some_and(|said| said.kind != QuoteKind::Indirect);
        (own && direct).then(|| self.speaker(actor.start)).flatten()
    }

    /// "..., an official said", "... — Kremlin": the whole sentence is somebody's, though no statement was found in it.
    pub(crate) fn is_told_by_another(&self, at: usize) -> bool {
        let Some(sentence) = self.page.sentences.get(self.page.unit(at).sentence as usize) else {
            return false;
        };
        let word = |at: usize| self.page.unit(at).word;
        let comma = (at..sentence.end).find(|at| self.page.unit(*at).kind == Kind::Comma);
        let said = comma.is_some_and(|comma| {
            // ", and said": the one who acts says more.
            let own = |at: usize| matches!(self.page.unit(at - 1).class, class::AND | class::BUT);
            (comma + 1..sentence.end.min(comma + 40))
                .any(|at| is_one!(word(at), "said" | "says" | "claims" | "claimed") && !own(at))
        });
        let dash = (at..sentence.end).any(|at| self.page.unit(at).class == open::DASH);
        let headline = !matches!(self.page.unit(sentence.end - 1).kind, Kind::Stop);
        said || dash && headline
            || sentence.clone().any(|at| is_one!(word(at), "according" | "reportedly" | "allegedly"))
    }

    pub(super) fn named(&self, actor: &Range<usize>) -> Option<Who> {
        if let Some(beside) = self.beside(actor) {
            return Some(beside);
        }
        let last = self.page.unit(actor.end - 1);
        let words = self.page.span(actor.clone()).of(self.page.text);
        if let Some(body) = actors::stands_for(words) {
            return Some(Who::Named(body));
        }
        if actors::is_group(&last) {
            return self.group(actor);
        }
        // The name that ends the phrase: "Foreign Minister ADA HOLM", but not "Holm" of "Holm's lawyer".
        let mut own = self
            .cast()
            .mentions
            .iter()
            .filter(|(units, _)| units.end == actor.end && units.start >= actor.start);
        let (units, member) = own.next()?;
        let of = (actor.start..units.start).any(|at| self.page.unit(at).class == class::PREPOSITION);
        let name = &self.cast().members.get(*member)?.name;
        let people = name.split(' ').all(|word| actors::state_of(word).is_some());
        (!of && !people).then(|| known_as(name))
    }

    /// "the Lorvane government", "Brennmark's foreign minister", "Trump administration".
    pub(super) fn group(&self, actor: &Range<usize>) -> Option<Who> {
        let last = self.page.words(actor.end - 1).to_lowercase();
        let state = actor.clone().find_map(|at| {
            let word = self.page.words(at);
            actors::state_of(word).or_else(|| actors::stands_for(word))
        });
        let body = matches!(
            last.as_str(),
            "government" | "administration" | "authorities" | "officials" | "ministry" | "delegation"
        );
        if let (Some(state), true) = (state, body) {
            return Some(Who::Named(state));
        }
        let name =
            actor.clone().any(|at| self.page.unit(at).capital && self.page.unit(at).class >= class::END);
        if body && name {
            let bare = actor
                .clone()
                .find(|at| !matches!(self.page.unit(*at).class, class::ARTICLE | class::POSSESSIVE))?;
            return Some(Who::Named(self.page.span(bare..actor.end).of(self.page.text).to_owned()));
        }
        (actor.len() > 1).then(|| Who::Office(actor.clone()))
    }

    /// "the foreign minister, LEONOR VASQUEN,": a name beside an office.
    pub(super) fn beside(&self, actor: &Range<usize>) -> Option<Who> {
        let office = matches!(self.page.unit(actor.end - 1).class, class::TITLE)
            || actors::is_group(&self.page.unit(actor.end - 1));
        let comma = self.page.unit(actor.end).kind == Kind::Comma;
        let at = actor.end + usize::from(comma);
        let (units, member) = self.cast().mentions.iter().find(|(units, _)| units.contains(&at))?;
        let closed = !comma || self.page.unit(units.end).kind == Kind::Comma;
        (office && closed && units.start == at).then(|| known_as(&self.cast().members[*member].name))
    }

    /// Who says the words at `at`.
    pub(super) fn speaker(&self, at: usize) -> Option<Who> {
        self.content_of(at).and_then(|said| self.voice(said))
    }

    pub(crate) fn content_of(&self, at: usize) -> Option<&Attribution> {
        let span = self.page.unit(at).span;
        self.said.iter().find(|said| said.content.iter().any(|content| overlaps(*content, span)))
    }

    /// Who is behind "he", when it is a source of something said.
    pub(super) fn source(&self, actor: &Range<usize>) -> Option<Who> {
        let span = self.page.span(actor.clone());
        let said = self.said.iter().find(|said| said.source.iter().any(|source| overlaps(*source, span)))?;
        self.voice(said)
    }

    pub(crate) fn voice(&self, said: &Attribution) -> Option<Who> {
        if said.negated {
            return None;
        }
        let named = said.speaker.as_deref().map(known_as);
        named.or_else(|| {
            said.office.map(|office| Who::Office(crate::acts::training::units(self.page, office)))
        })
    }
}

/// The name that a mention is filed under: a state for its capital, a person without "of Lorvane".
fn known_as(name: &str) -> Who {
    if let Some(state) = actors::stands_for(name) {
        return Who::Named(state);
    }
    let short = name.strip_prefix("State ").unwrap_or(name);
    let person = short
        .split_once(" of ")
        .filter(|(person, of)| person.contains(' ') || actors::stands_for(of).is_some());
    Who::Named(person.map_or(short, |(person, _)| person).to_owned())
}
