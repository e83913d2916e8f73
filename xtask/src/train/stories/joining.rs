//! Grows the trees that decide whether an article joins a story ([`story::Trees`]), on decisions: development streams and
//! our own blocks run through the real assignment, what each article saw of the nearest stories kept, and whether joining
//! was right (its true story is that of most articles there). Trees change which stories there are, so that after a first
//! growth the streams are run once more with those in place, and both rounds count.
//!
//! For the check, each quarter of the material is decided by trees that were grown on the other three: a stream runs
//! whole, by each quarter of its time with other trees; of the blocks every fourth is one quarter.

use super::View;
use super::boost::{Growth, Row, grow};
use super::lining::{as_much_as, lined, places, with_the_link};
use super::mean::{from_file, read};
use super::runs::{By, EVEN, LINE, PARTS, Prepared, Run, before_last, last, told};
use super::search::search;
use crate::parallel::in_parallel;
use crate::score::stories::Block;
use crate::train::progress;
use anyhow::Result;
use news::StoryId;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use story::{Case, Lenses, Stories, Trees};

/// How much a decision of our own counts beside one of a stream.
const OWN: f32 = 1.5;
/// Views of a stream with the share of each.
type Shares = &'static [(View, f64)];
/// What the line is searched on in the end.
const SEARCHED: &[(&str, By, Shares)] = &[
    (
        "og2021_eng_dev",
        By::Both,
        &[(View::Whole, 0.5), (View::Without(0), 0.5), (View::Without(1), 0.5), (View::Without(2), 0.5)],
    ),
    ("og2021_eng_dev", By::None, &[(View::Whole, 0.5)]),
    ("og2021_dev", By::Both, &[(View::Whole, 1.0)]),
    ("pooled", By::Both, &[(View::Whole, 0.3)]),
    ("pooled, teasers", By::Both, &[(View::Whole, 0.3)]),
    ("pooled, headlines", By::Both, &[(View::Whole, 0.3)]),
    ("pooled, teasers as titles", By::Both, &[(View::Whole, 0.3)]),
];
/// and of our own every so manieth block, read with these encoders.
const SEARCHED_BLOCKS: usize = 3;
const OWN_SEARCHED: &[(By, f64)] = &[(By::Both, 1.0), (By::None, 0.5)];
/// Others that an article of ours is set before one by one, at most.
const ONE_BY_ONE: usize = 2;

const GROWTH: Growth = Growth { trees: 1_000, pace: 0.05, ridge: 6.0 };
/// The first trees only say which stories there are when decisions are collected once more.
const FIRST_GROWTH: Growth = Growth { trees: 300, pace: 0.1, ridge: 6.0 };

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

pub(crate) struct Material {
    runs: Vec<Run>,
    own: Vec<Own>,
}

/// Grows trees, or goes on from those that were printed before, and searches their line.
pub(crate) fn run(data: &Path, halves: bool, printed: Option<&Path>) -> Result<String> {
    let printed = printed.map(|file| from_file(file, Case::NAMES)).transpose()?;
    let material = material(data)?;
    let mut report = String::new();
    let trees = match printed {
        Some(trees) => trees,
        None => material.grown(halves, &mut report)?,
    };
    progress("searching");
    let trees = search(&trees, &material.own_rows(), |trees| material.goodness(trees));
    writeln!(report, "# on what they were grown on:")?;
    report.push_str(&material.table(&[Arc::new(trees.clone())])?);
    report.push_str(&trees.written(Case::NAMES));
    Ok(report)
}

/// The views of a stream that the line is searched on, each with its share.
fn searched_on(run: &Run) -> impl Iterator<Item = (&Run, View, f64)> {
    let shares = SEARCHED.iter().filter(|(name, by, _)| run.name == format!("{name}, {}", by.name()));
    shares.flat_map(move |(_, _, views)| views.iter().map(move |(view, share)| (run, *view, *share)))
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
    let prepared = Prepared::read(data)?;
    progress("deciding our own");
    let own = prepared.of_blocks(owned)?;
    Ok(Material { runs: prepared.runs, own })
}

/// Each article of a block set before some of the others alone, and before all others that tell the same, together.
fn owned(begun: &Stories, number: usize, block: &Block, by: By, lenses: &Lenses) -> Vec<Own> {
    let told = told(block, by, lenses);
    let see = |before: &[usize], at: usize, lone: bool, salt: usize| {
        let mut stories = begun.clone();
        let mut open = Vec::new();
        for (pause_number, other) in before.iter().enumerate() {
            let (theirs, impression) = &told[*other];
            let place = before_last(number + salt, pause_number);
            stories.remember_impression(&place, impression.clone(), *theirs, None);
            if !open.contains(theirs) {
                open.push(*theirs);
            }
        }
        let (story, impression) = &told[at];
        let (_, rows) = stories.assign_seen(&last(), impression.clone());
        let truth = open.contains(story).then_some(*story);
        Own {
            block: number,
            kind: format!("{}, {}", block.kind, by.name()),
            rows,
            truth,
            told: open,
            lone,
            by,
        }
    };
    let mut own = Vec::new();
    for at in 0..told.len() {
        let step = at.div_ceil(ONE_BY_ONE).max(1);
        own.extend((at % step..at).step_by(step).map(|other| see(&[other], at, true, at * 31 + other)));
        let others: Vec<usize> = (0..told.len()).filter(|other| *other != at).collect();
        if others.len() > 1 {
            own.push(see(&others, at, false, at));
        }
    }
    own
}

