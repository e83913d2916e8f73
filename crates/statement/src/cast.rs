//! The people and bodies of an article: runs of capitalised words outside quotations, surnames joined to full
//! names, with the titles and pronouns that tell who may be "he", "she" or "the president".
//!
//! In: a page, and names that the language room found. Out: [`Cast`], asked by `speaker`. Never guesses: a
//! surname that two people share belongs to neither.

use crate::hash;
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use news::{Name, NameKind};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Members that are kept; an article with more names is a list.
const LARGEST: usize = 2_000;
/// Words of a name.
const LONGEST_NAME: usize = 7;
/// Letters of an acronym (`UNICEF`).
const LONGEST_ACRONYM: usize = 6;
/// Words before a name that are no part of it, besides the titles of the lexicon.
const RANKS: &[&str] = &[
    "ceo",
    "cfo",
    "coo",
    "cto",
    "officer",
    "founder",
    "co-founder",
    "cofounder",
    "executive",
    "economist",
    "analyst",
    "commissioner",
    "commander",
    "archbishop",
    "bishop",
    "cardinal",
    "imam",
    "sheikh",
    "shaykh",
    "ayatollah",
    "rabbi",
    "detective",
    "inspector",
    "sheriff",
    "superintendent",
    "constable",
    "corporal",
    "private",
    "brig",
    "adm",
    "admiral",
    "baroness",
    "baron",
    "duke",
    "duchess",
    "count",
    "countess",
    "mp",
    "lawmaker",
    "correspondent",
    "reporter",
    "coach",
];
/// Words that outlets put in front of a headline or a caption.
const LABELS: &[&str] = &[
    "watch",
    "live",
    "video",
    "exclusive",
    "opinion",
    "analysis",
    "explainer",
    "breaking",
    "update",
    "updates",
    "photos",
    "photo",
    "podcast",
    "factbox",
    "editorial",
    "interview",
    "listen",
    "read",
    "click",
    "follow",
    "subscribe",
    "image",
    "advertisement",
    "related",
    "source",
    "sources",
];
/// What offices are of, where the name follows at once: "Secretary of STATE Ada Holm".
const SEATS: &[&str] = &[
    "state",
    "defense",
    "defence",
    "war",
    "commerce",
    "energy",
    "education",
    "labor",
    "labour",
    "agriculture",
    "treasury",
    "transportation",
    "interior",
    "justice",
    "health",
    "housing",
    "homeland security",
    "veterans affairs",
    "staff",
    "united nations",
    "european union",
    "security council",
    "human services",
    "parliament",
];

/// Who is in an article.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) members: Vec<Member>,
    /// Where members are mentioned outside quotations: units and member, in order.
    pub(crate) mentions: Vec<(Range<usize>, usize)>,
    by_last: HashMap<u32, Vec<usize>>,
}

/// A person or body.
#[derive(Debug)]
pub(crate) struct Member {
    /// The fullest name that the article has.
    pub(crate) name: String,
    pub(crate) words: Vec<u32>,
    pub(crate) gender: Gender,
    pub(crate) kind: NameKind,
    /// Hashes of title words that stood before the name ("president", "minister").
    pub(crate) titles: Vec<u32>,
    /// It bears a personal title or a given name was seen with its surname alone elsewhere.
    pub(crate) person: bool,
}

impl Member {
    /// A single word without a title may as well be a company.
    pub(crate) fn may_be_person(&self) -> bool {
        self.words.len() > 1 || self.person || self.kind == NameKind::Person
    }
}

/// What is known of how a person is spoken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
}

/// A name as it stands: its units without titles, and the titles before it.
struct Found {
    name: Range<usize>,
    titles: Range<usize>,
}

