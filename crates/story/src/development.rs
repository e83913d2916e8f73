//! What is new: an article is set, sentence by sentence, against what its story already tells. In: the articles of
//! one story in their order of arrival, with their [`news::Line`]s. Out: [`Step`]s: developments to publish, and
//! developments that another independent family has too.
//!
//! What is not news: background that every article repeats, the tenth wording of a sentence, a late outlet that
//! catches up, a column that explains, a copy. News stands in the headline and the first sentences; what only
//! stands further down comes with it as evidence or not at all.
//!
//! | question | file |
//! |---|---|
//! | what does a story know? | `memory.rs` |
//! | which figures are followed through time? | `figures.rs` |
//! | how new is a headline with its lead? | `judge.rs` |
//! | does it say the same in other words or another language? | `meant.rs`, when there is an encoder |
//! | which kind of news is it? | `kind.rs` |
//! | who else has it? | `support.rs` |
//! | did another story tell it before? | `elsewhere.rs` |
//!
//! Never: reads a clock, decides twice about the same words, or lets one family alone make a major development.

mod elsewhere;
mod figures;
mod judge;
mod kind;
mod meant;
mod memory;
mod support;

pub use elsewhere::{Gist, Recent, Told};
pub use meant::Encode;
pub use support::Step;

use figures::{Counted, Series, Value};
use judge::Judged;
use kind::{Sign, Verdict};
use meant::{Meant, Openings};
use memory::Memory;
use news::{
    ArticleId, Attribution, Development, DevelopmentId, DevelopmentKind, Evidence, Reading, Timestamp, Weight,
};
use std::collections::VecDeque;
use support::Held;

/// An article as it comes to its story.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    pub article: ArticleId,
    pub at: Timestamp,
    /// The outlet's family ([`crate::family()`]).
    pub family: &'a str,
    /// It repeats another article's text.
    pub copy: bool,
    pub title: &'a str,
    /// The text that the reading's spans point into.
    pub text: &'a str,
    pub reading: &'a Reading,
    /// Who says what in it.
    pub said: &'a [Attribution],
}

/// Something new, before it has a row.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Its number within the story, from 0 on.
    pub number: usize,
    pub kind: DevelopmentKind,
    pub weight: Weight,
    pub families: u32,
    /// Best first, never empty.
    pub evidence: Vec<Evidence>,
}

/// What one story knows.
#[derive(Clone, Debug, Default)]
pub struct Known {
    memory: Memory,
    openings: Openings,
    series: Series,
    /// The newest that were published, [`HELD`] at most.
    held: Vec<Held>,
    /// How many were let go before the first of them.
    gone: usize,
    /// Of those that were let go: what people said is no news, the newest last.
    withdrawn: VecDeque<Held>,
}

/// The words of a sentence as they are compared, ascending.
pub(crate) fn words_of(line: &news::Line) -> Vec<u32> {
    memory::words(line).into_iter().map(|word| word.key).collect()
}

/// Whether a sentence says that something is corrected.
pub(crate) fn corrects(line: &news::Line) -> bool {
    words_of(line).binary_search(&memory::concept("correct")).is_ok()
}

/// Developments of a story that another family can still support.
const HELD: usize = 200;
/// Older ones that stay because a person said that they are no news.
const WITHDRAWN: usize = 200;

/// Of what shows that an article tells what a development tells, so much is enough where that gave no such figure.
const OTHERWISE: f32 = 0.6;

impl Known {
    /// Compares an article with what is known, takes it in, and says what comes of it. With an encoder it also sees that
    /// a sentence says what is known in other words.
    pub fn take_in(&mut self, telling: &Telling, encode: Option<Encode>) -> Vec<Step> {
        let counted = if telling.copy { Vec::new() } else { self.series.counted(&telling.reading.lines) };
        let (found, meant) = match telling.reading.lines.first() {
            Some(_) if !telling.copy => self.compare(telling, encode),
            _ => (Found::Nothing, None),
        };
        self.remember(telling);
        if let Some(meant) = meant {
            self.openings.keep(telling.article, meant);
        }
        let step = match found {
            Found::New(kind, evidence) => Some(self.publish(telling, kind, evidence)),
            Found::Again(judged) => self.support(telling, &judged),
            Found::Nothing => None,
        };
        let evidence = |span| Evidence { article: telling.article, span };
        let counted = counted.into_iter();
        let counted = counted.map(|Counted { what, value, span, corrects }| Step::Counted {
            what,
            value,
            corrects,
            evidence: evidence(span),
        });
        step.into_iter().chain(counted).collect()
    }

    /// Takes in an article without asking what is new in it: after a restart, or when people moved it here.
    pub fn remember(&mut self, telling: &Telling) {
        if !telling.copy {
            self.memory.learn(telling);
            self.openings.learn(telling);
            self.series.learn(&telling.reading.lines);
        }
    }

    /// Before articles are remembered: these brought what was published, in that order.
    pub fn expect(&mut self, developments: &[Development]) {
        let brought = developments.iter().filter_map(|development| development.evidence.first());
        brought.for_each(|first| self.openings.is_news(first.article));
    }

