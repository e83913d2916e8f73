//! The fine encoder's normaliser: a map from single characters to what they become.

use crate::container::Container;
use crate::models::ModelError;
use crate::package::Parts;
use crate::pieces::fold;

/// The map.
#[derive(Debug)]
pub(super) struct Characters {
    /// Code points in order.
    from: Vec<u32>,
    /// Where what each becomes ends in `to`.
    ends: Vec<u32>,
    /// UTF-8.
    to: Vec<u8>,
}

impl Characters {
    pub(super) fn load(file: &Container) -> Result<Self, ModelError> {
        let read = Self {
            from: file.numbers("characters.from")?,
            ends: file.numbers("characters.ends")?,
            to: file.bytes("characters.to")?,
        };
        let fits = read.from.len() == read.ends.len()
            && read.ends.is_sorted()
            && read.ends.last().is_none_or(|end| *end as usize <= read.to.len());
        if !read.from.is_sorted() || !fits {
            return Err(file.damaged("the map of characters does not fit together"));
        }
        Ok(read)
    }

    /// The parts of a model file that [`Characters::load`] reads. `map`: code point and what it becomes, in order.
    pub(super) fn parts(map: &[(u32, String)]) -> Parts {
        let mut to = Vec::new();
        let mut ends = Vec::new();
        for (_, becomes) in map {
            to.extend_from_slice(becomes.as_bytes());
            ends.extend_from_slice(&(to.len() as u32).to_le_bytes());
        }
        let from = map.iter().flat_map(|(from, _)| from.to_le_bytes()).collect();
        [("characters.from", from), ("characters.ends", ends), ("characters.to", to)]
            .map(|(name, data)| (name.to_owned(), data))
            .to_vec()
    }

    /// The normalised text, begun by one `▁`.
    pub(super) fn normalise(&self, text: &str) -> String {
        fold(text, |rest| self.becomes(rest))
    }

    /// What the first character becomes, and how many bytes it takes; nothing when it stays.
    fn becomes(&self, rest: &[u8]) -> Option<(&[u8], usize)> {
        let first = rest.utf8_chunks().next()?.valid().chars().next()?;
        let at = self.from.binary_search(&u32::from(first)).ok()?;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        Some((&self.to[start..self.ends[at] as usize], first.len_utf8()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_become_others_many_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.model");
        let map =
            [(0x09, " "), (0x7F, ""), (0xBC, "1⁄4"), (0x2026, "...")].map(|(from, to)| (from, to.to_owned()));
        let parts = Characters::parts(&map);
        let borrowed: Vec<_> = parts.iter().map(|(name, data)| (name.as_str(), data.as_slice())).collect();
        Container::write(&path, &borrowed).unwrap();
        let characters = Characters::load(&Container::open(&path).unwrap()).unwrap();
        assert_eq!(characters.normalise("\ta\t\tb\u{7F}c ¼ Дім…"), "▁a▁bc▁1⁄4▁Дім...");
    }
}
