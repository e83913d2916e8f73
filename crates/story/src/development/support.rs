//! Developments that were published, and who has them: an independent family that tells the same supports it.

use super::figures::{Slightly, Value};
use super::judge::{Judged, JudgedLine, WORDS};
use super::kind::ECHO_SECONDS;
use super::memory::{KnownLine, Memory, TOP, concept};
use super::{Known, News, Telling, words_of};
use crate::hash;
use news::{ArticleId, Development, DevelopmentId, DevelopmentKind, Evidence, TermKind, Timestamp, Weight};

/// What comes of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Something new.
    Publish(News),
    /// A development that was published has one more independent family.
    Support {
        /// Which ([`News::number`]).
        number: usize,
        families: u32,
        weight: Weight,
        evidence: Evidence,
    },
    /// How many people something happened to: a figure higher than any told before, or what a correction says.
    Counted {
        /// `dead`, `injured` ...
        what: String,
        value: f64,
        /// A correction says it: what was told before no longer holds.
        corrects: bool,
        evidence: Evidence,
    },
}

/// Share of a development's words that a report of it has.
const SAME: f32 = 0.45;
/// Families that make a development major, and the hours within which they come.
const MAJOR_FAMILIES: usize = 3;
const AT_ONCE_SECONDS: i64 = 3 * 3_600;
/// How long the numbers of a development are still those of the moment.
const RECENT_SECONDS: i64 = 2 * 3_600;
/// How long a figure is told again that was seen in other words or as another count.
const AGAIN_SECONDS: i64 = 12 * 3_600;
/// How long a development is the same news in other words: a day and a little.
const DAY_SECONDS: i64 = 26 * 3_600;
/// Names, and share of its words, by which a correction is known again.
const NAMED: usize = 2;
const ALIKE: f32 = 0.3;

/// A published development.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: Option<DevelopmentId>,
    kind: DevelopmentKind,
    at: Timestamp,
    /// That brought it.
    article: ArticleId,
    weight: Weight,
    /// Words of its headline and best sentence, ascending.
    words: Box<[u32]>,
    /// What its headline and first sentences count.
    values: Box<[Value]>,
    families: Vec<u64>,
    unsure: bool,
    /// A person said that it is no news.
    withdrawn: bool,
}

impl Held {
    pub(super) fn new(telling: &Telling, kind: DevelopmentKind, lines: &[&KnownLine]) -> Self {
        Self {
            id: None,
            kind,
            at: telling.at,
            article: telling.article,
            weight: Weight::Ordinary,
            words: words(lines),
            values: values(lines),
            families: vec![family(telling.family)],
            unsure: is_unsure(lines),
            withdrawn: false,
        }
    }

    /// One that was published before, from the lines of the article that brought it and the families that have it.
    pub(super) fn recalled(development: &Development, lines: &[&KnownLine], families: Vec<u64>) -> Self {
        Self {
            id: Some(development.id),
            kind: development.kind,
            at: development.at,
            article: development.evidence.first().map_or(ArticleId(0), |first| first.article),
            weight: development.weight,
            words: words(lines),
            values: values(lines),
            families,
            unsure: is_unsure(lines),
            withdrawn: false,
        }
    }

    pub(super) fn article(&self) -> ArticleId {
        self.article
    }

    pub(super) fn weight(&self) -> Weight {
        self.weight
    }

    pub(super) fn is_unsure(&self) -> bool {
        self.unsure
    }

    pub(super) fn confirmed(&mut self) {
        self.unsure = false;
    }

    pub(super) fn withdraw(&mut self) {
        self.withdrawn = true;
    }

    pub(super) fn is_withdrawn(&self) -> bool {
        self.withdrawn
    }

    /// Whether an article tells again what a person said is no news.
    pub(super) fn is_like_withdrawn(&self, judged: &Judged) -> bool {
        self.withdrawn && self.share(judged) >= SAME
    }

    pub(super) fn confirms(&self) -> bool {
        self.kind == DevelopmentKind::Confirmation
    }

    pub(super) fn counts(&self) -> bool {
        self.kind == DevelopmentKind::FigureChanged
    }

