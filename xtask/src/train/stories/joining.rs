//! Grows the trees that decide whether an article joins a story ([`story::Trees`]), on decisions: development streams and
//! our own blocks run through the real assignment, what each article saw of the nearest stories kept, and whether joining
//! was right (its true story is that of most articles there). Trees change which stories there are, so that after a first
//! growth the streams are run once more with those in place, and both rounds count.
//!
//! For the check, each quarter of the material is decided by trees that were grown on the other three: a stream runs
//! whole, by each quarter of its time with other trees; of the blocks every fourth is one quarter.

use super::boost::{Growth, Row, grow};
use super::couples::later;
use super::lens::Halves;
use super::pause;
use crate::score::stories::{
    Agreement, Block, Item, REVISED_EVERY_SECONDS, arrival, blocks, development, follow,
};
use anyhow::Result;
use news::StoryId;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use story::{Arrival, Case, Impression, Place, Stories, Trees, Weights};

/// Streams, and how much a decision of each counts.
const STREAMS: &[(&str, f32)] = &[
    ("og2021_eng_dev", 1.5),
    ("og2021_dev", 1.0),
    ("pooled", 1.0),
    ("pooled, teasers", 1.0),
    ("pooled, headlines", 1.0),
    ("pooled, mixed", 1.0),
    ("pooled, teasers as titles", 0.5),
];
/// How much a decision of our own counts.
const OWN: f32 = 3.0;

const GROWTH: Growth = Growth { trees: 600, pace: 0.05, ridge: 6.0 };
/// When an article of ours comes, behind the start; the others at most a day before it.
const LATEST: i64 = 100_000;

/// An article ready to come.
struct Ready {
    place: (news::ArticleId, news::Timestamp, String),
    impression: Impression,
    gold: i64,
}

/// A stream ready to be run many times.
struct Run {
    name: String,
    weight: f32,
    articles: Vec<Ready>,
}

/// One decision of our own, taken once: the cases and which of them is right.
struct Own {
    block: usize,
    kind: String,
    /// The true story, if it was there.
    rows: Vec<(StoryId, Case)>,
    truth: Option<StoryId>,
    /// Stories of the block.
    told: Vec<StoryId>,
    /// Set before one article.
    lone: bool,
    /// What it was read with.
    by: By,
}

/// Streams that are looked at again in the check too.
const LOOKED_AT_AGAIN: &[&str] = &["og2021_dev, both encoders", "og2021_eng_dev, both encoders"];
/// Parts of the material for the check.
const PARTS: usize = 4;

pub(crate) struct Material {
    runs: Vec<Run>,
    own: Vec<Own>,
}

pub(crate) fn run(data: &Path, halves: bool) -> Result<String> {
    let material = material(data)?;
    let mut report = String::new();
    writeln!(report, "# the link alone:")?;
    report.push_str(&material.table(&[Arc::new(Trees::none())])?);
    let rows = material.rows();
    if halves {
        let without =
            |part: usize| -> Vec<Row> { rows.iter().filter(|row| row.part != part).cloned().collect() };
        let grown: Vec<Trees> = (0..PARTS).map(|part| grow(&without(part), GROWTH)).collect();
        writeln!(report, "# each part by trees that were grown on the others:")?;
        report.push_str(&material.table(&grown.iter().cloned().map(Arc::new).collect::<Vec<_>>())?);
        report.push_str(&reliability(&rows, &grown)?);
    }
    let trees = grow(&rows, GROWTH);
    writeln!(report, "# on what they were grown on:")?;
    report.push_str(&material.table(&[Arc::new(trees.clone())])?);
    report.push_str(&trees.written(Case::NAMES));
    Ok(report)
}

/// How often joining was right where it was thought so probable, by tenths, on parts that the trees had not seen.
fn reliability(rows: &[Row], grown: &[Trees]) -> Result<String> {
    let mut tenths = [(0.0, 0.0, 0.0); 10];
    for row in rows {
        let chance = 1.0 / (1.0 + f64::from(-grown[row.part].logit(&row.numbers)).exp());
        let tenth = &mut tenths[((chance * 10.0) as usize).min(9)];
        *tenth = (tenth.0 + 1.0, tenth.1 + chance, tenth.2 + f64::from(u8::from(row.right)));
    }
    let mut out = String::from("# probability | decisions | mean | right\n");
    for (tenth, (count, sum, right)) in tenths.iter().enumerate() {
        let all = f64::max(*count, 1.0);
        writeln!(out, "# {:.1} | {count:.0} | {:.3} | {:.3}", tenth as f64 / 10.0, sum / all, right / all)?;
    }
    Ok(out)
}

