//! Who speaks: the words of a source resolved to a member of the article's cast.
//!
//! In: statements in reading order. Out: a name for each, or none: a pronoun that two people may be, a
//! description without a name, and a surname that two people share stay unattributed.

use crate::cast::{Cast, Gender};
use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use crate::statement::Statement;
use crate::tongue::{Pronoun, Tongue};
use std::ops::Range;

/// Paragraphs that a pronoun looks back over.
const LOOK_BACK: u32 = 2;
/// Units between a name and what it is of: "of the harbour dealer".
const DESCRIPTION: isize = 4;

/// Resolves sources one after the other, remembering who spoke last.
pub(crate) struct Speakers<'page> {
    page: &'page Page<'page>,
    tongue: &'static Tongue,
    cast: Cast,
    /// Units that stand in somebody's content: who is named there is spoken of, not heard.
    content: Vec<bool>,
    /// The last speaker.
    last: Option<Last>,
}

/// Who spoke last, in which paragraph, and where their source ended.
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
        Self { page, tongue, cast, content, last: None }
    }

    /// Everybody on the page.
    pub(crate) fn cast(&self) -> &Cast {
        &self.cast
    }

    /// The speaker of the next statement.
    pub(crate) fn next(&mut self, statement: &Statement) -> Option<String> {
        let (source, member) = statement.source.iter().find_map(|source| {
            let member = if self.hangs(statement, source) { None } else { self.member(source) };
            Some((source.clone(), member?))
        })?;
        let paragraph = self.page.unit(source.start).paragraph;
        self.last = Some(Last { member, paragraph, end: source.end });
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
        of(1) || article && of(2)
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

    /// "the president", when one person of the article bears that title.
    fn office(&self, source: &Range<usize>) -> Option<usize> {
        let last = self.page.unit(source.end - 1);
        let definite = is_one!(self.page.unit(source.start).word, "the");
        if !definite || last.class != class::TITLE || source.len() > 4 {
            return None;
        }
        let mut bearing =
            self.cast.members.iter().enumerate().filter(|(_, member)| member.titles.contains(&last.word));
        match (bearing.next(), bearing.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    /// Whom a pronoun means: who spoke last, when nobody else fitting was named since; else the only fitting
    /// person named shortly before.
    fn meant(&mut self, pronoun: Pronoun, at: usize) -> Option<usize> {
        let wanted = match pronoun {
            Pronoun::He => Gender::Male,
            Pronoun::She => Gender::Female,
            Pronoun::They | Pronoun::Speaking => return None,
        };
        let paragraph = self.page.unit(at).paragraph;
        let fits = |member: usize| {
            let member = &self.cast.members[member];
            (member.gender == wanted || member.gender == Gender::Unknown && member.may_be_person())
                && !matches!(member.kind, news::NameKind::Place | news::NameKind::Organisation)
        };
        if let Some(named) = self.named_right_before(at).filter(|member| fits(*member)) {
            return Some(named);
        }
        let recent = self
            .last
            .filter(|last| paragraph.saturating_sub(last.paragraph) <= LOOK_BACK && fits(last.member));
        let meant = match recent {
            Some(last) => self.newer_subject(last, at, wanted, &fits).unwrap_or(last.member),
            None => self.only_fitting(at, &fits)?,
        };
        let member = self.cast.members.get_mut(meant)?;
        member.gender = wanted;
        Some(meant)
    }

    /// "As for Ada Holm, SHE said": the name right in front of the pronoun.
    fn named_right_before(&self, at: usize) -> Option<usize> {
        let comma = at.checked_sub(1).filter(|comma| self.page.unit(*comma).kind == Kind::Comma)?;
        let until = self.cast.mentions.partition_point(|(units, _)| units.end <= comma);
        let (units, member) = self.cast.mentions.get(until.checked_sub(1)?)?;
        let same = self.page.unit(units.start).sentence == self.page.unit(at).sentence;
        (units.end == comma && same).then_some(*member)
    }

    /// A fitting person with whom a sentence opened since the last speaker spoke, or of whom it is known that
    /// they are spoken of like this.
    fn newer_subject(
        &self,
        last: Last,
        at: usize,
        wanted: Gender,
        fits: &impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let since = self.cast.mentions.partition_point(|(units, _)| units.start < last.end);
        let until = self.cast.mentions.partition_point(|(units, _)| units.end <= at);
        let newer = self.cast.mentions.get(since..until)?.iter().rev();
        let outside = newer.filter(|(units, _)| !self.content.get(units.start).copied().unwrap_or(false));
        let mut fitting = outside.filter(|(_, member)| *member != last.member && fits(*member));
        let opens = |units: &Range<usize>| {
            let sentence = self.page.sentences.get(self.page.unit(units.start).sentence as usize);
            sentence.is_some_and(|sentence| units.start <= sentence.start + 1)
        };
        let known = |member: usize| self.cast.members[member].gender == wanted;
        let subject = |units: &Range<usize>, member: usize| {
            known(member) && !known(last.member) || opens(units) && self.cast.members[member].person
        };
        fitting.find(|(units, member)| subject(units, *member)).map(|(_, member)| *member)
    }

    /// The only fitting person named in this paragraph and the one before.
    fn only_fitting(&self, at: usize, fits: &impl Fn(usize) -> bool) -> Option<usize> {
        let unit = self.page.unit(at);
        let until = self.cast.mentions.partition_point(|(units, _)| units.end <= at);
        let near = self.cast.mentions.get(..until)?.iter().rev().take_while(|(units, _)| {
            let there = self.page.unit(units.start);
            unit.paragraph - there.paragraph.min(unit.paragraph) < LOOK_BACK
        });
        let mut only = None;
        for (_, member) in near.filter(|(_, member)| fits(*member)) {
            match only {
                None => only = Some(*member),
                Some(known) if known != *member => return None,
                Some(_) => {}
            }
        }
        only
    }
}
