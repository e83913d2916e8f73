//! What a sentence with two marked actors looks like to the classifier: words and kinds of words before,
//! between and behind them, what follows the one who acts, and the words of acts with what stands before them.

use crate::acts::words::{CLASS_BITS, Mark, kind};
use crate::hash::{Sink, is_one};
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use std::ops::Range;

/// Units of a sentence that are looked at.
const LONGEST: usize = 120;
/// Units behind the second actor that are told apart from the rest.
const TAIL: usize = 14;

/// A sentence with its actors.
pub(crate) struct Scene<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) marks: &'a [Mark],
    pub(crate) sentence: Range<usize>,
    pub(crate) source: Range<usize>,
    pub(crate) target: Range<usize>,
}

/// Where a unit stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Region {
    Before,
    Between,
    Behind,
    Source,
    Target,
}

impl Scene<'_> {
    fn region(&self, at: usize) -> Region {
        let (first, second) = self.ordered();
        match at {
            at if self.source.contains(&at) => Region::Source,
            at if self.target.contains(&at) => Region::Target,
            at if at < first.start => Region::Before,
            at if at < second.start => Region::Between,
            _ => Region::Behind,
        }
    }

    fn ordered(&self) -> (&Range<usize>, &Range<usize>) {
        if self.target.is_empty() || self.source.start <= self.target.start {
            (&self.source, &self.target)
        } else {
            (&self.target, &self.source)
        }
    }

    fn unit(&self, at: usize) -> Unit {
        if !self.sentence.contains(&at) {
            return Unit::NOTHING;
        }
        let mut unit = self.page.unit(at);
        let lemma = self.marks.get(at).map_or(0, |mark| mark.lemma);
        if lemma != 0 {
            unit.stem = lemma;
        }
        unit
    }

    fn mark(&self, at: usize) -> u32 {
        let inside = self.sentence.contains(&at);
        self.marks.get(at).filter(|_| inside).map_or(0, |mark| mark.bits)
    }

    /// Appends the features.
    pub(crate) fn features(&self, out: &mut Sink) {
        out.one(1, 0);
        let order = self.order();
        out.one(2, order);
        let end = self.sentence.end.min(self.sentence.start + LONGEST);
        self.words(self.sentence.start..end, out);
        let chain = self.chain();
        self.after_source(chain, out);
        self.around_target(out);
        self.acts(self.sentence.start..end, order, chain, out);
        self.actors(out);
    }

    /// Which actor comes first, and whether they touch.
    fn order(&self) -> u32 {
        if self.target.is_empty() {
            return 3;
        }
        let (first, second) = self.ordered();
        let passive = (first.end..second.start).any(|at| is_one!(self.unit(at).word, "by"));
        let gap = second.start.saturating_sub(first.end);
        let touching = u32::from(gap <= 2) + u32::from(gap == 0);
        u32::from(self.source.start > self.target.start) * 4 + u32::from(passive) * 8 + touching
    }

    fn words(&self, units: Range<usize>, out: &mut Sink) {
        for at in units {
            let region = self.region(at);
            if matches!(region, Region::Source | Region::Target) {
                continue;
            }
            let here = self.unit(at);
            let near_behind = region == Region::Behind && at < self.ordered().1.end + TAIL;
            let place = region as u32 + u32::from(near_behind) * 8;
            out.one(10, here.stem);
            out.two(11, place, here.stem);
            out.two(12, place, here.word);
            let (next, third) = (self.unit(at + 1), self.unit(at + 2));
            let inner = self.region(at + 1) == region;
            if inner {
                out.two(13, here.stem, next.stem);
                out.three(14, place, here.stem, next.stem);
                if self.region(at + 2) == region {
                    out.three(15, here.stem, next.stem, third.stem);
                    out.three(16, here.stem, 1, third.stem);
                }
            }
        }
    }

    /// The verb that follows the one who acts: over auxiliaries, adverbs and what stands between commas.
    fn chain(&self) -> usize {
        let mut at = self.source.end;
        if self.unit(at).kind == Kind::Comma {
            // An apposition ends at the next comma.
            let closing = (at + 1..at + 20).find(|next| self.unit(*next).kind == Kind::Comma);
            at = closing.map_or(at, |closing| closing + 1);
        }
        for next in at..at + 12 {
            let unit = self.unit(next);
            let verb = self.mark(next) & CLASS_BITS != 0
                || matches!(unit.class, open::ED)
                || self.mark(next) & kind::SAYING != 0;
            if verb || unit.class == open::NOTHING {
                return next;
            }
        }
        at
    }

    fn after_source(&self, verb: usize, out: &mut Sink) {
        let near = |more: usize| self.unit(self.source.end + more);
        out.one(20, near(0).stem);
        out.two(21, near(0).stem, near(1).stem);
        out.three(22, near(0).stem, near(1).stem, near(2).stem);
        let here = self.unit(verb);
        out.one(23, here.stem);
        out.two(24, here.stem, self.unit(verb + 1).stem);
        out.three(25, here.stem, self.unit(verb + 1).stem, self.unit(verb + 2).stem);
        out.two(26, here.stem, self.unit(verb + 2).stem);
        let before = (self.source.end..verb).fold(0, |bits, at| bits | self.leading(at));
        out.two(27, here.stem, before);
        let last = self.target.start.checked_sub(1).map_or(Unit::NOTHING, |at| self.unit(at));
        out.two(53, here.stem, last.stem);
        out.two(54, here.stem, self.unit(self.target.end).stem);
        bits(self.mark(verb), |bit| {
            out.two(28, bit, before);
            out.one(29, bit);
            out.two(55, bit, last.stem);
            self.target.clone().last().into_iter().for_each(|head| out.two(56, bit, self.unit(head).stem));
            self.source.clone().last().into_iter().for_each(|head| out.two(57, bit, self.unit(head).stem));
        });
    }

    /// What an auxiliary or a negation adds to a verb.
    fn leading(&self, at: usize) -> u32 {
        let unit = self.unit(at);
        let mark = self.mark(at);
        let coming = unit.class == class::MODAL || mark & kind::FUTURE != 0;
        u32::from(mark & kind::NEGATION != 0)
            + 2 * u32::from(coming)
            + 4 * u32::from(unit.class == class::BE)
            + 8 * u32::from(mark & kind::WILLING != 0)
    }

    fn around_target(&self, out: &mut Sink) {
        if self.target.is_empty() {
            return;
        }
        let before =
            |back: usize| self.target.start.checked_sub(back).map_or(Unit::NOTHING, |at| self.unit(at));
        let behind = |more: usize| self.unit(self.target.end + more);
        out.one(30, before(1).stem);
        out.two(31, before(2).stem, before(1).stem);
        out.three(32, before(3).stem, before(2).stem, before(1).stem);
        out.one(33, behind(0).stem);
        out.two(34, behind(0).stem, behind(1).stem);
        out.two(35, behind(0).class.into(), behind(1).stem);
        bits(self.mark(self.target.end + 1), |bit| out.two(36, behind(0).class.into(), bit));
    }

    /// Words of acts: each with what leads to it, the first two between the actors, and which meet.
    fn acts(&self, units: Range<usize>, order: u32, chain: usize, out: &mut Sink) {
        let told: Vec<usize> = units
            .filter(|at| !matches!(self.region(*at), Region::Source | Region::Target) && self.mark(*at) != 0)
            .collect();
        for at in &told {
            let region = self.region(*at) as u32;
            let led = (at.saturating_sub(4)..*at).fold(0, |bits, at| bits | self.leading(at));
            bits(self.mark(*at), |bit| {
                out.one(40, bit);
                out.two(41, region, bit);
                out.two(42, led, bit);
                out.three(43, region, led, bit);
                out.two(44, order, bit);
            });
        }
        let classes = |at: &&usize| self.mark(**at) & CLASS_BITS != 0;
        let between: Vec<usize> = told
            .iter()
            .filter(|at| matches!(self.region(**at), Region::Between))
            .filter(classes)
            .copied()
            .collect();
        for (place, at) in [(0, between.first()), (1, between.last()), (2, between.get(1))] {
            let Some(at) = at else { continue };
            out.two(45, place, self.unit(*at).stem);
            bits(self.mark(*at) & CLASS_BITS, |bit| out.two(46, place, bit));
        }
        for pair in told.windows(2) {
            let &[first, second] = pair else { continue };
            bits(self.mark(first), |a| bits(self.mark(second), |b| out.two(47, a, b)));
            out.two(48, self.unit(first).stem, self.unit(second).stem);
            bits(self.mark(second), |bit| out.two(49, self.unit(first).stem, bit));
        }
        // The verb of the one who acts, with every later word of an act.
        for at in told.iter().filter(|at| **at > chain).take(8) {
            bits(self.mark(*at), |bit| out.two(50, self.unit(chain).stem, bit));
            bits(self.mark(chain), |a| bits(self.mark(*at), |b| out.two(51, a, b)));
            out.two(52, self.unit(chain).stem, self.unit(*at).stem);
        }
    }

    /// Who they are.
    fn actors(&self, out: &mut Sink) {
        for (template, actor) in [(60, &self.source), (64, &self.target)] {
            for at in actor.clone().take(16) {
                out.one(template, self.unit(at).stem);
                bits(self.mark(at), |bit| out.one(template + 1, bit));
            }
            if let Some(last) = actor.clone().last() {
                out.one(template + 2, self.unit(last).stem);
            }
            out.one(template + 3, actor.len().min(8) as u32);
        }
    }
}

/// Calls for each bit that is set, with its number.
fn bits(mark: u32, mut take: impl FnMut(u32)) {
    let mut rest = mark;
    while rest != 0 {
        take(rest.trailing_zeros());
        rest &= rest - 1;
    }
}
