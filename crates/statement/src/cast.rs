//! The people and bodies of an article: runs of capitalised words outside quotations, surnames joined to full
//! names, with the titles and pronouns that tell who may be "he", "she" or "the president".
//!
//! In: a page, and names that the language room found. Out: [`Cast`], asked by `speaker`. Never guesses: a
//! surname that two people share belongs to neither.

mod runs;
mod titled;
mod told;
mod words;

use crate::hash::{self, Map, is_one};
use crate::page::{Page, open};
use crate::statement::Statement;
use crate::tongue::Tongue;
use news::{Name, NameKind};
use runs::{Found, runs};
use std::ops::Range;
use titled::Cuts;
use words::SEATS;

pub(crate) use told::{bare, is_beside, is_definite, is_office, is_subject, office_gender};

/// Members that are kept; an article with more names is a list.
const LARGEST: usize = 2_000;
/// Letters of an acronym (`UNICEF`).
const LONGEST_ACRONYM: usize = 6;
/// Last words of bodies, which nobody calls "she".
const BODIES: &[&str] = &[
    "telegraph",
    "times",
    "post",
    "news",
    "herald",
    "journal",
    "tribune",
    "guardian",
    "mail",
    "agency",
    "department",
    "ministry",
    "committee",
    "commission",
    "council",
    "board",
    "bank",
    "group",
    "party",
    "union",
    "court",
    "university",
    "institute",
    "association",
    "foundation",
    "company",
    "corp",
    "inc",
    "ltd",
    "league",
    "press",
    "society",
    "center",
    "centre",
    "office",
    "service",
    "network",
    "international",
    "police",
    "authority",
    "sun-times",
    "administration",
    "alliance",
    "bloc",
    "front",
    "federation",
];

const BODY_HASHES: [u32; BODIES.len()] = hash::all_of_ours(BODIES);

/// Who is in an article.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) members: Vec<Member>,
    /// Where members are mentioned outside quotations: units and member, in order.
    pub(crate) mentions: Vec<(Range<usize>, usize)>,
    by_last: Map<Vec<usize>>,
    /// Paragraphs that tell what a picture shows.
    captions: Vec<u32>,
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
    /// It stands with an article or as a place, as no person does: "the Labour Alliance", "in Upper Sarn".
    pub(crate) thing: bool,
    /// It bears a personal title or a given name was seen with its surname alone elsewhere.
    pub(crate) person: bool,
}

