//! A sketch of a text: a sample of its five-word shingles by which two texts tell how much they share,
//! without keeping either. Shingles whose hash ends in enough zero bits are kept (Broder's "0 mod p" sketch,
//! 1997; nested because p is a power of two), which unlike a fixed-size MinHash also measures containment: a
//! short agency report inside a long article.

use crate::hash;

/// Words of a shingle.
const SHINGLE: usize = 5;
/// Words of a text that are looked at.
const WORDS: usize = 4_000;
/// Shingles kept at most; a longer text is sampled more thinly.
const KEPT: usize = 96;
/// Smallest shingles of a text, under which it is found.
pub(crate) const POSTED: usize = 8;

/// Shingles of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sketch {
    /// Hashes ending in at least `zeros` zero bits, ascending.
    pub(crate) shingles: Vec<u32>,
    pub(crate) zeros: u32,
    /// Words of the text.
    pub(crate) words: usize,
}

impl Sketch {
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<u64> = words(text).take(WORDS).collect();
        let mut shingles: Vec<u32> = words.windows(SHINGLE).map(shingle).collect();
        shingles.sort_unstable();
        shingles.dedup();
        let mut sketch = Self { shingles, zeros: 0, words: words.len() };
        while sketch.shingles.len() > KEPT {
            sketch.zeros += 1;
            let zeros = sketch.zeros;
            sketch.shingles.retain(|hash| hash.trailing_zeros() >= zeros);
        }
        sketch.shingles.shrink_to_fit();
        sketch
    }

    /// Keys to find the text by: those of its shingles that survive the thinnest sampling, so that any other
    /// text that holds them has them among its own.
    pub(crate) fn posted(&self) -> impl Iterator<Item = u32> {
        let mut rarest = self.shingles.clone();
        let rank = |hash: &u32| (std::cmp::Reverse(hash.trailing_zeros()), *hash);
        if rarest.len() > POSTED {
            rarest.select_nth_unstable_by_key(POSTED, rank);
            rarest.truncate(POSTED);
        }
        rarest.sort_unstable_by_key(rank);
        rarest.into_iter()
    }

    /// All shingles kept.
    pub(crate) fn shingles(&self) -> &[u32] {
        &self.shingles
    }

    /// What share of this text stands in the other, and of the other in this (0 to 1 each), with the number
    /// of sampled shingles that says so.
    pub(crate) fn shared(&self, other: &Self) -> Shared {
        let zeros = self.zeros.max(other.zeros);
        let at_rate = |sketch: &'_ Self| -> Vec<u32> {
            sketch.shingles.iter().copied().filter(|hash| hash.trailing_zeros() >= zeros).collect()
        };
        let (mine, theirs) = (at_rate(self), at_rate(other));
        let both = mine.iter().filter(|hash| theirs.binary_search(hash).is_ok()).count();
        let share = |of: usize| if of == 0 { 0.0 } else { both as f32 / of as f32 };
        Shared { of_mine: share(mine.len()), of_theirs: share(theirs.len()), samples: both }
    }
}

/// How much two texts have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shared {
    pub(crate) of_mine: f32,
    pub(crate) of_theirs: f32,
    pub(crate) samples: usize,
}

/// Hashes of a text's words, without case and marks; in scripts without spaces every letter is a word.
fn words(text: &str) -> impl Iterator<Item = u64> {
    let spaced = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    spaced.flat_map(|word| {
        let letters = word.chars().next().is_some_and(unspaced);
        let pieces: Vec<&str> = if letters { word.split_inclusive(|_| true).collect() } else { vec![word] };
        pieces.into_iter().map(|piece| hash::bytes(4, piece.to_lowercase().as_bytes()))
    })
}

/// Han, kana and Thai are written without spaces.
fn unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn shingle(words: &[u64]) -> u32 {
    hash::fold(hash::spread(
        words.iter().fold(5, |hash: u64, word| hash.rotate_left(7).wrapping_mul(0x100_0193) ^ word),
    ))
}

#[cfg(test)]
mod tests {
    use super::Sketch;

    /// Sixty words that differ by `from`.
    fn passage(from: usize) -> String {
        (from..from + 60).map(|n| format!("word{n} ")).collect()
    }

    #[test]
    fn a_text_stands_whole_in_a_longer_one() {
        let agency = Sketch::of(&passage(0));
        let paper = Sketch::of(&(passage(1_000) + &passage(0) + &passage(2_000) + &passage(3_000)));
        let shared = agency.shared(&paper);
        assert!(shared.of_mine > 0.9, "{shared:?}");
        assert!((0.1..0.4).contains(&shared.of_theirs), "{shared:?}");
        assert_eq!(agency.shared(&Sketch::of(&passage(5_000))).samples, 0);
    }

    #[test]
    fn a_long_text_keeps_few_shingles_and_still_knows_itself() {
        let long: String = (0..100).map(|n| passage(n * 60)).collect();
        let sketch = Sketch::of(&long);
        assert!(sketch.shingles().len() <= 96);
        let cut: String = (0..90).map(|n| passage(n * 60)).collect();
        assert!(sketch.shared(&Sketch::of(&cut)).of_theirs > 0.95);
        assert_eq!(Sketch::of("").shared(&sketch).of_mine, 0.0);
    }

    #[test]
    fn scripts_without_spaces_have_shingles_too() {
        let text = "和平谈判代表团星期一在首都恢复会谈双方均未作出让步";
        assert!(Sketch::of(text).shingles().len() > 10);
    }
}
