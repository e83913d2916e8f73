//! Figures that are followed through time: how many people something happened to, and shares and sums that rise
//! or fall. A value that was told before is never news again, and a late outlet's smaller one is none either.

use super::corrects;
use super::memory::concept;
use crate::hash::{self, Map};
use news::{Count, Line, Span, TermKind};

/// Values kept of one series.
const VALUES: usize = 64;
/// Series of one story.
const SERIES: usize = 400;
/// Sentences at the top, the headline among them, whose figures are compared.
const TOP: usize = 3;
/// Sentences, the headline among them, in which an article says that it corrects.
const CORRECTS: usize = 2;
/// Sentences whose figures are remembered.
const LEARNT: usize = 8;
/// How far above a count another outlet's count of the same lies.
const SLIGHTLY: f64 = 1.1;
/// How far above a count its rounding lies at most.
const ROUNDED: f64 = 1.25;

/// A number with the series that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    /// None of what is not followed: units, and numbers of nothing.
    pub(super) series: Option<u64>,
    pub(super) people: bool,
    pub(super) value: f64,
}

impl Value {
    /// Whether both tell one figure: of the same count, or of one whose reader did not see what is counted.
    pub(super) fn is(&self, other: &Self) -> bool {
        let alike = self.series == other.series || !self.people || !other.people;
        alike && self.value == other.value
    }
}

/// What a sentence counts now.
pub(super) fn values(line: &Line) -> impl Iterator<Item = Value> {
    let now = line.counts.iter().filter(|count| !count.was);
    now.map(|count| Value {
        series: is_followed(count).then(|| series(count)),
        people: count.people,
        value: count.value,
    })
}

/// A count of people that is news.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    /// `dead`, `injured` ...
    pub(super) what: String,
    pub(super) value: f64,
    /// The sentence; `None` is the headline.
    pub(super) span: Option<Span>,
    /// A correction says it.
    pub(super) corrects: bool,
}

/// The values of one story's figures, in the order in which they were told.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    values: Map<u64, Vec<f64>>,
}

/// How an article's figures stand to those that are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Changes {
    /// Figures that are followed went on: `3 dead`, then `9 dead`.
    pub(super) grown: Vec<Value>,
    /// A sentence says that one of them rose or fell.
    pub(super) rose: bool,
    /// It went on, but by so little that two outlets may just count differently: the series, and whether the sentence
    /// says that it rose.
    pub(super) slightly: Option<Slightly>,
    /// All figures that are followed were told before.
    pub(super) stale: bool,
    /// It counts fewer people than were told: late, unless it says that it corrects.
    pub(super) fewer: bool,
    /// It counts for the first time what happened to people.
    pub(super) first: bool,
    /// It is the first to give a share or a sum.
    pub(super) first_sum: bool,
}

/// See [`Changes::slightly`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slightly {
    pub(super) series: u64,
    pub(super) rose: bool,
}

impl Series {
    pub(super) fn learn(&mut self, lines: &[Line]) {
        for (_, count) in figures(lines, LEARNT) {
            if self.values.len() >= SERIES && !self.values.contains_key(&series(count)) {
                continue;
            }
            let values = self.values.entry(series(count)).or_default();
            if !values.contains(&count.value) && values.len() < VALUES {
                values.push(count.value);
            }
        }
    }

    /// What is counted for the first time, higher than before, or lower by a correction.
    pub(super) fn counted(&self, lines: &[Line]) -> Vec<Counted> {
        let mut counted: Vec<Counted> = Vec::new();
        let corrected = lines.iter().take(CORRECTS).any(corrects);
        for (line, count) in figures(lines, TOP).filter(|(_, count)| count.people && !count.was) {
            let known = self.values.get(&series(count)).map(Vec::as_slice).unwrap_or_default();
            let takes_back = corrected && (corrects(line) || line.counts.iter().any(|other| other.was));
            let holds = takes_back || known.iter().all(|value| *value < count.value);
            let Some(what) = count.of.clone().filter(|_| holds) else { continue };
            let told = Counted { what, value: count.value, span: line.span, corrects: takes_back };
            match counted.iter_mut().find(|known| known.what == told.what) {
                // The text says it in a sentence; the headline alone is taken where it does not.
                Some(same) if same.value == told.value => same.span = same.span.or(told.span),
                Some(lower) if lower.value < told.value && !lower.corrects => *lower = told,
                Some(_) => {}
                None => counted.push(told),
            }
        }
        counted
    }

