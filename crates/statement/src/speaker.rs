//! Who speaks: the words of a source resolved to a member of the article's cast.
//!
//! In: statements in reading order. Out: a name for each, or none: a pronoun that two people may be, a
//! description without a name, and a surname that two people share stay unattributed.

mod meant;

use crate::cast::{self, Cast, Gender};
use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use crate::statement::Statement;
use crate::tongue::{Pronoun, Tongue};
use std::ops::Range;

/// Units between a name and what it is of: "of the harbour dealer".
const DESCRIPTION: isize = 4;

/// Resolves sources one after the other, remembering who spoke last.
pub(crate) struct Speakers<'page> {
    page: &'page Page<'page>,
    tongue: &'static Tongue,
    cast: Cast,
    /// Units that stand in somebody's content: who is named there is spoken of, not heard.
    content: Vec<bool>,
    /// Who spoke so far, the last one at the end.
    spoke: Vec<Last>,
    /// Where somebody spoke whom the text does not name, and in which paragraph.
    unnamed: Option<(usize, u32)>,
}

/// Who spoke, in which paragraph, and where their source ended.
#[derive(Clone, Copy)]
struct Last {
    member: usize,
    paragraph: u32,
    end: usize,
}

impl<'page> Speakers<'page> {
    pub(crate) fn new(
        page: &'page Page<'page>,
        tongue: &'static Tongue,
        cast: Cast,
        all: &[Statement],
    ) -> Self {
        let mut content = vec![false; page.units.len()];
        for unit in all.iter().flat_map(|statement| &statement.content).cloned().flatten() {
            if let Some(unit) = content.get_mut(unit) {
                *unit = true;
            }
        }
        Self { page, tongue, cast, content, spoke: Vec::new(), unnamed: None }
    }

    /// Everybody on the page.
    pub(crate) fn cast(&self) -> &Cast {
        &self.cast
    }

    /// The speaker of the next statement.
    pub(crate) fn next(&mut self, statement: &Statement) -> Option<String> {
        let found = statement.source.iter().find_map(|source| {
            let member = if self.hangs(statement, source) { None } else { self.member(source) };
            Some((source.clone(), member?))
        });
        let Some((source, member)) = found else {
            self.notice_unnamed(statement);
            return None;
        };
        let paragraph = self.page.unit(source.start).paragraph;
        self.spoke.push(Last { member, paragraph, end: source.end });
        self.cast.members.get(member).map(|member| member.name.clone())
    }

    /// "The raid on the shop of the dealer IVO KARST confirmed": a name that ends a description of something else,
    /// though the source begins with it.
    fn hangs(&self, statement: &Statement, source: &Range<usize>) -> bool {
        let led = statement.cue.as_ref().is_some_and(|cue| cue.start >= source.end);
        let before = |distance: isize| self.page.near(source.start, -distance);
        let described = |unit: &Unit| {
            !unit.capital
                && matches!(unit.class, class::TITLE | class::ARTICLE | class::POSSESSIVE | open::LOWER)
        };
        let way = (1..=DESCRIPTION).find(|distance| !described(&before(*distance))).unwrap_or(DESCRIPTION);
        let of = before(way);
        led && of.sentence == self.page.unit(source.start).sentence
            && is_one!(of.word, "of" | "for" | "from" | "by" | "with" | "against" | "about")
    }

