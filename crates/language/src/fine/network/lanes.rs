//! Products of small whole numbers, eight sums side by side: with the processor's wide instructions where it has them
//! (AVX2, which `pulp` hands out once it has seen that they are there), in plain arithmetic everywhere else. Sums of
//! whole numbers are exact, so both ways give the same bits.

use crate::fine::blocks::BLOCK;
use pulp::Arch;

/// Sums that are made side by side.
pub(super) const LANES: usize = 8;

/// Numbers of a block that meet their weights in one step of one lane.
pub(super) const STRIDE: usize = 4;

/// Steps through a block.
pub(super) const STEPS: usize = BLOCK / STRIDE;

/// A block's weights for eight rows: in each step four neighbours for each row. -8 to 7.
pub(super) type Weights = [[i8; LANES * STRIDE]; STEPS];

/// What the two sums of each lane begin with, so that they end within 16 bits.
pub(super) type Starts = [i16; LANES * 2];

/// A way to multiply.
pub(super) trait Lanes: Copy {
    /// A block's numbers, ready to meet weights.
    type Spread;

    fn spread(self, numbers: &[u8; BLOCK]) -> Self::Spread;

    /// For each lane its start and the sum of numbers times weights.
    fn sums(self, numbers: &Self::Spread, weights: &Weights, starts: &Starts) -> [f32; LANES];
}

/// What is done by one of the ways.
pub(super) trait Work {
    fn run(self, lanes: impl Lanes);
}

/// Does the work by the best way that the processor has.
pub(super) fn best(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    if let Some(wide) = wide::Wide::try_new() {
        return wide.run(work);
    }
    work.run(Plain);
}

/// Runs loops that the compiler turns into the widest instructions that the processor has.
#[inline(always)]
pub(super) fn widely<R>(work: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(work)
}

/// Plain arithmetic.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Lanes for Plain {
    type Spread = [u8; BLOCK];

    fn spread(self, numbers: &[u8; BLOCK]) -> [u8; BLOCK] {
        *numbers
    }

    fn sums(self, numbers: &[u8; BLOCK], weights: &Weights, starts: &Starts) -> [f32; LANES] {
        let mut sums = [0_i32; LANES];
        for (sum, [first, second]) in sums.iter_mut().zip(starts.as_chunks().0) {
            *sum = i32::from(*first) + i32::from(*second);
        }
        for (numbers, weights) in numbers.as_chunks::<STRIDE>().0.iter().zip(weights) {
            for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<STRIDE>().0) {
                for (number, weight) in numbers.iter().zip(weights) {
                    *sum += i32::from(*number) * i32::from(*weight);
                }
            }
        }
        sums.map(|sum| sum as f32)
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    //! AVX2.

    use super::{BLOCK, LANES, Lanes, STEPS, STRIDE, Starts, Weights, Work};
    use pulp::cast;
    use pulp::x86::V3;
    use std::arch::x86_64::__m256i;

    #[derive(Clone, Copy)]
    pub(super) struct Wide(V3);

    impl Wide {
        pub(super) fn try_new() -> Option<Self> {
            V3::try_new().map(Self)
        }

        pub(super) fn run(self, work: impl Work) {
            self.0.vectorize(
                #[inline(always)]
                || work.run(self),
            );
        }
    }

    impl Lanes for Wide {
        type Spread = [__m256i; STEPS];

        #[inline(always)]
        fn spread(self, numbers: &[u8; BLOCK]) -> [__m256i; STEPS] {
            let fours: &[[u8; STRIDE]; STEPS] = &cast(*numbers);
            fours.map(|four| self.0.avx._mm256_set1_epi32(i32::from_ne_bytes(four)))
        }

        #[inline(always)]
        fn sums(self, numbers: &[__m256i; STEPS], weights: &Weights, starts: &Starts) -> [f32; LANES] {
            let (avx, avx2) = (self.0.avx, self.0.avx2);
            let mut sums: __m256i = cast(*starts);
            for (numbers, weights) in numbers.iter().zip(weights) {
                // Two products of 255 * 8 at most stay within 16 bits; so does the sum of sixteen with its start.
                sums = avx2._mm256_add_epi16(sums, avx2._mm256_maddubs_epi16(*numbers, cast(*weights)));
            }
            cast(avx._mm256_cvtepi32_ps(avx2._mm256_madd_epi16(sums, avx._mm256_set1_epi16(1))))
        }
    }
}