    pub(super) fn changes(&self, lines: &[Line]) -> Changes {
        let mut changes = Changes::default();
        let mut known = false;
        for (line, count) in figures(lines, TOP).filter(|(_, count)| !count.was) {
            let Some(known_values) = self.values.get(&series(count)) else {
                changes.first |= count.people;
                changes.first_sum |= count.of.as_deref() == Some("%");
                continue;
            };
            let most = known_values.iter().copied().fold(f64::MIN, f64::max);
            if known_values.contains(&count.value) || rounds(count, most) {
                known |= count.people;
                continue;
            }
            let least = known_values.iter().copied().fold(f64::MAX, f64::min);
            let told =
                followed(line, count, known_values) && (count.people || !self.is_told_beside(lines, count));
            let grew = told && (count.value > most || !count.people && count.value < least);
            let slightly = (count.people && count.value <= most * SLIGHTLY)
                .then(|| Slightly { series: series(count), rose: says_change(line) });
            if grew {
                changes.slightly =
                    slightly.filter(|_| changes.grown.is_empty() || changes.slightly.is_some());
                changes.rose |= says_change(line);
                changes.grown.extend(
                    values(line)
                        .filter(|told| told.series == Some(series(count)) && told.value == count.value),
                );
            }
            changes.fewer |= count.people && count.value < most;
        }
        changes.stale = known && changes.grown.is_empty();
        changes
    }

    /// Whether the same lines tell a value of the same series that is known: a rate and by how much it rose are one
    /// piece of news.
    fn is_told_beside(&self, lines: &[Line], count: &Count) -> bool {
        let known = self.values.get(&series(count)).map(Vec::as_slice).unwrap_or_default();
        let mut others = figures(lines, TOP).filter(|(_, other)| !other.was && other.of == count.of);
        others.any(|(_, other)| known.contains(&other.value))
    }
}

/// "Nearly 50" where 47 were told is no further count.
fn rounds(count: &Count, most: f64) -> bool {
    count.about && count.value > most && count.value <= most * ROUNDED
}

/// People are followed by what happened to them; other things only where the sentence says that they changed.
fn followed(line: &Line, count: &Count, values: &[f64]) -> bool {
    let from_known =
        line.counts.iter().any(|other| other.was && other.of == count.of && values.contains(&other.value));
    count.people || says_change(line) || from_known
}

fn says_change(line: &Line) -> bool {
    line.terms.iter().any(|term| term.kind == TermKind::Change)
}

/// Figures of the first sentences that speak of now.
fn figures(lines: &[Line], most: usize) -> impl Iterator<Item = (&Line, &Count)> {
    let now = lines.iter().take(most).filter(|line| !line.past);
    now.flat_map(|line| line.counts.iter().map(move |count| (line, count)))
        .filter(|(_, count)| is_followed(count))
}

fn is_followed(count: &Count) -> bool {
    count.of.as_deref().is_some_and(|of| of != "unit")
}

fn series(count: &Count) -> u64 {
    let of = count.of.as_deref().unwrap_or_default();
    if count.people { u64::from(concept(of)) } else { hash::bytes(10, of.as_bytes()) }
}

#[cfg(test)]
mod tests {
    use super::Series;
    use news::{Count, Line, Term, TermKind};

    /// A headline that counts so many dead, those that were before last.
    fn headline(dead: &[f64], corrects: bool) -> Line {
        let count = |(at, value): (usize, &f64)| Count {
            value: *value,
            of: Some("dead".to_owned()),
            people: true,
            was: at > 0,
            about: false,
        };
        let term = |key: &str| Term { key: key.to_owned(), kind: TermKind::Standing };
        Line {
            counts: dead.iter().enumerate().map(count).collect(),
            terms: corrects.then(|| term("correct")).into_iter().collect(),
            ..Line::default()
        }
    }

    /// The values that a series of headlines brings, one after the other.
    fn told(headlines: &[Line]) -> Vec<f64> {
        let mut series = Series::default();
        let mut told = Vec::new();
        for line in headlines {
            let lines = std::slice::from_ref(line);
            told.extend(series.counted(lines).into_iter().map(|counted| counted.value));
            series.learn(lines);
        }
        told
    }

    #[test]
    fn a_figure_grows_and_a_correction_ends_it() {
        let grown = [headline(&[9.0], false), headline(&[14.0], false), headline(&[12.0], false)];
        assert_eq!(told(&grown), [9.0, 14.0], "a late outlet");
        let corrected = [headline(&[12.0], false), headline(&[14.0], false), headline(&[12.0, 14.0], true)];
        assert_eq!(told(&corrected), [12.0, 14.0, 12.0], "twelve, not fourteen");
    }
}
