//! What a page tells of the people it names: offices beside a name and how it speaks of them ("Ahlsiek and HIS party").

use super::runs::is_german_office;
use super::{Cast, Gender};
use crate::hash::{self, is_one};
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use crate::tongue::{Tongue, breaks};
use std::ops::Range;

/// Units between the beginning of a sentence and a name that an office leads to.
const OPENING: usize = 9;
/// Units of an office in front of a name, and of its article and adjectives.
const OFFICE: usize = 8;
const ARTICLE_TO_OFFICE: usize = 4;
/// Units between a name and "his", and between a name and "himself".
const POSSESSIVE: usize = 20;
const REFLEXIVE: usize = 4;

const VOWELS: [char; 8] = ['a', 'e', 'i', 'o', 'u', 'é', 'è', 'h'];

/// Whether a sentence tells something of this name: it opens with it, with its office, or with an office and the name
/// between commas.
pub(crate) fn is_subject(page: &Page, name: &Range<usize>) -> bool {
    let Some(sentence) = page.sentences.get(page.unit(name.start).sentence as usize) else { return false };
    if matches!(page.words(name.end), "'s" | "’s" | "'" | "’") {
        return false;
    }
    let way = behind_dateline(page, sentence)..name.start;
    if way.len() <= 1 {
        return !{ way }.any(|at| is_preposition(&page.unit(at)));
    }
    let apart =
        page.unit(name.start - 1).kind == Kind::Comma || page.unit(name.start - 2).kind == Kind::Comma;
    let leads = opens_phrase(page, way.start) && way.len() <= OPENING;
    let commas = way.clone().filter(|at| page.unit(*at).kind == Kind::Comma).count();
    let words = way.clone().all(|at| matches!(page.unit(at).kind, Kind::Word | Kind::Comma));
    let beside = commas == 1 && apart && breaks(&page.unit(name.end));
    let before = commas == 0 && !{ way }.any(|at| is_preposition(&page.unit(at)));
    leads && words && (beside || before)
}

/// "talks WITH Ada Holm", "BETWEEN Ada Holm and Ivo Karst": who is named as somebody's company or aim, and of whom nothing
/// is told.
pub(crate) fn is_beside(page: &Page, name: &Range<usize>) -> bool {
    let sentence = page.unit(name.start).sentence;
    let before =
        |at: usize| at.checked_sub(1).map(|at| page.unit(at)).filter(|unit| unit.sentence == sentence);
    let leads = |at: usize| {
        before(at)
            .is_some_and(|unit| is_one!(unit.word, "with" | "between" | "of" | "against" | "from" | "about"))
    };
    let titled = (name.start.saturating_sub(OFFICE)..name.start)
        .rev()
        .take_while(|at| matches!(page.unit(*at).class, class::TITLE | class::ARTICLE | class::POSSESSIVE))
        .last()
        .unwrap_or(name.start);
    leads(titled) || second_between(page, name)
}

/// "between Ada Holm and IVO KARST"
fn second_between(page: &Page, name: &Range<usize>) -> bool {
    let and = name.start.checked_sub(1).filter(|at| page.unit(*at).class == class::AND);
    and.is_some_and(|and| {
        let mut way = (and.saturating_sub(OFFICE)..and).rev();
        let named = |at: &usize| page.unit(*at).capital;
        way.find(|at| !named(at))
            .is_some_and(|at| is_one!(page.unit(at).word, "between" | "with" | "against"))
    })
}

/// Where a sentence begins behind "LINDENWERTH (Meridian Press) —".
fn behind_dateline(page: &Page, sentence: &Range<usize>) -> usize {
    let shouted = page.unit(sentence.start).shape == open::CAPITALS;
    let dash = sentence.clone().take(OPENING).find(|at| page.unit(*at).class == open::DASH);
    dash.filter(|_| shouted).map_or(sentence.start, |dash| dash + 1)
}

/// Articles and possessives with which a phrase about somebody opens.
fn opens_phrase(page: &Page, at: usize) -> bool {
    is_elided(page.words(at))
        || is_one!(
            page.unit(at).word,
            "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "its"
                | "their"
                | "der"
                | "die"
                | "das"
                | "sein"
                | "seine"
                | "ihr"
                | "ihre"
                | "ein"
                | "eine"
                | "le"
                | "la"
                | "l'"
                | "un"
                | "une"
                | "son"
                | "sa"
                | "leur"
                | "el"
                | "una"
                | "su"
        )
}

