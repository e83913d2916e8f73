//! The small English model beside its reference: `fixtures/english_reference.jsonl.gz` holds what the published
//! pipeline (version of `models::ENGLISH`, spaCy 3.8) answers for a thousand texts of ours: sentences of the demo
//! day, sentences made from templates, and some texts of several sentences. The model itself is no part of the
//! product; `MODELS` names the folder that `staytuned models fetch` filled, as `./test` does.

use flate2::read::GzDecoder;
use language::{English, EntityKind, Parsed, Reader, models, sentences};
use news::{Article, Language, NameKind};
use serde::Deserialize;
use std::io::{BufRead, BufReader};

/// Start and end in bytes, tag, part of speech, label, head, lemma, whether a sentence begins.
type Word = (u32, u32, String, String, String, usize, String, u8);

#[derive(Deserialize)]
struct Reference {
    text: String,
    words: Vec<Word>,
    /// First word, word behind the last, kind.
    names: Vec<(usize, usize, String)>,
}

/// An unoptimised build takes minutes for all of them: it looks at every tenth text.
const STEP: usize = if cfg!(debug_assertions) { 10 } else { 1 };

#[test]
fn readings_equal_those_of_the_reference() {
    let Some(folder) = crate::fetched::models() else { return };
    let english = English::load(&models::ENGLISH.path(&folder)).unwrap();
    let file = GzDecoder::new(&include_bytes!("../fixtures/english_reference.jsonl.gz")[..]);
    let mut texts: usize = 0;
    let mut different = Vec::new();
    for line in BufReader::new(file).lines() {
        let reference: Reference = serde_json::from_str(&line.unwrap()).unwrap();
        texts += 1;
        if !texts.is_multiple_of(STEP) {
            continue;
        }
        if let Some(what) = difference(&reference, &english.read(&reference.text)) {
            different.push(format!("{}\n    {what}", reference.text));
        }
    }
    assert_eq!(texts, 1000);
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
}

/// Names found alone know where sentences begin from rules and not from the parser.
#[test]
fn names_alone_are_those_of_the_whole_reading() {
    let Some(folder) = crate::fetched::models() else { return };
    let english = English::load(&models::ENGLISH.path(&folder)).unwrap();
    let file = GzDecoder::new(&include_bytes!("../fixtures/english_reference.jsonl.gz")[..]);
    let (mut names, mut different) = (0, 0);
    for line in BufReader::new(file).lines().step_by(STEP) {
        let Reference { text, .. } = serde_json::from_str(&line.unwrap()).unwrap();
        let whole = english.read(&text).entities;
        let alone = english.names(&text, &sentences(&text, Language::ENGLISH));
        names += whole.len();
        different += whole.iter().filter(|name| !alone.contains(name)).count();
    }
    assert!(names > 0 && different * 100 <= names, "{different} of {names} names are others");
}

#[test]
fn names_get_kinds_that_capitals_do_not_tell() {
    let Some(folder) = crate::fetched::models() else { return };
    let english = English::load(&models::ENGLISH.path(&folder)).unwrap();
    let mut article = Article::headline("Bridge opens")
        .with_paragraphs(["The bridge was built by Larch Hollow Industries. It has two lanes."]);
    article.language = Language::ENGLISH;
    let kind = |reader: &Reader| {
        let names = reader.read(&article).names;
        names.iter().find(|name| name.key == "larch hollow industries").map(|name| name.kind)
    };
    assert_eq!(kind(&Reader::new()), Some(NameKind::Other));
    assert_eq!(kind(&Reader::new().with_english(english)), Some(NameKind::Organisation));
}

/// The first thing that differs.
fn difference(reference: &Reference, parsed: &Parsed) -> Option<String> {
    let name =
        |kind: EntityKind| EntityKind::ALL.iter().find(|(known, _)| *known == kind).map(|(_, name)| *name);
    let words = parsed.words.iter().map(|word| {
        (
            word.span.start,
            word.span.end,
            word.tag.clone(),
            word.part.clone(),
            word.label.clone(),
            word.head,
            word.lemma.clone(),
            u8::from(word.begins_sentence),
        )
    });
    let words: Vec<Word> = words.collect();
    if let Some((expect, found)) = reference.words.iter().zip(&words).find(|(expect, found)| expect != found)
    {
        return Some(format!("{expect:?} became {found:?}"));
    }
    if reference.words.len() != words.len() {
        return Some(format!("{} words, not {}", words.len(), reference.words.len()));
    }
    let names = parsed.entities.iter().map(|entity| {
        (entity.words.start, entity.words.end, name(entity.kind).unwrap_or_default().to_owned())
    });
    let names: Vec<_> = names.collect();
    (names != reference.names).then(|| format!("names {:?} became {names:?}", reference.names))
}
