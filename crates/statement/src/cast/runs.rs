//! Where names stand on a page: runs of capitalised words outside quotations, with the titles before them.
//!
//! In: a page. Out: names in order, for [`super::Cast`].

use super::titled::Cuts;
use super::words::{
    BODIES_OF, COUNTS, GERMAN_ARTICLES, GERMAN_NOUNS, GERMAN_OFFICES, LABELS, PICTURES, RANK_HASHES, SEATS,
};
use crate::hash::{self, Set, is_one};
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use std::collections::HashSet;
use std::ops::Range;

/// Words of a name.
const LONGEST_NAME: usize = 7;

/// A name as it stands: its units without titles, and the titles before it.
pub(super) struct Found {
    pub(super) name: Range<usize>,
    pub(super) titles: Range<usize>,
}

/// How the page writes words where no sentence begins.
#[derive(Default)]
struct Seen {
    capital: Set,
    lower: Set,
    cuts: Cuts,
}

impl Seen {
    /// Whether a capital at a sentence's beginning is a name's: the word is capitalised elsewhere too, or at
    /// least nowhere small, no plural ("Officials said") and in front of a cue.
    fn is_name(&self, unit: &Unit, word: &str) -> bool {
        self.capital.contains(&unit.word)
            || !self.lower.contains(&unit.word)
                && !word.ends_with('s')
                && unit.group == 0
                && word.chars().count() > 2
    }
}

