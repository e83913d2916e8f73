//! Words that carry no meaning of their own, by language (`data/stopwords.txt`, origin and licence there).

use crate::hash::{Map, Set};
use news::Language;
use std::sync::LazyLock;

/// Stop words of one language, lower case.
pub(crate) type Words = Set<&'static str>;

static LISTS: LazyLock<Map<&'static str, Words>> = LazyLock::new(|| {
    let lines = include_str!("../data/stopwords.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .map(|(code, words)| (code, words.split(' ').collect()))
        .collect()
});

static NONE: LazyLock<Words> = LazyLock::new(Words::default);

/// The stop words of a language; none where we have no list.
pub(crate) fn words(language: Language) -> &'static Words {
    LISTS.get(language.code()).unwrap_or(&NONE)
}

/// The languages that have a stop word.
pub(crate) fn languages(word: &str) -> &'static [&'static str] {
    static OF: LazyLock<Map<&'static str, Box<[&'static str]>>> = LazyLock::new(|| {
        let mut of: Map<_, Vec<_>> = Map::default();
        for (code, words) in LISTS.iter() {
            words.iter().for_each(|word| of.entry(*word).or_default().push(*code));
        }
        of.into_iter().map(|(word, codes)| (word, codes.into())).collect()
    });
    OF.get(word).map(AsRef::as_ref).unwrap_or_default()
}
