//! Which verb is whose: an actor, the verb that follows it over auxiliaries and asides, and whom it is aimed at.
//! Headlines and plain sentences alike; passives turned round; what "he says he will" announces is his.
//!
//! In: a sentence in units with its marks. Out: [`Clause`]s. A verb that knows no act and no kind opens none.

use crate::acts::actors;
use crate::acts::words::{CLASS_BITS, Mark, kind};
use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, Page, open};
use news::{ActClass, Modality};
use std::ops::Range;

/// Units between an actor and its verb.
const VERB_WITHIN: usize = 22;
/// Units between a verb and whom it is aimed at.
const TARGET_WITHIN: usize = 16;
/// Units between a noun of an act and "between".
const NOUN_WITHIN: usize = 4;
/// Clauses of one sentence.
const MOST: usize = 12;

pub(crate) const WILL: u32 = 1;
pub(crate) const MAY: u32 = 2;
pub(crate) const DENIES: u32 = 4;
const NOT: u32 = 8;

/// An act before its class is known.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) actor: Range<usize>,
    pub(crate) target: Option<Range<usize>>,
    pub(crate) cue: Range<usize>,
    /// The cue and what stands between it and the target.
    pub(crate) words: Range<usize>,
    pub(crate) negated: bool,
    pub(crate) modality: Modality,
    /// Its words alone tell its class: an "and" joins it to an act whose words stand nearer to the actor, or it is a
    /// noun that two share.
    pub(crate) alone: bool,
}

/// The clauses of a sentence in which somebody acts.
pub(crate) fn clauses(page: &Page, marks: &[Mark], sentence: &Range<usize>) -> Vec<Clause> {
    let reader = Reader { page, marks, end: sentence.end, phrases: actors::phrases(page, sentence) };
    let mut found: Vec<Clause> = Vec::new();
    let all = 0..reader.phrases.len();
    // What two share first, so that nobody is taken to do alone what the same noun tells.
    let shared: Vec<Clause> = all.clone().filter_map(|index| reader.between(index)).collect();
    for told in std::iter::once(shared).chain(all.map(|index| reader.clauses(index))) {
        for clause in told {
            if found.len() < MOST && !found.iter().any(|known| known.cue.start == clause.cue.start) {
                found.push(clause);
            }
        }
    }
    found
}

