//! Which acts are told of somebody by name. The reader of acts finds much and is right in a good half; what stands on
//! somebody's page must be right, so that an act is told only where its own words, the one who acts and the grammar
//! around both leave little doubt.
//!
//! In: an act with its page. Out: yes or no, and whether its target is near enough to be meant.

use super::words::{CLASS_BITS, Mark};
use crate::hash::{self, Set, is_one};
use crate::lexicon::class;
use crate::page::{Kind, Page, open};
use news::{Act, ActClass};
use std::ops::Range;
use std::sync::LazyLock;

/// A class that is less sure is not told.
const SURE: f32 = 0.75;
/// Units between an act's word and its target.
const NEAR: usize = 4;
/// Units between who acts and the act's word.
const WITHIN: usize = 8;

/// Words that tell an act of every class and none: "called it a mistake", "left on Monday".
static LOOSE: LazyLock<Set> = LazyLock::new(|| {
    hashes(
        "call calls called calling leave leaves left hit hits hitting end ends ended ending share shares \
    help train trained sign drop dropped break broke open closed close cut press never delay provide \
    receive received permission let lets talks return returns returned allowed shared marches \
    sanctions charges clash team beat beats station",
    )
});
/// Verbs that tell no act and carry the noun that does: "HELD talks", "REACHED an agreement".
static CARRYING: LazyLock<Set> = LazyLock::new(|| {
    hashes(
        "hold holds held reach reaches reached make makes made launch launches launched issue issues \
    issued reiterate reiterates reiterated announce announces announced express expresses expressed \
    voice voices voiced declare declares declared carry carries carried conduct conducts conducted \
    stage stages staged begin begins began lodge lodged file files filed impose imposes imposed \
    withstands conducting holding ready",
    )
});
/// Where the act is supposed and not told.
static SUPPOSED: LazyLock<Set> =
    LazyLock::new(|| hashes("if whether unless until once when should why how as than nor no"));

fn hashes(words: &str) -> Set {
    words.split_whitespace().map(hash::word).collect()
}

/// An act's units.
pub(super) struct Place<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) marks: &'a [Mark],
    pub(super) actor: Range<usize>,
    pub(super) target: Option<Range<usize>>,
    pub(super) cue: usize,
}

