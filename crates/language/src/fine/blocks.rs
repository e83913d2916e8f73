//! Weights of four bits: a block is 32 weights in 18 bytes, a scale as a 16-bit float and two weights a byte (the
//! first sixteen in the low halves, the rest in the high halves), each 8 too high.

/// Weights in a block.
pub(super) const BLOCK: usize = 32;

/// Bytes of a block.
pub(super) const BYTES: usize = 18;

/// How much each weight is too high.
pub(super) const OFFSET: u8 = 8;

/// The scale of a block and its weights as they are packed, 0 to 15.
pub(super) fn open(block: &[u8; BYTES]) -> (f32, [u8; BLOCK]) {
    let [low, high, pairs @ ..] = block;
    let mut weights = [0; BLOCK];
    let (first, second) = weights.split_at_mut(BLOCK / 2);
    for ((pair, first), second) in pairs.iter().zip(first).zip(second) {
        (*first, *second) = (pair & 0x0F, pair >> 4);
    }
    (half(u16::from_le_bytes([*low, *high])), weights)
}

/// The weights of whole blocks.
pub(super) fn unpack(blocks: &[u8], into: &mut [f32]) {
    for (block, place) in blocks.as_chunks::<BYTES>().0.iter().zip(into.chunks_exact_mut(BLOCK)) {
        let (scale, weights) = open(block);
        for (value, weight) in place.iter_mut().zip(weights) {
            *value = (f32::from(weight) - f32::from(OFFSET)) * scale;
        }
    }
}

/// A 16-bit float. Scales are finite; what is not becomes a large number.
fn half(bits: u16) -> f32 {
    // The exponent of 5 bits read as one of 8 is 112 too low; this holds for the smallest numbers too.
    const UP: f32 = f32::from_bits((127 + 112) << 23);
    let size = f32::from_bits(u32::from(bits & 0x7FFF) << 13) * UP;
    if bits & 0x8000 == 0 { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_floats_are_what_the_standard_says() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7BFF, 65_504.0),
            (0x0001, 2.0_f32.powi(-24)),
            (0x83FF, -1023.0 * 2.0_f32.powi(-24)),
        ] {
            assert_eq!(half(bits), value, "{bits:#06x}");
        }
    }

    #[test]
    fn the_halves_of_a_byte_are_sixteen_weights_apart() {
        let mut block = [0x88; BYTES];
        block[..2].copy_from_slice(&0x3800_u16.to_le_bytes());
        block[2] = 0xF0;
        let mut weights = [f32::NAN; BLOCK];
        unpack(&block, &mut weights);
        assert_eq!((weights[0], weights[16]), (-4.0, 3.5));
        assert!(weights.iter().enumerate().all(|(at, weight)| [0, 16].contains(&at) || *weight == 0.0));
    }
}