fn material(data: &Path) -> Result<Material> {
    let streams = development(data, |name| STREAMS.iter().any(|(known, _)| *known == name))?;
    let lenses = Halves::fitted(&streams)?;
    let mut runs = Vec::new();
    for stream in streams {
        let weight = STREAMS.iter().find(|(name, _)| *name == stream.name).map_or(1.0, |(_, weight)| *weight);
        let ready = |item: &Item| Ready {
            place: (item.article, item.at, item.family.clone()),
            impression: Impression::through(&arrival(item), lenses.strange_to(&stream.name, item)),
            gold: item.gold,
        };
        let once = stream.name == "pooled, teasers as titles";
        for by in By::ALL.into_iter().filter(|by| !once || *by == By::Both) {
            let articles = stream.items.iter().map(|item| ready(&by.of(item))).collect();
            runs.push(Run { name: format!("{}, {}", stream.name, by.name()), weight, articles });
        }
    }
    let days = development(data, |name| name == "demo day")?;
    let mut begun = stories(EVEN).judged_by(Arc::new(Trees::none()));
    for item in days.iter().flat_map(|day| &day.items) {
        begun.assign(&arrival(item));
    }
    let mut own = Vec::new();
    for (number, block) in blocks("pairs")?.iter().enumerate() {
        for by in By::ALL {
            let told = block.told.iter().map(|(story, item)| (*story, by.of(item))).collect();
            owned(
                &begun,
                number,
                &Block { kind: format!("{}, {}", block.kind, by.name()), told },
                by,
                &mut own,
            );
        }
    }
    Ok(Material { runs, own })
}

/// Stories that an article joins from this line on.
fn stories(line: f32) -> Stories {
    let weights = Weights { join_line: line, ..Weights::FITTED };
    Stories::with_weights(StoryId(1), weights).knowing(language::common_words)
}

/// The encoders that an article is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Both,
    Fast,
    None,
}

impl By {
    const ALL: [Self; 3] = [Self::Both, Self::Fast, Self::None];

    fn name(self) -> &'static str {
        match self {
            Self::Both => "both encoders",
            Self::Fast => "the fast encoder",
            Self::None => "no encoder",
        }
    }

    /// An article as if there were no other encoders.
    fn of(self, item: &Item) -> Item {
        let mut read = later(item, 0);
        (read.article, read.at, read.gold, read.family) =
            (item.article, item.at, item.gold, item.family.clone());
        if self != Self::Both {
            read.reading.fine_vector = None;
        }
        if self == Self::None {
            read.reading.title_vector = None;
        }
        read
    }
}

/// Each article of a block set before one of the others alone, and before all others that tell the same, together.
fn owned(begun: &Stories, number: usize, block: &Block, by: By, own: &mut Vec<Own>) {
    let id = |story: usize| StoryId(1_000_000 + story as i64);
    let mut see = |before: &[(usize, &Item)], story: usize, item: &Item, lone: bool, salt: usize| {
        let mut stories = begun.clone();
        let mut told = Vec::new();
        for (at, (theirs, other)) in before.iter().enumerate() {
            let other = later(other, LATEST - pause(number + salt, at));
            stories.remember(
                &Arrival { article: news::ArticleId(500_000 + at as i64), ..arrival(&other) },
                id(*theirs),
                None,
            );
            if !told.contains(&id(*theirs)) {
                told.push(id(*theirs));
            }
        }
        let item = later(item, LATEST);
        let arrival = Arrival { article: news::ArticleId(600_000), ..arrival(&item) };
        let (_, rows) = stories.assign_seen(&Place::from(&arrival), Impression::of(&arrival));
        let truth = before.iter().any(|(theirs, _)| *theirs == story).then(|| id(story));
        own.push(Own { block: number, kind: block.kind.clone(), rows, truth, told, lone, by });
    };
    for (at, (story, item)) in block.told.iter().enumerate() {
        for (other, (theirs, second)) in block.told.iter().enumerate().take(at) {
            see(&[(*theirs, second)], *story, item, true, at * 31 + other);
        }
        let others: Vec<(usize, &Item)> = block
            .told
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, (story, item))| (*story, item))
            .collect();
        if others.len() > 1 {
            see(&others, *story, item, false, at);
        }
    }
}

