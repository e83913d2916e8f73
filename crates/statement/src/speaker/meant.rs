//! Whom "he" and "she" mean. Rather nobody than somebody else: where two fit equally well, nobody is meant.

use super::{Last, Speakers};
use crate::cast::{self, Gender};
use crate::hash::is_one;
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use crate::statement::Statement;
use crate::tongue::Pronoun;
use news::NameKind;
use std::ops::Range;

/// Paragraphs that a pronoun looks back over.
const LOOK_BACK: u32 = 2;
/// Paragraphs in which somebody else who spoke makes a pronoun of a later paragraph doubtful.
const DOUBT: u32 = 4;

/// Mentions and speakers that are looked back over.
const MOST: usize = 200;

type Mention = (Range<usize>, usize);

impl Speakers<'_> {
    /// Whom a pronoun means: the subject of what was told since somebody spoke, else who spoke last when nobody else
    /// may be meant, else the only fitting person named shortly before.
    pub(super) fn meant(&mut self, pronoun: Pronoun, at: usize) -> Option<usize> {
        let wanted = match pronoun {
            Pronoun::He => Gender::Male,
            Pronoun::She => Gender::Female,
            Pronoun::They | Pronoun::Speaking => return None,
        };
        let meant = self.whom(wanted, at)?;
        self.cast.members.get_mut(meant)?.gender = wanted;
        Some(meant)
    }

    fn whom(&self, wanted: Gender, at: usize) -> Option<usize> {
        if let Some(named) = self.named_right_before(at).filter(|member| self.fits(*member, wanted)) {
            return Some(named);
        }
        if let Some(viewed) = self.viewing(at) {
            return Some(viewed).filter(|member| self.may_be(*member, wanted));
        }
        let last = self.spoke.last().copied().filter(|last| self.is_near(last.paragraph, at));
        let unnamed = self.unnamed.filter(|(_, paragraph)| self.is_near(*paragraph, at));
        let unnamed = unnamed
            .max(self.unnamed_right_before(at))
            .filter(|(end, _)| last.is_none_or(|last| last.end < *end));
        let since = unnamed.map(|(end, _)| end).max(last.map(|last| last.end)).unwrap_or_default();
        let fitting = self.fitting(since, at, wanted);
        let last = last.filter(|last| self.fits(last.member, wanted) && unnamed.is_none());
        match last {
            Some(last) => {
                self.newer(last, &fitting, wanted).or_else(|| self.again(last, &fitting, at, wanted))
            }
            None if unnamed.is_some() => self.subject(&fitting),
            None => self.only(&self.fitting(0, at, wanted), at, wanted),
        }
    }

    fn fits(&self, member: usize, wanted: Gender) -> bool {
        self.cast.members.get(member).is_some_and(|member| {
            (member.gender == wanted || member.gender == Gender::Unknown && member.may_be_person())
                && !matches!(member.kind, NameKind::Place | NameKind::Organisation)
        })
    }

    /// Known for a person by more than the shape of the name.
    fn is_somebody(&self, member: usize) -> bool {
        let known = self.cast.members.get(member);
        known.is_some_and(|known| {
            known.person || known.kind == NameKind::Person || known.gender != Gender::Unknown
        }) || self.spoke.iter().rev().take(MOST).any(|spoke| spoke.member == member)
    }

    fn is_known(&self, member: usize, wanted: Gender) -> bool {
        self.cast.members.get(member).is_some_and(|member| member.gender == wanted)
    }

    fn is_near(&self, paragraph: u32, at: usize) -> bool {
        self.page.unit(at).paragraph.saturating_sub(paragraph) <= LOOK_BACK
    }

    /// Who may be meant of those named between two places, newest first; who is spoken of in somebody's words is not.
    fn fitting(&self, since: usize, at: usize, wanted: Gender) -> Vec<Mention> {
        let first = self.cast.mentions.partition_point(|(units, _)| units.start < since);
        let until = self.cast.mentions.partition_point(|(units, _)| units.end <= at);
        let named = self.cast.mentions.get(first..until).unwrap_or_default().iter().rev();
        let near = |units: &Range<usize>| self.is_near(self.page.unit(units.start).paragraph, at);
        let said = |units: &Range<usize>| self.content.get(units.start).copied().unwrap_or(false);
        named
            .take(MOST)
            .take_while(|(units, _)| near(units))
            .filter(|(units, member)| !said(units) && self.fits(*member, wanted))
            .filter(|(units, _)| !self.cast.is_caption(self.page, units.start, at))
            .cloned()
            .collect()
    }

    /// Nothing that is known speaks against it: a surname alone will do, where the text shows that somebody is meant.
    fn may_be(&self, member: usize, wanted: Gender) -> bool {
        self.fits(member, wanted)
            || self.cast.members.get(member).is_some_and(|known| {
                known.gender == Gender::Unknown && !known.thing && known.kind == NameKind::Other
            })
    }

    /// "For Ada Holm, the talks may fail. “They will,” SHE said.": whose view the sentence with the pronoun or the last
    /// one before it tells, when nobody spoke since.
    fn viewing(&self, at: usize) -> Option<usize> {
        let here = self.page.unit(at).sentence as usize;
        let paragraph = self.page.unit(at).paragraph;
        let told = |sentence: &Range<usize>| sentence.clone().any(|at| !self.page.unit(at).is_quotation());
        let sentences = self.page.sentences.get(..=here)?.iter().enumerate().rev();
        let (_, opening) = sentences
            .filter(|(index, sentence)| *index == here || told(sentence))
            .take(2)
            .filter(|(_, sentence)| paragraph.saturating_sub(self.page.unit(sentence.start).paragraph) < 2)
            .find(|(_, sentence)| view(self.page, sentence.start) > 0)?;
        let name = opening.start + view(self.page, opening.start);
        let until = self.cast.mentions.partition_point(|(units, _)| units.end <= name);
        let (units, member) = self.cast.mentions.get(until)?;
        let spoke = self.spoke.last().is_some_and(|last| last.member != *member && last.end > units.end);
        let apart = self.page.unit(units.end).kind == Kind::Comma && units.start == name;
        (apart && !spoke && units.end <= at).then_some(*member)
    }

    /// "As for Ada Holm, SHE said": the name right in front of the pronoun.
    fn named_right_before(&self, at: usize) -> Option<usize> {
        let comma = at.checked_sub(1).filter(|comma| self.page.unit(*comma).kind == Kind::Comma)?;
        let until = self.cast.mentions.partition_point(|(units, _)| units.end <= comma);
        let (units, member) = self.cast.mentions.get(until.checked_sub(1)?)?;
        let same = self.page.unit(units.start).sentence == self.page.unit(at).sentence;
        (units.end == comma && same).then_some(*member)
    }

    /// The newest of whom a sentence tells something.
    fn subject(&self, fitting: &[Mention]) -> Option<usize> {
        fitting.iter().find(|(units, _)| cast::is_subject(self.page, units)).map(|(_, member)| *member)
    }

    /// Somebody of whom a sentence tells something since the last speaker spoke, or of whom it is known that they
    /// are spoken of like this.
    fn newer(&self, last: Last, fitting: &[Mention], wanted: Gender) -> Option<usize> {
        let others = fitting.iter().filter(|(_, member)| *member != last.member);
        let others = others.filter(|(units, _)| !cast::is_beside(self.page, units));
        let surer = |member: usize| self.is_known(member, wanted) && !self.is_known(last.member, wanted);
        let newest = |(units, member): &&Mention| surer(*member) || cast::is_subject(self.page, units);
        others.into_iter().find(newest).map(|(_, member)| *member)
    }

    /// The last speaker, unless their gender is open and somebody else may be meant as well.
    fn again(&self, last: Last, fitting: &[Mention], at: usize, wanted: Gender) -> Option<usize> {
        if self.is_known(last.member, wanted) {
            return Some(last.member);
        }
        let spoken = self.page.unit(last.end.saturating_sub(1)).sentence;
        let pronoun = self.page.unit(at).word;
        let elsewhere = |units: &Range<usize>| {
            let sentence = self.page.unit(units.start).sentence;
            let opening = self.page.sentences.get(sentence as usize).map_or(units.start, |units| units.start);
            // "SHE had met Ivo Karst": he is not who she is.
            sentence != spoken && (self.page.unit(opening).word != pronoun || opening == at)
        };
        let rival = fitting.iter().any(|(units, member)| *member != last.member && elsewhere(units));
        let paragraph = self.page.unit(at).paragraph;
        let before = |spoke: &&Last| {
            paragraph.saturating_sub(spoke.paragraph) <= DOUBT
                && spoke.member != last.member
                && self.is_known(spoke.member, wanted)
        };
        let doubtful =
            last.paragraph != paragraph && self.spoke.iter().rev().take(MOST).any(|spoke| before(&spoke));
        (!rival && !doubtful).then_some(last.member)
    }

    /// The only one who fits, the only one known to be spoken of like this, or the one of whom a sentence tells.
    fn only(&self, fitting: &[Mention], at: usize, wanted: Gender) -> Option<usize> {
        let paragraph = self.page.unit(at).paragraph;
        let close = |units: &Range<usize>| {
            paragraph.saturating_sub(self.page.unit(units.start).paragraph) < LOOK_BACK
        };
        let apart = |units: &Range<usize>| close(units) && !cast::is_beside(self.page, units);
        let fitting: Vec<_> = fitting.iter().filter(|(units, _)| apart(units)).cloned().collect();
        let sure = |member: usize| self.is_somebody(member);
        let any = fitting.iter().any(|(_, member)| sure(*member));
        let members = || fitting.iter().map(|(_, member)| *member).filter(|member| !any || sure(*member));
        let sentence = self.page.unit(at).sentence;
        let right_before =
            |(units, _): &&Mention| sentence.saturating_sub(self.page.unit(units.start).sentence) < 2;
        let near: Vec<_> = fitting.iter().filter(right_before).cloned().collect();
        // Of whom the last sentence tells counts more than who is known and stands somewhere.
        let told = near.iter().find(|(units, member)| {
            cast::is_subject(self.page, units) && (sure(*member) || self.is_told(units))
        });
        let told = told.map(|(_, member)| *member);
        one(members())
            .filter(|only| told.is_none_or(|told| told == *only))
            .or(told)
            .or_else(|| self.subject(&near))
            .or_else(|| one(members().filter(|member| self.is_known(*member, wanted))))
            .or_else(|| self.subject(&fitting))
    }

    /// "Neo Tarrant, an analyst", "Neo Tarrant was": not "the Republican nominee" or "Midway Atoll – Seventy years ago".
    fn is_told(&self, name: &Range<usize>) -> bool {
        let behind = self.page.unit(name.end);
        let article = self.page.near(name.start, -1).class == class::ARTICLE;
        let verb = matches!(behind.class, open::ED | class::BE | class::HAVE | class::MODAL | class::DO);
        !article && (verb || behind.kind == Kind::Comma || behind.group > 0)
    }

    /// "A docker SAID it began at noon. “It was loud,” HE said.", where nothing was found to be said.
    fn unnamed_right_before(&self, at: usize) -> Option<(usize, u32)> {
        let unit = self.page.unit(at);
        let before = self.page.sentences.get((unit.sentence as usize).checked_sub(1)?)?;
        let opening = self.page.unit(before.start);
        let spoke = |at: usize| is_one!(self.page.unit(at).word, "said" | "says" | "told" | "tells");
        (is_indefinite(&opening) && before.clone().any(spoke)).then_some((before.start, opening.paragraph))
    }

    /// Remembers that somebody spoke whom the text does not name: "a former employee said", "who asked not to be
    /// named". A pronoun behind it means them.
    pub(super) fn notice_unnamed(&mut self, statement: &Statement) {
        let source = statement.source.first();
        let Some(at) = statement.cue.as_ref().map(|cue| cue.start).or(source.map(|source| source.start))
        else {
            return;
        };
        if source.is_some_and(|source| self.pronoun(source).is_some()) {
            return;
        }
        let relative = |source: &Range<usize>| self.page.unit(source.start).class == class::RELATIVE;
        let described = source.filter(|source| !relative(source));
        let sentence = self.page.sentences.get(self.page.unit(at).sentence as usize);
        let opening = described.or(sentence).map_or(at, |units| units.start);
        // "The prime minister" is often who spoke before; "the spokesman of President Isaura Quintel" is somebody new.
        let office = described.is_some_and(|source| {
            let unit = |at| self.page.unit(at);
            let of_whom = source.clone().skip(1).any(|at| unit(at).capital && unit(at).class != class::TITLE);
            of_whom && source.clone().any(|at| unit(at).class == class::TITLE)
        });
        if office || is_indefinite(&self.page.unit(opening)) {
            let end = described.map_or(at, |source| source.end).max(at);
            self.unnamed = Some((end, self.page.unit(at).paragraph));
        }
    }
}

/// The only member that is there, however often.
fn one(mut members: impl Iterator<Item = usize>) -> Option<usize> {
    let first = members.next()?;
    members.all(|other| other == first).then_some(first)
}

/// Words with which a sentence opens before the name of whose view it tells.
fn view(page: &Page, start: usize) -> usize {
    match () {
        () if is_one!(
            page.unit(start).word,
            "for" | "laut" | "für" | "pour" | "selon" | "para" | "según"
        ) =>
        {
            1
        }
        () if is_one!(page.unit(start).word, "according") && page.unit(start + 1).class == class::TO => 2,
        () if is_one!(page.unit(start).word, "as") && is_one!(page.unit(start + 1).word, "for") => 2,
        () => 0,
    }
}

/// "A former employee", "ein Feuerwehrmann", "une élève".
fn is_indefinite(unit: &Unit) -> bool {
    is_one!(
        unit.word,
        "a" | "an" | "one" | "another" | "ein" | "eine" | "einer" | "un" | "une" | "una" | "uno"
    )
}
