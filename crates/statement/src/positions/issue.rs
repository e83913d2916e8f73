//! What a position is about: the noun phrase, or what is to be done, behind (or before) a stance's words.
//!
//! In: a page read word by word and a place in it. Out: a range of units, or none: what names only a person,
//! only a vague word ("the plan"), or nothing is no issue.

use crate::acts::actors;
use crate::hash::{self, is_one};
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use std::ops::Range;

/// Units of an issue.
const LONGEST: usize = 11;

/// Words behind which an issue ends though no mark does.
const ENDS: &[&str] = &[
    "after",
    "before",
    "amid",
    "while",
    "despite",
    "because",
    "if",
    "unless",
    "when",
    "since",
    "following",
    "ahead",
    "until",
    "but",
    "although",
    "though",
    "that",
    "which",
    "who",
    "whose",
    "where",
    "says",
    "said",
    "say",
    "saying",
    "by",
    "during",
    "as",
    "is",
    "are",
    "was",
    "were",
    "will",
    "would",
    "has",
    "have",
    "had",
    "than",
    "calling",
    "citing",
    "warning",
    "so",
    "pending",
    "including",
    "whether",
    "how",
    "what",
    "why",
    "then",
    "must",
    "should",
    "can",
    "could",
    "without",
    "yet",
    "even",
    "told",
    "tells",
    "insists",
    "insisted",
    "adding",
    "added",
    "hours",
    "days",
    "weeks",
    "at",
    "via",
    "whatever",
];
const ENDING: [u32; ENDS.len()] = hash::all_of_ours(ENDS);
/// Nouns that say nothing without a complement.
const VAGUE: &[&str] = &[
    "plan",
    "plans",
    "proposal",
    "proposals",
    "offer",
    "idea",
    "ideas",
    "claim",
    "claims",
    "demand",
    "demands",
    "request",
    "requests",
    "call",
    "calls",
    "deal",
    "move",
    "moves",
    "decision",
    "report",
    "reports",
    "statement",
    "bid",
    "suggestion",
    "suggestions",
    "allegation",
    "allegations",
    "accusation",
    "accusations",
    "comments",
    "comment",
    "criticism",
    "changes",
    "thing",
    "things",
    "people",
    "it",
    "them",
    "this",
    "one",
    "way",
    "role",
    "part",
    "work",
    "questions",
    "question",
    "step",
    "steps",
    "advice",
    "help",
    "notion",
    "charges",
    "charge",
    "job",
    "action",
    "options",
    "option",
    "visit",
    "responsibility",
    "suggestion",
    "time",
    "more",
    "anything",
    "everything",
    "something",
    "nothing",
    "support",
    "him",
    "her",
    "us",
    "me",
    "you",
    "themselves",
    "himself",
    "herself",
    "itself",
    "conditions",
    "invitation",
    "rumors",
    "comparison",
    "comparisons",
    "resolution",
    "bill",
    "measure",
    "measures",
    "legislation",
    "approach",
    "victory",
    "defeat",
    "challenge",
    "opportunity",
    "opinion",
    "views",
    "view",
    "enough",
    "refuge",
    "asylum",
    "shelter",
    "boy",
    "girl",
    "man",
    "woman",
    "fact",
    "long",
    "results",
    "result",
    "findings",
    "terms",
];

/// The issue that begins at `start`.
pub(crate) fn behind(page: &Page, start: usize, end: usize) -> Option<Range<usize>> {
    read(page, start, end, false)
}

/// What is to be done or not, whose verb is at `start`.
pub(crate) fn deed(page: &Page, start: usize, end: usize) -> Option<Range<usize>> {
    read(page, start, end, true)
}

