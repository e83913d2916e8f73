//! What of an encoder's vector tells stories apart. An encoder puts near each other what is of one subject and one
//! manner; the lens keeps the directions in which headlines of different stories that are easily taken for each other
//! differ most, measured by how much headlines of one story differ there: Fisher's linear discriminant (1936) on
//! differences of pairs. Fitted by `cargo xtask train lens`; here it is only looked through.

use crate::meaning::Meaning;
use std::sync::LazyLock;

/// The lenses of both encoders.
#[derive(Clone, Debug, PartialEq)]
pub struct Lenses {
    /// For the vectors of the encoder,
    pub encoder: Lens,
    /// and for those of the fine one.
    pub fine: Lens,
}

impl Lenses {
    /// Those that ship.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Lenses> = LazyLock::new(|| {
            let read = |bytes| Lens::from_bytes(bytes).unwrap_or_else(Lens::none);
            Lenses {
                encoder: read(include_bytes!("../data/lens.bin")),
                fine: read(include_bytes!("../data/lens_fine.bin")),
            }
        });
        &SHIPPED
    }
}

/// A linear map from an encoder's vector to fewer numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Lens {
    inputs: usize,
    outputs: usize,
    /// What one step of each output's weights is worth,
    steps: Vec<f32>,
    /// and the weights in such steps: those of the first input, then of the second.
    weights: Vec<i8>,
}

impl Lens {
    /// The lens with these weights, rounded to bytes: `inputs` rows of `outputs` numbers. None of another shape.
    pub fn of(inputs: usize, outputs: usize, weights: &[f32]) -> Option<Self> {
        if outputs == 0 || weights.len() != inputs * outputs {
            return None;
        }
        let mut steps = vec![0.0_f32; outputs];
        for row in weights.chunks_exact(outputs) {
            steps.iter_mut().zip(row).for_each(|(step, weight)| *step = step.max(weight.abs() / 127.0));
        }
        let rounded = weights.chunks_exact(outputs).flat_map(|row| row.iter().zip(&steps));
        // Between -127 and 127 by construction; a direction without weights stays without.
        let weights = rounded.map(|(weight, step)| (weight / step.max(f32::MIN_POSITIVE)).round() as i8);
        Some(Self { inputs, outputs, weights: weights.collect(), steps })
    }

    /// One that leaves every vector as it is.
    fn none() -> Self {
        Self { inputs: 0, outputs: 0, steps: Vec::new(), weights: Vec::new() }
    }

    /// Whether it is a vector of the encoder that the lens was made for.
    pub(crate) fn fits(&self, vector: &[f32]) -> bool {
        vector.len() == self.inputs
    }

    /// A vector seen through the lens. One of another length than the encoder's is left as it is: no encoder of ours
    /// made it, or it has been through a lens.
    pub fn through(&self, vector: &[f32]) -> Vec<f32> {
        if vector.len() != self.inputs {
            return vector.to_vec();
        }
        let mut seen = vec![0.0; self.outputs];
        for (value, row) in vector.iter().zip(self.weights.chunks_exact(self.outputs)) {
            seen.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * f32::from(*weight));
        }
        seen.iter_mut().zip(&self.steps).for_each(|(sum, step)| *sum *= step);
        seen
    }

    /// What a vector means, seen through the lens.
    pub(crate) fn meaning(&self, vector: Option<&[f32]>) -> Option<Meaning> {
        Meaning::of(&self.through(vector?))
    }

    /// As it is kept: both lengths and the steps, little-endian, then the weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lengths = [self.inputs as u32, self.outputs as u32];
        let mut bytes: Vec<u8> = lengths.iter().flat_map(|length| length.to_le_bytes()).collect();
        bytes.extend(self.steps.iter().flat_map(|step| step.to_le_bytes()));
        bytes.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
        bytes
    }

    /// Reads what [`Lens::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (lengths, rest) = bytes.split_at_checked(8)?;
        let (lengths, _) = lengths.as_chunks::<4>();
        let [inputs, outputs] = [0, 1].map(|at| u32::from_le_bytes(lengths[at]) as usize);
        let (steps, weights) = rest.split_at_checked(outputs.checked_mul(4)?)?;
        let (steps, _) = steps.as_chunks::<4>();
        let weights: Vec<i8> = weights.iter().map(|byte| byte.cast_signed()).collect();
        let steps = steps.iter().map(|step| f32::from_le_bytes(*step)).collect();
        (inputs.checked_mul(outputs)? == weights.len()).then_some(Self { inputs, outputs, steps, weights })
    }
}

#[cfg(test)]
mod tests {
    use super::{Lens, Lenses};

    #[test]
    fn a_lens_keeps_its_directions_and_survives_being_kept() {
        let lens = Lens::of(3, 2, &[1.0, 0.0, 0.0, -4.0, 0.5, 2.0]).expect("of this shape");
        let seen = lens.through(&[2.0, 1.0, 4.0]);
        assert!((seen[0] - 4.0).abs() < 0.05 && (seen[1] - 4.0).abs() < 0.1, "{seen:?}");
        assert_eq!(Lens::from_bytes(&lens.to_bytes()), Some(lens.clone()));
        assert_eq!(lens.through(&[1.0, 2.0]), [1.0, 2.0], "seen through before");
        assert_eq!(Lens::from_bytes(&lens.to_bytes()[..12]), None);
        assert_eq!(Lens::of(2, 2, &[1.0]), None);
    }

    #[test]
    fn the_shipped_lenses_are_whole() {
        let Lenses { encoder, fine } = Lenses::shipped();
        for lens in [encoder, fine] {
            assert!(lens.outputs > 0 && lens.outputs < lens.inputs, "{} to {}", lens.inputs, lens.outputs);
        }
        assert_ne!(encoder.inputs, fine.inputs, "whose vector it is, is seen by its length");
    }
}