    /// Whatever it was published as.
    fn corrects(&self) -> bool {
        self.kind == DevelopmentKind::Correction || self.words.binary_search(&concept("correct")).is_ok()
    }

    /// Seconds from its publication to `at`.
    pub(super) fn age(&self, at: i64) -> i64 {
        at - self.at.as_second()
    }

    /// Whether it was told a little while ago with all the numbers that an article gives now, in much the same words: then
    /// none of them is new, whatever they were said to count.
    pub(super) fn has_numbers_of(&self, judged: &Judged, at: i64) -> bool {
        (0..RECENT_SECONDS).contains(&self.age(at))
            && !judged.values.is_empty()
            && judged.values.iter().all(|told| self.values.iter().any(|known| known.value == told.value))
            && self.share(judged) >= SAME
    }

    /// Whether it gave a count a little while ago that is slightly surpassed: another outlet counts differently, the surer
    /// when the count had just gone on, and when nobody says that it rose.
    pub(super) fn counts_nearly(&self, slightly: Slightly, at: i64) -> bool {
        let soon = if self.counts() { ECHO_SECONDS } else { 0 };
        let soon = if slightly.rose { soon } else { RECENT_SECONDS };
        (0..soon).contains(&self.age(at))
            && self.values.iter().any(|told| told.series == Some(slightly.series))
    }

    /// Whether it told all these figures a little while ago.
    pub(super) fn has_reached(&self, figures: &[Value], at: i64) -> bool {
        (0..AGAIN_SECONDS).contains(&self.age(at))
            && !figures.is_empty()
            && figures.iter().all(|told| self.values.iter().any(|known| known.is(told)))
    }

    /// Whether it was told a little while ago, goes on with a story, and gave none of these counts.
    pub(super) fn lacks(&self, figures: &[Value], said: bool, at: i64) -> bool {
        let soon = if said { RECENT_SECONDS } else { AGAIN_SECONDS };
        (0..soon).contains(&self.age(at))
            && self.kind != DevelopmentKind::FirstReport
            && figures.iter().all(|told| !told.people || self.has_count(told).is_none())
    }

    /// Whether it gave the same figure of the same count; none when it gave none of that count.
    pub(super) fn has_count(&self, told: &Value) -> Option<bool> {
        let same =
            || self.values.iter().filter(|known| known.series.is_some() && known.series == told.series);
        same().next().map(|_| same().any(|known| known.value == told.value))
    }

    /// Whether an article counts the same people and comes to another figure: it is no witness of this one.
    fn is_counted_otherwise(&self, judged: &Judged) -> bool {
        let people = || judged.values.iter().filter(|told| told.people && told.series.is_some());
        people().any(|told| {
            let mut same = people().filter(|other| other.series == told.series);
            same.all(|other| self.has_count(other) == Some(false))
        })
    }

    /// Whether the article that brought it has another headline now and none of the sentences that it had on top: its outlet
    /// replaced it.
    pub(super) fn is_dropped(&self, memory: &Memory, telling: &Telling) -> bool {
        if self.article != telling.article || self.corrects() {
            return false;
        }
        let now: Vec<Vec<u32>> = telling.reading.lines.iter().map(words_of).collect();
        let known = memory.lines_of(self.article);
        let mut before = known.iter().filter(|line| !line.words.is_empty()).take(TOP).peekable();
        before.peek().is_some() && before.all(|line| !now.iter().any(|words| words[..] == *line.words))
    }

    /// Whether it is a correction by the same article, or tells what it withdraws.
    pub(super) fn withdraws_the_same(&self, judged: &Judged, telling: &Telling) -> bool {
        self.corrects() && (self.article == telling.article || self.share(judged) >= ALIKE)
    }

    /// Whether it is a correction that an article without a figure tells again: a little while ago, or in its names or its
    /// words.
    pub(super) fn corrects_the_same(&self, judged: &Judged, at: i64) -> bool {
        self.corrects()
            && ((0..RECENT_SECONDS).contains(&self.age(at))
                || self.names(judged) >= NAMED
                || self.share(judged) >= ALIKE)
    }