impl Cast {
    /// Everybody on the page.
    pub(crate) fn of(page: &Page, names: &[Name]) -> Self {
        let found = runs(page);
        let mut cast = Self::default();
        // A line in capitals ("CLICK HERE") introduces nobody; it may still name somebody who is introduced elsewhere.
        let introducing = || found.iter().filter(|run| !is_shouted(page, &run.name));
        // Full names first, so that a surname finds its owner wherever it stands.
        for run in introducing().filter(|run| run.name.len() > 1) {
            cast.introduce(page, run);
        }
        for run in introducing().filter(|run| run.name.len() == 1) {
            if cast.meant(page, run).is_none() && !cast.is_shared(page, &run.name) {
                cast.introduce(page, run);
            }
        }
        cast.learn_kinds(names);
        for run in &found {
            if let Some(member) = cast.meant(page, run) {
                cast.notice_titles(page, member, run);
                cast.mentions.push((run.titles.start..run.name.end, member));
            }
        }
        cast
    }

    /// Whom a name with its titles means: "Sir Ada" goes by the given name.
    fn meant(&self, page: &Page, run: &Found) -> Option<usize> {
        let knighted = run
            .titles
            .clone()
            .any(|at| ["sir", "dame"].into_iter().any(|title| hash::word(title) == page.unit(at).word));
        let given = page.unit(run.name.start).word;
        let mut named = self.members.iter().enumerate().filter(|(_, member)| {
            knighted && run.name.len() == 1 && member.words.len() > 1 && member.words.first() == Some(&given)
        });
        match (named.next(), named.next()) {
            (Some((only, _)), None) => Some(only),
            _ => self.find(page, &run.name),
        }
    }

    /// The member that a name means, when only one can be meant.
    pub(crate) fn find(&self, page: &Page, name: &Range<usize>) -> Option<usize> {
        let words: Vec<u32> = words(page, name.clone());
        let candidates = self.by_last.get(words.last()?)?;
        if let Some(same) = candidates.iter().find(|index| self.members[**index].words == words) {
            // A surname alone that also ends somebody's full name is that person's.
            let longer = candidates.iter().filter(|index| self.members[**index].words.len() > words.len());
            return match (words.len(), longer.clone().count()) {
                (1, 1) => longer.copied().next(),
                _ => Some(*same),
            };
        }
        let mut fitting = candidates.iter().filter(|index| fits(&self.members[**index].words, &words));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(*only),
            _ => None,
        }
    }

    /// "Secretary of STATE Ada Holm": the mention begins with what the office is of.
    pub(crate) fn is_seated(page: &Page, at: usize) -> bool {
        let two = format!("{} {}", page.words(at), page.words(at + 1)).to_lowercase();
        SEATS.contains(&page.words(at).to_lowercase().as_str()) || SEATS.contains(&two.as_str())
    }

    fn is_shared(&self, page: &Page, name: &Range<usize>) -> bool {
        let last = words(page, name.clone()).last().copied().unwrap_or_default();
        self.by_last.get(&last).is_some_and(|candidates| candidates.len() > 1)
    }

    fn introduce(&mut self, page: &Page, run: &Found) {
        let words = words(page, run.name.clone());
        let Some(last) = words.last().copied() else { return };
        let known = self.by_last.entry(last).or_default();
        if self.members.len() >= LARGEST || known.iter().any(|index| self.members[*index].words == words) {
            return;
        }
        known.push(self.members.len());
        self.members.push(Member {
            name: page.span(run.name.clone()).of(page.text).to_owned(),
            person: false,
            words,
            gender: Gender::Unknown,
            kind: NameKind::Other,
            titles: Vec::new(),
        });
    }

    fn learn_kinds(&mut self, names: &[Name]) {
        for name in names {
            let last = name.text.split_whitespace().next_back().map(hash::word).unwrap_or_default();
            for index in self.by_last.get(&last).into_iter().flatten() {
                let member = &mut self.members[*index];
                if member.name == name.text || name.kind == NameKind::Person {
                    member.kind = name.kind;
                    member.person |= name.kind == NameKind::Person;
                }
            }
        }
    }

    fn notice_titles(&mut self, page: &Page, member: usize, run: &Found) {
        let member = &mut self.members[member];
        for at in run.titles.clone() {
            let word = page.unit(at).word;
            let is = |names: &[&str]| names.iter().any(|name| hash::word(name) == word);
            if is(&["mr", "mr.", "sir", "lord", "king", "congressman", "chairman", "spokesman", "prince"]) {
                member.gender = Gender::Male;
            } else if is(&[
                "mrs",
                "mrs.",
                "ms",
                "ms.",
                "miss",
                "lady",
                "queen",
                "congresswoman",
                "spokeswoman",
                "dame",
            ]) {
                member.gender = Gender::Female;
            }
            member.person = true;
            if !member.titles.contains(&word) {
                member.titles.push(word);
            }
        }
    }
}

