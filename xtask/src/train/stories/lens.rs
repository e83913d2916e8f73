//! Fits the lens through which the story room sees an encoder's vectors ([`story::Lens`]) on labelled headlines, recorded
//! ones, those of whole affairs of our own and those of blocks of our own: the directions in which headlines of different stories differ most, by how much those of one story
//! differ. Of the different ones only those count that are taken for each other easily: the nearest of the same days.

use crate::parallel::in_parallel;
use crate::score::stories::{self, Block, FITTED, HELD, Item, Stream, affairs, recorded};
use anyhow::{Context, Result};
use nalgebra::{Cholesky, DMatrix, SymmetricEigen};
use std::fmt::Write;
use std::path::Path;
use story::{Lens, Lenses};

/// Numbers that are kept, and how far the spread within stories is drawn to a round one.
const KEPT: usize = 256;
const ROUND: f64 = 0.3;
/// Headlines of its own story and of others that each headline is paired with at most.
const PAIRED: usize = 25;
const WITHIN_SECONDS: i64 = 2 * 86_400;
/// Blocks of our own lie so far from each other that they never meet.
const BLOCK_SECONDS: i64 = 10 * 86_400;
/// Stories of a block, at most.
const STORIES: usize = 100;
/// Differences that are summed at a time.
const AT_ONCE: usize = 4_096;
const ROUND_HAS_AN_INVERSE: &str = "a spread drawn to a round one has an inverse";

/// Two headlines by their places.
type Pair = (usize, usize);

/// A headline with its vector.
struct Headline<'a> {
    vector: &'a [f32],
    at: i64,
    gold: i64,
}

/// What lenses are fitted on.
pub(super) struct Material {
    /// Recorded ones, and behind them
    pub(super) streams: Vec<Stream>,
    /// from this place on affairs of our own.
    pub(super) affairs_from: usize,
    pub(super) blocks: Vec<Block>,
    /// From this place on blocks whose articles have leads: no lens is fitted on their headlines, which alone do not tell them apart.
    leads_from: usize,
}

/// The sources that count alike, however many headlines each has.
const SOURCES: [&str; 3] = ["recorded", "affairs of our own", "blocks of our own"];

/// A part of it: streams and blocks by turns. What is grown on articles that a lens was fitted on would trust it too much,
/// so that there are lenses of either half, too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Even,
    Odd,
    Both,
}

impl Half {
    fn holds(self, number: usize) -> bool {
        match self {
            Self::Even => number.is_multiple_of(2),
            Self::Odd => !number.is_multiple_of(2),
            Self::Both => true,
        }
    }
}

impl Material {
    pub(super) fn read(data: &Path) -> Result<Self> {
        let reader = stories::reader()?;
        let mut streams = recorded(data, FITTED, &reader)?;
        let affairs_from = streams.len();
        streams.extend(affairs(&reader)?);
        let mut blocks = stories::blocks("pairs")?;
        let leads_from = blocks.len();
        blocks.extend(stories::blocks("leads")?);
        Ok(Self { streams, affairs_from, blocks, leads_from })
    }

    /// The vectors of each source.
    fn headlines(&self, half: Half, by: Encoder) -> [Vec<Headline<'_>>; SOURCES.len()] {
        let streams = self.streams.iter().enumerate().filter(|(number, _)| half.holds(*number));
        let streams = streams.map(|(number, stream)| (number, headlines(&stream.items, by, number)));
        let (recorded, affairs): (Vec<_>, Vec<_>) =
            streams.partition(|(number, _)| *number < self.affairs_from);
        let all = |streams: Vec<(usize, Vec<_>)>| streams.into_iter().flat_map(|(_, some)| some).collect();
        let blocks =
            self.blocks.iter().take(self.leads_from).enumerate().filter(|(number, _)| half.holds(*number));
        let own = blocks.flat_map(|(number, block)| {
            let gold = move |story: usize| (number * STORIES + story) as i64;
            let told = block.told.iter().filter_map(move |(story, item)| Some((*story, by.vector(item)?)));
            told.map(move |(story, vector)| Headline {
                vector,
                at: number as i64 * BLOCK_SECONDS,
                gold: gold(story),
            })
        });
        [all(recorded), all(affairs), own.collect()]
    }