fn read(page: &Page, start: usize, end: usize, verbal: bool) -> Option<Range<usize>> {
    let from = skip_opening(page, start, end);
    let mut to = from;
    while to < end && to - from < LONGEST {
        // "a serious, fully fledged conversation"
        let listed = to == from + 1
            && page.unit(to).kind == Kind::Comma
            && matches!(page.unit(to + 1).class, open::LOWER | open::LY);
        if ends(page, to, from) && !listed {
            break;
        }
        to += 1;
    }
    if to < end && to - from == LONGEST && !ends(page, to, from) {
        to = whole(page, from..to)?;
    }
    let units = trimmed(page, through(page, trimmed(page, from..to)));
    worth(page, units, verbal)
}

/// Where the phrases end that are whole in words too long for an issue; rather none than a cut one.
fn whole(page: &Page, units: Range<usize>) -> Option<usize> {
    let joins = |at: &usize| {
        matches!(page.unit(*at).class, class::PREPOSITION | class::TO | class::AND | class::RELATIVE)
    };
    units.skip(2).rev().find(joins)
}

/// The issue that ends before `end`: the subject of "is unacceptable".
pub(crate) fn before(page: &Page, start: usize, end: usize) -> Option<Range<usize>> {
    let opens = |at: usize| {
        let unit = page.unit(at);
        stops(page, at)
            || unit.class == class::THAT && at + 1 < end && !relative(page, at)
            || unit.class == class::BUT
    };
    let from = (start..end).rev().take(LONGEST).take_while(|at| !opens(*at)).last()?;
    worth(page, trimmed(page, from..end), false)
}

/// "countries THAT did not arm": what follows belongs to the noun before.
fn relative(page: &Page, that: usize) -> bool {
    matches!(page.unit(that + 1).class, class::DO | class::HAVE | class::BE | class::MODAL)
}

/// Over articles and an opening mark: `the "foreign peacekeepers"`.
fn skip_opening(page: &Page, start: usize, end: usize) -> usize {
    let opening = |at: usize| {
        let unit = page.unit(at);
        matches!(unit.class, class::ARTICLE) || unit.kind == Kind::Mark
    };
    (start..end).find(|at| !opening(*at)).unwrap_or(end)
}

fn stops(page: &Page, at: usize) -> bool {
    let unit = page.unit(at);
    if at > 0 && matches!(page.words(at), "'" | "’") && page.words(at - 1).ends_with('s') && touches(page, at)
    {
        // "the diplomats' lives"
        return false;
    }
    matches!(unit.kind, Kind::Comma | Kind::Stop | Kind::Colon | Kind::Mark | Kind::Quotation(_))
        || unit.kind == Kind::Punctuation
            && !matches!(page.words(at), "$" | "€" | "£" | "%" | "&" | "'" | "’" | "/")
}

/// A word that is no name whatever capital a headline gives it.
pub(super) fn is_common(unit: &Unit, word: &str) -> bool {
    super::cluster::is_notion(unit.word)
        || VAGUE.contains(&word.to_lowercase().as_str())
        || ENDS.contains(&word.to_lowercase().as_str())
}

fn touches(page: &Page, at: usize) -> bool {
    page.unit(at - 1).span.end == page.unit(at).span.start
}

fn ends(page: &Page, at: usize, from: usize) -> bool {
    let unit = page.unit(at);
    let when =
        is_one!(unit.word, "on" | "in" | "late" | "early") && (at + 1..at + 3).any(|next| is_day(page, next));
    stops(page, at)
        || at > from && ENDING.contains(&unit.word)
        || is_day(page, at)
        || when
        || unit.class == class::SUBJECT && at > from
        || unit.class == class::AND && verb_behind(page, at + 1)
        || is_one!(unit.word, "in")
            && (at + 1..at + 4).any(|next| {
                matches!(page.words(next), "interview" | "statement" | "speech" | "address" | "letter")
            })
}

fn is_day(page: &Page, at: usize) -> bool {
    let unit = page.unit(at);
    let day = matches!(unit.class, class::DAY) && unit.capital;
    day || is_one!(
        unit.word,
        "today" | "yesterday" | "tomorrow" | "tonight" | "week" | "ago" | "again" | "morning" | "evening"
    )
}

