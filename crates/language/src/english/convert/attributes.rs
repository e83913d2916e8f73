//! The rules that turn tags into parts of speech, from the package's patterns.

use super::msgpack::Value;
use crate::english::texts::{Condition, Field, Rule};

/// Regular expressions in the patterns, as the words that they match.
const EXPRESSIONS: &[(&str, &[&str])] =
    &[("^n'?t$", &["nt", "n't"]), ("^n[ou]thin'$", &["nothin'", "nuthin'"]), ("^y'?$", &["y", "y'"])];

pub(super) fn rules(file: &[u8]) -> Option<Vec<Rule>> {
    let file = Value::read(file)?;
    let mut found = Vec::new();
    for rule in file.list()? {
        let sets = rule.get("attrs")?.map()?.iter();
        let sets: Vec<(String, String)> = sets
            .map(|(name, value)| Some((name.text()?.to_owned(), value.text()?.to_owned())))
            .collect::<Option<_>>()?;
        let at = match rule.get("index")? {
            Value::Number(at) => usize::try_from(*at).ok()?,
            _ => return None,
        };
        for pattern in rule.get("patterns")?.list()? {
            let tokens = pattern.list()?.iter().map(conditions).collect::<Option<_>>()?;
            found.push(Rule { tokens, at, sets: sets.clone() });
        }
    }
    Some(found)
}

fn conditions(token: &Value) -> Option<Vec<Condition>> {
    token.map()?.iter().map(|(name, value)| condition(name.text()?, value)).collect()
}

fn condition(name: &str, value: &Value) -> Option<Condition> {
    let field = match name {
        "TAG" => Field::Tag,
        "LOWER" => Field::Lower,
        "DEP" => Field::Label,
        "IS_SPACE" => Field::Space,
        _ => return None,
    };
    let words = |list: &Value| {
        let words = list.list()?.iter().map(|word| word.text().map(str::to_owned));
        words.collect::<Option<Vec<String>>>()
    };
    let (among, denied) = match value {
        Value::Text(text) => (vec![(*text).to_owned()], false),
        Value::Flag(flag) => (vec![flag.to_string()], false),
        Value::Map(_) => {
            if let Some(list) = value.get("IN") {
                (words(list)?, false)
            } else if let Some(list) = value.get("NOT_IN") {
                (words(list)?, true)
            } else {
                let expression = value.get("REGEX")?.text()?;
                let (_, words) = EXPRESSIONS.iter().find(|(known, _)| *known == expression)?;
                (words.iter().map(|word| (*word).to_owned()).collect(), false)
            }
        }
        _ => return None,
    };
    Some(Condition { field, among, denied })
}
