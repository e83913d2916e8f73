//! Probabilities of n-grams of letters, one to four, in each language (`data/langid.bin`, built by
//! `xtask/src/data/langid.rs`; origin and licence in `data/README.md`).

use crate::memory::Memory;
use flate2::read::DeflateDecoder;
use std::io::Read;
use std::sync::LazyLock;

/// Quantisation: stored bytes are minus the natural logarithm, times this. Everything here is counted in such steps, so
/// that sums are the same in whatever order they are made.
const STEPS: i16 = 16;
/// Longest n-gram.
const ORDER: usize = 4;
/// What each step to a shorter n-gram costs.
const SHORTER: i16 = STEPS;
/// Logarithm of the probability of a letter that the language does not have.
const UNSEEN: i16 = -13 * STEPS;
/// Words whose probabilities are remembered, some hundred bytes each.
const REMEMBERED: usize = 2_048;

/// The table. Some 3 MB once unpacked.
pub(super) struct Model {
    codes: Vec<String>,
    grams: Grams,
    /// Language and quantised probability.
    values: Vec<(u8, u8)>,
    /// Of frequent words, what each language says of them.
    words: Memory<Box<[i16]>>,
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
        let words = Memory::with_places(REMEMBERED);
        let (mut grams, mut values) = (Vec::new(), Vec::new());
        while let Some((&length, behind)) = rest.split_first() {
            let (gram, behind) = behind.split_at_checked(usize::from(length))?;
            let (&languages, behind) = behind.split_first()?;
            let (said, behind) = behind.split_at_checked(usize::from(languages) * 2)?;
            rest = behind;
            let letters: Vec<char> = std::str::from_utf8(gram).ok()?.chars().collect();
            grams.push((pack(&letters), u32::try_from(values.len()).ok()?));
            values.extend(said.chunks(2).map(|pair| (pair[0], pair[1])));
        }
        values.shrink_to_fit();
        Some(Self { codes, grams: Grams::of(&grams, values.len())?, values, words })
    }

    /// Codes of the languages in the order of [`Self::likelihoods`].
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(String::as_str)
    }

    /// Logarithm of the probability that each language writes these words.
    pub(super) fn likelihoods(&self, words: &[&str]) -> Vec<f32> {
        let mut sums = vec![0i32; self.codes.len()];
        for word in words {
            let known = self.words.recall(word, |of_word| add(&mut sums, of_word));
            if known.is_none() {
                let of_word = self.of_word(word);
                add(&mut sums, &of_word);
                self.words.keep(word, || Some(of_word));
            }
        }
        sums.into_iter().map(|sum| sum as f32 / f32::from(STEPS)).collect()
    }

    /// The same of one word, in steps. Words are short enough for the numbers to be.
    fn of_word(&self, word: &str) -> Box<[i16]> {
        let mut sums = vec![0; self.codes.len()];
        let mut of_letter = vec![UNSEEN; self.codes.len()];
        let letters: Vec<char> = word.chars().collect();
        for end in 1..=letters.len() {
            of_letter.fill(UNSEEN);
            let longest = ORDER.min(end);
            // Longer n-grams overwrite shorter ones.
            for order in 1..=longest {
                let Some(values) = self.grams.find(pack(&letters[end - order..end])) else { continue };
                let penalty = SHORTER * (longest - order) as i16;
                for (language, value) in &self.values[values] {
                    of_letter[usize::from(*language)] = -i16::from(*value) - penalty;
                }
            }
            sums.iter_mut().zip(&of_letter).for_each(|(sum, letter)| *sum += letter);
        }
        sums.into_boxed_slice()
    }
}

fn add(sums: &mut [i32], of_word: &[i16]) {
    sums.iter_mut().zip(of_word).for_each(|(sum, steps)| *sum += i32::from(*steps));
}

/// Characters as one number, different for different n-grams of the alphabets that we have.
fn pack(letters: &[char]) -> u64 {
    letters.iter().fold(1, |packed, letter| (packed << 16) ^ (packed >> 48) ^ u64::from(u32::from(*letter)))
}

/// Where the values of each n-gram are: a table of our own, since the standard one leaves half of it free.
struct Grams {
    /// N-grams as [`pack`] makes them, each in the place that it asks for or the next free one; no n-gram is [`FREE`].
    keys: Vec<u64>,
    /// Where the values of the n-gram in a place begin, and how many there are.
    begins: Vec<u32>,
    counts: Vec<u8>,
}

const FREE: u64 = 0;

impl Grams {
    /// From n-grams and where their values begin, in the order of their values; `end` is where the last one's end.
    fn of(grams: &[(u64, u32)], end: usize) -> Option<Self> {
        let places = grams.len() + grams.len() / 3 + 1;
        let mut table = Self { keys: vec![FREE; places], begins: vec![0; places], counts: vec![0; places] };
        let ends = grams.iter().skip(1).map(|(_, next)| *next).chain([u32::try_from(end).ok()?]);
        for ((key, begin), end) in grams.iter().zip(ends) {
            let place = table.place(*key);
            table.keys[place] = *key;
            (table.begins[place], table.counts[place]) = (*begin, u8::try_from(end - begin).ok()?);
        }
        Some(table)
    }

    /// Where an n-gram is, or would be.
    fn place(&self, key: u64) -> usize {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut place = ((u128::from(mixed) * self.keys.len() as u128) >> 64) as usize;
        while self.keys[place] != key && self.keys[place] != FREE {
            place = if place + 1 == self.keys.len() { 0 } else { place + 1 };
        }
        place
    }

    fn find(&self, key: u64) -> Option<std::ops::Range<usize>> {
        let place = self.place(key);
        let begin = self.begins[place] as usize;
        (self.keys[place] == key).then_some(begin..begin + usize::from(self.counts[place]))
    }
}
