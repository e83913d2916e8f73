//! Features of a unit for the question "is this (part of) a cue?".

use crate::hash::Sink;
use crate::lexicon::class;
use crate::page::{Ending, Kind, Page, Unit, open};

/// What a sentence says about each of its units at once.
struct Sentence {
    first: usize,
    end: usize,
    /// It holds a quotation.
    quotation: bool,
    /// Its paragraph is one sentence without a full stop: a headline.
    headline: bool,
}

/// Appends the features of every unit of a sentence; `ends` gets where each unit's features end.
pub(crate) fn features(page: &Page, sentence: usize, out: &mut Sink, ends: &mut Vec<u32>) {
    let Some(units) = page.sentences.get(sentence).cloned() else { return };
    let about = Sentence {
        first: units.start,
        end: units.end,
        quotation: page.units.get(units.clone()).is_some_and(|units| units.iter().any(Unit::is_quotation)),
        headline: is_headline(page, units.start),
    };
    for at in units {
        one(page, at, &about, out);
        ends.push(u32::try_from(out.hashes.len()).unwrap_or(u32::MAX));
    }
}

/// Whether the unit's paragraph has no full stop at its end.
pub(crate) fn is_headline(page: &Page, at: usize) -> bool {
    let paragraph = page.paragraphs.get(page.unit(at).paragraph as usize);
    paragraph.is_some_and(|units| {
        units.len() < 30
            && !matches!(page.unit(units.end - 1).kind, Kind::Stop | Kind::Quotation(_) | Kind::Colon)
    })
}

fn one(page: &Page, at: usize, about: &Sentence, out: &mut Sink) {
    let near = |distance| page.near(at, distance);
    let here = near(0);
    let (b3, b2, b1) = (near(-3), near(-2), near(-1));
    let (a1, a2, a3) = (near(1), near(2), near(3));
    out.one(1, here.word);
    out.one(2, here.stem);
    out.one(3, here.suffix);
    out.one(4, here.tag());
    out.one(5, u32::from(here.quoted) * 2 + u32::from(here.capital));
    for (template, unit) in [(10, b3), (11, b2), (12, b1), (13, a1), (14, a2), (15, a3)] {
        out.one(template, unit.word);
        out.one(template + 10, unit.tag());
    }
    out.one(30, b1.suffix);
    out.one(31, a1.suffix);
    out.two(32, b1.stem, here.stem);
    out.two(33, here.stem, a1.stem);
    out.two(34, b1.word, here.tag());
    out.two(35, here.tag(), a1.word);
    out.two(36, here.stem, b1.tag());
    out.two(37, here.stem, a1.tag());
    out.two(38, here.stem, a2.tag());
    out.three(39, b1.tag(), here.tag(), a1.tag());
    out.three(40, b2.tag(), b1.tag(), here.tag());
    out.three(41, here.tag(), a1.tag(), a2.tag());
    out.three(42, here.stem, b1.tag(), a1.tag());
    out.two(43, here.suffix, b1.tag());
    out.two(44, here.suffix, a1.tag());
    out.three(45, here.suffix, b1.tag(), a1.tag());
    out.three(46, b2.stem, b1.stem, here.stem);
    out.three(47, here.stem, a1.stem, a2.stem);
    shapes([b2, b1, here, a1, a2], out);
    surroundings(page, at, about, out);
}

/// Features of spelling alone, which hold for words that no text had before.
fn shapes([b2, b1, here, a1, a2]: [Unit; 5], out: &mut Sink) {
    out.one(71, here.form());
    for (template, unit) in [(72, b2), (73, b1), (74, a1), (75, a2)] {
        out.one(template, unit.form());
        out.two(template + 10, unit.form(), here.form());
    }
    out.three(90, b1.form(), here.form(), a1.form());
    out.three(91, b2.form(), b1.form(), here.form());
    out.three(92, here.form(), a1.form(), a2.form());
    out.two(93, here.stem, b1.form());
    out.two(94, here.stem, a1.form());
}

/// Features that look further than three units.
fn surroundings(page: &Page, at: usize, about: &Sentence, out: &mut Sink) {
    let here = page.unit(at);
    let (subject, way) = subject(page, at, about);
    out.two(50, here.stem, subject);
    out.two(51, here.suffix, subject);
    out.three(52, here.tag(), subject, way);
    let before = quotation_before(page, at, about);
    let behind = quotation_behind(page, at, about);
    out.two(53, here.stem, before * 8 + behind);
    out.two(54, here.tag(), before * 8 + behind);
    out.two(55, here.tag(), ahead(page, at, about));
    out.two(56, here.stem, ahead(page, at, about));
    out.two(57, u32::from(about.quotation), here.tag());
    out.two(58, u32::from(about.headline), here.tag());
    out.two(59, u32::from(about.headline), here.suffix);
    let position = (at - about.first).min(6) as u32;
    out.two(60, position, here.tag());
    out.two(61, (about.end - at).min(5) as u32, here.tag());
}

/// The nearest thing to the left that may be a subject, over auxiliaries and adverbs; and what was passed.
fn subject(page: &Page, at: usize, about: &Sentence) -> (u32, u32) {
    let mut way = 0;
    for back in (about.first..at).rev().take(7) {
        let unit = page.unit(back);
        match unit.class {
            class::BE | class::HAVE | class::DO | class::MODAL => way |= 1,
            class::NEGATION => way |= 2,
            class::ADVERB | open::LY => way |= 4,
            class::TO => return (200, way),
            _ => return (unit.tag(), way),
        }
    }
    (201, way)
}

/// A quotation to the left: how far, and how it ends.
fn quotation_before(page: &Page, at: usize, about: &Sentence) -> u32 {
    for (distance, back) in (about.first..at).rev().take(8).enumerate() {
        if let Kind::Quotation(ending) = page.unit(back).kind {
            let complete = matches!(ending, Ending::Comma | Ending::Cry);
            return 1 + u32::from(distance > 0) + 2 * u32::from(complete) + u32::from(distance > 4);
        }
    }
    0
}

/// A quotation to the right: how far.
fn quotation_behind(page: &Page, at: usize, about: &Sentence) -> u32 {
    for (distance, next) in (at + 1..about.end).take(10).enumerate() {
        if page.unit(next).is_quotation() {
            return match distance {
                0 => 1,
                1 => 2,
                2..=4 => 3,
                _ => 4,
            };
        }
    }
    0
}

/// The first of "that", "to", a colon or the sentence's end that follows.
fn ahead(page: &Page, at: usize, about: &Sentence) -> u32 {
    for (distance, next) in (at + 1..about.end).take(6).enumerate() {
        let unit = page.unit(next);
        let found = match unit.kind {
            Kind::Colon => 1,
            Kind::Comma => 2,
            Kind::Stop => 3,
            _ => match unit.class {
                class::THAT => 4,
                class::TO => 5,
                class::WH => 6,
                _ => continue,
            },
        };
        return found * 4 + (distance as u32).min(3);
    }
    0
}
