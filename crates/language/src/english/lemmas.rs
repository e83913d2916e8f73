//! Base forms: *negotiators* → *negotiator*, *told* → *tell*. By part of speech: exceptions, else endings whose
//! replacement makes a known word.

use super::attributes::Attributes;
use super::lexeme;
use super::texts::Lemmas;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The tables by part of speech.
#[derive(Debug)]
pub(super) struct Lemmatiser {
    tables: HashMap<&'static str, Table>,
}

#[derive(Debug)]
struct Table {
    rules: Vec<(String, String)>,
    exceptions: HashMap<String, Vec<String>>,
    index: HashSet<String>,
}

/// Parts of speech that have tables, as the tables are numbered.
const PARTS: &[(&str, &str)] =
    &[("ADJ", "adj"), ("NOUN", "noun"), ("VERB", "verb"), ("PUNCT", "punct"), ("ADV", "adv")];

impl Lemmatiser {
    pub(super) fn new(mut lemmas: BTreeMap<u64, Lemmas>) -> Self {
        let table = |(part, name): &(&'static str, &str)| {
            let lemmas = lemmas.remove(&lexeme::number(name))?;
            let exceptions = lemmas.exceptions.into_iter().collect();
            Some((
                *part,
                Table { rules: lemmas.rules, exceptions, index: lemmas.index.into_iter().collect() },
            ))
        };
        Self { tables: PARTS.iter().filter_map(table).collect() }
    }

    /// The base form of a word with these attributes.
    pub(super) fn lemma(&self, word: &str, attributes: &Attributes) -> String {
        let part = attributes.part;
        if matches!(part, "" | "EOL" | "SPACE") || is_base(part, attributes.form) {
            return word.to_lowercase();
        }
        match self.tables.get(part) {
            Some(table) => table.lemma(word),
            None if part == "PROPN" => word.to_owned(),
            None => word.to_lowercase(),
        }
    }
}

impl Table {
    fn lemma(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        if let Some(form) = self.exceptions.get(&lower).and_then(|forms| self.exception(&lower, forms)) {
            return form;
        }
        let (mut known, mut strange, mut guessed) = (None, None, None);
        for form in self.forms(&lower) {
            if self.index.contains(&form) {
                known = Some(form);
            } else if !form.chars().all(char::is_alphabetic) {
                strange = strange.or(Some(form));
            } else {
                guessed = guessed.or(Some(form));
            }
        }
        known.or(strange).or(guessed).unwrap_or_else(|| word.to_owned())
    }

    /// The last exception that no rule gives too; when rules give all, the last known of those.
    fn exception(&self, lower: &str, forms: &[String]) -> Option<String> {
        let by_rule: Vec<String> = self.forms(lower).collect();
        let accepted = |form: &String| {
            by_rule.contains(form) && (self.index.contains(form) || !form.chars().all(char::is_alphabetic))
        };
        forms.iter().rev().find(|form| !accepted(form)).cloned()
    }

    fn forms<'a>(&'a self, lower: &'a str) -> impl Iterator<Item = String> + 'a {
        let replaced = |(old, new): &'a (String, String)| Some(format!("{}{new}", lower.strip_suffix(old)?));
        self.rules.iter().filter_map(replaced).filter(|form| !form.is_empty())
    }
}

/// Whether a word is a base form by its features alone.
fn is_base(part: &str, form: &str) -> bool {
    let feature = |name: &str| {
        form.split('|').find_map(|feature| feature.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')))
    };
    let present = feature("VerbForm") == Some("Fin") && feature("Tense") == Some("Pres");
    match part {
        "NOUN" if feature("Number") == Some("Sing") => true,
        "VERB" if present && feature("Number").is_none() => true,
        _ => matches!(feature("VerbForm"), Some("Inf" | "None")) || feature("Degree") == Some("Pos"),
    }
}