impl Member {
    /// A single word without a title may as well be a company; a newspaper or a ministry is none.
    pub(crate) fn may_be_person(&self) -> bool {
        let is_body = || self.words.last().is_some_and(|last| BODY_HASHES.contains(last));
        self.person || self.kind == NameKind::Person || self.words.len() > 1 && !self.thing && !is_body()
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

impl Cast {
    /// Everybody on the page, where this was said.
    pub(crate) fn of(page: &Page, tongue: &Tongue, names: &[Name], said: &[Statement]) -> Self {
        let found = runs(page, Cuts::of(page, said));
        let mut cast = Self { captions: runs::captions(page), ..Self::default() };
        // A line in capitals ("CLICK HERE") introduces nobody; it may still name somebody who is introduced elsewhere.
        let introducing = || found.iter().filter(|run| !is_shouted(page, &run.name));
        // Full names first, so that a surname finds its owner wherever it stands.
        let mut full: Vec<&Found> = introducing().filter(|run| run.name.len() > 1).collect();
        full.sort_by_key(|run| std::cmp::Reverse(run.name.len()));
        for run in full {
            // "Ada Holm" after "Ada Maria Holm".
            if !cast.find(page, &run.name).is_some_and(|known| cast.is_shortened(page, &run.name, known)) {
                cast.introduce(page, run);
            }
        }
        for run in introducing().filter(|run| run.name.len() == 1) {
            if cast.meant(page, run).is_none() && !cast.is_shared(page, &run.name) {
                cast.introduce(page, run);
            }
        }
        cast.learn_kinds(names);
        for run in &found {
            if let Some(member) = cast.meant(page, run) {
                cast.notice_titles(page, tongue, member, run);
                cast.mentions.push((run.titles.start..run.name.end, member));
            }
        }
        cast.learn(page, tongue);
        cast
    }

    /// Whom a name with its titles means: "Sir Ada" goes by the given name.
    fn meant(&self, page: &Page, run: &Found) -> Option<usize> {
        let knighted = run.titles.clone().any(|at| is_one!(page.unit(at).word, "sir" | "dame"));
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
        let fitting = || candidates.iter().filter(|index| fits(&self.members[**index].words, &words));
        // "Billionaire Ada Holm" and "Ada Holm" are one, by the name that both have.
        let full = |index: &&usize| self.members[**index].words.len() > 1;
        let core = fitting().filter(full).min_by_key(|index| self.members[**index].words.len());
        let core = core.or_else(|| fitting().next())?;
        let same = |index: &usize| self.members[*index].words.ends_with(&self.members[*core].words);
        fitting().all(same).then_some(*core)
    }

    /// Whether a place stands in what is written under a picture, and another one does not.
    pub(crate) fn is_caption(&self, page: &Page, at: usize, other: usize) -> bool {
        let (paragraph, other) = (page.unit(at).paragraph, page.unit(other).paragraph);
        paragraph != other && self.captions.contains(&paragraph)
    }

    /// Whether a word ends names of bodies: "League".
    pub(crate) fn is_body(word: u32) -> bool {
        BODY_HASHES.contains(&word)
    }

    /// "Secretary of STATE Ada Holm": the mention begins with what the office is of.
    pub(crate) fn is_seated(page: &Page, at: usize) -> bool {
        let two = format!("{} {}", page.words(at), page.words(at + 1)).to_lowercase();
        SEATS.contains(&page.words(at).to_lowercase().as_str()) || SEATS.contains(&two.as_str())
    }

    /// Whether a name is that of a person without the middle one.
    fn is_shortened(&self, page: &Page, name: &Range<usize>, member: usize) -> bool {
        let words = words(page, name.clone());
        self.members.get(member).is_some_and(|known| {
            words.len() == 2 && known.words.len() == 3 && known.words.first() == words.first()
        })
    }

    fn is_shared(&self, page: &Page, name: &Range<usize>) -> bool {
        let last = words(page, name.clone()).last().copied().unwrap_or_default();
        self.by_last.get(&last).is_some_and(|candidates| candidates.len() > 1)
    }

    fn introduce(&mut self, page: &Page, run: &Found) {
        let words = words(page, run.name.clone());
        let Some(last) = words.last().copied() else { return };
        // "Selmaran PM" is an office, and nobody is called so.
        if is_one!(last, "pm" | "mp" | "mep" | "ceo" | "cfo" | "fm") {
            return;
        }
        let known = self.by_last.entry(last).or_default();
        if self.members.len() >= LARGEST || known.iter().any(|index| self.members[*index].words == words) {
            return;
        }
        known.push(self.members.len());
        self.members.push(Member {
            name: page.span(run.name.clone()).of(page.text).to_owned(),
            person: false,
            thing: false,
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

    fn notice_titles(&mut self, page: &Page, tongue: &Tongue, member: usize, run: &Found) {
        let member = &mut self.members[member];
        // "Former Prime Minister Ada Holm" is not whom "the prime minister" means.
        let beside = run.titles.start.saturating_sub(1)..run.titles.end;
        let former =
            beside.into_iter().any(|at| is_one!(page.unit(at).word, "former" | "ex" | "late" | "deputy"));
        if former {
            member.person = true;
            return;
        }
        for at in run.titles.clone() {
            let word = page.unit(at).word;
            if is_one!(
                word,
                "mr" | "mr."
                    | "m."
                    | "herr"
                    | "señor"
                    | "sir"
                    | "lord"
                    | "king"
                    | "congressman"
                    | "chairman"
                    | "spokesman"
                    | "prince"
            ) {
                member.gender = Gender::Male;
            } else if is_one!(
                word,
                "mrs"
                    | "mrs."
                    | "ms"
                    | "ms."
                    | "mme"
                    | "mlle"
                    | "frau"
                    | "señora"
                    | "miss"
                    | "lady"
                    | "queen"
                    | "congresswoman"
                    | "spokeswoman"
                    | "dame"
            ) {
                member.gender = Gender::Female;
            }
            if member.gender == Gender::Unknown && tongue.is_german() && is_office(page, tongue, at) {
                member.gender = office_gender(page, tongue, at);
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