fn is_preposition(unit: &Unit) -> bool {
    unit.class == class::PREPOSITION
        || unit.class == class::TO
        || is_one!(
            unit.word,
            "von"
                | "vom"
                | "mit"
                | "bei"
                | "beim"
                | "für"
                | "nach"
                | "auf"
                | "an"
                | "am"
                | "zu"
                | "zum"
                | "zur"
                | "im"
                | "aus"
                | "über"
                | "gegen"
                | "ohne"
                | "um"
                | "de"
                | "des"
                | "du"
                | "d'"
                | "à"
                | "au"
                | "aux"
                | "avec"
                | "pour"
                | "par"
                | "sur"
                | "dans"
                | "en"
                | "selon"
                | "chez"
                | "del"
                | "al"
                | "con"
                | "por"
                | "para"
                | "según"
                | "sin"
                | "с"
                | "со"
                | "у"
                | "о"
                | "об"
                | "от"
                | "до"
                | "для"
                | "по"
                | "в"
                | "во"
                | "на"
                | "к"
                | "ко"
                | "из"
                | "з"
                | "із"
                | "про"
                | "від"
        )
}

/// "l'avocate": an article that is one word with what it stands before.
fn is_elided(word: &str) -> bool {
    word.get(..1).is_some_and(|first| first.eq_ignore_ascii_case("l"))
        && word.get(1..).is_some_and(|rest| rest.starts_with(['\'', '’']))
}

/// The word at a place without an article that is one word with it.
pub(crate) fn bare(page: &Page, at: usize) -> u32 {
    let word = page.words(at);
    match word.split_once(['\'', '’']) {
        Some((_, rest)) if is_elided(word) => hash::word(rest),
        _ => page.unit(at).word,
    }
}

/// Whether a word names an office.
pub(crate) fn is_office(page: &Page, tongue: &Tongue, at: usize) -> bool {
    let unit = page.unit(at);
    unit.kind == Kind::Word
        && (tongue.is_office(&Unit { word: bare(page, at), ..unit })
            || tongue.is_german() && is_german_office(page.words(at)))
}

/// Whether a phrase at a place says which one it means: "the", "l'avocate".
pub(crate) fn is_definite(page: &Page, tongue: &Tongue, at: usize) -> bool {
    is_elided(page.words(at)) || tongue.is_definite(&page.unit(at))
}

/// What the word of an office, or its article, says of who holds it.
pub(crate) fn office_gender(page: &Page, tongue: &Tongue, at: usize) -> Gender {
    let word = page.words(at).to_lowercase();
    if tongue.is_german() {
        return match () {
            () if word.ends_with("in") => Gender::Female,
            () if word.ends_with('e') => Gender::Unknown,
            () => Gender::Male,
        };
    }
    let leads = |at: &usize| is_one!(page.unit(*at).word, "la" | "una" | "une" | "sa" | "le" | "el" | "son");
    let article = (at.saturating_sub(ARTICLE_TO_OFFICE)..at).rev().find(leads);
    match article.map(|at| page.unit(at).word) {
        Some(word) if is_one!(word, "la" | "una" | "une" | "sa") => Gender::Female,
        // "son avocate": before a vowel it says nothing.
        Some(article) if is_one!(article, "son") && word.starts_with(VOWELS) => Gender::Unknown,
        Some(word) if is_one!(word, "le" | "el" | "son") => Gender::Male,
        _ => Gender::Unknown,
    }
}

impl Cast {
    /// Takes up what the page tells of everybody it names.
    pub(super) fn learn(&mut self, page: &Page, tongue: &Tongue) {
        for index in 0..self.mentions.len() {
            let Some((units, member)) = self.mentions.get(index).cloned() else { continue };
            if tongue.is_english() {
                self.learn_thing(page, &units, member);
                self.learn_person(page, tongue, &units, member);
            } else if let Some(office) = office_beside(page, tongue, &units) {
                self.bear(page, tongue, office, member);
            }
        }
        if tongue.is_english() {
            self.learn_possessives(page);
        }
    }

    /// "THE Labour Alliance", "IN Upper Sarn": nobody goes by several names with an article, or has anything in them.
    fn learn_thing(&mut self, page: &Page, units: &Range<usize>, member: usize) {
        let before = is_one!(page.near(units.start, -1).word, "the" | "in" | "at" | "near" | "outside");
        let owner = matches!(page.words(units.end), "'s" | "’s" | "'" | "’");
        let Some(member) = self.members.get_mut(member).filter(|_| before && !owner) else { return };
        let whole = member.words.len() > 1
            && member.titles.is_empty()
            && units.clone().map(|at| page.unit(at).word).eq(member.words.iter().copied());
        member.thing |= whole && !member.person;
    }

    /// "The foreign minister, Ada Holm, said": whose office it is, is somebody.
    fn learn_person(&mut self, page: &Page, tongue: &Tongue, units: &Range<usize>, member: usize) {
        let apart =
            page.near(units.start, -1).kind == Kind::Comma && office_beside(page, tongue, units).is_some();
        if let Some(member) = self.members.get_mut(member).filter(|member| apart && !member.thing) {
            member.person = true;
        }
    }

