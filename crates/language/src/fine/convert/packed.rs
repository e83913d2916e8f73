//! The packed file of the package: a head of numbers, the vocabulary, the map of characters, a table of tensors, the
//! tensors. Little-endian, unaligned.

use std::collections::HashMap;

/// What is needed of the file.
pub(super) struct Packed<'a> {
    /// Piece and score, by id.
    pub(super) pieces: Vec<(Vec<u8>, f32)>,
    /// Code point and what it becomes, in order.
    pub(super) characters: Vec<(u32, String)>,
    tensors: HashMap<&'a str, &'a [u8]>,
}

/// The head as far as the network is made for it: width, layers, heads, inner width.
const SHAPE: [u32; 4] = [384, 12, 12, 1536];

impl<'a> Packed<'a> {
    /// Nothing when the file is damaged or another model.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let mut rest = Rest(file.strip_prefix(b"E5S1")?);
        rest.number()?; // the format's version
        for wanted in SHAPE {
            (rest.number()? == wanted).then_some(())?;
        }
        rest.take(5 * 4)?; // rows, positions, kinds, epsilon, weights in a block
        let pieces = pieces(&mut rest)?;
        let characters = characters(&mut rest)?;
        let mut tensors = HashMap::new();
        for _ in 0..rest.number()? {
            let length = u16::from_le_bytes(*rest.array()?);
            let name = std::str::from_utf8(rest.take(usize::from(length))?).ok()?;
            rest.take(1 + 4)?; // kind and length, which follow from the name
            let (offset, bytes) = (rest.long()?, rest.long()?);
            tensors.insert(name, file.get(offset..offset.checked_add(bytes)?)?);
        }
        Some(Self { pieces, characters, tensors })
    }

    pub(super) fn tensor(&self, name: &str) -> Option<&'a [u8]> {
        self.tensors.get(name).copied()
    }
}

fn pieces(rest: &mut Rest<'_>) -> Option<Vec<(Vec<u8>, f32)>> {
    let count = rest.number()? as usize;
    rest.take(4 * 4)?; // ids of the marks
    let bytes = rest.long()?;
    let starts = rest.take(count.checked_add(1)?.checked_mul(4)?)?.as_chunks::<4>().0;
    let scores = rest.take(count.checked_mul(4)?)?.as_chunks::<4>().0;
    let text = rest.take(bytes)?;
    let place = |at: usize| u32::from_le_bytes(starts[at]) as usize;
    let piece = |(at, score): (usize, &[u8; 4])| {
        Some((text.get(place(at)..place(at + 1))?.to_vec(), f32::from_le_bytes(*score)))
    };
    scores.iter().enumerate().map(piece).collect()
}

fn characters(rest: &mut Rest<'_>) -> Option<Vec<(u32, String)>> {
    let count = rest.number()?;
    rest.number()?; // bytes of the map
    let entry = |_| {
        let from = rest.number()?;
        let [length] = *rest.array::<1>()?;
        let becomes = (0..length).map(|_| char::from_u32(rest.number()?)).collect::<Option<_>>()?;
        Some((from, becomes))
    };
    (0..count).map(entry).collect()
}

/// What was not read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        self.take(N)?.first_chunk()
    }

    fn number(&mut self) -> Option<u32> {
        self.array().map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn long(&mut self) -> Option<usize> {
        usize::try_from(u64::from_le_bytes(*self.array()?)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Packed;

    #[test]
    fn a_broken_file_is_refused() {
        let mut head = b"E5S1\x01\0\0\0".to_vec();
        for number in [384_u32, 12, 12, 1536, 0, 0, 0, 0, 32, 0xFFFF_FFFF] {
            head.extend_from_slice(&number.to_le_bytes());
        }
        for end in 0..=head.len() {
            assert!(Packed::read(&head[..end]).is_none(), "{end}");
        }
    }
}
