//! Pairs of articles of our own (`xtask/data/pairs`): short, by themselves, and alike in what misleads. Real streams hold few
//! of them, so that weights fitted on streams alone join whatever shares a name.

use crate::score::stories::{Item, arrival, blocks, one_of_each_language};
use anyhow::Result;
use news::{ArticleId, Timestamp};
use std::collections::BTreeMap;
use std::fmt::Write;
use story::{Couples, Weights};

/// When the first of each pair comes, a day behind the demo day, and how much later the second.
const START: i64 = 1_772_700_000;
const LATER_SECONDS: i64 = 90 * 60;

/// Couples with what is true of them.
pub(super) struct Ours {
    couples: Couples,
    truths: Vec<Truth>,
}

struct Truth {
    /// Look-alikes stand in blocks; halves are made of whole blocks.
    block: usize,
    kind: String,
    one: bool,
}

/// Which couples are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    All,
    Even,
    Odd,
}

impl Ours {
    /// Reads the pairs, to be compared behind the articles that came before.
    pub(super) fn read(before: &[Item]) -> Result<Self> {
        let (mut truths, mut items) = (Vec::new(), Vec::new());
        let blocks = blocks("pairs")?;
        let first = one_of_each_language(&blocks);
        for (number, block) in blocks.into_iter().enumerate() {
            for (at, (story, first)) in block.told.iter().enumerate() {
                for (other, second) in block.told.iter().skip(at + 1) {
                    truths.push(Truth { block: number, kind: block.kind.clone(), one: story == other });
                    items.push([later(first, 0), later(second, LATER_SECONDS)]);
                }
            }
        }
        let couples = items.iter().map(|[first, second]| [arrival(first), arrival(second)]);
        let couples = Couples::of(first.iter().chain(before).map(arrival), couples, language::common_words);
        Ok(Self { couples, truths })
    }

    /// How sure the weights are of what is true (0 to 1), together and apart counting alike.
    pub(super) fn right(&self, w: &Weights, part: Part) -> f64 {
        let mut sums = [(0.0, 0.0); 2];
        for (truth, affinity) in self.truths.iter().zip(self.couples.affinities(w)) {
            if part == Part::All || (truth.block % 2 == 0) == (part == Part::Even) {
                let signed = if truth.one { affinity } else { -affinity };
                let (sum, count) = &mut sums[usize::from(truth.one)];
                *sum += 1.0 / (1.0 + f64::from(-STEEP * signed).exp());
                *count += 1.0;
            }
        }
        sums.iter().map(|(sum, count)| sum / f64::max(*count, 1.0)).sum::<f64>() / 2.0
    }

    /// What is right by kind.
    pub(super) fn table(&self, w: &Weights) -> String {
        let mut kinds: BTreeMap<(bool, &str), (usize, usize)> = BTreeMap::new();
        let mut out = String::new();
        for (truth, affinity) in self.truths.iter().zip(self.couples.affinities(w)) {
            let right = (affinity > 0.0) == truth.one;
            for kind in ["all", &truth.kind] {
                let (rights, all) = kinds.entry((truth.one, kind)).or_default();
                *rights += usize::from(right);
                *all += 1;
            }
        }
        for ((one, kind), (right, all)) in kinds {
            let _ = writeln!(out, "// {} {kind}: {right}/{all}", if one { "merge" } else { "apart" });
        }
        out
    }
}

/// How fast certainty grows with affinity.
const STEEP: f32 = 15.0;

/// A time so much behind the start.
pub(super) fn after_start(seconds: i64) -> Timestamp {
    Timestamp::from_second(START + seconds).unwrap_or_default()
}

/// An article as if it had come then.
fn later(item: &Item, seconds: i64) -> Item {
    let article = ArticleId(1 + seconds);
    Item { article, at: after_start(seconds), family: String::new(), gold: 0, ..item.clone() }
}
