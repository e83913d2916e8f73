//! Probabilities of n-grams of letters, one to four, in each language (`data/langid.bin`, built by
//! `xtask/src/data/langid.rs`; origin and licence in `data/README.md`).

use flate2::read::DeflateDecoder;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::Read;
use std::sync::LazyLock;

/// Quantisation: stored bytes are minus the natural logarithm, times this.
const STEPS: f32 = 16.0;
/// Longest n-gram.
const ORDER: usize = 4;
/// What each step to a shorter n-gram costs.
const SHORTER: f32 = 1.0;
/// Logarithm of the probability of a letter that the language does not have.
const UNSEEN: f32 = -13.0;

/// The table. Some 2 MB once unpacked.
pub(super) struct Model {
    codes: Vec<String>,
    /// N-gram (its characters packed, 21 bits each for three and hashed for four) to its place in `values`.
    grams: HashMap<u64, (u32, u8), BuildHasherDefault<Mix>>,
    /// Language and quantised probability.
    values: Vec<(u8, u8)>,
}

static SHARED: LazyLock<Model> = LazyLock::new(|| {
    let mut bytes = Vec::new();
    DeflateDecoder::new(include_bytes!("../../data/langid.bin").as_slice())
        .read_to_end(&mut bytes)
        .expect("the table is part of the program");
    Model::unpack(&bytes).expect("the table is part of the program")
});

impl Model {
    pub(super) fn shared() -> &'static Self {
        &SHARED
    }

    /// Reads: count of languages and their two-letter codes; then for each n-gram its length in bytes, its
    /// bytes, the count of languages that have it, and for each of these its number and value.
    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (&count, mut rest) = bytes.split_first()?;
        let (codes, behind) = rest.split_at_checked(usize::from(count) * 2)?;
        rest = behind;
        let codes = codes.chunks(2).map(|code| String::from_utf8_lossy(code).into_owned()).collect();
        let mut model = Self { codes, grams: HashMap::default(), values: Vec::new() };
        while let Some((&length, behind)) = rest.split_first() {
            let (gram, behind) = behind.split_at_checked(usize::from(length))?;
            let (&languages, behind) = behind.split_first()?;
            let (values, behind) = behind.split_at_checked(usize::from(languages) * 2)?;
            rest = behind;
            let letters: Vec<char> = std::str::from_utf8(gram).ok()?.chars().collect();
            let place = u32::try_from(model.values.len()).ok()?;
            model.grams.insert(pack(&letters), (place, languages));
            model.values.extend(values.chunks(2).map(|pair| (pair[0], pair[1])));
        }
        Some(model)
    }

    /// Codes of the languages in the order of [`Self::likelihoods`].
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(String::as_str)
    }

    /// Logarithm of the probability that each language writes these words.
    pub(super) fn likelihoods(&self, words: &[&str]) -> Vec<f32> {
        let mut sums = vec![0.0; self.codes.len()];
        let mut of_letter = vec![UNSEEN; self.codes.len()];
        let mut letters = Vec::new();
        for word in words {
            letters.clear();
            letters.extend(word.chars());
            for end in 1..=letters.len() {
                of_letter.fill(UNSEEN);
                let longest = ORDER.min(end);
                // Longer n-grams overwrite shorter ones.
                for order in 1..=longest {
                    let Some(&(place, count)) = self.grams.get(&pack(&letters[end - order..end])) else {
                        continue;
                    };
                    let penalty = SHORTER * (longest - order) as f32;
                    let values = &self.values[place as usize..place as usize + usize::from(count)];
                    for (language, value) in values {
                        of_letter[usize::from(*language)] = -f32::from(*value) / STEPS - penalty;
                    }
                }
                for (sum, letter) in sums.iter_mut().zip(&of_letter) {
                    *sum += letter;
                }
            }
        }
        sums
    }
}

/// Characters as one number, different for different n-grams of the alphabets that we have.
fn pack(letters: &[char]) -> u64 {
    letters.iter().fold(1, |packed, letter| (packed << 16) ^ (packed >> 48) ^ u64::from(u32::from(*letter)))
}

/// Multiplies: the keys are numbers already.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        let mixed = (self.0 ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}