/// Names outside quotations, in order.
pub(super) fn runs(page: &Page, cuts: Cuts) -> Vec<Found> {
    let mut seen = Seen { cuts, ..Seen::default() };
    for unit in page.units.iter().filter(|unit| unit.kind == Kind::Word) {
        if matches!(unit.class, open::CAPITAL | open::CAPITALS) {
            seen.capital.insert(unit.word);
        } else if !unit.capital {
            seen.lower.insert(unit.word);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < page.units.len() {
        let Some(run) = run_at(page, at, &seen) else {
            at += 1;
            continue;
        };
        at = run.name.end.max(at + 1);
        if !is_credit(page, &run.name) && !is_rest_of_place(page, &run.name) {
            found.push(run);
        }
    }
    parted(page, found)
}

/// "ADA HOLM/MERIDIAN PICTURES", "Photo by ADA HOLM": who took a picture is not in the text.
fn is_credit(page: &Page, name: &Range<usize>) -> bool {
    let parted = |at: usize| {
        let sides = page.words(at).split_once('/');
        sides.is_some_and(|(one, other)| [one, other].iter().all(|side| side.chars().nth(1).is_some()))
    };
    let slash = |at: usize| page.words(at) == "/";
    let led = matches!(page.words(name.start.wrapping_sub(1)), "by" | ":");
    let of_picture = || {
        let before = page.words(name.start.wrapping_sub(2)).to_lowercase();
        PICTURES.contains(&before.as_str())
    };
    name.clone().any(parted) || slash(name.end) || led && of_picture()
}

/// Paragraphs that name who took a picture: what they tell goes with the picture.
pub(super) fn captions(page: &Page) -> Vec<u32> {
    let credit = |at: &usize| page.unit(*at).capital && is_credit(page, &(*at..*at + 1));
    let mut captions: Vec<u32> =
        (0..page.units.len()).filter(credit).map(|at| page.unit(at).paragraph).collect();
    captions.dedup();
    captions
}

/// "Port Lorvane, D.C.": initials behind a place and a comma belong to it.
fn is_rest_of_place(page: &Page, name: &Range<usize>) -> bool {
    let initials = |word: &str| word.ends_with('.') && word.split_terminator('.').all(|part| part.len() == 1);
    name.len() == 1
        && initials(page.words(name.start))
        && page.near(name.start, -1).kind == Kind::Comma
        && page.near(name.start, -2).capital
}

/// "The Labour Alliance of WIEBKE TORSUND": two names, when the page also names the one behind "of" alone.
fn parted(page: &Page, found: Vec<Found>) -> Vec<Found> {
    let words = |name: Range<usize>| -> Vec<u32> { name.map(|at| page.unit(at).word).collect() };
    let alone: HashSet<Vec<u32>> = found.iter().map(|run| words(run.name.clone())).collect();
    let mut all = Vec::with_capacity(found.len());
    for run in found {
        let of = run.name.clone().rev().find(|at| matches!(page.words(*at), "of" | "von" | "de"));
        let owner = of
            .map(|of| of + 1..run.name.end)
            .filter(|owner| owner.len() > 1 && page.unit(owner.start).capital);
        let known = |owner: &Range<usize>| {
            alone.contains(&words(owner.clone())) || alone.contains(&words(owner.end - 1..owner.end))
        };
        match owner.filter(known) {
            Some(owner) => {
                all.push(Found { name: run.name.start..owner.start - 1, titles: run.titles });
                all.push(Found { titles: owner.start..owner.start, name: owner });
            }
            None => all.push(run),
        }
    }
    all
}

/// Titles and a name that begin at `at`.
fn run_at(page: &Page, at: usize, seen: &Seen) -> Option<Found> {
    let same = page.unit(at).sentence;
    let here = |at: usize| Some(page.unit(at)).filter(|unit| unit.sentence == same);
    let mut name = at + article(page, at);
    while here(name).is_some_and(|unit| is_title(page, name, &unit)) && name < at + LONGEST_NAME {
        name += 1;
    }
    name += seat(page, at, name);
    name += shouted(page, name);
    name += monsieur(page, name);
    name += noun(page, name);
    let named = here(name).is_some_and(|unit| is_name(&unit)) && !is_elided(page.words(name));
    if !named || seen.cuts.is_no_name(page, name) {
        return None;
    }
    let mut end = name;
    while let Some(unit) = here(end).filter(|_| end < name + LONGEST_NAME) {
        let of_whom = page.words(end) == "of" && (name > at || is_somebody(page, name..end));
        let inside = is_name(&unit) && !is_rank(page, end)
            || end > name
                && !of_whom
                && leads_on(page, end, |at| here(at).is_some_and(|next| is_name(&next)));
        if !inside || end > name && seen.cuts.ends(page, end) {
            break;
        }
        end += 1;
    }
    let first = page.unit(name);
    let opened = name == at || name == at + article(page, at);
    let alone = end == name + 1 && opened && page.unit(at).class == open::FIRST;
    let subject = || may_follow_a_name(&page.unit(end)) && seen.is_name(&first, page.words(name));
    let word = page.words(name);
    let letter = word.chars().filter(|c| c.is_alphanumeric()).count() == 1;
    let lower = word.to_lowercase();
    let count = name == at && first.class == open::FIRST && COUNTS.contains(&lower.as_str());
    let label = end == name + 1 && (letter || count || LABELS.contains(&lower.as_str()));
    if end == name || label || alone && !subject() {
        return None;
    }
    // "DIE Küste": an article is no title.
    Some(Found { name: name..end, titles: (at + article(page, at)).min(name)..name })
}

/// "L'avocat", "D'abord": a small French word with its neighbour, which is no name.
fn is_elided(word: &str) -> bool {
    let parts = word.split_once(['\'', '’']);
    parts.is_some_and(|(small, rest)| small.len() < 3 && rest.starts_with(char::is_lowercase))
}

/// Words at `name` that end a line in capitals before a name: "GET THE NEWS APP Holm said".
fn shouted(page: &Page, name: usize) -> usize {
    let capitals = |at: usize| {
        let word = page.words(at);
        !word.chars().any(char::is_lowercase) && word.chars().filter(|c| c.is_alphabetic()).count() > 1
    };
    let length = (name..name + LONGEST_NAME).take_while(|at| capitals(*at)).count();
    let line = length > 1 || length == 1 && name > 0 && capitals(name - 1);
    let named = is_name(&page.unit(name + length)) && !capitals(name + length);
    if line && named { length } else { 0 }
}

/// What may stand behind a name that opens a sentence: "FOLLOW us" and "READ the report" are none.
fn may_follow_a_name(next: &Unit) -> bool {
    let object = matches!(next.class, class::OBJECT | class::ME | class::YOU | class::IT | class::SUBJECT);
    // "Holm no longer insists"
    let no = is_one!(next.word, "no");
    !object
        && (no
            || !matches!(
                next.class,
                class::ARTICLE | class::POSSESSIVE | class::DETERMINER | class::THAT | class::WH
            ))
}

fn is_name(unit: &Unit) -> bool {
    let open = unit.class >= class::END || unit.class == class::MONTH;
    unit.kind == Kind::Word && unit.capital && open && unit.class != open::CLITIC
}

/// `Mr.`, or a capitalised `President` before a name.
fn is_title(page: &Page, at: usize, unit: &Unit) -> bool {
    let bare = page.words(at).trim_end_matches('.');
    unit.capital && (crate::lexicon::entry(hash::word(bare)).class == class::TITLE || is_rank(page, at))
}

fn is_rank(page: &Page, at: usize) -> bool {
    if !page.unit(at).capital {
        return false;
    }
    let word = page.words(at).trim_end_matches('.');
    RANK_HASHES.contains(&hash::word(word)) || is_german_office(word)
}

pub(super) fn is_german_office(word: &str) -> bool {
    if word.is_ascii() {
        let bare = without_end(word, "in").unwrap_or(word);
        return GERMAN_OFFICES.iter().any(|office| without_end(bare, office).is_some());
    }
    let word = word.to_lowercase();
    let bare = word.strip_suffix("in").unwrap_or(&word);
    GERMAN_OFFICES.iter().any(|office| bare.ends_with(office))
}

/// An ASCII word without an end that it has in whatever case.
fn without_end<'word>(word: &'word str, end: &str) -> Option<&'word str> {
    let (rest, last) = word.split_at_checked(word.len().checked_sub(end.len())?)?;
    last.eq_ignore_ascii_case(end).then_some(rest)
}