impl Place<'_> {
    /// Whether the act may be told of who acts.
    pub(super) fn is_sure(&self, act: &Act) -> bool {
        act.confidence >= SURE
            && self.tells(act.class)
            && (self.is_shared() || !self.is_of(self.cue, &LOOSE) && !self.is_noun())
            && self.acts()
            && !self.is_done_to()
    }

    /// The target, where it stands near behind the act's word (or before it, in a passive) and not in another clause.
    pub(super) fn aimed(&self) -> Option<Range<usize>> {
        let target = self.target.clone()?;
        if target.start < self.cue {
            return Some(target);
        }
        let between = self.cue + 1..target.start;
        let words = between.clone().filter(|at| self.page.unit(*at).kind == Kind::Word).count();
        let parts = between.into_iter().any(|at| {
            // "agreed to open talks" is aimed at nobody, "apologised to Holm" is.
            let deed = self.page.unit(at).class == class::TO && !self.names(at + 1);
            self.parts(at) || deed || self.is(at, &["after", "before", "in", "at", "by"])
        });
        // "a Selmaran radio report", "the Norrick email": the name only says what sort of thing it is.
        let owner = self.page.unit(target.end - 1).class == open::CLITIC;
        let sort = !owner && matches!(self.page.unit(target.end).class, open::LOWER | open::S);
        let pronoun = matches!(self.page.unit(target.start).class, class::SUBJECT | class::POSSESSIVE);
        (words <= NEAR && !parts && !pronoun && !sort).then_some(target)
    }

    fn names(&self, at: usize) -> bool {
        let unit = self.page.unit(at);
        unit.capital
            || matches!(unit.class, class::ARTICLE | class::TITLE | class::OBJECT | class::DETERMINER)
    }

    fn is_of(&self, at: usize, words: &Set) -> bool {
        words.contains(&self.page.unit(at).word)
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| hash::word(word) == self.page.unit(at).word)
    }

    /// What begins another clause.
    fn parts(&self, at: usize) -> bool {
        let unit = self.page.unit(at);
        matches!(unit.class, class::THAT | class::CLAUSE | class::RELATIVE | class::WH | class::BUT)
            || !matches!(unit.kind, Kind::Word | Kind::Number)
    }

    /// The act's own word is known for its class, or what stands right behind it where its word is known for none.
    fn tells(&self, class: ActClass) -> bool {
        let bits = |at: usize| self.marks.get(at).map_or(0, |mark| mark.bits & CLASS_BITS);
        let own = 1 << class as u32;
        match bits(self.cue) {
            0 if !self.is_of(self.cue, &CARRYING) => false,
            0 => (self.cue + 1..self.cue + NEAR)
                .take_while(|at| !self.parts(*at) && self.page.unit(*at).class != class::PREPOSITION)
                .any(|at| bits(at) & own != 0 && !self.is_of(at, &LOOSE)),
            known => known & own != 0,
        }
    }

    /// "Norrick SHARES closed", "peace TALKS are due": the word is a noun, and its verb follows.
    fn is_noun(&self) -> bool {
        let next = self.page.unit(self.cue + 1);
        let verb = matches!(next.class, class::BE | class::HAVE | class::MODAL | class::DO)
            || next.class == open::ED && !self.page.words(self.cue).ends_with("ed");
        let gerund = self.page.words(self.cue).ends_with("ing")
            && !(self.cue.saturating_sub(3)..self.cue).any(|at| self.page.unit(at).class == class::BE);
        verb || gerund || self.is_bare()
    }

    /// "The Golden Dome MISSILE", "DOJ PROBE": the plain form behind one who acts alone, without "to" or "will".
    fn is_bare(&self) -> bool {
        let plain = self.marks.get(self.cue).is_some_and(|mark| mark.lemma == self.page.unit(self.cue).word);
        let led = (self.actor.end..self.cue).any(|at| {
            matches!(self.page.unit(at).class, class::TO | class::MODAL | class::DO | class::NEGATION)
        });
        let ended = ["s", "ed"].iter().any(|end| self.page.words(self.cue).ends_with(end));
        let last = self.page.words(self.actor.end - 1);
        let before = self.actor.start.checked_sub(1).map(|at| self.page.unit(at).class);
        let many = last.ends_with('s')
            || self.is(self.actor.end - 1, &["police", "people", "we", "they"])
            || before == Some(class::AND);
        plain && !led && !ended && !many && self.actor.start < self.cue
    }

    /// "Talks BETWEEN Lorvane and Valdoire": a noun that two share.
    fn is_shared(&self) -> bool {
        self.actor.start > 0 && self.is(self.actor.start - 1, &["between"])
    }

    /// Who acts stands near before the word, and not behind a preposition: "the earthquake IN VALDOIRE kills".
    fn acts(&self) -> bool {
        let before = self
            .actor
            .start
            .checked_sub(1)
            .map(|at| self.page.unit(at))
            .filter(|unit| unit.sentence == self.page.unit(self.actor.start).sentence);
        let passive = self.actor.start > self.cue;
        let by = before.is_some_and(|unit| is_one!(unit.word, "by"));
        let between = before.is_some_and(|unit| is_one!(unit.word, "between"));
        if passive {
            return by || between;
        }
        let behind = before.is_some_and(|unit| matches!(unit.class, class::PREPOSITION | class::TO));
        let supposed = (self.actor.start.saturating_sub(4)..self.actor.start).any(|at| {
            self.page.unit(at).sentence == self.page.unit(self.cue).sentence && self.is_of(at, &SUPPOSED)
        });
        let inside = (self.actor.start..self.actor.end)
            .any(|at| self.page.unit(at).class == class::PREPOSITION || self.is(at, &["no", "many"]));
        let apart = (self.actor.end..self.cue).any(|at| {
            let unit = self.page.unit(at);
            let noun = matches!(unit.class, open::LOWER | open::S) && unit.group == 0 && !self.aside(at);
            let told = unit.class == class::TO && self.ends_in_stop();
            noun || told || matches!(unit.class, class::THAT | class::CLAUSE | class::WH | class::BUT)
        });
        self.cue - self.actor.end < WITHIN && (!behind || between) && !supposed && !inside && !apart
    }

    /// Between the commas of an apposition.
    fn aside(&self, at: usize) -> bool {
        (self.actor.end..at).any(|at| self.page.unit(at).kind == Kind::Comma)
    }

    fn ends_in_stop(&self) -> bool {
        let sentence = self.page.sentences.get(self.page.unit(self.cue).sentence as usize);
        sentence.is_some_and(|sentence| self.page.unit(sentence.end - 1).kind == Kind::Stop)
    }

    /// "Lifeboat maker ACCUSED OF copying", "ferries CANCELLED": a headline's passive, without its "is".
    fn is_done_to(&self) -> bool {
        let ed = self.page.unit(self.cue).class == open::ED || self.page.words(self.cue).ends_with("ed");
        if !ed || self.actor.start > self.cue {
            return false;
        }
        let next = self.page.unit(self.cue + 1);
        let ends = next.sentence != self.page.unit(self.cue).sentence
            || !matches!(next.kind, Kind::Word | Kind::Number);
        let of = self.is(
            self.cue + 1,
            &["of", "by", "over", "in", "at", "after", "as", "from", "near", "during", "amid", "dead"],
        ) || self.is(self.cue + 1, &["to"])
            && !self.is(self.cue, &["agreed", "refused", "vowed", "offered", "pledged"]);
        // Headlines tell what one did in the present tense: "Holm honored for defending Lorvane" was done to her.
        let of = of || self.is(self.cue + 1, &["for"]) && !self.ends_in_stop();
        let auxiliary = self.cue > 0 && self.page.unit(self.cue - 1).class == class::HAVE;
        (ends || of) && !auxiliary
    }
}
