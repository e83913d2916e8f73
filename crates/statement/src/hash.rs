//! Hashes of words and features: the same on every machine and in every build, since weights are kept under them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Hash of a word in lower case, without building the lower-case word.
pub(crate) fn word(word: &str) -> u32 {
    if word.is_ascii() {
        return word.bytes().fold(FIRST, |hash, byte| step(hash, byte.to_ascii_lowercase() as u32));
    }
    word.chars().fold(FIRST, |hash, c| {
        if c.is_ascii() {
            step(hash, u32::from(c.to_ascii_lowercase()))
        } else if c == '’' {
            step(hash, u32::from('\''))
        } else {
            c.to_lowercase().fold(hash, |hash, c| step(hash, u32::from(c)))
        }
    })
}

const FIRST: u32 = 0x811c_9dc5;

const fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x0100_0193)
}

/// The same of a word of ours, when the program is built: in Latin letters, with either apostrophe, lower case where
/// letters are not ASCII.
pub(crate) const fn of_ours(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let (mut hash, mut at) = (FIRST, 0);
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            hash = step(hash, bytes[at].to_ascii_lowercase() as u32);
            at += 1;
        } else if bytes[at] < 0xe0 {
            hash = step(hash, ((bytes[at] as u32 & 0x1f) << 6) | (bytes[at + 1] as u32 & 0x3f));
            at += 2;
        } else {
            let [0xe2, 0x80, 0x99] = [bytes[at], bytes[at + 1], bytes[at + 2]] else { panic!("neither") };
            hash = step(hash, b'\'' as u32);
            at += 3;
        }
    }
    hash
}

/// The same of each of a list.
pub(crate) const fn all_of_ours<const COUNT: usize>(words: &[&str]) -> [u32; COUNT] {
    let (mut hashes, mut at) = ([0; COUNT], 0);
    while at < COUNT {
        hashes[at] = of_ours(words[at]);
        at += 1;
    }
    hashes
}

/// Whether a hash is that of one of these words.
macro_rules! is_one {
    ($hash:expr, $($word:literal)|+) => {{
        let hash: u32 = $hash;
        $(hash == const { $crate::hash::of_ours($word) })||+
    }};
}
pub(crate) use is_one;

/// Joins a value to a hash.
pub(crate) fn mix(hash: u32, value: u32) -> u32 {
    let mixed = (hash ^ value).wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}

/// Hasher for keys that are hashes already.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ready(u64);

/// A map by the hash of a word.
pub(crate) type Map<V> = HashMap<u32, V, BuildHasherDefault<Ready>>;
/// A set of hashes of words.
pub(crate) type Set = HashSet<u32, BuildHasherDefault<Ready>>;

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, value: u32) {
        // Spread to the upper bits, by which tables tell keys of one place apart.
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

/// Collects the features of one unit: a template's number with the values that fill it.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    pub(crate) hashes: Vec<u32>,
}

impl Sink {
    pub(crate) fn one(&mut self, template: u32, a: u32) {
        self.hashes.push(mix(mix(0x9747_b28c, template), a));
    }

    pub(crate) fn two(&mut self, template: u32, a: u32, b: u32) {
        self.hashes.push(mix(mix(mix(0x9747_b28c, template), a), b));
    }

    pub(crate) fn three(&mut self, template: u32, a: u32, b: u32, c: u32) {
        self.hashes.push(mix(mix(mix(mix(0x9747_b28c, template), a), b), c));
    }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words_of_ours_are_hashed_as_others_are() {
        assert!(is_one!(word("SAID"), "says" | "said") && !is_one!(word("sad"), "says" | "said"));
        assert!(is_one!(word("won’t"), "won't") && is_one!(word("won't"), "won’t"));
        assert!(is_one!(word("Señor"), "señor"));
    }
}
