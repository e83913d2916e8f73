//! SentencePiece's text normaliser: a compiled map of byte sequences to replacements (a double array after
//! darts-clone, followed by NUL-ended replacement strings), then spaces folded and written as `▁`.

use crate::container::Container;
use crate::models::ModelError;

const SPACE: &[u8] = "▁".as_bytes();

/// The compiled map.
#[derive(Debug)]
pub(super) struct Charsmap {
    units: Vec<u32>,
    replacements: Vec<u8>,
}

impl Charsmap {
    pub(super) fn load(file: &Container) -> Result<Self, ModelError> {
        Ok(Self {
            units: file.numbers("charsmap.units")?,
            replacements: file.bytes("charsmap.replacements")?,
        })
    }

    /// The normalised text, begun by one `▁`; empty for a text of nothing but spaces.
    pub(super) fn normalise(&self, text: &str) -> String {
        let raw = text.as_bytes();
        let mut out = Vec::with_capacity(raw.len() + raw.len() / 4 + 8);
        let mut after_space = true;
        let mut at = 0;
        while at < raw.len() {
            let (mut piece, used) = self.prefix(raw, at);
            at += used;
            while after_space && piece.first() == Some(&b' ') {
                piece = &piece[1..];
            }
            let Some(last) = piece.last() else { continue };
            if out.is_empty() {
                out.extend_from_slice(SPACE);
            }
            for byte in piece {
                match byte {
                    b' ' => out.extend_from_slice(SPACE),
                    other => out.push(*other),
                }
            }
            after_space = *last == b' ';
        }
        while out.ends_with(SPACE) {
            out.truncate(out.len() - SPACE.len());
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    /// What the longest mapped sequence at `at` becomes, and how many bytes it takes; one character as it is
    /// when nothing is mapped.
    fn prefix<'a>(&'a self, raw: &'a [u8], at: usize) -> (&'a [u8], usize) {
        self.longest(raw.get(at..).unwrap_or_default()).unwrap_or_else(|| {
            let end = (at + 1..raw.len()).find(|next| raw[*next] & 0xC0 != 0x80).unwrap_or(raw.len());
            (&raw[at..end], end - at)
        })
    }

    fn longest(&self, raw: &[u8]) -> Option<(&[u8], usize)> {
        let mut node = offset(*self.units.first()?);
        let mut found = None;
        for (index, byte) in raw.iter().enumerate() {
            node ^= usize::from(*byte);
            let unit = *self.units.get(node)?;
            if unit & 0x8000_00FF != u32::from(*byte) {
                break;
            }
            node ^= offset(unit);
            if unit & 0x100 != 0 {
                let value = self.units.get(node)? & 0x7FFF_FFFF;
                found = Some((value as usize, index + 1));
            }
        }
        let (value, used) = found?;
        let replacement = self.replacements.get(value..)?;
        let end = replacement.iter().position(|byte| *byte == 0)?;
        Some((&replacement[..end], used))
    }
}

fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}

#[cfg(test)]
mod tests {
    use super::Charsmap;

    #[test]
    fn spaces_are_folded_and_written_as_marks() {
        let plain = Charsmap { units: Vec::new(), replacements: Vec::new() };
        assert_eq!(plain.normalise("  peace   talks "), "▁peace▁talks");
        assert_eq!(plain.normalise("переговори"), "▁переговори");
        assert_eq!(plain.normalise("   "), "");
    }
}
