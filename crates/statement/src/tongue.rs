//! What rules know of a language: cue verbs as they stand beside a quotation, pronouns, and the words at which
//! a speaker's name ends.

use crate::hash::{self, is_one};
use crate::lexicon::{class, frame};
use crate::page::{Kind, Unit, open};
use news::Language;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const OTHERS: &str = include_str!("../data/cues.other.txt");

/// The words of one language, by class.
#[derive(Debug, Default)]
pub(crate) struct Tongue {
    english: bool,
    german: bool,
    words: HashMap<&'static str, HashSet<u32>>,
}

impl Tongue {
    /// What is known of a language; of one that nobody described only that quotations have marks and colons.
    pub(crate) fn of(language: Language) -> &'static Self {
        static ALL: LazyLock<HashMap<&'static str, Tongue>> = LazyLock::new(read);
        static NONE: LazyLock<Tongue> = LazyLock::new(Tongue::default);
        ALL.get(language.code()).unwrap_or(&NONE)
    }

    fn has(&self, class: &str, unit: &Unit) -> bool {
        self.words.get(class).is_some_and(|words| words.contains(&unit.word))
    }

    pub(crate) fn is_english(&self) -> bool {
        self.english
    }

    pub(crate) fn is_german(&self) -> bool {
        self.german
    }

    /// "le", "die", "el".
    pub(crate) fn is_article(&self, unit: &Unit) -> bool {
        if self.english { unit.class == class::ARTICLE } else { self.has("article", unit) }
    }

    /// An article that says which one; a language without articles says it without.
    pub(crate) fn is_definite(&self, unit: &Unit) -> bool {
        is_one!(unit.word, "the" | "der" | "die" | "das" | "le" | "la" | "l'" | "el")
            || !self.english && !self.words.contains_key("article") && self.is_office(unit)
    }

    /// A word for an office that somebody bears ("president", "préfète").
    pub(crate) fn is_office(&self, unit: &Unit) -> bool {
        if self.english { unit.class == class::TITLE } else { self.has("office", unit) }
    }

    /// A verb that gives a quotation as somebody's.
    pub(crate) fn is_cue(&self, unit: &Unit) -> bool {
        if self.english {
            return unit.frames & (frame::QUOTE | frame::INVERTED) > 0 && unit.frames & frame::NOUN == 0;
        }
        self.has("say", unit)
    }

    pub(crate) fn is_that(&self, unit: &Unit) -> bool {
        if self.english { unit.class == class::THAT } else { self.has("that", unit) }
    }

    /// "has", "had" and the like between a subject and its cue; English has them as a closed class.
    pub(crate) fn is_auxiliary(&self, unit: &Unit) -> bool {
        self.has("aux", unit)
    }

    /// A pronoun for one person or several.
    pub(crate) fn pronoun(&self, unit: &Unit) -> Option<Pronoun> {
        let named = |name| hash::word(name) == unit.word;
        if self.english {
            return match () {
                () if named("he") || named("him") => Some(Pronoun::He),
                () if named("she") || named("her") => Some(Pronoun::She),
                () if named("they") => Some(Pronoun::They),
                () if matches!(unit.class, class::ME | class::YOU) || named("we") => Some(Pronoun::Speaking),
                () => None,
            };
        }
        let known = [("he", Pronoun::He), ("she", Pronoun::She), ("they", Pronoun::They)];
        known.into_iter().find(|(class, _)| self.has(class, unit)).map(|(_, pronoun)| pronoun)
    }

    /// A word that is no part of the speaker's name behind the verb ("said Holm ON Tuesday").
    pub(crate) fn stops(&self, unit: &Unit) -> bool {
        if self.english {
            return matches!(
                unit.class,
                class::PREPOSITION
                    | class::TO
                    | class::AS
                    | class::CLAUSE
                    | class::DAY
                    | class::ADVERB
                    | class::BUT
                    | open::LY
            );
        }
        self.has("stop", unit)
    }
}

/// Whom a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    He,
    She,
    They,
    /// "I", "we", "you": the text's own voice or one inside a quotation.
    Speaking,
}

/// Whether a unit ends a phrase.
pub(crate) fn breaks(unit: &Unit) -> bool {
    matches!(
        unit.kind,
        Kind::Comma | Kind::Stop | Kind::Colon | Kind::Punctuation | Kind::Quotation(_) | Kind::Mark
    )
}

fn read() -> HashMap<&'static str, Tongue> {
    let mut all: HashMap<&'static str, Tongue> = HashMap::new();
    for line in OTHERS.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, words)) = line.split_once(':') else { continue };
        let Some((language, class)) = head.split_once(' ') else { continue };
        let known = all.entry(language).or_default().words.entry(class).or_default();
        known.extend(words.split_whitespace().map(hash::word));
    }
    all.insert("en", Tongue { english: true, ..Tongue::default() });
    all.entry("de").or_default().german = true;
    all
}