    /// Takes in a development that was published before; its articles are remembered first.
    pub fn recall(&mut self, development: &Development) {
        let mut families: Vec<u64> = Vec::new();
        for line in development.evidence.iter().filter_map(|evidence| self.memory.line(evidence)) {
            if !families.contains(&line.family) {
                families.push(line.family);
            }
        }
        let lines = development.evidence.first().map(|first| self.memory.lines_of(first.article));
        self.hold(Held::recalled(development, &lines.unwrap_or_default(), families));
    }

    /// A person said that this development is no news: what tells the same is none either.
    pub fn withdraw(&mut self, id: DevelopmentId) {
        self.held.iter_mut().filter(|held| held.id == Some(id)).for_each(Held::withdraw);
    }

    /// Sentences that are held: what memory it takes goes by them.
    pub fn sentences(&self) -> usize {
        self.memory.held()
    }

    /// The row that a published development got.
    pub fn name(&mut self, number: usize, id: DevelopmentId) {
        let held = number.checked_sub(self.gone).and_then(|at| self.held.get_mut(at));
        if let Some(held) = held {
            held.id = Some(id);
        }
    }

    /// The row of a development by its number; none when it was let go.
    pub fn id(&self, number: usize) -> Option<DevelopmentId> {
        self.held.get(number.checked_sub(self.gone)?).and_then(|held| held.id)
    }

    /// What an article is to the story, and what its opening means where that was asked.
    fn compare(&mut self, telling: &Telling, encode: Option<Encode>) -> (Found, Option<Meant>) {
        let mut judged = Judged::of(&self.memory, telling);
        let changes = self.series.changes(&telling.reading.lines);
        let verdict = if self.memory.is_empty() {
            (!judged.column).then_some(Verdict::sure(DevelopmentKind::FirstReport))
        } else {
            kind::of(&self.memory, &judged, &changes, &self.held, telling)
        };
        let at = telling.at.as_second();
        let asks = |(verdict, encode): &(&Verdict, Encode)| verdict.asks(&self.held, at, encode.scale());
        let asked = verdict.as_ref().zip(encode).filter(asks);
        let meant = asked.and_then(|(_, encode)| self.openings.hear(telling, encode));
        judged.meant.clone_from(&meant);
        let near = meant.as_ref().map(|meant| (self.openings.nearest(meant), meant.scale));
        let fades = near.map_or(1.0, |(_, scale)| scale.fades);
        let soon = kind::soon(&self.held, at, fades);
        let told = verdict.as_ref().is_some_and(|verdict| match &verdict.sign {
            Sign::Words { spare, plain } => {
                *spare < kind::echo(near, soon, *plain) || self.is_told_in_other_words(&judged, telling)
            }
            Sign::Figures { figures, said } => self.is_told_otherwise(figures, *said, &judged, at),
            Sign::Sure => false,
        });
        let sure = verdict.as_ref().is_some_and(|verdict| matches!(verdict.sign, Sign::Figures { .. }));
        if !sure && self.is_withdrawn(&judged) {
            return (Found::Nothing, meant);
        }
        let found = match verdict.filter(|_| !told) {
            Some(verdict) => Found::New(verdict.kind, judged.evidence(telling.article)),
            None => Found::Again(judged),
        };
        (found, meant)
    }

    /// Whether an article tells what a person said is no news, however long ago.
    fn is_withdrawn(&self, judged: &Judged) -> bool {
        self.withdrawn.iter().chain(&self.held).any(|held| held.is_like_withdrawn(judged))
    }

    /// Whether a development of the last day says the same in other words, with all the numbers.
    fn is_told_in_other_words(&self, judged: &Judged, telling: &Telling) -> bool {
        let Some(meant) = &judged.meant else { return false };
        let at = telling.at.as_second();
        let scale = meant.scale;
        let again = if judged.title.happens > 0 { scale.again_happening } else { scale.again };
        let mut brought = self.held.iter().filter_map(|held| held.told_within_a_day(judged, at));
        brought.any(|article| self.openings.nearness(meant, article) >= again)
    }

    /// Whether a development told these figures a little while ago without its reader seeing them: it says the same, and
    /// nothing of these counts.
    fn is_told_otherwise(&self, figures: &[Value], said: bool, judged: &Judged, at: i64) -> bool {
        self.held.iter().any(|held| held.lacks(figures, said, at) && self.sameness(held, judged) >= OTHERWISE)
    }

    fn publish(&mut self, telling: &Telling, kind: DevelopmentKind, evidence: Vec<Evidence>) -> Step {
        let number = self.gone + self.held.len();
        let held = Held::new(telling, kind, &self.memory.lines_of(telling.article));
        let weight = held.weight();
        self.hold(held);
        Step::Publish(News { number, kind, weight, families: 1, evidence })
    }

    fn hold(&mut self, held: Held) {
        if held.confirms() {
            self.held.iter_mut().for_each(Held::confirmed);
        }
        self.openings.is_news(held.article());
        self.held.push(held);
        if self.held.len() > HELD {
            self.let_go();
        }
    }