    /// The label of a transcript in capitals: "HOLM", when one of the article is called so.
    fn labelled(&self, source: &Range<usize>) -> Option<usize> {
        let words: Vec<u32> = source.clone().map(|at| self.page.unit(at).word).collect();
        let mut called =
            self.cast.members.iter().enumerate().filter(|(_, member)| member.words.ends_with(&words));
        match (called.next(), called.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    fn member(&mut self, source: &Range<usize>) -> Option<usize> {
        match self.pronoun(source) {
            Some(pronoun) => self.meant(pronoun, source.start),
            None => self.named(source).or_else(|| self.office(source)).or_else(|| self.labelled(source)),
        }
    }

    fn pronoun(&self, source: &Range<usize>) -> Option<Pronoun> {
        let alone = source.len() == 1;
        let word = self.page.words(source.start).to_lowercase();
        // French inverts with a hyphen: "a-t-il déclaré".
        let inverted = || match () {
            () if word.ends_with("-il") => Some(Pronoun::He),
            () if word.ends_with("-elle") => Some(Pronoun::She),
            () if word.ends_with("-ils") || word.ends_with("-elles") => Some(Pronoun::They),
            () => None,
        };
        self.tongue.pronoun(&self.page.unit(source.start)).filter(|_| alone).or_else(inverted)
    }

    /// The first name in the source that is not somebody else's ("Holm's lawyer", "a spokesman for Holm").
    fn named(&self, source: &Range<usize>) -> Option<usize> {
        // "Ein ARBEITER von der Werft": a German noun, and nobody's name.
        if is_one!(self.page.unit(source.start).word, "ein" | "eine") {
            return None;
        }
        let mentions = &self.cast.mentions;
        let first = mentions.partition_point(|(units, _)| units.end <= source.start);
        for (units, member) in mentions.get(first..)?.iter().take_while(|(units, _)| units.start < source.end)
        {
            let behind = self.page.words(units.end);
            let owner = matches!(behind, "'s" | "’s") || matches!(behind, "'" | "’");
            let before = self.page.near(units.start, -1);
            let of = self.is_of(units.start);
            let described = units.start > source.start
                && (of || before.class == class::PREPOSITION || before.class == class::TO)
                || units.start > source.start + 1 && self.after_preposition(source, units.start)
                || self.within_description(source, units.start);
            let described = described && !Cast::is_seated(self.page, units.start);
            if !owner && !described && !self.modifies(source, units) && !self.is_rest(units) {
                return Some(*member);
            }
        }
        None
    }

    /// "un docker du quai DES Salines", "der Sprecher VON DER Werft": whose somebody is.
    fn is_of(&self, name: usize) -> bool {
        let of = |distance: isize| {
            is_one!(
                self.page.near(name, -distance).word,
                "von"
                    | "vom"
                    | "beim"
                    | "zum"
                    | "zur"
                    | "im"
                    | "am"
                    | "de"
                    | "du"
                    | "des"
                    | "del"
                    | "d'"
                    | "aux"
            )
        };
        let article = is_one!(
            self.page.near(name, -1).word,
            "la" | "le" | "les" | "los" | "las" | "el" | "der" | "den" | "dem" | "l'"
        );
        of(1) || article && of(2) || self.is_rest_of_elided(name)
    }

    /// "la Ligue d'Ines ROTHKAMM": the name begins in the word that says whose it is.
    fn is_rest_of_elided(&self, name: usize) -> bool {
        let before = name.checked_sub(1).map(|before| self.page.words(before)).unwrap_or_default();
        before.starts_with("d'") || before.starts_with("d’")
    }

    /// "The Farmers' LEAGUE": the rest of a body's name, which alone is none.
    fn is_rest(&self, name: &Range<usize>) -> bool {
        let owned = matches!(self.page.words(name.start.wrapping_sub(1)), "'" | "’" | "'s" | "’s");
        owned && name.len() == 1 && Cast::is_body(self.page.unit(name.start).word)
    }

    /// "KREMLIN spokesman Dmitry Peskov", "TRUMP administration officials": the name says whose they are.
    fn modifies(&self, source: &Range<usize>, name: &Range<usize>) -> bool {
        let behind = self.page.unit(name.end);
        let word = behind.kind == Kind::Word && (behind.class >= class::END || behind.class == class::TITLE);
        name.end < source.end && word && behind.class != open::CLITIC
    }

    /// "a spokesman for the Harbour Board": a preposition stands before the name, with an article between.
    fn after_preposition(&self, source: &Range<usize>, name: usize) -> bool {
        (source.start..name).rev().take(2).any(|at| self.page.unit(at).class == class::PREPOSITION)
    }

    /// "the incident which drew condemnation from ITALY": a description without an office before the name.
    fn within_description(&self, source: &Range<usize>, name: usize) -> bool {
        let way = (source.start..name).rev().take_while(|at| self.page.unit(*at).kind != Kind::Comma);
        let way: Vec<u8> = way.map(|at| self.page.unit(at).class).collect();
        way.iter().any(|class| matches!(*class, class::PREPOSITION | class::TO | class::RELATIVE))
            && !way.contains(&class::TITLE)
    }

    /// "the president", "la préfète", when one person of the article bears that title.
    fn office(&self, source: &Range<usize>) -> Option<usize> {
        let office = cast::bare(self.page, source.end - 1);
        let definite = cast::is_definite(self.page, self.tongue, source.start);
        if !definite || !cast::is_office(self.page, self.tongue, source.end - 1) || source.len() > 4 {
            return None;
        }
        let gender = cast::office_gender(self.page, self.tongue, source.end - 1);
        let fits = |known: Gender| [known, gender].contains(&Gender::Unknown) || known == gender;
        let mut bearing = self
            .cast
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.titles.contains(&office) && fits(member.gender));
        match (bearing.next(), bearing.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }
}
