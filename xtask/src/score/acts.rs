//! Who did what to whom, on labelled sentences: classes with the actors given (ten-fold cross-validation, weights
//! fitted anew for each fold), acts found without help, and a coder's published test sentences.
//!
//! Input is `events/plv_train.jsonl` (`{"marked", "root"}`, actors in `<s>` and `<t>`) and
//! `events/petrarch_unit_records.xml`. Nothing is fitted on the latter.

mod petrarch;

use crate::train::acts::fit;
use anyhow::{Context, Result};
use news::{Act, ActClass, Span};
use serde::Deserialize;
use statement::acts::weights::ActWeights;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Parts of the cross-validation: sentence number modulo this.
const FOLDS: usize = 10;
const CLASSES: usize = ActClass::ALL.len();

/// A sentence with its actors and the class of the act between them.
pub(crate) struct Marked {
    pub(crate) sentence: String,
    pub(crate) source: Span,
    pub(crate) target: Option<Span>,
    pub(crate) class: ActClass,
}

#[derive(Deserialize)]
struct Line {
    marked: String,
    root: String,
}

/// Scores all three.
pub(crate) fn run(data: &Path) -> Result<String> {
    let sentences = read(data)?;
    let mut page = String::new();
    let folds: Vec<Vec<u8>> = (0..FOLDS).map(|fold| fit(&part(&sentences, fold, false))).collect();
    write!(page, "{}", given(&sentences, &folds).lines()?)?;
    write!(page, "{}", found(&sentences, &folds))?;
    write!(page, "{}", petrarch::score(&data.join("events/petrarch_unit_records.xml"))?)?;
    Ok(page)
}

/// Reads the labelled sentences.
pub(crate) fn read(data: &Path) -> Result<Vec<Marked>> {
    let path = data.join("events/plv_train.jsonl");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    text.lines()
        .map(|line| {
            let line: Line = serde_json::from_str(line).context("not a labelled sentence")?;
            let class = ActClass::from_word(&line.root.to_lowercase()).context(line.root)?;
            let (sentence, source, target) = statement::acts::unmarked(&line.marked);
            Ok(Marked { sentence, source: source.unwrap_or(Span::new(0, 0)), target, class })
        })
        .collect()
}

/// How often each class was taken for which.
#[derive(Default)]
struct Confusion {
    counts: [[f64; CLASSES]; CLASSES],
    cues: f64,
}

/// The sentences of a fold, or all others.
fn part(sentences: &[Marked], fold: usize, held: bool) -> Vec<&Marked> {
    let chosen = sentences.iter().enumerate().filter(|(at, _)| (at % FOLDS == fold) == held);
    chosen.map(|(_, marked)| marked).collect()
}

/// Classes with the actors given.
fn given(sentences: &[Marked], folds: &[Vec<u8>]) -> Confusion {
    let mut confusion = Confusion::default();
    for (fold, bytes) in folds.iter().enumerate() {
        let weights = ActWeights::read(bytes);
        for marked in part(sentences, fold, true) {
            let class = |weights: Option<&ActWeights>| {
                statement::act_between_by(&marked.sentence, marked.source, marked.target, weights).class
            };
            confusion.counts[marked.class as usize][class(weights.as_ref()) as usize] += 1.0;
            confusion.cues += f64::from(u8::from(class(None) == marked.class));
        }
    }
    confusion
}

impl Confusion {
    fn lines(&self) -> Result<String> {
        let mut page = String::new();
        let mut sum = 0.0;
        let mut right = 0.0;
        let all: f64 = self.counts.iter().flatten().sum();
        for class in ActClass::ALL {
            let at = *class as usize;
            let hits = self.counts[at][at];
            let told: f64 = self.counts.iter().map(|row| row[at]).sum();
            let gold: f64 = self.counts[at].iter().sum();
            let f1 = 2.0 * hits / (told + gold).max(1.0);
            (sum, right) = (sum + f1, right + hits);
            writeln!(
                page,
                "  {:<10} F1 {:5.1}  P {:5.1}  R {:5.1}  of {gold}",
                class.word(),
                100.0 * f1,
                100.0 * hits / told.max(1.0),
                100.0 * hits / gold.max(1.0)
            )?;
        }
        let macro_f1 = 100.0 * sum / CLASSES as f64;
        Ok(format!(
            "actors given, ten-fold: macro-F1 {macro_f1:.1}, right {:.1} % of {all} (the first word of an act alone: {:.1} %)\n{page}",
            100.0 * right / all,
            100.0 * self.cues / all
        ))
    }
}

/// Acts found without help, each fold's by weights that have not seen it.
fn found(sentences: &[Marked], folds: &[Vec<u8>]) -> String {
    let mut tally = Tally::default();
    for (fold, bytes) in folds.iter().enumerate() {
        let weights = ActWeights::read(bytes);
        for marked in part(sentences, fold, true) {
            tally.add(marked, &statement::acts_by(&marked.sentence, weights.as_ref()));
        }
    }
    let start = Instant::now();
    sentences.iter().for_each(|marked| drop(statement::acts(&marked.sentence)));
    let speed = sentences.len() as f64 / start.elapsed().as_secs_f64();
    let share = |count: usize| 100.0 * count as f64 / sentences.len() as f64;
    format!(
        "end to end, ten-fold: actor found {:.1} %, actor and target {:.1} %, and class {:.1} % of {}; {:.2} acts a sentence, {speed:.0} sentences/s\n",
        share(tally.actor),
        share(tally.pair),
        share(tally.whole),
        sentences.len(),
        tally.told as f64 / sentences.len() as f64,
    )
}

#[derive(Default)]
struct Tally {
    actor: usize,
    pair: usize,
    whole: usize,
    told: usize,
}

impl Tally {
    fn add(&mut self, marked: &Marked, acts: &[Act]) {
        let touches = |a: Span, b: Span| a.start < b.end && b.start < a.end;
        let of_actor = || acts.iter().filter(|act| touches(act.actor, marked.source));
        let aimed = |act: &&Act| match (act.target, marked.target) {
            (Some(found), Some(gold)) => touches(found, gold),
            (None, None) => true,
            _ => false,
        };
        self.told += acts.len();
        self.actor += usize::from(of_actor().next().is_some());
        self.pair += usize::from(of_actor().any(|act| aimed(&act)));
        self.whole += usize::from(of_actor().any(|act| aimed(&act) && act.class == marked.class));
    }
}
