//! Boosted trees: many small trees that each add a little to a sum. Every level of a tree asks one question of all that
//! come to it ("oblivious" trees, as in CatBoost, Prokhorenkova et al. 2018), so that a tree is a few questions and a
//! table of what their answers are worth. Grown by `cargo xtask train joining` and
//! `train merging`; here they are only read.

use crate::{Case, Merger};
use flate2::read::GzDecoder;
use std::fmt::Write;
use std::io::Read;
use std::sync::{Arc, LazyLock};

/// Questions of one tree.
pub const DEPTH: usize = 6;
/// Answers of one tree.
pub const LEAVES: usize = 1 << DEPTH;

/// Answers are kept in so many parts of one: sixty-four thousand numbers are shorter that way.
const THOUSANDTHS: f32 = 1_000.0;

/// One tree: is the number at this place greater than that? What the answers together are worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    pub asks: [(usize, f32); DEPTH],
    /// The answer to question `n` is bit `n`.
    pub leaves: [f32; LEAVES],
}

/// A sum that begins with a straight line over some of the numbers, and to which each tree adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Trees {
    pub start: f32,
    /// The place of a number and what one of it is worth.
    pub slopes: Vec<(usize, f32)>,
    pub trees: Vec<Tree>,
}

impl Trees {
    /// No trees: the first number alone decides.
    pub fn none() -> Self {
        Self { start: 0.0, slopes: vec![(0, 12.0)], trees: Vec::new() }
    }

    /// The sum, as the logarithm of odds.
    pub fn logit(&self, numbers: &[f32]) -> f32 {
        self.trees.iter().fold(self.line(numbers), |sum, tree| sum + tree.leaves[tree.leaf(numbers)])
    }

    /// The sum for each of some rows of numbers: tree after tree, so that each comes from memory once.
    pub fn logits<const N: usize>(&self, rows: &[[f32; N]]) -> Vec<f32> {
        let mut sums: Vec<f32> = rows.iter().map(|numbers| self.line(numbers)).collect();
        for tree in &self.trees {
            for (sum, numbers) in sums.iter_mut().zip(rows) {
                *sum += tree.leaves[tree.leaf(numbers)];
            }
        }
        sums
    }

    fn line(&self, numbers: &[f32]) -> f32 {
        let worth = |(place, slope): &(usize, f32)| numbers.get(*place).map_or(0.0, |number| slope * number);
        self.start + self.slopes.iter().map(worth).sum::<f32>()
    }

    /// As it is kept: a line for the straight line, then a line for each tree with its questions by name and its answers in
    /// thousandths.
    pub fn written(&self, names: &[&str]) -> String {
        let name = |place: &usize| names.get(*place).unwrap_or(&"?");
        let mut text = self.start.to_string();
        for (place, slope) in &self.slopes {
            let _ = write!(text, " {}*{slope}", name(place));
        }
        text.push('\n');
        for tree in &self.trees {
            for (place, line) in tree.asks {
                let _ = write!(text, "{}>{line} ", name(&place));
            }
            let leaves: Vec<String> =
                tree.leaves.iter().map(|leaf| (leaf * THOUSANDTHS).round().to_string()).collect();
            let _ = writeln!(text, "{}", leaves.join(" "));
        }
        text
    }

    /// Trees as they were written; none where a line is broken or asks what has no name. `#` begins a remark.
    pub fn parse(text: &str, names: &[&str]) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut line = lines.next()?.split(' ');
        let start = line.next()?.parse().ok()?;
        let slopes = line.map(|slope| pair(slope, '*', names)).collect::<Option<_>>()?;
        let trees = lines.map(|line| Tree::parse(line, names)).collect::<Option<_>>()?;
        Some(Self { start, slopes, trees })
    }

    /// The trees that ship: whether an article joins a story,
    pub(crate) fn joining() -> Arc<Self> {
        static SHIPPED: LazyLock<Arc<Trees>> = LazyLock::new(|| shipped(JOINING, Case::NAMES));
        SHIPPED.clone()
    }

    /// and whether two stories are one.
    pub(crate) fn merging() -> Arc<Self> {
        static SHIPPED: LazyLock<Arc<Trees>> = LazyLock::new(|| shipped(MERGING, Merger::NAMES));
        SHIPPED.clone()
    }
}

/// As [`Trees::written`], packed: seven hundred kilobytes of text are read once.
const JOINING: &[u8] = include_bytes!("../data/joining.trees.gz");
const MERGING: &[u8] = include_bytes!("../data/merging.trees.gz");

fn shipped(packed: &[u8], names: &[&str]) -> Arc<Trees> {
    Arc::new(unpacked(packed).and_then(|text| Trees::parse(&text, names)).unwrap_or_else(Trees::none))
}

fn unpacked(packed: &[u8]) -> Option<String> {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).ok()?;
    Some(text)
}

impl Tree {
    /// Which answer numbers come to.
    pub fn leaf(&self, numbers: &[f32]) -> usize {
        let answer = |(place, line): (usize, f32)| usize::from(numbers.get(place).is_some_and(|n| *n > line));
        (0..).zip(self.asks).fold(0, |leaf, (bit, ask)| leaf | answer(ask) << bit)
    }

    fn parse(line: &str, names: &[&str]) -> Option<Self> {
        let mut words = line.split(' ');
        let mut tree = Self { asks: [(0, 0.0); DEPTH], leaves: [0.0; LEAVES] };
        for ask in &mut tree.asks {
            *ask = pair(words.next()?, '>', names)?;
        }
        for leaf in &mut tree.leaves {
            *leaf = words.next()?.parse::<f32>().ok()? / THOUSANDTHS;
        }
        words.next().is_none().then_some(tree)
    }
}

/// The place of a number that is named before the mark, and what stands behind it.
fn pair(written: &str, mark: char, names: &[&str]) -> Option<(usize, f32)> {
    let (name, value) = written.split_once(mark)?;
    Some((names.iter().position(|known| *known == name)?, value.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Case, JOINING, LEAVES, MERGING, Merger, Tree, Trees, unpacked};

    #[test]
    fn what_is_written_is_read_again() {
        let mut leaves = [0.0; LEAVES];
        leaves[5] = 1.5;
        let asks = [(0, 0.25), (1, 1.0), (0, -2.0), (1, 9.0), (0, 9.0), (1, 9.0)];
        let tree = Tree { asks, leaves };
        let trees = Trees { start: -1.0, slopes: vec![(0, 2.0), (1, 0.5)], trees: vec![tree] };
        let names = ["near", "far"];
        assert_eq!(Trees::parse(&trees.written(&names), &names), Some(trees.clone()));
        // Near is over 0.25 and over -2, all else is under its line: bits 0 and 2.
        assert!((trees.logit(&[0.5, 0.0]) - 1.5).abs() < 1e-6);
        assert!((trees.logit(&[0.5, 2.0]) - 1.0).abs() < 1e-6);
        assert_eq!(Trees::parse("1 near*2\nnowhere>1 2", &names), None);
    }

    #[test]
    fn the_shipped_trees_are_whole() {
        let whole = |packed, names| unpacked(packed).is_some_and(|text| Trees::parse(&text, names).is_some());
        assert!(whole(JOINING, Case::NAMES));
        assert!(whole(MERGING, Merger::NAMES));
    }
}
