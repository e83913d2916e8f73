//! What names name, where the small English model is there: it sees the sentence around a name, where capitals and
//! cues only see the name. Names whose kind is known from the gazetteer or a cue keep it.

use super::key_of;
use crate::english::{English, Entity, EntityKind};
use crate::sentences;
use crate::token::{TokenKind, tokens};
use news::{Language, Name, NameKind};
use std::collections::HashMap;

/// Gives the kinds that `english` finds in `text` to names that have none.
pub(crate) fn settle(names: &mut [Name], text: &str, english: &English) {
    let Some(text) = told(names, text) else { return };
    let found = kinds(&english.names(text, &sentences(text, Language::ENGLISH)), text);
    for name in names.iter_mut().filter(|name| name.kind == NameKind::Other) {
        if let Some(kind) = found.get(&name.key) {
            name.kind = *kind;
        }
    }
}

/// The beginning of a text that holds the first mention of every name without a kind, to the end of its sentence: what
/// comes behind cannot tell more. None where no such name is mentioned.
fn told<'a>(names: &[Name], text: &'a str) -> Option<&'a str> {
    let open = names.iter().filter(|name| name.kind == NameKind::Other);
    let last = open.filter_map(|name| text.find(&name.text).map(|at| at + name.text.len())).max()?;
    let rest = text.get(last..)?;
    let first = sentences(rest, Language::ENGLISH).first().map_or(rest, |first| first.of(rest));
    let end = rest.find(first).map_or(rest.len(), |at| at + first.len());
    text.get(..last + end)
}

/// The kind of each name by its key, and of a person's last word too; the first mention tells.
fn kinds(entities: &[Entity], text: &str) -> HashMap<String, NameKind> {
    let mut found = HashMap::new();
    for entity in entities {
        let kind = match entity.kind {
            EntityKind::Person => NameKind::Person,
            EntityKind::Organisation => NameKind::Organisation,
            EntityKind::Country | EntityKind::Location | EntityKind::Facility => NameKind::Place,
            _ => continue,
        };
        let written = entity.span.of(text);
        let words = tokens(written, Language::ENGLISH);
        let words: Vec<&str> = words
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
            .map(|token| token.span.of(written))
            .filter(|word| !word.eq_ignore_ascii_case("the"))
            .collect();
        let keys = key_of(&words);
        found.entry(keys.join(" ")).or_insert(kind);
        if let Some(last) = keys.last().filter(|_| kind == NameKind::Person) {
            found.entry(last.clone()).or_insert(kind);
        }
    }
    found
}
