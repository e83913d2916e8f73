//! What one cue may reach, and the features of each unit there as seen from the cue, for the question "is
//! this its source, its content, or neither?".

use crate::hash::{Sink, mix};
use crate::learned::cue::is_headline;
use crate::learned::neighbours::{self, Near, Place};
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use std::ops::Range;

/// Quotations behind and before the cue's sentence that its content may hold.
const QUOTATIONS_BESIDE: usize = 4;

/// The units a cue may reach: its sentence, with the quotations right before and right behind it.
pub(crate) fn reach(page: &Page, cue: &Range<usize>) -> Range<usize> {
    let sentence = page.sentences.get(page.unit(cue.start).sentence as usize).cloned();
    let sentence = sentence.unwrap_or_else(|| cue.clone());
    let mut start = sentence.start.min(cue.start);
    let mut end = sentence.end.max(cue.end);
    for _ in 0..QUOTATIONS_BESIDE {
        if start > 0 && page.unit(start - 1).is_quotation() {
            start -= 1;
        }
        if page.unit(end).is_quotation() {
            end += 1;
        }
    }
    start..end
}

/// What lies between the cue and a unit.
#[derive(Clone, Copy, Default)]
struct Between {
    commas: u32,
    verbs: u32,
    that: bool,
    relative: bool,
    and: bool,
    clause: bool,
    quotation: bool,
    stop: bool,
    /// Other cues, as the first model found them.
    cues: u32,
    /// Tags of the units between, joined; only while they are few.
    path: u32,
    /// The same of their shapes.
    shapes: u32,
    length: u32,
}

impl Between {
    fn pass(&mut self, unit: &Unit, cue: bool) {
        self.cues += u32::from(cue);
        match unit.kind {
            Kind::Comma => self.commas += 1,
            Kind::Quotation(_) => self.quotation = true,
            Kind::Stop => self.stop = true,
            _ => {}
        }
        match unit.class {
            class::THAT => self.that = true,
            class::RELATIVE | class::WH => self.relative = true,
            class::AND | class::BUT => self.and = true,
            class::CLAUSE => self.clause = true,
            class::BE | class::HAVE | class::MODAL | class::DO | open::ED => self.verbs += 1,
            _ if unit.group > 0 && unit.class >= class::END => self.verbs += 1,
            _ => {}
        }
        self.path = mix(self.path, unit.tag());
        self.shapes = mix(self.shapes, unit.form());
        self.length += 1;
    }

    fn flags(&self) -> u32 {
        u32::from(self.that)
            | u32::from(self.relative) << 1
            | u32::from(self.and) << 2
            | u32::from(self.clause) << 3
            | u32::from(self.quotation) << 4
            | u32::from(self.stop) << 5
    }

    fn counts(&self) -> u32 {
        self.commas.min(3) * 4 + self.verbs.min(3)
    }

    fn distance(&self) -> u32 {
        match self.length {
            0..=4 => self.length,
            5..=6 => 5,
            7..=9 => 6,
            10..=14 => 7,
            15..=24 => 8,
            _ => 9,
        }
    }
}

/// The cue as every unit's features name it.
struct Cue {
    units: Range<usize>,
    /// Its telling word: the first lexicon verb, else the first word.
    head: Unit,
    first: Unit,
    last: Unit,
    sentence: u32,
    shape: u32,
    headline: bool,
}

/// Appends the features of every unit in `reach`; `ends` gets where each unit's features end. `all` are the
/// cues that the first model found, in order.
pub(crate) fn features(
    page: &Page,
    cue: &Range<usize>,
    all: &[Range<usize>],
    reach: &Range<usize>,
    out: &mut Sink,
    ends: &mut Vec<u32>,
) {
    let head = cue.clone().map(|at| page.unit(at)).find(|unit| unit.group > 0 && unit.class >= class::END);
    let first = page.unit(cue.start);
    let last = page.unit(cue.end - 1);
    let (before, behind) = (page.near(cue.start, -1), page.unit(cue.end));
    let about = Cue {
        units: cue.clone(),
        head: head.unwrap_or(first),
        first,
        last,
        sentence: first.sentence,
        shape: mix(before.tag(), behind.tag()),
        headline: is_headline(page, cue.start),
    };
    let others = neighbours::of(page, all, cue, reach);
    let between = distances(page, cue, reach, &others);
    for (at, (between, near)) in reach.clone().zip(between.into_iter().zip(others)) {
        one(page, at, &about, &between, out);
        if !cue.contains(&at) {
            beside(page, at, &about, &between, near, out);
        }
        ends.push(u32::try_from(out.hashes.len()).unwrap_or(u32::MAX));
    }
}

