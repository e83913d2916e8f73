//! What an encoder makes of an article, kept small: a vector of bytes. Comes from `Reading`'s vectors, is
//! absent without a model, and everything works without it.

/// A vector of small whole numbers in the direction of the encoder's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meaning {
    numbers: Box<[i8]>,
    length: f32,
}

impl Meaning {
    /// Scales a vector so that its greatest number fills a byte: the angle to others moves by less than 1 %.
    pub(crate) fn of(vector: &[f32]) -> Option<Self> {
        let greatest = vector.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
        if !greatest.is_finite() || greatest <= 0.0 {
            return None;
        }
        // Between -127 and 127 by construction; rounding keeps it so.
        let numbers: Box<[i8]> =
            vector.iter().map(|number| (number / greatest * 127.0).round() as i8).collect();
        Self::kept(numbers)
    }

    /// A meaning from the bytes that one was kept in; none of nothing.
    fn kept(numbers: Box<[i8]>) -> Option<Self> {
        let length = (dot(&numbers, &numbers) as f32).sqrt();
        (length > 0.0).then_some(Self { numbers, length })
    }

    /// As it is kept: a byte for each number.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = u8> {
        self.numbers.iter().map(|number| number.cast_unsigned())
    }

    /// Reads what [`Meaning::bytes`] gave.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Self::kept(bytes.iter().map(|byte| byte.cast_signed()).collect())
    }

    /// Cosine, -1 to 1; 0 between vectors of two encoders.
    pub(crate) fn cosine(&self, other: &Self) -> f32 {
        if self.numbers.len() != other.numbers.len() {
            return 0.0;
        }
        dot(&self.numbers, &other.numbers) as f32 / (self.length * other.length)
    }

    /// This mean of `count` vectors with one more taken in.
    pub(crate) fn with(&self, count: usize, other: &Self) -> Option<Self> {
        if self.numbers.len() != other.numbers.len() {
            return Some(self.clone());
        }
        // Of long stories the last thirty or so count.
        let (mine, theirs) = (count.clamp(1, 30) as f32 / self.length, 1.0 / other.length);
        let sum: Vec<f32> = self
            .numbers
            .iter()
            .zip(&other.numbers)
            .map(|(a, b)| f32::from(*a) * mine + f32::from(*b) * theirs)
            .collect();
        Self::of(&sum)
    }
}

/// How close some are to each other: the mean cosine over all pairs; none of fewer than two.
pub(crate) fn within(some: &[&Meaning]) -> Option<f32> {
    let pairs =
        some.iter().enumerate().flat_map(|(at, one)| some[..at].iter().map(|other| one.cosine(other)));
    mean(pairs)
}

/// The mean; none of nothing.
pub(crate) fn mean(of: impl Iterator<Item = f32>) -> Option<f32> {
    let (sum, count) = of.fold((0.0, 0.0_f32), |(sum, count), one| (sum + one, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

#[cfg(test)]
mod tests {
    use super::Meaning;

    #[test]
    fn bytes_keep_the_angle() {
        let a: Vec<f32> = (0_i16..512).map(|n| (f32::from(n) * 0.37).sin()).collect();
        let b: Vec<f32> = (0_i16..512).map(|n| (f32::from(n) * 0.37 + 0.5).sin()).collect();
        let [x, y] = [&a, &b].map(|v| Meaning::of(v).expect("not empty"));
        let true_ = a.iter().zip(&b).map(|(a, b)| a * b).sum::<f32>()
            / (a.iter().map(|n| n * n).sum::<f32>() * b.iter().map(|n| n * n).sum::<f32>()).sqrt();
        assert!((x.cosine(&y) - true_).abs() < 0.01);
        assert!(x.with(1, &y).expect("a mean").cosine(&x) > true_);
        assert!(
            Meaning::of(&[0.0; 4]).is_none()
                && Meaning::of(&[f32::NAN, 1.0]).is_some_and(|m| m.length.is_finite())
        );
    }
}
