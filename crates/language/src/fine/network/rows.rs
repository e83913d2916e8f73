//! What happens to each row or number alone: layer normalisation and the inner layer's bend, in loops that the
//! compiler turns into vector instructions.

use super::DIMENSIONS;
use super::lanes::widely;
use crate::container::Container;
use crate::models::ModelError;

/// What keeps a constant row from a division by zero.
const EPSILON: f32 = 1e-12;

/// Layer normalisation (Ba et al. 2016) of each row.
#[derive(Debug)]
pub(super) struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub(super) fn load(file: &Container, name: &str) -> Result<Self, ModelError> {
        let vector = |part: &str| {
            let numbers = file.floats(&format!("{name}.{part}"))?;
            if numbers.len() == DIMENSIONS { Ok(numbers) } else { Err(file.damaged(format!("part {name}"))) }
        };
        Ok(Self { gain: vector("gain")?, bias: vector("bias")? })
    }

    /// Normalises each row.
    pub(super) fn apply(&self, states: &mut [f32]) {
        widely(
            #[inline(always)]
            || states.as_chunks_mut().0.iter_mut().for_each(|row| self.row(row)),
        );
    }

    /// Adds to each row what was made of it, and normalises it.
    pub(super) fn add(&self, states: &mut [f32], made: &[f32]) {
        widely(
            #[inline(always)]
            || {
                for (row, made) in states.as_chunks_mut::<DIMENSIONS>().0.iter_mut().zip(made.as_chunks().0) {
                    add(row, made);
                    self.row(row);
                }
            },
        );
    }

    #[inline(always)]
    fn row(&self, row: &mut [f32; DIMENSIONS]) {
        let mean = sum(row, |value| value) / DIMENSIONS as f32;
        let variance = sum(row, |value| (value - mean) * (value - mean)) / DIMENSIONS as f32;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        for ((value, gain), bias) in row.iter_mut().zip(&self.gain).zip(&self.bias) {
            *value = (*value - mean) * scale * gain + bias;
        }
    }
}

#[inline(always)]
fn add(row: &mut [f32; DIMENSIONS], made: &[f32; DIMENSIONS]) {
    for (value, made) in row.iter_mut().zip(made) {
        *value += made;
    }
}

/// The sum of what `of` makes of each number, in sixteen sums side by side.
#[inline(always)]
fn sum(row: &[f32; DIMENSIONS], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; 16];
    for values in row.as_chunks::<16>().0 {
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += of(*value);
        }
    }
    sums.iter().sum()
}

/// The Gaussian error linear unit (Hendrycks and Gimpel 2016) of each number, exact: by the error function, not by a
/// hyperbolic tangent.
pub(super) fn gelu(numbers: &mut [f32]) {
    widely(
        #[inline(always)]
        || {
            for value in numbers {
                *value = 0.5 * *value * (1.0 + error_function(*value * std::f32::consts::FRAC_1_SQRT_2));
            }
        },
    );
}

/// The error function, as a quotient of two polynomials that Eigen uses too (its `erf` of 32-bit floats).
#[inline(always)]
fn error_function(x: f32) -> f32 {
    // Beyond, the answer is 1 within a float's precision.
    let x = x.clamp(-4.0, 4.0);
    let square = x * x;
    let above = [
        -2.726_142_3e-10,
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_5e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ];
    let below = [-1.456_607_2e-5, -2.133_740_6e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2];
    let polynomial = |factors: &[f32]| factors.iter().fold(0.0, |sum, factor| sum * square + factor);
    x * polynomial(&above) / polynomial(&below)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error function by its power series.
    fn series(x: f64) -> f64 {
        let mut term = x;
        let mut sum = x;
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    }

    #[test]
    fn the_error_function_is_right_within_a_float() {
        for step in -450..=450 {
            let x = f64::from(step) / 100.0;
            let off = (f64::from(error_function(x as f32)) - series(x)).abs();
            assert!(off < 5e-7, "{x}: {off}");
        }
    }

    #[test]
    fn rows_are_normalised_each_alone() {
        let norm = Norm { gain: vec![2.0; DIMENSIONS], bias: vec![1.0; DIMENSIONS] };
        let mut states = vec![7.0; 2 * DIMENSIONS];
        let mut made = vec![0.0; 2 * DIMENSIONS];
        made[DIMENSIONS..].iter_mut().step_by(2).for_each(|value| *value = 10.0);
        norm.add(&mut states, &made);
        assert!(states[..DIMENSIONS].iter().all(|value| (value - 1.0).abs() < 1e-3));
        let second: Vec<_> = states[DIMENSIONS..].iter().map(|value| value.round()).collect();
        assert!(second.chunks(2).all(|pair| pair == [3.0, -1.0]), "{second:?}");
    }
}
