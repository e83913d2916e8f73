//! Hashes of words and features: the same on every machine and in every build, since weights are kept under them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Hash of a word in lower case, without building the lower-case word.
pub(crate) fn word(word: &str) -> u32 {
    word.chars().fold(0x811c_9dc5, |hash, c| {
        if c.is_ascii() {
            step(hash, u32::from(c.to_ascii_lowercase()))
        } else if c == '’' {
            step(hash, u32::from('\''))
        } else {
            c.to_lowercase().fold(hash, |hash, c| step(hash, u32::from(c)))
        }
    })
}

fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x0100_0193)
}

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
