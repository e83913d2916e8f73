//! Grows the trees that decide on a second look whether two stories are one ([`story::Merger`]). The streams run through the real
//! assignment with second looks; what was seen of each two stories that were set side by side is kept, with whether most of either is
//! truly the same. Merges change which stories there are, so that after a first growth the streams are run once more with those
//! trees in place, and both rounds count. Beside them stand our own blocks, each article a story by itself: look-alikes.
//!
//! For the check, every fourth stream and block is decided by trees that were grown on the others.

use super::boost::{Growth, Row, grow};
use super::lining::{add, as_much_as, by_what_has_read, lined_and_shared, scaled};
use super::mean::read;
use super::runs::{By, PARTS, Prepared, Run, before_last, stories, told};
use crate::parallel::in_parallel;
use crate::score::stories::{Agreement, Block};
use crate::train::progress;
use anyhow::Result;
use news::StoryId;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use story::{Lenses, Merger, Stories, Trees, Weights};

const GROWTH: Growth = Growth { trees: 400, pace: 0.05, ridge: 6.0 };
const FIRST_GROWTH: Growth = Growth { trees: 150, pace: 0.1, ridge: 6.0 };
/// How much two articles of our own count, each a story by itself, beside two such stories of a stream. The program leaves two single
/// articles as they are: these pairs only teach what keeps look-alikes apart.
const OWN: f32 = 0.7;
/// The numbers of the line.
const LINE_NUMBERS: &[&str] = &[
    "odds",
    "back_odds",
    "link",
    "around",
    "small",
    "large",
    "gap",
    "same_language",
    "texts",
    "told",
    "closer_told",
    "whole_told",
];
/// The share that trees have in what is decided; the rest is said by the odds alone that members of one join the other, which merge from
/// [`FROM`] on: trees by themselves know little of what streams seldom hold, two stories that are near by all odds.
const SHARE: f32 = 0.6;
const FROM: f32 = -0.8;
/// What is added where the smaller story is of texts. Set by hand: the streams that trees are grown on hold many affairs in headlines
/// and hardly one in texts, so that they take texts for what stands apart.
const TEXTS: (&str, f32) = ("texts", 1.3);
/// and where the fine encoder has not read both: there the odds are less sure.
const NOT_FINELY_READ: f32 = -0.45;
/// Lines that merges are tried from, as logarithms of odds.
const LINES: &[f32] = &[-0.5, 0.0, 0.5, 1.0];

struct Material {
    runs: Vec<Run>,
    own: Vec<Row>,
}

pub(crate) fn run(data: &Path, halves: bool) -> Result<String> {
    let prepared = Prepared::read(data)?;
    progress("our own");
    let own = prepared.of_blocks(owned)?;
    Material { runs: prepared.runs, own }.report(halves)
}

impl Material {
    fn report(&self, halves: bool) -> Result<String> {
        let mut report = String::new();
        let mut rows = self.own.clone();
        let grown_on = |run: &Run| run.weight.is_some();
        progress("looking again");
        rows.extend(self.rows(grown_on, begin())?);
        progress(&format!("growing once on {} rows", rows.len()));
        let first = grow(&rows, FIRST_GROWTH);
        progress("looking again");
        rows.extend(self.rows(grown_on, first)?);
        progress(&format!("growing on {} rows", rows.len()));
        let all = grow(&rows, GROWTH);
        progress("looking again for the line");
        let more = as_much_as(&rows, self.rows(Run::is_for_the_line, all.clone())?);
        let lined = |trees: &Trees, rows: &[Row]| {
            with_the_odds(&lined_and_shared(trees, &[rows, &more].concat(), &places()))
        };
        // As they are kept, so that what is counted is what ships.
        let grown = read(&lined(&all, &rows).written(Merger::NAMES), Merger::NAMES)?;
        if halves {
            let parts = (0..PARTS).map(|part| {
                progress(&format!("growing without part {part}"));
                let without: Vec<Row> = rows.iter().filter(|row| row.part != part).cloned().collect();
                Arc::new(lined(&grow(&without, GROWTH), &without))
            });
            let parts: Vec<Arc<Trees>> = parts.collect();
            writeln!(report, "# each part by trees that were grown on the others:")?;
            report.push_str(&self.table(grown_on, &parts)?);
        }
        writeln!(report, "# nothing of these was grown on:")?;
        report.push_str(&self.table(|run| !grown_on(run), &[Arc::new(grown.clone())])?);
        report.push_str(&grown.written(Merger::NAMES));
        Ok(report)
    }

