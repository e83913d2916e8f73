//! One stable hash for terms, shingles and headlines, so that the same words give the same numbers in every
//! run, on every machine and after every restart. Not for anything that must resist an attacker: the worst
//! that a made-up collision brings is one wrong word match.

use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a over bytes, spread by the finaliser of SplitMix64 so that low bits are as good as high ones.
pub(crate) fn bytes(seed: u64, bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    spread(hash)
}

/// The key of a term in vectors and postings: 32 bits, one collision in about 100,000 different terms.
pub(crate) fn term(word: &str) -> u32 {
    fold(bytes(1, word.as_bytes()))
}

/// Folds a hash to 32 bits.
pub(crate) fn fold(hash: u64) -> u32 {
    // The shift leaves 32 bits, so nothing is lost.
    (hash >> 32) as u32
}

/// Mixes a hash once more: a second hash out of a first one.
pub(crate) fn spread(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Hasher for keys that are hashes already, or small numbers: order of a map's entries is the same in each run.
#[derive(Clone, Copy, Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes_: &[u8]) {
        self.0 = bytes(self.0, bytes_);
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_i64(&mut self, value: i64) {
        self.write_u64(value.cast_unsigned());
    }
}

/// A map keyed by hashes or ids.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Spread>>;
/// A set of hashes or ids.
pub(crate) type Set<K> = std::collections::HashSet<K, BuildHasherDefault<Spread>>;