/// "M. Talvik": Monsieur, when one name follows and not two, as behind an initial.
fn monsieur(page: &Page, name: usize) -> usize {
    let one = page.words(name) == "M." && is_name(&page.unit(name + 1)) && !is_name(&page.unit(name + 2));
    usize::from(one)
}

/// A German noun right before a name, in the middle of a sentence: "deren ABSCHAFFUNG Grevenich verlangt hatte".
fn noun(page: &Page, name: usize) -> usize {
    let word = page.words(name);
    let ends = GERMAN_NOUNS.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end));
    let led = page.near(name, -1).kind == Kind::Word && !page.near(name, -1).capital;
    usize::from(ends && led && is_name(&page.unit(name + 1)))
}

/// A German article at the beginning of a sentence: no part of the name behind it.
fn article(page: &Page, at: usize) -> usize {
    let opens = page.unit(at).class == open::FIRST && is_name(&page.unit(at + 1));
    usize::from(opens && GERMAN_ARTICLES.contains(&page.words(at)))
}

/// Units at `name` that say what the office before it is of, when a full name follows.
fn seat(page: &Page, first: usize, name: usize) -> usize {
    let before = page.near(first, -1);
    if first != name
        || !(before.class == class::PREPOSITION
            || before.class == class::TO
            || before.class == class::ARTICLE)
    {
        return 0;
    }
    let words = |length: usize| {
        (name..name + length).map(|at| page.words(at).to_lowercase()).collect::<Vec<_>>().join(" ")
    };
    let named = |length: usize| (name + length..name + length + 2).all(|at| is_name(&page.unit(at)));
    [2, 1].into_iter().find(|length| named(*length) && SEATS.contains(&words(*length).as_str())).unwrap_or(0)
}

/// Whether a small word is part of the name around it, which goes on behind it: "van", the "der" of "von der" (elsewhere it
/// is an article: "sagte Holm der Zeitung").
fn leads_on(page: &Page, at: usize, goes_on: impl Fn(usize) -> bool) -> bool {
    let pair = || ["der", "den"].contains(&page.words(at + 1)) && goes_on(at + 2);
    match page.words(at) {
        "der" | "den" => ["von", "van", "Von", "Van"].contains(&page.words(at - 1)) && goes_on(at + 1),
        "von" | "van" => pair() || goes_on(at + 1),
        word => is_particle(word) && goes_on(at + 1),
    }
}

/// Two names and more of which the last is no body's: "ODETTE CRANE of Farrant Lisle".
fn is_somebody(page: &Page, name: Range<usize>) -> bool {
    let last = page.words(name.end - 1).to_lowercase();
    name.len() > 1 && !BODIES_OF.contains(&last.as_str()) && page.unit(name.end - 1).class != open::CAPITALS
}

fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "bin" | "ibn" | "al" | "el" | "da" | "di" | "du" | "la" | "le" | "of")
}
