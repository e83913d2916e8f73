//! Builds `crates/language/data/vocabulary.fst.gz`: which words are names where a capital does not tell, from the lists of the
//! PyPI package `wordfreq` 3.1.1 (Robyn Speer, data CC BY-SA 4.0), which have no capitals, and the pieces of the fine encoder's
//! model, which have: a name is likelier written with one than without.

use super::common::{LANGUAGES, words};
use anyhow::{Context, Result};
use language::{FineEncoder, vocabulary_is_whole, vocabulary_key};
use news::Language;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// Languages without capitals.
const CASELESS: &[&str] = &["ar", "fa", "he"];

/// Words of each language that are looked at, the commonest first.
const LOOKED_AT: usize = 60_000;
/// From this on a word is a name, as a natural logarithm of odds: of all words that are written small within English headlines of
/// 2021 1.8 in a hundred are then taken for names (from 4 on 1.6), and of those with a capital 57 (56).
const NAME_FROM: f32 = 2.5;
/// German writes every noun with a capital: there a name is what is one in as many other languages.
const ELSEWHERE: usize = 2;

/// Reads the lists in the folder `data` of the unpacked package and writes the set.
pub(crate) fn run(sources: &Path, models: &Path, out: &Path) -> Result<()> {
    let encoder = FineEncoder::load(&models.join("fine.model"))?;
    let mut lists = BTreeMap::new();
    for code in LANGUAGES.iter().filter(|code| !CASELESS.contains(code)) {
        let list = words(sources, code)?.into_iter().take(LOOKED_AT);
        let told = list.map(|word| (encoder.capital(&word) > NAME_FROM, word));
        lists.insert(*code, told.collect::<Vec<(bool, String)>>());
    }
    let mut elsewhere: HashMap<&str, usize> = HashMap::new();
    for (code, list) in &lists {
        for (_, word) in list.iter().filter(|(name, _)| *code != "de" && *name) {
            *elsewhere.entry(word).or_default() += 1;
        }
    }
    let mut keys = BTreeSet::new();
    for (code, list) in &lists {
        let language = Language::parse(code);
        let is_name = |(name, word): &&(bool, String)| match *code {
            "de" => elsewhere.get(word.as_str()).is_some_and(|count| *count >= ELSEWHERE),
            _ => *name,
        };
        let key = |told: &(bool, String)| vocabulary_key(&told.1, language);
        let small: BTreeSet<String> = list.iter().filter(|told| !is_name(told)).filter_map(key).collect();
        if vocabulary_is_whole(language) {
            keys.extend(small);
        } else {
            keys.extend(list.iter().filter(is_name).filter_map(key).filter(|key| !small.contains(key)));
        }
    }
    let set = fst::Set::from_iter(keys)?;
    fs::write(out, super::packed(set.as_fst().as_bytes())?).with_context(|| out.display().to_string())
}
