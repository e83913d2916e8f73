//! Fits the small network by which the fine encoder sees who acts (`crates/language/src/fine/acting.rs`) on sentences of our own
//! with their actors marked ([xtask/data/acting](../../data/acting/README.md)), by Adam (Kingma and Ba 2015) with a weight decay. Tells how often
//! it is right about sentences, and about languages, that it was not fitted on.

use crate::parallel::in_parallel;
use crate::score::stories::model;
use crate::train::chance::Chance;
use crate::train::progress;
use anyhow::{Context, Result, bail};
use language::acting::{HIDDEN, LOOKED_AT};
use language::{FineEncoder, models::FINE};
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::Path;

const SENTENCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/acting");
const WEIGHTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/language/data/acting.bin");

/// Parts of the sentences that are held back by turns.
const FOLDS: usize = 5;
/// How often each word is looked at, how many before a step, how far a step goes, what a weight loses with each: chosen on the folds.
const ROUNDS: usize = 14;
const BATCH: usize = 100;
const PACE: f32 = 1e-3;
const DECAY: f32 = 0.02;

/// A name in a sentence.
struct Name {
    language: String,
    sentence: usize,
    acts: bool,
    /// What is looked at of each of its words.
    words: Vec<Vec<f32>>,
}

/// Writes the network of all.
pub(super) fn run() -> Result<String> {
    let names = read()?;
    let mut languages: Vec<&str> = names.iter().map(|name| name.language.as_str()).collect();
    languages.sort_unstable();
    languages.dedup();
    progress(&format!("{} names in {} languages", names.len(), languages.len()));
    let folds =
        in_parallel(&[(); FOLDS], |(fold, ())| Ok(fitted(&names, |name| name.sentence % FOLDS != fold)))?;
    let across =
        in_parallel(&languages, |(_, language)| Ok(fitted(&names, |name| name.language != *language)))?;
    let mut report = format!("{} names that act or suffer\n", names.len());
    let mut tell = |what: &str, of: &dyn Fn(&Name) -> bool, by: &dyn Fn(&Name) -> f32| -> Result<()> {
        let some: Vec<&Name> = names.iter().filter(|name| of(name)).collect();
        let right = some.iter().filter(|name| (by(name) > 0.0) == name.acts).count();
        writeln!(
            report,
            "{what}: {:.1} % of {}",
            100.0 * right as f64 / some.len().max(1) as f64,
            some.len()
        )?;
        Ok(())
    };
    let held_back = |name: &Name| folds[name.sentence % FOLDS].of_name(name);
    tell("right about sentences held back", &|_| true, &held_back)?;
    for (language, by_others) in languages.iter().zip(&across) {
        tell(&format!("  {language}"), &|name| name.language == *language, &held_back)?;
        tell("    by other languages alone", &|name| name.language == *language, &|name| {
            by_others.of_name(name)
        })?;
    }
    fs::write(WEIGHTS, fitted(&names, |_| true).bytes()).context(WEIGHTS)?;
    writeln!(report, "wrote crates/language/data/acting.bin")?;
    Ok(report)
}

fn read() -> Result<Vec<Name>> {
    let model = model(FINE).context("no model: STAYTUNED_MODELS names no folder with the fine encoder")?;
    let fine = FineEncoder::load(&model)?;
    let mut files: Vec<_> = fs::read_dir(SENTENCES)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    let mut names = Vec::new();
    let mut sentence = 0;
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        for line in fs::read_to_string(path)?.lines() {
            let (language, marked) = line.split_once('\t').with_context(|| bad(path, line))?;
            let (text, marks) = unmarked(marked).with_context(|| bad(path, line))?;
            for (range, part) in marks {
                let acts = match part {
                    '+' => true,
                    '-' => false,
                    '0' => continue,
                    _ => bail!(bad(path, line)),
                };
                let words = fine.looked_at(&text, range)?;
                if !words.is_empty() {
                    names.push(Name { language: language.to_owned(), sentence, acts, words });
                }
            }
            sentence += 1;
        }
    }
    Ok(names)
}

fn bad(path: &Path, line: &str) -> String {
    format!("{}: not a marked sentence: {line}", path.display())
}

/// Where a name stands and its mark.
type Marked = (Range<usize>, char);

/// The text of `[+India] downs [-Pakistani] drone`, and where its names stand with their marks.
fn unmarked(marked: &str) -> Option<(String, Vec<Marked>)> {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some((before, behind)) = rest.split_once('[') {
        let (inside, after) = behind.split_once(']')?;
        let mut letters = inside.chars();
        let part = letters.next()?;
        text.push_str(before);
        let start = text.len();
        text.push_str(letters.as_str());
        marks.push((start..text.len(), part));
        rest = after;
    }
    text.push_str(rest);
    Some((text, marks))
}

/// The network, and how its weights move.
struct Net {
    /// For each sum its weights, what is added to it and its weight in the end; then what is added to that.
    weights: Vec<f32>,
}

/// Numbers of one sum.
const SUM: usize = LOOKED_AT + 2;

impl Net {
    /// Small weights, by a fixed row of chance numbers.
    fn new(chance: &mut Chance) -> Self {
        let most = (2.0 / LOOKED_AT as f32).sqrt();
        let mut weights: Vec<f32> = (0..HIDDEN * SUM + 1).map(|_| most * chance.around_nothing()).collect();
        for sum in weights.chunks_exact_mut(SUM) {
            sum[LOOKED_AT] = 0.0;
            sum[LOOKED_AT + 1] = chance.around_nothing() / (HIDDEN as f32).sqrt();
        }
        weights[HIDDEN * SUM] = 0.0;
        Self { weights }
    }