impl Material {
    /// Trees grown on all of it, with the line that suits the probability best.
    fn grown(&self, halves: bool, report: &mut String) -> Result<Trees> {
        if halves {
            writeln!(report, "# the link alone:")?;
            report.push_str(&self.table(&[Arc::new(Trees::none())])?);
        }
        progress("deciding");
        let rows = self.rows();
        progress(&format!("growing on {} decisions", rows.len()));
        let shipped = grow(&rows, GROWTH);
        let lining = self.lining(&shipped, &rows);
        if halves {
            let grown = (0..PARTS).map(|part| {
                progress(&format!("growing without part {part}"));
                let without = |rows: &[Row]| -> Vec<Row> {
                    rows.iter().filter(|row| row.part != part).cloned().collect()
                };
                with_the_link(&lined(&grow(&without(&rows), GROWTH), &without(&lining), &places()))
            });
            let grown: Vec<Trees> = grown.collect();
            writeln!(report, "# each part by trees that were grown on the others:")?;
            report.push_str(&self.table(&grown.iter().cloned().map(Arc::new).collect::<Vec<_>>())?);
            report.push_str(&reliability(&lining, &grown)?);
        }
        // As they are kept, so that what is searched is what ships.
        read(&with_the_link(&lined(&shipped, &lining, &places())).written(Case::NAMES), Case::NAMES)
    }

    /// All decisions of two rounds, the second with trees from the first.
    fn rows(&self) -> Vec<Row> {
        let mut rows = self.own_rows();
        let grown_on = || self.runs.iter().filter_map(|run| Some((run, run.weight?)));
        grown_on().for_each(|(run, weight)| run.collect(&Arc::new(Trees::none()), weight, &mut rows));
        progress(&format!("growing once on {} decisions", rows.len()));
        let first = Arc::new(grow(&rows, FIRST_GROWTH));
        progress("deciding again");
        grown_on().for_each(|(run, weight)| run.collect(&first, weight, &mut rows));
        rows
    }

    /// Our own decisions.
    fn own_rows(&self) -> Vec<Row> {
        // Twice, as streams are run twice.
        let weight = 2.0 * OWN;
        let row = |own: &Own, (story, case): &(StoryId, Case)| {
            let right = own.truth == Some(*story);
            Row { numbers: case.numbers().to_vec(), right, weight, part: own.block % PARTS }
        };
        self.own.iter().flat_map(|own| own.rows.iter().map(move |seen| row(own, seen))).collect()
    }

    /// How good trees are where the line may know the material: BCubed F1 with a little of the pairwise F1 over the streams, and the
    /// share of our own decisions that is right, as many of those that join as of those that do not.
    fn goodness(&self, trees: &Trees) -> f64 {
        let trees = Arc::new(trees.clone());
        let mut tried: Vec<(&Run, View, f64)> = self.runs.iter().flat_map(searched_on).collect();
        // The longest first, so that nobody waits for it in the end.
        tried.sort_by_key(|(run, ..)| std::cmp::Reverse(run.articles.len()));
        let gains = in_parallel(&tried, |(_, (run, view, share))| {
            Ok(share * run.agreement_in(*view, std::slice::from_ref(&trees), LINE).worth())
        });
        let shares: f64 = tried.iter().map(|(.., share)| share).sum();
        let own: f64 = OWN_SEARCHED.iter().map(|(by, share)| share * self.own_right(*by, &trees)).sum();
        let own_shares: f64 = OWN_SEARCHED.iter().map(|(_, share)| share).sum();
        (gains.unwrap_or_default().iter().sum::<f64>() + own) / (shares + own_shares)
    }

    fn own_right(&self, by: By, trees: &Trees) -> f64 {
        let mut tallies = [(0_usize, 0_usize); 2];
        let asked = |own: &&Own| own.lone && own.by == by && own.block.is_multiple_of(SEARCHED_BLOCKS);
        for own in self.own.iter().filter(asked) {
            let tally = &mut tallies[usize::from(own.truth.is_some())];
            *tally = (tally.0 + usize::from(own.joined(trees, LINE) == own.truth), tally.1 + 1);
        }
        let share = |(right, all): (usize, usize)| right as f64 / all.max(1) as f64;
        tallies.map(share).iter().sum::<f64>() / 2.0
    }

    /// What the line is set anew on: the same decisions, and as many on the streams that no trees may be grown on.
    fn lining(&self, trees: &Trees, rows: &[Row]) -> Vec<Row> {
        progress("deciding for the line");
        let trees = Arc::new(trees.clone());
        let mut more = Vec::new();
        for run in self.runs.iter().filter(|run| run.is_for_the_line()) {
            run.collect(&trees, 1.0, &mut more);
        }
        [rows, &as_much_as(rows, more)].concat()
    }

    fn table(&self, trees: &[Arc<Trees>]) -> Result<String> {
        let mut out = String::from("# ");
        for run in &self.runs {
            write!(out, " {} {}", run.name, run.agreement(trees, LINE))?;
            if run.weight.is_none() && run.name.ends_with(By::Both.name()) {
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
impl Own {
    /// The story of the block that is joined above a line.
    fn joined(&self, trees: &Trees, line: f32) -> Option<StoryId> {
        let odds = |case: &Case| trees.logit(&case.numbers());
        let near = self.rows.iter().filter(|(story, _)| self.told.contains(story));
        let near = near.map(|(story, case)| (odds(case), *story)).filter(|(odds, _)| *odds > line);
        near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, story)| story)
    }
}