impl Material {
    /// All decisions of two rounds, the second with trees from the first.
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for own in &self.own {
            for (story, case) in &own.rows {
                // Twice, as streams are run twice.
                let weight = 2.0 * OWN;
                let right = own.truth == Some(*story);
                rows.push(Row { numbers: case.numbers().to_vec(), right, weight, part: own.block % PARTS });
            }
        }
        self.runs.iter().for_each(|run| run.collect(&Arc::new(Trees::none()), &mut rows));
        let first = Arc::new(grow(&rows, GROWTH));
        self.runs.iter().for_each(|run| run.collect(&first, &mut rows));
        rows
    }

    fn table(&self, trees: &[Arc<Trees>]) -> Result<String> {
        let mut out = String::from("# ");
        for run in &self.runs {
            write!(out, " {} {}", run.name, run.agreement(trees, LINE))?;
            if LOOKED_AT_AGAIN.contains(&run.name.as_str()) && trees.len() > 1 {
                write!(out, ", looked at again {}", run.revised(trees, LINE))?;
                for line in LINES.iter().filter(|line| **line != LINE) {
                    let (at_once, later) = (run.agreement(trees, *line), run.revised(trees, *line));
                    write!(out, ", from {line} on {at_once} and {later}")?;
                }
            }
            write!(out, ";")?;
        }
        writeln!(out)?;
        let mut kinds: BTreeMap<(bool, &str), [usize; LINES.len() + 1]> = BTreeMap::new();
        for own in self.own.iter().filter(|own| own.lone) {
            let trees = &trees[own.block % trees.len()];
            for kind in [own.kind.as_str(), own.by.name()] {
                let tally = kinds.entry((own.truth.is_some(), kind)).or_default();
                tally[LINES.len()] += 1;
                for (right, line) in tally.iter_mut().zip(LINES) {
                    *right += usize::from(own.joined(trees, *line) == own.truth);
                }
            }
        }
        for ((one, kind), tally) in kinds {
            writeln!(out, "#   {} {kind}: {tally:?}", if one { "merge" } else { "apart" })?;
        }
        Ok(out)
    }
}

/// Logarithms of odds at which our own decisions are counted.
const LINES: &[f32] = &[-0.4, LINE, EVEN];
/// Even odds: decisions are collected there, wherever the program has its line.
const EVEN: f32 = 0.0;
/// The one that the program has.
const LINE: f32 = Weights::FITTED.join_line;

impl Own {
    /// The story of the block that is joined above a line.
    fn joined(&self, trees: &Trees, line: f32) -> Option<StoryId> {
        let odds = |case: &Case| trees.logit(&case.numbers());
        let near = self.rows.iter().filter(|(story, _)| self.told.contains(story));
        let near = near.map(|(story, case)| (odds(case), *story)).filter(|(odds, _)| *odds > line);
        near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, story)| story)
    }
}

impl Run {
    /// Runs the stream, each part of it with trees of its own, and shows each decision with its part.
    fn each(
        &self,
        trees: &[Arc<Trees>],
        line: f32,
        mut see: impl FnMut(&Ready, StoryId, &[(StoryId, Case)], usize),
    ) {
        let mut stories = stories(line);
        for (at, ready) in self.articles.iter().enumerate() {
            let part = at * PARTS / self.articles.len();
            if at == 0 || part != (at - 1) * PARTS / self.articles.len() {
                stories = stories.judged_by(trees[part % trees.len()].clone());
            }
            let (article, at, family) = &ready.place;
            let place = Place { article: *article, at: *at, family };
            let (decision, cases) = stories.assign_seen(&place, ready.impression.clone());
            see(ready, decision.story, &cases, part);
        }
    }

    fn collect(&self, trees: &Arc<Trees>, rows: &mut Vec<Row>) {
        let mut held: HashMap<i64, HashMap<i64, usize>> = HashMap::new();
        self.each(std::slice::from_ref(trees), EVEN, |ready, story, cases, part| {
            for (near, case) in cases {
                let most = held
                    .get(&near.0)
                    .and_then(|held| held.iter().max_by_key(|(gold, count)| (**count, -**gold)));
                let right = most.is_some_and(|(gold, _)| *gold == ready.gold);
                rows.push(Row { numbers: case.numbers().to_vec(), right, weight: self.weight, part });
            }
            *held.entry(story.0).or_default().entry(ready.gold).or_default() += 1;
        });
    }

    /// How well the stream stands after second looks, each part of it with trees of its own.
    fn revised(&self, trees: &[Arc<Trees>], line: f32) -> Agreement {
        let mut stories = stories(line);
        let mut labels: BTreeMap<news::ArticleId, StoryId> = BTreeMap::new();
        let mut looked = self.articles.first().map_or(0, |ready| ready.place.1.as_second());
        for (number, ready) in self.articles.iter().enumerate() {
            stories = stories.judged_by(trees[number * PARTS / self.articles.len() % trees.len()].clone());
            let (article, at, family) = &ready.place;
            if at.as_second() - looked >= REVISED_EVERY_SECONDS {
                looked = at.as_second();
                follow(&mut labels, stories.revise(*at));
            }
            let place = Place { article: *article, at: *at, family };
            labels.insert(*article, stories.assign_impression(&place, ready.impression.clone()).story);
        }
        if let Some(last) = self.articles.last() {
            follow(&mut labels, stories.revise(last.place.1));
        }
        let (labels, gold): (Vec<i64>, Vec<i64>) =
            self.articles.iter().map(|ready| (labels[&ready.place.0].0, ready.gold)).unzip();
        Agreement::of(&labels, &gold)
    }

    fn agreement(&self, trees: &[Arc<Trees>], line: f32) -> Agreement {
        let (mut labels, mut gold) = (Vec::new(), Vec::new());
        self.each(trees, line, |ready, story, _, _| {
            labels.push(story.0);
            gold.push(ready.gold);
        });
        Agreement::of(&labels, &gold)
    }
}
