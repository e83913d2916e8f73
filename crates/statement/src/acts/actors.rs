//! Who may act: noun phrases around a name or around a word for a body or group ("the Lorvane government",
//! "police"), and which state or body a name stands for ("Moscow", "the Kremlin", "Russian officials").
//!
//! In: a page read word by word. Out: ranges of units; [`stands_for`] for names. Nothing is guessed: a name that
//! is not in `data/actors.en.txt` stands for itself.

use crate::hash::{self, Set, is_one};
use crate::lexicon::{class, lines};
use crate::page::{Kind, Page, Unit, open};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

const ELSEWHERE: &str = include_str!("../../data/actors.other.txt");
const FILE: &str = include_str!("../../data/actors.en.txt");
/// Units of an actor's phrase.
const LONGEST: usize = 14;

struct Actors {
    /// Lower-case name → the state or body.
    names: HashMap<String, &'static str>,
    /// Lower-case adjective or people → the state.
    peoples: HashMap<String, &'static str>,
    nouns: Set,
}

fn actors() -> &'static Actors {
    static READ: LazyLock<Actors> = LazyLock::new(read);
    &READ
}

fn read() -> Actors {
    let mut found = Actors { names: HashMap::new(), peoples: HashMap::new(), nouns: Set::default() };
    for line in lines(FILE) {
        let Some((name, rest)) = line.split_once(':') else { continue };
        if name == "nouns" {
            found.nouns.extend(rest.split_whitespace().map(hash::word));
            continue;
        }
        let (names, peoples) = rest.split_once('|').unwrap_or((rest, ""));
        found.names.insert(plain(name), name);
        found.names.extend(names.split_whitespace().map(|other| (plain(other), name)));
        found.peoples.extend(peoples.split_whitespace().map(|people| (plain(people), name)));
    }
    found
}

fn plain(name: &str) -> String {
    name.replace('_', " ").to_lowercase()
}

/// The state or body that a name stands for: "the Kremlin" for Russia.
pub(crate) fn stands_for(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    actors().names.get(bare).map(|name| name.replace('_', " "))
}

/// The state or body that a name of another language stands for: "Moskau", "Кремль".
pub(crate) fn elsewhere(name: &str) -> Option<String> {
    static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let mut names = HashMap::new();
        for (name, others) in lines(ELSEWHERE).filter_map(|line| line.split_once(": ")) {
            names.insert(plain(name), name);
            names.extend(others.split_whitespace().map(|other| (plain(other), name)));
        }
        names
    });
    NAMES.get(&name.replace('’', "'").to_lowercase()).map(|name| name.replace('_', " "))
}

/// The state whose people or adjective this is.
pub(crate) fn state_of(word: &str) -> Option<String> {
    actors().peoples.get(&word.to_lowercase()).map(|name| name.replace('_', " "))
}

/// A word for a body or a group that acts.
pub(crate) fn is_group(unit: &Unit) -> bool {
    actors().nouns.contains(&unit.word)
}

/// The phrases in a sentence that may act, in order.
pub(crate) fn phrases(page: &Page, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let end = phrase_end(page, at, sentence.end);
        if end > at && (at..end).any(|unit| names_somebody(page, unit)) {
            found.push(at..end);
        }
        at = end.max(at + 1);
    }
    found
}

fn names_somebody(page: &Page, at: usize) -> bool {
    let unit = page.unit(at);
    let name = unit.capital && unit.class >= class::END && !matches!(unit.class, open::CLITIC | open::NUMBER);
    let first = unit.class == open::FIRST;
    let somebody = name
        && (!first
            || !verbal(&unit)
            || state_of(page.words(at)).is_some()
            || stands_for(page.words(at)).is_some())
        || is_group(&unit)
        || unit.class == class::TITLE && unit.capital
        || unit.class == class::SUBJECT;
    let time = || {
        let bare = page.words(at).trim_end_matches('.');
        matches!(crate::lexicon::entry(hash::word(bare)).class, class::MONTH | class::DAY)
    };
    somebody && !time()
}

/// A first word that is rather a verb or adverb than a name.
fn verbal(unit: &Unit) -> bool {
    unit.group > 0
}

/// The end of the noun phrase that begins at `at`; `at` when none does.
fn phrase_end(page: &Page, at: usize, end: usize) -> usize {
    let mut to = at;
    if page.unit(at).class == class::SUBJECT {
        return at + 1;
    }
    while to < end && to - at < LONGEST {
        let unit = page.unit(to);
        let opens = to == at
            && matches!(unit.class, class::ARTICLE | class::POSSESSIVE | class::DETERMINER)
            && page.unit(to + 1).kind == Kind::Word;
        if !(opens || belongs(page, to, at)) {
            break;
        }
        to += 1;
    }
    let whole = |to: usize| {
        to > at && to + 1 < end && to - at < LONGEST / 2 && (at..to).any(|at| names_somebody(page, at))
    };
    if whole(to) && attaches(page, to) {
        let inner = phrase_end(page, to + 1, end.min(at + LONGEST));
        if inner > to + 1 && (to + 1..inner).any(|at| page.unit(at).capital) {
            return inner;
        }
    }
    to
}

/// "the mayor OF Tavrin", "police IN Lorvane", "a spokesman FOR Holm": what follows belongs to who stands before.
fn attaches(page: &Page, at: usize) -> bool {
    let word = page.unit(at).word;
    let group = is_group(&page.unit(at - 1));
    is_one!(word, "of") || group && is_one!(word, "in" | "from" | "for" | "to")
}

/// A unit inside a noun phrase that began at `start`.
fn belongs(page: &Page, at: usize, start: usize) -> bool {
    let unit = page.unit(at);
    match unit.kind {
        Kind::Number => at == start || page.unit(at + 1).kind == Kind::Word,
        Kind::Word if unit.capital => unit.class >= class::END || unit.class == class::TITLE,
        Kind::Word => {
            let clitic = unit.class == open::CLITIC && matches!(page.words(at), "'s" | "’s");
            clitic
                || is_group(&unit)
                || unit.class == class::TITLE
                || unit.class == open::LOWER && unit.group == 0 && leads_to_noun(page, at)
                || at > start && owned(page, at)
        }
        _ => false,
    }
}

/// A small word that stands before a name or a group's word: "former", "northern".
fn leads_to_noun(page: &Page, at: usize) -> bool {
    let next = |more: usize| {
        let unit = page.unit(at + more);
        unit.capital && unit.class >= class::END || is_group(&unit)
    };
    next(1) || page.unit(at + 1).class == open::LOWER && next(2)
}

/// The word behind an owner: "Lorvane's CAPITAL".
fn owned(page: &Page, at: usize) -> bool {
    let plain = |at: usize| matches!(page.unit(at).class, open::LOWER | open::S);
    let owner = |at: usize| page.unit(at).class == open::CLITIC;
    plain(at) && (owner(at - 1) || at > 1 && plain(at - 1) && owner(at - 2) && plain(at + 1))
}
