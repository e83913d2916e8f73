//! What goes into a product, rounded to bytes as the published package does it: each block of 32 numbers by its
//! largest.

use super::lanes::widely;
use crate::fine::blocks::BLOCK;

/// The byte that stands for zero.
pub(super) const MIDDLE: u8 = 128;

/// Rows of numbers in bytes.
#[derive(Debug, Default)]
pub(super) struct Rounded {
    /// Each block's numbers as whole numbers of -127 to 127 times its scale, [`MIDDLE`] added.
    pub(super) numbers: Vec<[u8; BLOCK]>,
    pub(super) scales: Vec<f32>,
}

impl Rounded {
    /// Rounds rows of whole blocks; what was here before is gone.
    pub(super) fn take(&mut self, rows: &[f32]) {
        let (blocks, _) = rows.as_chunks::<BLOCK>();
        self.numbers.resize(blocks.len(), [0; BLOCK]);
        self.scales.resize(blocks.len(), 0.0);
        widely(
            #[inline(always)]
            || {
                for ((block, numbers), scale) in blocks.iter().zip(&mut self.numbers).zip(&mut self.scales) {
                    *scale = round(block, numbers);
                }
            },
        );
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len() * BLOCK
    }
}

#[inline(always)]
fn round(block: &[f32; BLOCK], numbers: &mut [u8; BLOCK]) -> f32 {
    // Added to a small float, this puts the nearest whole number into its lowest bits.
    const WHOLE: f32 = 12_582_912.0 + MIDDLE as f32;
    let mut most = [0.0_f32; 8];
    for values in block.as_chunks::<8>().0 {
        for (most, value) in most.iter_mut().zip(values) {
            let size = value.abs();
            *most = if size > *most { size } else { *most };
        }
    }
    let scale = most.into_iter().fold(0.0, f32::max) / 127.0;
    let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
    for (number, value) in numbers.iter_mut().zip(block) {
        *number = (value * inverse + WHOLE).to_bits() as u8;
    }
    scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_is_rounded_by_its_largest_number() {
        let mut rows = [0.0; 3 * BLOCK];
        rows[..4].copy_from_slice(&[-12.7, 0.1, 0.16, 6.35]);
        rows[BLOCK] = 1e-3;
        let mut rounded = Rounded::default();
        rounded.take(&rows);
        assert_eq!(rounded.len(), rows.len());
        assert_eq!(rounded.numbers[0][..5], [1, 129, 130, 192, 128], "halves go to the even number");
        assert_eq!((rounded.numbers[1][0], rounded.numbers[1][1]), (255, 128));
        assert_eq!((rounded.scales[2], rounded.numbers[2]), (0.0, [MIDDLE; BLOCK]));
    }
}