/// "and urged", "and will": the next thing done begins.
fn verb_behind(page: &Page, at: usize) -> bool {
    let unit = page.unit(at);
    matches!(
        unit.class,
        open::ED | class::MODAL | class::BE | class::HAVE | class::SUBJECT | open::LY | class::NEGATION
    ) || unit.group > 0 && page.words(at).ends_with('s')
        || super::stances::at(page, at).is_some()
}

/// Through a word that says nothing by itself to what it is of: "Lorvane's offer of OBSERVERS".
fn through(page: &Page, units: Range<usize>) -> Range<usize> {
    let vague = |at: &usize| VAGUE.contains(&page.words(*at).to_lowercase().as_str());
    let first = units.clone().take(4).find(vague);
    match first {
        Some(at) if at + 2 < units.end && matches!(page.words(at + 1), "of" | "for" | "to" | "on") => {
            at + 2..units.end
        }
        _ => units,
    }
}

fn trimmed(page: &Page, mut units: Range<usize>) -> Range<usize> {
    let weak = |at: usize| {
        let unit = page.unit(at);
        matches!(
            unit.class,
            class::ARTICLE
                | class::PREPOSITION
                | class::TO
                | class::AND
                | class::ADVERB
                | open::LY
                | class::POSSESSIVE
        ) || matches!(
            page.words(at),
            "any" | "its" | "their" | "his" | "her" | "that" | "this" | "'s" | "’s" | "for"
        )
    };
    // "let a bomb get HERE"
    let weak = |at: usize| weak(at) && !matches!(page.words(at), "here" | "there");
    while !units.is_empty() && weak(units.start) && page.unit(units.start).class != class::POSSESSIVE {
        units.start += 1;
    }
    while !units.is_empty() && weak(units.end - 1) {
        units.end -= 1;
    }
    units
}

/// Whether the words name something to stand for or against.
fn worth(page: &Page, units: Range<usize>, verbal: bool) -> Option<Range<usize>> {
    let telling = |at: usize| {
        let unit = page.unit(at);
        let lower = page.words(at).to_lowercase();
        let vague = VAGUE.contains(&lower.as_str());
        let own = unit.capital && unit.class >= class::END;
        let content = unit.class >= class::END && unit.kind == Kind::Word && lower.chars().count() > 2;
        content
            && !vague
            && !own
            && !matches!(unit.class, open::CLITIC | open::LY)
            && !actors::is_group(&unit)
    };
    let named = |at: usize| {
        let unit = page.unit(at);
        unit.capital && unit.class >= class::END && actors::state_of(page.words(at)).is_none()
    };
    // "welcomed President Cyril Ramaphosa to the house": a person is no issue.
    let head = units
        .clone()
        .take_while(|at| page.unit(*at).class != class::PREPOSITION && page.unit(*at).class != class::TO);
    if !verbal
        && head.clone().all(|at| page.unit(at).capital || actors::is_group(&page.unit(at)))
        && !units.clone().any(|at| concerns(page, at))
    {
        return None;
    }
    let count = units.clone().skip(usize::from(verbal)).filter(|at| telling(*at)).count();
    let names = units.clone().filter(|at| named(*at)).count();
    let groups = units.clone().filter(|at| actors::is_group(&page.unit(*at))).count();
    let places = units
        .clone()
        .any(|at| matches!(page.words(at), "of" | "for" | "to" | "on" | "with" | "over" | "in" | "from"));
    (count > 0 || groups > 0 && (units.len() > 1) || names > 0 && places).then_some(units)
}

/// A capitalised word that is an issue all the same: an agreement, a treaty, a title-cased "Ceasefire".
fn concerns(page: &Page, at: usize) -> bool {
    super::cluster::is_notion(page.unit(at).word)
}