    /// How many of the article's names it has.
    fn names(&self, judged: &Judged) -> usize {
        let lines = std::iter::once(&judged.title).chain(judged.body.iter().take(2));
        let names = lines.flat_map(|line| &line.words).filter(|word| word.kind == TermKind::Name);
        let mut names: Vec<u32> =
            names.map(|word| word.key).filter(|key| self.words.binary_search(key).is_ok()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    pub(super) fn is_of(&self, name: &str) -> bool {
        self.families == [family(name)]
    }

    /// The article that brought it, if it was published within a day and has all the numbers that an article gives now.
    pub(super) fn told_within_a_day(&self, judged: &Judged, at: i64) -> Option<ArticleId> {
        let told = (0..DAY_SECONDS).contains(&self.age(at))
            && judged.values.iter().all(|told| self.values.iter().any(|known| known.value == told.value));
        told.then_some(self.article)
    }

    /// Share of its words that the article's headline and lead have.
    pub(super) fn share(&self, judged: &Judged) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let has = |line: &JudgedLine, key: u32| line.words.iter().any(|word| word.key == key);
        let lines = || std::iter::once(&judged.title).chain(judged.body.iter().take(2));
        let common = self.words.iter().filter(|key| lines().any(|line| has(line, **key)));
        common.count() as f32 / self.words.len() as f32
    }
}

impl Known {
    /// From 1 on an article tells what a development tells: by its words, or by what its opening means.
    pub(super) fn sameness(&self, held: &Held, judged: &Judged) -> f32 {
        let meant = judged.meant.as_ref().filter(|_| !held.words.is_empty());
        let near = meant.map_or(0.0, |meant| self.openings.nearness(meant, held.article) / meant.scale.meant);
        (held.share(judged) / SAME).max(near)
    }

    /// The development that an article tells again, when its family is new to it.
    pub(super) fn support(&mut self, telling: &Telling, judged: &Judged) -> Option<Step> {
        let name = family(telling.family);
        let agree = self.held.iter().enumerate().filter(|(_, held)| !held.is_counted_otherwise(judged));
        let shares = agree.map(|(at, held)| (self.sameness(held, judged), at));
        let best =
            shares.filter(|(same, _)| *same >= 1.0).max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (_, at) = best?;
        let number = self.gone + at;
        let held = self.held.get_mut(at)?;
        if held.families.contains(&name) {
            return None;
        }
        held.families.push(name);
        let soon = held.age(telling.at.as_second()) <= AT_ONCE_SECONDS;
        if held.families.len() >= MAJOR_FAMILIES && soon && held.kind != DevelopmentKind::Confirmation {
            held.weight = Weight::Major;
        }
        let families = u32::try_from(held.families.len()).unwrap_or(u32::MAX);
        let span = judged.lead().and_then(|line| line.span);
        Some(Step::Support {
            number,
            families,
            weight: held.weight,
            evidence: Evidence { article: telling.article, span },
        })
    }
}

/// What a development is about: its headline and its lead, but not that somebody said so.
fn words(lines: &[&KnownLine]) -> Box<[u32]> {
    let said = concept("said");
    let title = lines.iter().filter(|line| line.span.is_none());
    let lead = lines.iter().filter(|line| line.span.is_some() && line.words.len() >= WORDS).take(1);
    ascending(
        title.chain(lead).flat_map(|line| line.words.iter().copied()).filter(|word| *word != said).collect(),
    )
}

fn values(lines: &[&KnownLine]) -> Box<[Value]> {
    lines.iter().take(TOP).flat_map(|line| line.values.iter().copied()).collect()
}

/// Sentences, the headline among them, that may say that something is not sure.
const HEDGED: usize = 4;

fn is_unsure(lines: &[&KnownLine]) -> bool {
    let unsure = concept("unsure");
    lines.iter().take(HEDGED).any(|line| line.words.contains(&unsure))
}

fn ascending(mut words: Vec<u32>) -> Box<[u32]> {
    words.sort_unstable();
    words.dedup();
    words.into_boxed_slice()
}

pub(super) fn family(name: &str) -> u64 {
    hash::bytes(6, name.as_bytes())
}
