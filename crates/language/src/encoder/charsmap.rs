//! SentencePiece's text normaliser: a compiled map of byte sequences to replacements (a double array after
//! darts-clone, followed by NUL-ended replacement strings), then spaces folded and written as `▁`.

use crate::container::Container;
use crate::models::ModelError;
use crate::pieces::fold;

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
        fold(text, |rest| self.longest(rest))
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
