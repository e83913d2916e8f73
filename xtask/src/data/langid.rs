//! Builds `crates/language/data/langid.bin`: the n-grams of letters by which languages are told apart, pruned
//! from the models of the `lingua` crates (`lingua-<language>-language-model` 1.3, Apache-2.0).
//!
//! Those map each n-gram of one to five letters to the logarithm of its probability given its first letters. Kept are the
//! likeliest of each order and language; a probability is kept as one byte. See `identify/model.rs` for the
//! format.

use anyhow::{Context, Result};
use flate2::{Compression, write::DeflateEncoder};
use fst::{Map, Streamer};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Name in the crate, our code.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"), ("german", "de"), ("french", "fr"), ("spanish", "es"), ("portuguese", "pt"),
    ("italian", "it"), ("dutch", "nl"), ("polish", "pl"), ("czech", "cs"), ("slovak", "sk"), ("swedish", "sv"),
    ("danish", "da"), ("bokmal", "nb"), ("finnish", "fi"), ("hungarian", "hu"), ("romanian", "ro"),
    ("turkish", "tr"), ("croatian", "hr"), ("catalan", "ca"), ("vietnamese", "vi"), ("indonesian", "id"),
    ("russian", "ru"), ("ukrainian", "uk"), ("bulgarian", "bg"), ("serbian", "sr"), ("arabic", "ar"),
    ("persian", "fa"),
];

/// N-grams of one, two, three and four letters that are kept of each language.
const KEPT: [usize; 4] = [100, 1_500, 6_000, 9_000];

/// Quantisation, as in `identify/model.rs`.
const STEPS: f64 = 16.0;

/// Reads the crates' sources under `sources` and writes the table.
pub(crate) fn run(sources: &Path, out: &Path) -> Result<()> {
    let mut table: BTreeMap<String, Vec<(u8, u8)>> = BTreeMap::new();
    for (number, (name, _)) in (0u8..).zip(LANGUAGES) {
        let path = sources.join(format!("lingua-{name}-language-model-1.3.0/models/ngrams.fst"));
        for (gram, probability) in kept(&probabilities(&path)?) {
            let value = (-probability.ln() * STEPS).round().clamp(0.0, 255.0) as u8;
            table.entry(gram).or_default().push((number, value));
        }
    }
    let mut packed = vec![u8::try_from(LANGUAGES.len())?];
    packed.extend(LANGUAGES.iter().flat_map(|(_, code)| code.bytes()));
    for (gram, values) in &table {
        packed.push(u8::try_from(gram.len())?);
        packed.extend(gram.bytes());
        packed.push(u8::try_from(values.len())?);
        packed.extend(values.iter().flat_map(|(language, value)| [*language, *value]));
    }
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(&packed)?;
    fs::write(out, deflate.finish()?).with_context(|| out.display().to_string())
}

fn probabilities(path: &Path) -> Result<HashMap<String, f64>> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let map = Map::new(bytes).with_context(|| path.display().to_string())?;
    let mut stream = map.stream();
    let mut found = HashMap::new();
    while let Some((gram, value)) = stream.next() {
        let gram = std::str::from_utf8(gram).context("n-gram")?;
        if gram.chars().nth(KEPT.len()).is_none() {
            found.insert(gram.to_owned(), f64::from_bits(value).exp());
        }
    }
    Ok(found)
}

/// The likeliest n-grams of each order, weighed by how often the whole n-gram occurs.
fn kept(probabilities: &HashMap<String, f64>) -> Vec<(String, f64)> {
    let mut orders: [Vec<(f64, &String, f64)>; 4] = Default::default();
    for (gram, probability) in probabilities {
        let beginnings = gram.char_indices().skip(1).filter_map(|(end, _)| gram.get(..end));
        let joint = beginnings.filter_map(|part| probabilities.get(part)).product::<f64>() * probability;
        orders[gram.chars().count() - 1].push((joint, gram, *probability));
    }
    let mut kept = Vec::new();
    for (order, most) in orders.iter_mut().zip(KEPT) {
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        kept.extend(order.iter().take(most).map(|(_, gram, probability)| ((*gram).clone(), *probability)));
    }
    kept
}