/// Several words in capitals, or one that is too long for an acronym.
fn is_shouted(page: &Page, name: &Range<usize>) -> bool {
    let capitals =
        |at: usize| page.unit(at).class == open::CAPITALS || page.words(at).chars().nth(1).is_none();
    let letters: usize =
        name.clone().map(|at| page.words(at).chars().filter(|c| c.is_alphabetic()).count()).sum();
    name.clone().all(capitals) && letters > LONGEST_ACRONYM
}

/// Whether a shorter form may mean the full name: its last words, or first and last without the middle.
fn fits(full: &[u32], short: &[u32]) -> bool {
    full.ends_with(short) || short.len() >= 2 && full.first() == short.first() && full.last() == short.last()
}

fn words(page: &Page, name: Range<usize>) -> Vec<u32> {
    name.map(|at| page.unit(at).word).collect()
}

/// How the page writes words where no sentence begins.
#[derive(Default)]
struct Seen {
    capital: HashSet<u32>,
    lower: HashSet<u32>,
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
fn runs(page: &Page) -> Vec<Found> {
    let mut seen = Seen::default();
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
        found.push(run);
    }
    found
}

/// Titles and a name that begin at `at`.
fn run_at(page: &Page, at: usize, seen: &Seen) -> Option<Found> {
    let same = page.unit(at).sentence;
    let here = |at: usize| Some(page.unit(at)).filter(|unit| unit.sentence == same);
    let mut name = at;
    while here(name).is_some_and(|unit| is_title(page, name, &unit)) && name < at + LONGEST_NAME {
        name += 1;
    }
    name += seat(page, at, name);
    let mut end = name;
    while let Some(unit) = here(end).filter(|_| end < name + LONGEST_NAME) {
        let inside = is_name(&unit) && !is_rank(page, end)
            || end > name
                && is_particle(page.words(end))
                && !(name > at && page.words(end) == "of")
                && here(end + 1).is_some_and(|next| is_name(&next));
        if !inside {
            break;
        }
        end += 1;
    }
    let first = page.unit(name);
    let alone = end == name + 1 && name == at && first.class == open::FIRST;
    let subject = || may_follow_a_name(&page.unit(end)) && seen.is_name(&first, page.words(name));
    let word = page.words(name);
    let letter = word.chars().filter(|c| c.is_alphanumeric()).count() == 1;
    let label = end == name + 1 && (letter || LABELS.contains(&word.to_lowercase().as_str()));
    if end == name || label || alone && !subject() {
        return None;
    }
    Some(Found { name: name..end, titles: at..name })
}

/// What may stand behind a name that opens a sentence: "FOLLOW us" and "READ the report" are none.
fn may_follow_a_name(next: &Unit) -> bool {
    let object = matches!(next.class, class::OBJECT | class::ME | class::YOU | class::IT | class::SUBJECT);
    // "Holm no longer insists"
    let no = next.word == hash::word("no");
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
    let word = page.words(at).trim_end_matches('.').to_lowercase();
    page.unit(at).capital && RANKS.contains(&word.as_str())
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
    [2, 1].into_iter().find(|length| SEATS.contains(&words(*length).as_str()) && named(*length)).unwrap_or(0)
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "da"
            | "di"
            | "du"
            | "la"
            | "le"
            | "of"
    )
}