    /// Lets go of the oldest: it is too old to be supported. What a person withdrew would come back as news if it went.
    fn let_go(&mut self) {
        let oldest = self.held.remove(0);
        self.gone += 1;
        if oldest.is_withdrawn() {
            self.withdrawn.push_back(oldest);
        }
        if self.withdrawn.len() > WITHDRAWN {
            self.withdrawn.pop_front();
        }
    }
}

/// What an article is to its story.
enum Found {
    New(DevelopmentKind, Vec<Evidence>),
    Again(Judged),
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use news::{Line, Term, TermKind};

    /// A report by a house of its own whose headline has these words.
    fn with_report<T>(number: i64, words: &[&str], then: impl FnOnce(&Telling) -> T) -> T {
        let term = |word: &&str| Term { key: (*word).to_owned(), kind: TermKind::Happening };
        let headline = Line { terms: words.iter().map(term).collect(), ..Line::default() };
        let reading = Reading { lines: vec![headline], ..Reading::default() };
        let at = Timestamp::from_second(1_790_000_000 + number * 60).unwrap();
        let (article, family) = (ArticleId(number), format!("house {number}"));
        let title = &words.join(" ");
        let telling = Telling {
            article,
            at,
            family: &family,
            copy: false,
            title,
            text: "",
            reading: &reading,
            said: &[],
        };
        then(&telling)
    }

    /// A headline that counts so many dead.
    fn toll(dead: f64) -> Line {
        let of = Some("dead".to_owned());
        let count = news::Count { value: dead, of, people: true, was: false, about: false };
        let term = |key: &str| Term { key: key.to_owned(), kind: TermKind::Happening };
        Line {
            terms: ["dead", "wreck", "cape", "ness"].map(term).into(),
            counts: vec![count],
            ..Line::default()
        }
    }

    #[test]
    fn who_counts_otherwise_is_no_witness() {
        let mut known = Known::default();
        let mut take = |number: i64, dead: f64| {
            with_report(number, &WRECK, |telling| {
                let reading = Reading { lines: vec![toll(dead)], ..Reading::default() };
                known.take_in(&Telling { reading: &reading, ..*telling }, None)
            })
        };
        assert!(matches!(take(1, 9.0)[..], [Step::Publish(_), Step::Counted { .. }]));
        assert!(matches!(take(2, 9.0)[..], [Step::Support { families: 2, .. }]));
        assert!(take(3, 7.0).iter().all(|step| !matches!(step, Step::Support { .. })), "another toll");
    }

    #[test]
    fn a_headline_stands_before_what_cannot_be_read_alone() {
        let line = |start: u32, dim: bool| judge::JudgedLine {
            span: Some(news::Span { start, end: start + 9 }),
            words: memory::words(&toll(2.0)),
            fresh: 0.9,
            dim,
            ..judge::JudgedLine::default()
        };
        let first = |body: Vec<judge::JudgedLine>| {
            let evidence = Judged { body, ..Judged::default() }.evidence(ArticleId(1));
            (evidence[0].span.map(|span| span.start), evidence.len())
        };
        assert_eq!(first(vec![line(0, true)]), (None, 2), "the headline");
        assert_eq!(first(vec![line(0, true), line(20, false)]), (Some(20), 2));
        assert_eq!(first(vec![line(0, false), line(0, false)]), (Some(0), 2), "one place once");
    }

    const WRECK: [&str; 5] = ["wreck", "found", "off", "cape", "ness"];

    #[test]
    fn what_was_withdrawn_stays_so_and_what_was_told_is_let_go() {
        let mut known = Known::default();
        let wreck = |known: &Known| {
            with_report(9_000, &WRECK, |telling| known.is_withdrawn(&Judged::of(&known.memory, telling)))
        };
        let steps = with_report(1, &WRECK, |telling| known.take_in(telling, None));
        assert!(matches!(steps[..], [Step::Publish(News { number: 0, .. })]), "{steps:?}");
        known.name(0, DevelopmentId(70));
        assert!(!wreck(&known));
        known.withdraw(DevelopmentId(70));
        assert!(wreck(&known));
        for number in 1..=HELD {
            let word = format!("word{number}");
            let held = with_report(number as i64 + 1, &[&word, "storm"], |telling| {
                known.remember(telling);
                Held::new(telling, DevelopmentKind::NewFact, &known.memory.lines_of(telling.article))
            });
            known.hold(held);
            known.name(number, DevelopmentId(number as i64 + 100));
        }
        assert!(wreck(&known), "after {HELD} others");
        assert_eq!((known.held.len(), known.withdrawn.len()), (HELD, 1));
        assert_eq!((known.id(0), known.id(1)), (None, Some(DevelopmentId(101))), "numbers stay");
        assert_eq!(known.id(HELD), Some(DevelopmentId(HELD as i64 + 100)));
        let again = with_report(9_001, &["word200", "storm"], |telling| {
            let judged = Judged::of(&known.memory, telling);
            known.support(telling, &judged)
        });
        assert!(matches!(again, Some(Step::Support { number: HELD, families: 2, .. })), "{again:?}");
    }
}