struct Reader<'a> {
    page: &'a Page<'a>,
    marks: &'a [Mark],
    end: usize,
    phrases: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn bits(&self, at: usize) -> u32 {
        if at < self.end { self.marks.get(at).map_or(0, |mark| mark.bits) } else { 0 }
    }

    /// What an actor does: its verb, and a second one that an "and" joins to it.
    fn clauses(&self, index: usize) -> Vec<Clause> {
        let Some(actor) = self.phrases.get(index) else { return Vec::new() };
        let Some((verb, led)) = self.verb(actor.end) else { return Vec::new() };
        let joined = self.joined(verb).and_then(|verb| self.clause(index, verb, 0));
        let joined = joined.map(|clause| Clause { alone: true, ..clause });
        self.clause(index, verb, led).into_iter().chain(joined).collect()
    }

    /// "Peace talks BETWEEN Lorvane and Valdoire": a noun of an act that two share.
    fn between(&self, index: usize) -> Option<Clause> {
        let (actor, target) = (self.phrases.get(index)?, self.phrases.get(index + 1)?);
        let between = actor.start.checked_sub(1)?;
        let joined = target.start == actor.end + 1 && self.page.unit(actor.end).class == class::AND;
        if !joined || !is_one!(self.page.unit(between).word, "between") {
            return None;
        }
        let near = (between.saturating_sub(NOUN_WITHIN)..between).rev();
        let same = near.take_while(|at| self.page.unit(*at).sentence == self.page.unit(between).sentence);
        let noun = same
            .take_while(|at| self.page.unit(*at).kind == Kind::Word)
            .filter(|at| self.bits(*at) & CLASS_BITS != 0)
            .last()?;
        Some(Clause {
            actor: actor.clone(),
            target: Some(target.clone()),
            cue: noun..noun + 1,
            words: noun..between,
            negated: false,
            modality: Modality::Did,
            alone: true,
        })
    }

    fn clause(&self, index: usize, verb: usize, led: u32) -> Option<Clause> {
        let actor = self.phrases.get(index)?.clone();
        let (cue, more) = self.announced(verb);
        let led = led | more;
        let phrases = self.phrases.get(index + 1..)?;
        let next = self.aim(cue, phrases);
        let reach = next.as_ref().map_or((cue + 6).min(self.end), |next| next.start);
        let words = cue..reach.max(cue + 1);
        if !words.clone().any(|at| self.bits(at) & CLASS_BITS != 0) && !self.obliges(cue) {
            return None;
        }
        let passive = self.is_passive(verb);
        let by = passive.then(|| self.by(verb, phrases)).flatten();
        let (actor, target) = match (passive, by) {
            (true, Some(by)) => (by, Some(actor)),
            // "was attacked", by whom nobody says.
            (true, None) => return None,
            (false, _) => (actor, next.or_else(|| self.partner(index))),
        };
        Some(Clause {
            actor,
            target,
            cue: cue..cue + 1,
            words,
            negated: led & NOT > 0,
            modality: super::modality(led),
            alone: false,
        })
    }

    /// "condemned the raid and PROMISED aid": a verb of the same form behind an "and", before anybody else acts.
    fn joined(&self, verb: usize) -> Option<usize> {
        let form = |at: usize| self.page.words(at).chars().next_back();
        (verb + 2..self.end).find(|at| {
            let verbal = self.bits(*at) & CLASS_BITS != 0
                && form(*at) == form(verb)
                && matches!(form(verb), Some('d' | 's'));
            verbal && self.page.unit(at - 1).class == class::AND
        })
    }

    /// The verb behind an actor, and what leads to it.
    fn verb(&self, from: usize) -> Option<(usize, u32)> {
        let mut at = from;
        let mut led = 0;
        while at < self.end && at < from + VERB_WITHIN {
            let unit = self.page.unit(at);
            match unit.class {
                _ if self.skips_aside(at).is_some() => {
                    at = self.skips_aside(at)?;
                    continue;
                }
                class::NEGATION
                | class::MODAL
                | class::HAVE
                | class::DO
                | class::BE
                | class::ADVERB
                | open::LY => {
                    led |= leading(self.page, at);
                }
                class::TO => led |= WILL,
                class::PREPOSITION if self.page.unit(at + 1).class == class::TO => {}
                class::DAY | class::PREPOSITION if self.is_when(at) => {}
                class::DAY | class::MONTH => {}
                open::NUMBER => {}
                _ if self.bits(at) != 0 && unit.kind == Kind::Word && !self.is_noun(at, led) => {
                    return Some((at, led));
                }
                _ if unit.capital || unit.kind != Kind::Word => return None,
                open::ED | open::LOWER | open::S if !self.verb_follows(at) && !self.is_noun(at, led) => {
                    return Some((at, led));
                }
                open::ED | open::LOWER | open::S => {}
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// "the ferry STRIKE goes on", "peace TALKS will": the verb is yet to come.
    fn is_noun(&self, at: usize, led: u32) -> bool {
        let next = self.page.unit(at + 1);
        let finite = ["s", "ed"].iter().any(|end| self.page.words(at).ends_with(end));
        let verb = ["s", "ed"].iter().any(|end| self.page.words(at + 1).ends_with(end))
            && (next.group > 0 || self.bits(at + 1) & CLASS_BITS != 0);
        matches!(next.class, class::BE | class::HAVE | class::MODAL)
            || led == 0 && !finite && verb && !next.capital
    }

    /// "police HELICOPTER attacked": a word that ends the actor's phrase, for its verb is next.
    fn verb_follows(&self, at: usize) -> bool {
        (at + 1..at + 3)
            .take_while(|next| !self.page.unit(*next).capital && *next < self.end)
            .take_while(|next| {
                !matches!(self.page.unit(*next).class, class::ARTICLE | class::PREPOSITION | class::TO)
            })
            .any(|next| {
                let unit = self.page.unit(next);
                matches!(unit.class, class::BE | class::HAVE | class::MODAL)
                    || unit.class == open::ED && self.bits(next) & CLASS_BITS != 0
            })
    }

    /// Whom a verb is aimed at: the next one who may act, by name before by kind ("its troops from LORVANE").
    fn aim(&self, cue: usize, phrases: &[Range<usize>]) -> Option<Range<usize>> {
        let near =
            || phrases.iter().filter(|phrase| phrase.start > cue && phrase.start <= cue + TARGET_WITHIN);
        let named = |phrase: &&Range<usize>| {
            let first = self.page.unit(phrase.start).class;
            let name = (phrase.start..phrase.end).any(|at| self.page.unit(at).capital);
            name || phrase.len() > 1 && first != class::POSSESSIVE
        };
        near().find(named).or_else(|| near().next()).cloned()
    }

    /// "on Friday", "in a statement on": a preposition with a day right behind.
    fn is_when(&self, at: usize) -> bool {
        matches!(self.page.unit(at).class, class::DAY)
            || (at + 1..at + 3).any(|next| matches!(self.page.unit(next).class, class::DAY | class::MONTH))
    }

    /// Behind an apposition: ", the foreign minister of Lorvane,".
    fn skips_aside(&self, at: usize) -> Option<usize> {
        if self.page.words(at) == "(" {
            return (at + 1..self.end.min(at + 8))
                .find(|next| self.page.words(*next) == ")")
                .map(|end| end + 1);
        }
        if self.page.unit(at).kind != Kind::Comma {
            return None;
        }
        let closing =
            (at + 1..self.end.min(at + 16)).find(|next| self.page.unit(*next).kind == Kind::Comma)?;
        let acts = (at + 1..closing)
            .any(|at| self.page.unit(at).class == open::ED && self.bits(at) & CLASS_BITS > 0);
        (!acts).then_some(closing + 1)
    }

    /// From "says it will not accept" to "accept": what one announces of oneself is one's act.
    fn announced(&self, verb: usize) -> (usize, u32) {
        if self.bits(verb) & kind::SAYING == 0 {
            return (verb, denial(self.page, verb));
        }
        let days = (verb + 1..verb + 4).take_while(|at| {
            let unit = self.page.unit(*at);
            matches!(unit.class, class::DAY | class::MONTH | open::NUMBER) || is_one!(unit.word, "on")
        });
        let verb = verb + days.count();
        let that = usize::from(self.page.unit(verb + 1).class == class::THAT);
        let own = self.page.unit(verb + 1 + that);
        if !matches!(own.class, class::SUBJECT | class::IT) {
            return (verb, 0);
        }
        match self.verb(verb + 2 + that) {
            Some((cue, led)) => (cue, led),
            None => (verb, 0),
        }
    }

    /// "said Lorvane must": somebody is told what to do.
    fn obliges(&self, verb: usize) -> bool {
        self.bits(verb) & kind::SAYING > 0
            && (verb + 1..verb + TARGET_WITHIN)
                .take_while(|at| *at < self.end)
                .any(|at| is_one!(self.page.unit(at).word, "must" | "should"))
    }

    fn is_passive(&self, verb: usize) -> bool {
        let before = |class: u8| (verb.saturating_sub(3)..verb).any(|at| self.page.unit(at).class == class);
        before(class::BE) && !before(class::TO) && !self.page.words(verb).ends_with("ing")
    }

    fn by(&self, verb: usize, phrases: &[Range<usize>]) -> Option<Range<usize>> {
        let by = (verb + 1..self.end.min(verb + TARGET_WITHIN))
            .find(|at| is_one!(self.page.unit(*at).word, "by"))?;
        phrases.iter().find(|phrase| phrase.start > by && phrase.start <= by + 2).cloned()
    }

    /// "Lorvane and Valdoire agreed": the one before the "and" is who acts together with this one.
    fn partner(&self, index: usize) -> Option<Range<usize>> {
        let before = self.phrases.get(index.checked_sub(1)?)?;
        let joined = before.end + 1 == self.phrases.get(index)?.start;
        (joined && self.page.unit(before.end).class == class::AND).then(|| before.clone())
    }
}

/// What a word before a verb adds to it.
fn leading(page: &Page, at: usize) -> u32 {
    let unit = page.unit(at);
    let not =
        unit.class == class::NEGATION || page.words(at).ends_with("n't") || page.words(at).ends_with("n’t");
    let may = is_one!(unit.word, "may" | "might" | "could" | "can" | "would" | "couldn't" | "wouldn't");
    let will = is_one!(unit.word, "will" | "shall" | "'ll" | "won't");
    (u32::from(not) * NOT) | (u32::from(may) * MAY) | (u32::from(will) * WILL)
}

fn denial(page: &Page, verb: usize) -> u32 {
    let denies = is_one!(page.unit(verb).stem, "deny");
    let of_act = page.words(verb + 1).ends_with("ing") || page.unit(verb + 1).class == class::THAT;
    u32::from(denies && of_act) * DENIES
}

/// Negation and modality from the words between an actor and its verb.
pub(crate) fn told_as(page: &Page, marks: &[Mark], units: Range<usize>) -> (bool, Modality) {
    let led = units.rev().take(6).fold(0, |led, at| {
        let to = page.unit(at).class == class::TO && marks.get(at).is_some_and(|mark| mark.bits == 0);
        led | leading(page, at) | (u32::from(to) * WILL)
    });
    (led & NOT > 0, super::modality(led))
}

/// The unit that tells a class of act between two actors: the nearest word of that class behind the actor, else
/// any word of an act, else the word behind the actor.
pub(crate) fn cue(
    page: &Page,
    marks: &[Mark],
    source: &Range<usize>,
    target: &Range<usize>,
    class: ActClass,
) -> Range<usize> {
    let inside = |at: &usize| !source.contains(at) && !target.contains(at);
    let tells = |bits: u32| move |at: &usize| marks.get(*at).is_some_and(|mark| mark.bits & bits != 0);
    let behind = || (source.end..page.units.len()).filter(inside);
    let before = || (0..source.start).rev().filter(inside);
    let own = 1 << class as u32;
    let found = behind().find(tells(own)).or_else(|| before().find(tells(own)));
    let found = found.or_else(|| behind().find(tells(CLASS_BITS))).or_else(|| behind().next());
    let at = found.unwrap_or(source.start);
    at..at + 1
}