    fn bear(&mut self, page: &Page, tongue: &Tongue, office: usize, member: usize) {
        let gender = office_gender(page, tongue, office);
        let word = bare(page, office);
        let Some(member) = self.members.get_mut(member) else { return };
        member.person = true;
        if member.gender == Gender::Unknown {
            member.gender = gender;
        }
        if !member.titles.contains(&word) {
            member.titles.push(word);
        }
    }

    /// "Ahlsiek conceded defeat after HIS party fell": unless the page says "her" of the same person elsewhere.
    fn learn_possessives(&mut self, page: &Page) {
        let mut seen = vec![(false, false); self.members.len()];
        for (index, (units, member)) in self.mentions.iter().enumerate() {
            if !is_subject(page, units) {
                continue;
            }
            let sentence = page.unit(units.start).sentence;
            let next = self.mentions.get(index + 1..).unwrap_or_default().iter();
            let mut next = next.take_while(|(units, _)| page.unit(units.start).sentence == sentence);
            let person = |member: usize| self.members.get(member).is_some_and(super::Member::may_be_person);
            let rival = next.find(|(_, other)| other != member && person(*other));
            let end = rival.map_or(page.units.len(), |(units, _)| units.start);
            if let Some(seen) = seen.get_mut(*member) {
                let (male, female) = possessives(page, units, end);
                *seen = (seen.0 | male, seen.1 | female);
            }
        }
        for (member, seen) in self.members.iter_mut().zip(seen) {
            match seen {
                (true, false) if member.gender == Gender::Unknown => member.gender = Gender::Male,
                (false, true) if member.gender == Gender::Unknown => member.gender = Gender::Female,
                _ => {}
            }
        }
    }
}

/// Whether "his" and "her" stand behind a name, of something that is the subject's own.
fn possessives(page: &Page, name: &Range<usize>, end: usize) -> (bool, bool) {
    let sentence = page.unit(name.start).sentence;
    let way =
        || (name.end..end.min(name.end + POSSESSIVE)).take_while(|at| page.unit(*at).sentence == sentence);
    let own = |at: usize| is_own(&page.unit(at + 1));
    let near = |at: usize| at < name.end + REFLEXIVE;
    let is = |at: usize, possessive: bool, reflexive: bool| possessive && own(at) || reflexive && near(at);
    let male = way().any(|at| {
        let word = page.unit(at).word;
        is(at, is_one!(word, "his"), is_one!(word, "himself"))
    });
    let female = way().any(|at| {
        let word = page.unit(at).word;
        is(at, is_one!(word, "her"), is_one!(word, "herself"))
    });
    (male, female)
}

/// What a sentence says to be its subject's own more often than somebody else's.
fn is_own(unit: &Unit) -> bool {
    unit.capital && unit.class >= class::END && unit.class != open::CLITIC
        || is_one!(
            unit.word,
            "party"
                | "government"
                | "country"
                | "cabinet"
                | "delegation"
                | "team"
                | "company"
                | "office"
                | "bloc"
                | "coalition"
                | "wife"
                | "husband"
                | "son"
                | "daughter"
                | "mother"
                | "father"
                | "family"
                | "own"
                | "career"
                | "supporters"
                | "ministers"
                | "advisers"
                | "staff"
                | "colleagues"
                | "resignation"
                | "predecessor"
                | "successor"
                | "client"
                | "clients"
                | "side"
                | "players"
                | "allies"
                | "voters"
        )
}

/// Where the office of a name stands: "la préfète, Mathilde Corvin,", "le maire Bastien Lagarrue", "Ada Holm,
/// porte-parole de".
fn office_beside(page: &Page, tongue: &Tongue, name: &Range<usize>) -> Option<usize> {
    let before = name.start.checked_sub(1)?;
    if is_office(page, tongue, before) {
        return Some(before);
    }
    let behind = name.end + 1;
    if page.unit(name.end).kind == Kind::Comma && is_office(page, tongue, behind) {
        return Some(behind);
    }
    let comma =
        [before, before.saturating_sub(1)].into_iter().find(|at| page.unit(*at).kind == Kind::Comma)?;
    (breaks(&page.unit(name.end)) || name.end == page.units.len())
        .then(|| office_before(page, tongue, comma))
        .flatten()
}

/// The office in a phrase that ends at a comma: "la MINISTRE des Affaires étrangères,".
fn office_before(page: &Page, tongue: &Tongue, comma: usize) -> Option<usize> {
    let start = (comma.saturating_sub(OFFICE)..comma)
        .rev()
        .take_while(|at| page.unit(*at).kind == Kind::Word)
        .last()?;
    let opens = |at: &usize| tongue.is_article(&page.unit(*at)) || opens_phrase(page, *at);
    (start..comma).filter(opens).find_map(|article| {
        let way = article..comma.min(article + ARTICLE_TO_OFFICE);
        way.take_while(|at| !is_preposition(&page.unit(*at))).filter(|at| is_office(page, tongue, *at)).last()
    })
}
