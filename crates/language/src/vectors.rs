//! Plain arithmetic on the vectors that networks give.

/// The vector of length one in the same direction.
pub(crate) fn unit(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|value| value * value).sum::<f32>().max(1e-12).sqrt();
    vector.iter().map(|value| value / length).collect()
}

/// Cosine of two unit vectors.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