    /// What second looks see on some streams.
    fn rows(&self, wanted: impl Fn(&Run) -> bool, trees: Trees) -> Result<Vec<Row>> {
        let trees = Arc::new(trees);
        let rows = in_parallel(&self.dealt(wanted), |(_, (part, run, weight))| {
            let mut rows = Vec::new();
            let stories = stories(Weights::FITTED).merged_by(trees.clone());
            look_again(run, stories, |merger, right, articles| {
                let weight = weight * (articles as f32).sqrt();
                rows.push(Row { numbers: merger.numbers().to_vec(), right, weight, part: *part });
            });
            Ok(rows)
        });
        Ok(rows?.concat())
    }

    /// Streams with the part of the material that they are and how much they count, so that each half has as much to do.
    fn dealt(&self, wanted: impl Fn(&Run) -> bool) -> Vec<(usize, &Run, f32)> {
        // Read with three encoders each.
        let numbered = self.runs.iter().enumerate().filter(|(_, run)| wanted(run));
        let mut all: Vec<(usize, &Run, f32)> = numbered
            .map(|(number, run)| (number / By::ALL.len() % PARTS, run, run.weight.unwrap_or(1.0)))
            .collect();
        all.sort_by_key(|(_, run, _)| run.articles.len());
        (0..2).flat_map(|half| all.iter().skip(half).step_by(2)).copied().collect()
    }

    fn table(&self, wanted: impl Fn(&Run) -> bool, trees: &[Arc<Trees>]) -> Result<String> {
        let runs = self.dealt(wanted);
        let lines = in_parallel(&runs, |(_, (part, run, _))| {
            let mut line = format!("# {}:", run.name);
            for merge_line in LINES {
                let weights = Weights { merge_line: *merge_line, ..Weights::FITTED };
                let stories = stories(weights).merged_by(trees[part % trees.len()].clone());
                let found = look_again(run, stories, |_, _, _| {});
                write!(line, " from {merge_line} {found} ({:.3}, {:.3});", found.precision, found.recall)?;
            }
            Ok(line)
        });
        Ok(lines?.into_iter().map(|line| line + "\n").collect())
    }
}

/// Runs a stream with second looks and shows each two stories that were set side by side, whether they are truly one, and how many
/// articles the smaller has.
fn look_again(run: &Run, stories: Stories, mut see: impl FnMut(&Merger, bool, usize)) -> Agreement {
    run.looked_at_again(
        stories,
        |stories, _| stories,
        |stories, now, standing| {
            let standing = standing();
            stories.revise_seeing(now, |one, other, merger| {
                if let (Some(one), Some(other)) = (standing.get(&one), standing.get(&other)) {
                    see(merger, one.truth == other.truth, one.articles.min(other.articles));
                }
            })
        },
    )
}

/// Each two articles of a block that see each other, both stories by themselves.
fn owned(begun: &Stories, number: usize, block: &Block, by: By, lenses: &Lenses) -> Vec<Row> {
    let mut stories = begun.clone().merged_by(Arc::new(never()));
    stories.settle();
    let told = told(block, by, lenses);
    let alone = |at: usize| StoryId(2_000_000 + at as i64);
    for (at, (_, impression)) in told.iter().enumerate() {
        stories.remember_impression(&before_last(number, at), impression.clone(), alone(at), None);
    }
    let story = |id: StoryId| told.get(usize::try_from(id.0 - alone(0).0).ok()?).map(|(story, _)| *story);
    let mut rows = Vec::new();
    stories.revise_seeing(before_last(number, 0).at, |one, other, merger| {
        if let (Some(one), Some(other)) = (story(one), story(other)) {
            let numbers = merger.numbers().to_vec();
            rows.push(Row { numbers, right: one == other, weight: OWN, part: number % PARTS });
        }
    });
    rows
}

/// What stories merge by as long as nothing is grown: the odds that members of one join the other.
fn begin() -> Trees {
    Trees { start: -0.4, slopes: odds(), trees: Vec::new() }
}

/// Nothing merges.
fn never() -> Trees {
    Trees { start: -1_000.0, slopes: Vec::new(), trees: Vec::new() }
}

/// Trees and the odds as two who judge.
fn with_the_odds(trees: &Trees) -> Trees {
    let mut both = scaled(trees, SHARE);
    both.start -= (1.0 - SHARE) * FROM;
    let more = [("odds", 1.0 - SHARE), TEXTS];
    for (place, slope) in more.into_iter().filter_map(|(name, slope)| Some((place(name)?, slope))) {
        add(&mut both, place, slope);
    }
    both.trees.extend(place("told").map(|told| by_what_has_read(told, NOT_FINELY_READ, 0.0)));
    both
}

fn odds() -> Vec<(usize, f32)> {
    place("odds").map(|place| (place, 1.0)).into_iter().collect()
}

fn place(name: &str) -> Option<usize> {
    Merger::NAMES.iter().position(|known| *known == name)
}

/// Where the numbers of the line stand.
fn places() -> Vec<usize> {
    LINE_NUMBERS.iter().filter_map(|name| place(name)).collect()
}