    /// The sums, none below nothing.
    fn sums(&self, word: &[f32]) -> Vec<f32> {
        let sum = |sum: &[f32]| {
            let along: f32 = word.iter().zip(sum).map(|(value, weight)| value * weight).sum();
            (along + sum[LOOKED_AT]).max(0.0)
        };
        self.weights.chunks_exact(SUM).map(sum).collect()
    }

    fn end(&self, sums: &[f32]) -> f32 {
        let along = self.weights.chunks_exact(SUM).zip(sums).map(|(sum, value)| sum[LOOKED_AT + 1] * value);
        self.weights[HIDDEN * SUM] + along.sum::<f32>()
    }

    /// The mean over its words.
    fn of_name(&self, name: &Name) -> f32 {
        name.words.iter().map(|word| self.end(&self.sums(word))).sum::<f32>() / name.words.len() as f32
    }

    /// Adds to `slopes` how the error about a word moves with each weight, so many times.
    fn learn(&self, word: &[f32], acts: bool, times: f32, slopes: &mut [f32]) {
        let sums = self.sums(word);
        let odds = 1.0 / (1.0 + (-self.end(&sums)).exp());
        let missed = times * (odds - f32::from(u8::from(acts)));
        slopes[HIDDEN * SUM] += missed;
        for ((slopes, sum), value) in
            slopes.chunks_exact_mut(SUM).zip(self.weights.chunks_exact(SUM)).zip(sums)
        {
            slopes[LOOKED_AT + 1] += missed * value;
            if value > 0.0 {
                let back = missed * sum[LOOKED_AT + 1];
                slopes[LOOKED_AT] += back;
                slopes.iter_mut().zip(word).for_each(|(slope, value)| *slope += back * value);
            }
        }
    }

    /// As the program reads them: the upper halves of floats, rounded.
    fn bytes(&self) -> Vec<u8> {
        let half = |weight: &f32| (weight.to_bits().saturating_add(0x8000) >> 16) as u16;
        self.weights.iter().flat_map(|weight| half(weight).to_le_bytes()).collect()
    }
}

/// The network that suits the names that are taken.
fn fitted(names: &[Name], taken: impl Fn(&Name) -> bool) -> Net {
    const KEPT: f32 = 0.9;
    const KEPT_OF_SQUARES: f32 = 0.999;
    let taken: Vec<&Name> = names.iter().filter(|name| taken(name)).collect();
    let scale = Scale::of(&taken);
    let mut words: Vec<(Vec<f32>, bool, f32)> = Vec::new();
    for name in taken {
        let times = 1.0 / name.words.len() as f32;
        words.extend(name.words.iter().map(|word| (scale.even(word), name.acts, times)));
    }
    let mut chance = Chance(1);
    let mut net = Net::new(&mut chance);
    let [mut means, mut squares, mut slopes] = [(); 3].map(|()| vec![0.0_f32; net.weights.len()]);
    let mut steps = 0;
    for _ in 0..ROUNDS {
        chance.shuffle(&mut words);
        for batch in words.chunks(BATCH) {
            slopes.fill(0.0);
            batch.iter().for_each(|(word, acts, times)| net.learn(word, *acts, *times, &mut slopes));
            steps += 1;
            let (fresh, fresh_squares) = (1.0 - KEPT.powi(steps), 1.0 - KEPT_OF_SQUARES.powi(steps));
            for (at, weight) in net.weights.iter_mut().enumerate() {
                let slope = slopes[at] / batch.len() as f32 + DECAY * *weight;
                means[at] += (1.0 - KEPT) * (slope - means[at]);
                squares[at] += (1.0 - KEPT_OF_SQUARES) * (slope * slope - squares[at]);
                *weight -= PACE * (means[at] / fresh) / ((squares[at] / fresh_squares).sqrt() + 1e-8);
            }
        }
    }
    scale.folded_into(net)
}

/// Where the numbers that are looked at lie and how far they spread, so that all count alike while it is fitted.
struct Scale {
    middle: Vec<f32>,
    spread: Vec<f32>,
}

impl Scale {
    fn of(names: &[&Name]) -> Self {
        let words: Vec<&Vec<f32>> = names.iter().flat_map(|name| &name.words).collect();
        let mean = |of: &dyn Fn(&Vec<f32>) -> f32| {
            words.iter().map(|word| of(word)).sum::<f32>() / words.len() as f32
        };
        let middle: Vec<f32> = (0..LOOKED_AT).map(|at| mean(&|word| word[at])).collect();
        let spread = (0..LOOKED_AT).map(|at| mean(&|word| (word[at] - middle[at]).powi(2)).sqrt().max(1e-6));
        Self { spread: spread.collect(), middle }
    }

    fn even(&self, word: &[f32]) -> Vec<f32> {
        word.iter()
            .zip(&self.middle)
            .zip(&self.spread)
            .map(|((value, middle), spread)| (value - middle) / spread)
            .collect()
    }

    /// The network for numbers as they are.
    fn folded_into(&self, mut net: Net) -> Net {
        for sum in net.weights.chunks_exact_mut(SUM) {
            for at in 0..LOOKED_AT {
                sum[at] /= self.spread[at];
                sum[LOOKED_AT] -= sum[at] * self.middle[at];
            }
        }
        net
    }
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn names_stand_where_they_stood() {
        let (text, marks) = unmarked("[-Pakistani] drone downed by [+India]").unwrap();
        assert_eq!(text, "Pakistani drone downed by India");
        assert_eq!(marks, [(0..9, '-'), (26..31, '+')]);
        assert_eq!(unmarked("no end [+India"), None);
    }
}
