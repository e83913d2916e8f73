//! Whom a text introduces: its speakers, and whoever it names with an office ("Kremlin spokesman Dmitry
//! Peskov", "Ada Holm, the harbour minister of Lorvane"). English.
//!
//! In: a page, its cast, the statements with their speakers. Out: [`Introduced`], offices as places in the text.

use crate::cast::Cast;
use crate::hash::{self, is_one};
use crate::lexicon::class;
use crate::page::{Kind, Page, Unit, open};
use news::{Attribution, Introduced, NameKind, Span};
use std::collections::HashSet;
use std::ops::Range;

/// Units of an office.
const LONGEST: usize = 7;
/// Offices of one person in one text.
const MOST: usize = 6;

/// Everybody who speaks or is named with an office.
pub(crate) fn introduced(page: &Page, cast: &Cast, attributions: &[Attribution]) -> Vec<Introduced> {
    let speaking: HashSet<&str> = attributions.iter().filter_map(|found| found.speaker.as_deref()).collect();
    let mut offices: Vec<Vec<Span>> = vec![Vec::new(); cast.members.len()];
    let ends: HashSet<usize> = cast.mentions.iter().map(|(units, _)| units.end).collect();
    for (units, member) in cast.mentions.iter().filter(|(units, member)| bears(page, cast, units, *member)) {
        for office in [before(page, &ends, units), behind(page, units)].into_iter().flatten() {
            let known = &mut offices[*member];
            let span = page.span(office);
            if known.len() < MOST && !known.iter().any(|known| known.of(page.text) == span.of(page.text)) {
                known.push(span);
            }
        }
    }
    let members = cast.members.iter().zip(offices);
    let told =
        members.filter(|(member, offices)| speaking.contains(member.name.as_str()) || !offices.is_empty());
    told.map(|(member, offices)| Introduced { name: member.name.clone(), kind: member.kind, offices })
        .collect()
}

/// Whether a mention can be somebody's who holds an office: "in BELMORRA, the spokesman of ..." is a place.
fn bears(page: &Page, cast: &Cast, mention: &Range<usize>, member: usize) -> bool {
    let kind = cast.members.get(member).map_or(NameKind::Other, |member| member.kind);
    let within = is_one!(page.near(mention.start, -1).word, "in" | "at" | "near" | "from" | "outside");
    !within && !matches!(kind, NameKind::Place | NameKind::Organisation)
}

/// The words of a source that name an office and nobody: "the prime minister".
pub(crate) fn office(page: &Page, source: &Range<usize>) -> Option<Span> {
    let definite = is_one!(page.unit(source.start).word, "the");
    let office = source.start + 1..source.end;
    let whole = office.len() <= LONGEST && office.clone().all(|at| page.unit(at).kind == Kind::Word);
    (definite && whole && is_office(page, page.unit(source.end - 1), source.end - 1))
        .then(|| page.span(office))
}

/// "KREMLIN SPOKESMAN Dmitry Peskov".
fn before(page: &Page, ends: &HashSet<usize>, mention: &Range<usize>) -> Option<Range<usize>> {
    let name = mention.clone().find(|at| !is_title(&page.unit(*at)))?;
    let sentence = page.unit(name).sentence;
    let mut start = name;
    let small = !page.near(name, -1).capital;
    while start > 0 && name - start < LONGEST {
        let unit = page.unit(start - 1);
        let part = unit.kind == Kind::Word
            && unit.sentence == sentence
            && !unit.quoted
            && (is_title(&unit) || is_proper(page, start - 1, &unit) || small && is_plain(&unit));
        if !part {
            break;
        }
        start -= 1;
    }
    // "company spokesman": words without capitals in front of an office say little across articles.
    while start < name && is_plain(&page.unit(start)) && !page.unit(start).capital {
        start += 1;
    }
    let last = name.checked_sub(1)?;
    let named = ends.contains(&name);
    (start < name && !named && is_office(page, page.unit(last), last)).then_some(start..name)
}

/// "Ada Holm, the HARBOUR MINISTER OF LORVANE, ...".
fn behind(page: &Page, mention: &Range<usize>) -> Option<Range<usize>> {
    if page.unit(mention.end).kind != Kind::Comma {
        return None;
    }
    let article = usize::from(page.unit(mention.end + 1).class == class::ARTICLE);
    let start = mention.end + 1 + article;
    let sentence = page.unit(mention.start).sentence;
    let of = ["of", "for"].map(hash::word);
    let end = (start..start + LONGEST).find(|at| {
        let unit = page.unit(*at);
        let part = unit.kind == Kind::Word
            && unit.sentence == sentence
            && (is_title(&unit)
                || unit.class >= class::END
                || of.contains(&unit.word)
                || unit.class == class::ARTICLE);
        !part
    })?;
    let closed = matches!(page.unit(end).kind, Kind::Comma | Kind::Stop | Kind::Quotation(_));
    let head = (start..end).find(|at| of.contains(&page.unit(*at).word)).unwrap_or(end);
    let bears = head > start && is_office(page, page.unit(head - 1), head - 1);
    (closed && bears).then_some(start..end)
}

/// A name or adjective inside an office; no line in capitals, no verb that opens a sentence.
fn is_proper(page: &Page, at: usize, unit: &Unit) -> bool {
    let words = page.words(at);
    let shouted = unit.class == open::CAPITALS && words.chars().filter(|c| c.is_alphabetic()).count() > 3;
    unit.capital
        && unit.class >= class::END
        && !shouted
        && !(unit.class == open::FIRST && words.ends_with("ing"))
}

fn is_title(unit: &Unit) -> bool {
    unit.class == class::TITLE
}

/// A small word that may stand inside an office ("press secretary") and is no cue.
fn is_plain(unit: &Unit) -> bool {
    unit.class >= class::END && unit.group == 0
}

/// Honorifics are no offices, and "former" alone is none.
fn is_office(page: &Page, unit: Unit, at: usize) -> bool {
    const NONE: &[&str] = &[
        "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "lord", "lady", "dame",
        "former", "deputy", "vice", "prime", "foreign", "prof", "prof.", "rev", "rev.",
    ];
    let word = page.words(at).to_lowercase();
    let known = is_title(&unit)
        || crate::lexicon::entry(hash::word(word.trim_end_matches('.'))).class == class::TITLE;
    known && !NONE.contains(&word.as_str())
}