    /// The lens of a half; none where there is no such encoder.
    fn lens(&self, half: Half, by: Encoder) -> Result<Option<Lens>> {
        let headlines = self.headlines(half, by);
        headlines.iter().all(|some| !some.is_empty()).then(|| fit(&headlines)).transpose()
    }
}

/// Writes the lenses of all; tells what those of halves bring on the other halves and on headlines held back.
pub(crate) fn run(data: &Path, halves: bool) -> Result<String> {
    let material = Material::read(data)?;
    let held = recorded(data, &[HELD], &stories::reader()?)?;
    let mut report = String::new();
    for (by, file) in [(Encoder::Fast, "lens.bin"), (Encoder::Fine, "lens_fine.bin")] {
        let Some(lens) = material.lens(Half::Both, by)? else {
            writeln!(report, "no model of the {by:?} encoder: {file} stays as it is")?;
            continue;
        };
        let mut tell = |what: &str, headlines: &[Headline], lens: &Lens| {
            let (bare, seen) = (nearest_right(headlines, None), nearest_right(headlines, Some(lens)));
            writeln!(
                report,
                "{by:?}, {what}: of as many nearest headlines as a story has, of that story: {bare:.3} by the encoder, {seen:.3} through the lens"
            )
        };
        for (fitted, other) in
            [(Half::Even, Half::Odd), (Half::Odd, Half::Even)].into_iter().filter(|_| halves)
        {
            let lens = material.lens(fitted, by)?.context("no vectors")?;
            for (source, headlines) in SOURCES.iter().zip(material.headlines(other, by)) {
                tell(&format!("{source}, of the other half"), &headlines, &lens)?;
            }
        }
        for held in &held {
            tell("held", &headlines(&held.items, by, 0), &lens)?;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/story/data").join(file);
        std::fs::write(&path, lens.to_bytes()).with_context(|| path.display().to_string())?;
        writeln!(report, "the lens of all is written to crates/story/data/{file}")?;
    }
    Ok(report)
}

/// Whose vectors.
#[derive(Clone, Copy, Debug)]
enum Encoder {
    Fast,
    Fine,
}

impl Encoder {
    const ALL: [Self; 2] = [Self::Fast, Self::Fine];

    fn vector(self, item: &Item) -> Option<&[f32]> {
        match self {
            Self::Fast => item.reading.title_vector.as_deref(),
            Self::Fine => item.reading.fine_vector.as_deref(),
        }
    }
}

/// The lenses of the halves.
pub(super) struct Halves {
    even: Lenses,
    odd: Lenses,
}

impl Halves {
    pub(super) fn fitted(material: &Material) -> Result<Self> {
        let halves = [Half::Even, Half::Odd];
        let wanted: Vec<_> = halves.iter().flat_map(|half| Encoder::ALL.map(|by| (*half, by))).collect();
        let mut found = in_parallel(&wanted, |(_, (half, by))| material.lens(*half, *by))?.into_iter();
        let mut lenses = || {
            let Lenses { encoder, fine } = Lenses::shipped();
            let mut next = |shipped: &Lens| found.next().flatten().unwrap_or_else(|| shipped.clone());
            Lenses { encoder: next(encoder), fine: next(fine) }
        };
        Ok(Self { even: lenses(), odd: lenses() })
    }

    /// The lenses that were not fitted on the stream or block of this number.
    pub(super) fn strange_to(&self, number: usize) -> &Lenses {
        if Half::Even.holds(number) { &self.odd } else { &self.even }
    }
}

/// The lens of the headlines of all sources.
fn fit(sources: &[Vec<Headline>]) -> Result<Lens> {
    let first = sources
        .iter()
        .flatten()
        .next()
        .context("no vectors: STAYTUNED_MODELS names no folder with an encoder")?;
    let width = first.vector.len();
    let mut within = DMatrix::zeros(width, width);
    let mut between = DMatrix::zeros(width, width);
    for headlines in sources {
        let (one, two) = pairs(headlines);
        within += spread(headlines, &one, width);
        between += spread(headlines, &two, width);
    }
    let round = ROUND * within.trace() / width as f64;
    within *= 1.0 - ROUND;
    (0..width).for_each(|at| within[(at, at)] += round);
    let root = Cholesky::new(within).context("headlines of one story do not differ")?.l();
    // The directions of the greatest spread between stories by that within are those of L⁻¹·B·L⁻ᵀ, brought back by L⁻ᵀ.
    let left = root.solve_lower_triangular(&between).context(ROUND_HAS_AN_INVERSE)?;
    let both = root.solve_lower_triangular(&left.transpose()).context(ROUND_HAS_AN_INVERSE)?;
    let found = SymmetricEigen::new((&both + both.transpose()) * 0.5);
    let back = root.transpose().solve_upper_triangular(&found.eigenvectors).context(ROUND_HAS_AN_INVERSE)?;
    let mut order: Vec<usize> = (0..width).collect();
    order.sort_by(|a, b| found.eigenvalues[*b].total_cmp(&found.eigenvalues[*a]));
    order.truncate(KEPT);
    let weight = |input: usize, at: usize| (back[(input, at)] * found.eigenvalues[at].max(0.0).sqrt()) as f32;
    let weights: Vec<f32> =
        (0..width).flat_map(|input| order.iter().map(move |at| weight(input, *at))).collect();
    Lens::of(width, KEPT, &weights).context("fewer numbers than are kept")
}

/// Those of a stream; the stories of each stream by themselves.
fn headlines(items: &[Item], by: Encoder, stream: usize) -> Vec<Headline<'_>> {
    let vectors = items.iter().filter_map(|item| Some((by.vector(item)?, item)));
    let gold = |item: &Item| item.gold + (stream as i64) * 1_000_000;
    vectors.map(|(vector, item)| Headline { vector, at: item.at.as_second(), gold: gold(item) }).collect()
}

