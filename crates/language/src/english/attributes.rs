//! Parts of speech and some lemmas from tags, labels and words, by the rules that come with the model: all rules
//! are matched first, then applied in their order, so that later ones win.

use super::texts::{Condition, Field, Rule};
use std::collections::HashMap;

/// What the rules look at.
pub(super) struct Seen<'a> {
    pub(super) tag: &'a str,
    pub(super) lower: &'a str,
    pub(super) label: &'a str,
    pub(super) space: bool,
}

/// What the rules say of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attributes<'r> {
    pub(super) part: &'r str,
    /// Features such as `Number=Sing|Person=3`.
    pub(super) form: &'r str,
    pub(super) lemma: Option<&'r str>,
    pub(super) tag: Option<&'r str>,
    pub(super) label: Option<&'r str>,
}

/// The rules by what their first word must be.
#[derive(Debug)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    by_word: HashMap<String, Vec<usize>>,
    by_tag: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl Rules {
    pub(super) fn new(rules: Vec<Rule>) -> Self {
        let mut sorted =
            Self { rules: Vec::new(), by_word: HashMap::new(), by_tag: HashMap::new(), others: Vec::new() };
        for (at, rule) in rules.iter().enumerate() {
            let first = rule.tokens.first().map(Vec::as_slice).unwrap_or_default();
            let asks =
                |field: Field| first.iter().find(|condition| condition.field == field && !condition.denied);
            let mut add = |index: &str, condition: &Condition| {
                let map = if index == "word" { &mut sorted.by_word } else { &mut sorted.by_tag };
                for word in &condition.among {
                    map.entry(word.clone()).or_default().push(at);
                }
            };
            match (asks(Field::Lower), asks(Field::Tag)) {
                (Some(condition), _) => add("word", condition),
                (None, Some(condition)) => add("tag", condition),
                _ => sorted.others.push(at),
            }
        }
        sorted.rules = rules;
        sorted
    }

    /// The attributes of each word of a text.
    pub(super) fn apply(&self, words: &[Seen]) -> Vec<Attributes<'_>> {
        let mut matches: Vec<(usize, usize)> = Vec::with_capacity(words.len() * 2);
        for (at, word) in words.iter().enumerate() {
            let lists = [self.by_word.get(word.lower), self.by_tag.get(word.tag), Some(&self.others)];
            let fit = |rule: &&usize| {
                let tokens = self.rules[**rule].tokens.iter().enumerate();
                tokens.into_iter().all(|(offset, conditions)| {
                    words.get(at + offset).is_some_and(|word| conditions.iter().all(|c| holds(c, word)))
                })
            };
            let rules = lists.into_iter().flatten().flatten().filter(fit);
            matches.extend(rules.map(|rule| (*rule, at + self.rules[*rule].at)));
        }
        matches.sort_unstable();
        let mut found = vec![Attributes::default(); words.len()];
        for (rule, at) in matches {
            let Some(word) = found.get_mut(at) else { continue };
            for (name, value) in &self.rules[rule].sets {
                match name.as_str() {
                    "POS" => word.part = value,
                    "MORPH" => word.form = value,
                    "LEMMA" => word.lemma = Some(value),
                    "TAG" => word.tag = Some(value),
                    "DEP" => word.label = Some(value),
                    _ => {}
                }
            }
        }
        found
    }
}

fn holds(condition: &Condition, word: &Seen) -> bool {
    let value = match condition.field {
        Field::Tag => word.tag,
        Field::Lower => word.lower,
        Field::Label => word.label,
        Field::Space if word.space => "true",
        Field::Space => "false",
    };
    condition.among.iter().any(|one| one == value) != condition.denied
}