/// For each unit in reach, what lies between it and the cue.
fn distances(page: &Page, cue: &Range<usize>, reach: &Range<usize>, others: &[Near]) -> Vec<Between> {
    let mut all = vec![Between::default(); reach.len()];
    let mut between = Between::default();
    for at in (reach.start..cue.start).rev() {
        all[at - reach.start] = between;
        between.pass(&page.unit(at), others[at - reach.start].begins());
    }
    between = Between::default();
    for at in cue.end..reach.end {
        all[at - reach.start] = between;
        between.pass(&page.unit(at), others[at - reach.start].begins());
    }
    all
}

/// What the cues beside this one say about a unit.
fn beside(page: &Page, at: usize, cue: &Cue, between: &Between, near: Near, out: &mut Sink) {
    let units = [page.near(at, -1), page.unit(at), page.near(at, 1)];
    let (side, place) = side(at, cue, &units[1]);
    let flags = mix(between.flags(), between.counts());
    let place = Place { side, place, head: cue.head.stem, between: between.cues, flags };
    neighbours::features(near, units, &place, out);
}

/// Before (1) or behind (2) the cue, and the same with whether it is the cue's sentence and paragraph.
fn side(at: usize, cue: &Cue, here: &Unit) -> (u32, u32) {
    let side = if at < cue.units.start { 1 } else { 2 };
    let elsewhere =
        u32::from(here.sentence != cue.sentence) * 2 + u32::from(here.paragraph != cue.first.paragraph);
    (side, side + 4 * elsewhere)
}

fn one(page: &Page, at: usize, cue: &Cue, between: &Between, out: &mut Sink) {
    if cue.units.contains(&at) {
        out.one(0, 0);
        return;
    }
    let near = |distance| page.near(at, distance);
    let here = near(0);
    let (b2, b1, a1, a2) = (near(-2), near(-1), near(1), near(2));
    let head = cue.head.stem;
    let (side, place) = side(at, cue, &here);

    for (template, unit) in [(1, here), (2, b1), (3, a1), (4, b2), (5, a2)] {
        out.two(template, unit.word, side);
        out.two(template + 5, unit.tag(), side);
    }
    out.two(11, here.suffix, side);
    out.three(12, b1.tag(), here.tag(), side);
    out.three(13, here.tag(), a1.tag(), side);
    out.three(14, mix(b1.tag(), here.tag()), a1.tag(), side);
    out.three(15, mix(b2.tag(), b1.tag()), here.tag(), side);
    out.three(16, here.tag(), mix(a1.tag(), a2.tag()), side);
    out.three(17, b1.word, here.word, side);
    out.three(18, here.word, a1.word, side);

    out.three(20, between.distance(), here.tag(), place);
    out.three(21, between.distance(), head, side);
    out.three(22, between.flags(), here.tag(), side);
    out.three(23, between.counts(), here.tag(), side);
    out.three(24, between.flags(), between.counts(), side);
    out.three(25, mix(between.flags(), between.counts()), head, side);
    out.three(26, mix(between.counts(), between.distance()), here.tag(), side);
    out.three(27, u32::from(cue.head.group), here.tag(), place);
    out.three(28, head, here.tag(), side);
    out.three(29, mix(u32::from(cue.head.group), b1.tag()), here.tag(), side);
    out.three(30, mix(u32::from(cue.head.group), a1.tag()), here.tag(), side);
    out.three(31, mix(cue.shape, u32::from(cue.head.group)), between.distance(), side);
    out.three(32, cue.shape, here.tag(), side);
    out.three(33, mix(cue.first.tag(), cue.last.tag()), here.tag(), side);
    out.three(34, mix(cue.last.stem, between.distance()), here.tag(), side);
    if between.length <= 5 {
        out.three(35, between.path, here.tag(), side);
        out.three(36, between.path, mix(head, side), here.tag());
        out.three(37, between.path, mix(b1.tag(), a1.tag()), mix(here.tag(), side));
    }
    if between.length <= 1 {
        out.three(38, mix(head, between.length), here.word, side);
        out.three(39, mix(cue.last.word, between.length), mix(here.tag(), a1.tag()), side);
    }
    out.three(40, u32::from(cue.headline), here.tag(), place);
    out.three(41, u32::from(here.quoted), mix(b1.kind_number(), a1.kind_number()), side);
    shapes([b2, b1, here, a1, a2], cue, between, (side, place), out);
    edges(page, at, cue, between, place, out);
}