/// Pairs of one story, and the nearest pairs of two.
fn pairs(headlines: &[Headline]) -> (Vec<Pair>, Vec<Pair>) {
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for (at, headline) in headlines.iter().enumerate() {
        let right = |other: &usize| headlines[*other].gold == headline.gold;
        let (same, mut others): (Vec<usize>, Vec<usize>) = close(headlines, at).partition(right);
        let step = same.len().div_ceil(PAIRED).max(1);
        one.extend(same.into_iter().step_by(step).map(|other| (at, other)));
        sort_nearest(&mut others, |other| dot(headline.vector, headlines[other].vector));
        two.extend(others.into_iter().take(PAIRED).map(|other| (at, other)));
    }
    (one, two)
}

/// The other headlines of the same days.
fn close(headlines: &[Headline], at: usize) -> impl Iterator<Item = usize> {
    let near = move |other: &usize| (headlines[at].at - headlines[*other].at).abs() < WITHIN_SECONDS;
    (0..headlines.len()).filter(move |other| *other != at).filter(near)
}

fn sort_nearest(others: &mut [usize], nearness: impl Fn(usize) -> f32) {
    others.sort_by_cached_key(|other| (-1e6 * nearness(*other)) as i64);
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The mean outer product of the pairs' differences.
fn spread(headlines: &[Headline], pairs: &[Pair], width: usize) -> DMatrix<f64> {
    let mut sum = DMatrix::zeros(width, width);
    for pairs in pairs.chunks(AT_ONCE) {
        let difference = |row: usize, column: usize| {
            let (one, other) = pairs[column];
            f64::from(headlines[one].vector[row] - headlines[other].vector[row])
        };
        let differences = DMatrix::from_fn(width, pairs.len(), difference);
        sum += &differences * differences.transpose();
    }
    sum / pairs.len().max(1) as f64
}

/// Of as many headlines of the same days as a headline's story has there, the nearest: the mean share that is of the story.
fn nearest_right(headlines: &[Headline], lens: Option<&Lens>) -> f64 {
    let unit = |headline: &Headline| -> Vec<f32> {
        let seen = lens.map_or(headline.vector.to_vec(), |lens| lens.through(headline.vector));
        let length = dot(&seen, &seen).sqrt().max(f32::MIN_POSITIVE);
        seen.iter().map(|value| value / length).collect()
    };
    let seen: Vec<Vec<f32>> = headlines.iter().map(unit).collect();
    let mut shares = Vec::new();
    for (at, headline) in headlines.iter().enumerate() {
        let mut others: Vec<usize> = close(headlines, at).collect();
        let right = |other: &&usize| headlines[**other].gold == headline.gold;
        let count = others.iter().filter(right).count();
        if count > 0 {
            sort_nearest(&mut others, |other| dot(&seen[at], &seen[other]));
            shares.push(others.iter().take(count).filter(right).count() as f64 / count as f64);
        }
    }
    shares.iter().sum::<f64>() / shares.len().max(1) as f64
}
