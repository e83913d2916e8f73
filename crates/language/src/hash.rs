//! Maps and sets of our own words: lexicons, whose keys nobody who writes news can choose, so that a quick hash serves
//! where the standard one, made to withstand chosen keys, took a twentieth of reading.

use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};
use std::sync::LazyLock;

/// Eight bytes at a step, in the manner of rustc's FxHasher.
#[derive(Clone, Copy)]
pub(crate) struct Quick {
    state: u64,
    multiplier: u64,
}

/// A map whose keys are known before any text is read.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Quick>>;
/// A set of the same kind.
pub(crate) type Set<K> = std::collections::HashSet<K, BuildHasherDefault<Quick>>;

/// A map whose keys are words of texts: the quick hash from a start and with a multiplier that are others in each run, so
/// that nobody who writes texts can choose words that meet. They decide nothing else.
pub(crate) type WordMap<K, V> = std::collections::HashMap<K, V, Guarded>;
/// A set of the same kind.
pub(crate) type WordSet<K> = std::collections::HashSet<K, Guarded>;

/// Makes the hashers of [`WordMap`].
#[derive(Clone, Copy, Default)]
pub(crate) struct Guarded;

impl BuildHasher for Guarded {
    type Hasher = Quick;

    fn build_hasher(&self) -> Quick {
        static SECRET: LazyLock<[u64; 2]> = LazyLock::new(|| {
            let random = RandomState::new();
            [random.hash_one(0), random.hash_one(1) | 1]
        });
        Quick { state: SECRET[0], multiplier: SECRET[1] }
    }
}

impl Default for Quick {
    fn default() -> Self {
        Self { state: 0, multiplier: 0x9e37_79b9_7f4a_7c15 }
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        // The product's upper bits are the good ones, and tables look at the lower ones first.
        self.state.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.write_u64(u64::from_le_bytes(*eight));
        }
        if !rest.is_empty() {
            self.write_u64(rest.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.state = (self.state.rotate_left(5) ^ value).wrapping_mul(self.multiplier);
    }
}