/// Features of spelling alone, which hold for words that no text had before.
fn shapes(
    [b2, b1, here, a1, a2]: [Unit; 5],
    cue: &Cue,
    between: &Between,
    (side, place): (u32, u32),
    out: &mut Sink,
) {
    for (template, unit) in [(70, here), (71, b1), (72, a1), (73, b2), (74, a2)] {
        out.two(template, unit.form(), side);
    }
    out.three(75, b1.form(), here.form(), side);
    out.three(76, here.form(), a1.form(), side);
    out.three(77, mix(b1.form(), here.form()), a1.form(), side);
    out.three(78, mix(b2.form(), b1.form()), here.form(), side);
    out.three(79, here.form(), mix(a1.form(), a2.form()), side);
    out.three(80, between.distance(), here.form(), place);
    out.three(81, mix(between.counts(), between.flags()), here.form(), side);
    out.three(82, cue.head.form(), here.form(), side);
    out.three(83, cue.head.form(), between.distance(), side);
    if between.length <= 5 {
        out.three(84, between.shapes, here.form(), side);
        out.three(85, between.shapes, mix(cue.head.form(), side), here.form());
    }
}

/// Features that tell beginnings and ends: how the stretch from the cue and the rest of the sentence look.
fn edges(page: &Page, at: usize, cue: &Cue, between: &Between, place: u32, out: &mut Sink) {
    let here = page.unit(at);
    let (before, behind) = (page.near(at, -1), page.unit(at + 1));
    let starts = u32::from(before.sentence != here.sentence);
    let ends = u32::from(behind.sentence != here.sentence)
        + 2 * u32::from(page.near(at, 2).sentence != here.sentence);
    out.three(50, starts * 4 + ends, here.tag(), place);
    out.three(51, mix(starts * 4 + ends, behind.tag()), mix(here.tag(), before.tag()), place);
    out.three(52, starts * 4 + ends, cue.head.stem, place);
    out.three(53, commas_to_edge(page, at), mix(between.commas, here.tag()), place);
    out.three(54, before.word, behind.word, place);
    if here.is_quotation() {
        out.three(55, here.word, between.distance(), place);
        out.three(56, u32::from(here.capital), mix(before.tag(), behind.tag()), place);
        out.three(57, here.stem, mix(cue.shape, u32::from(cue.head.group)), place);
        let alone =
            u32::from(before.paragraph != here.paragraph) * 2 + u32::from(behind.paragraph != here.paragraph);
        out.three(58, alone, here.stem, place);
        out.three(59, mix(before.word, behind.word), cue.head.group.into(), place);
    }
}

/// Commas between the unit and its sentence's nearer end on its right, at most three.
fn commas_to_edge(page: &Page, at: usize) -> u32 {
    let sentence = page.unit(at).sentence;
    let mut commas = 0;
    for next in at + 1..at + 40 {
        let unit = page.unit(next);
        if unit.sentence != sentence || commas == 3 {
            break;
        }
        commas += u32::from(unit.kind == Kind::Comma);
    }
    commas
}

impl Unit {
    fn kind_number(&self) -> u32 {
        match self.kind {
            Kind::Word => 1,
            Kind::Number => 2,
            Kind::Mark => 3,
            Kind::Stop => 4,
            Kind::Comma => 5,
            Kind::Colon => 6,
            Kind::Punctuation => 7,
            Kind::Quotation(_) => 8,
        }
    }
}
