//! The commonest words of a language (`data/common.txt.gz`, origin and licence there): what a text holds whatever it is
//! about. Who counts words begins with these, so that the first hundred articles are not compared by what is common.

use crate::packed;
use crate::terms::Terms;
use news::{CommonWord, Language};
use std::collections::HashSet;
use std::sync::LazyLock;

const PACKED: &[u8] = include_bytes!("../data/common.txt.gz");

/// The commonest words of a language, the commonest first; none where we have no list.
pub fn common_words(language: Language) -> Vec<CommonWord> {
    let terms = Terms::of(language);
    let text = packed::text(PACKED);
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    let bins =
        lines.filter(|(code, _)| *code == language.code()).filter_map(|(_, rest)| rest.split_once(' '));
    bins.filter_map(|(centibels, words)| Some((10_f32.powf(-centibels.parse::<f32>().ok()? / 100.0), words)))
        .flat_map(|(share, words)| words.split(' ').map(move |word| (share, word)))
        .map(|(share, word)| CommonWord { word: word.to_owned(), stem: terms.stem(word), share })
        .collect()
}

/// Whether a German word in lower case is among the commonest.
pub(crate) fn is_common_german(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
        let text = packed::text(PACKED);
        let lines = text.lines().filter_map(|line| line.strip_prefix("de "));
        let words = lines.filter_map(|line| line.split_once(' ')).flat_map(|(_, words)| words.split(' '));
        words.map(Box::from).collect()
    });
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::common_words;
    use news::Language;

    #[test]
    fn the_commonest_words_are_no_news() {
        let english = common_words(Language::ENGLISH);
        let share = |word: &str| english.iter().find(|common| common.word == word).map(|common| common.share);
        assert!(
            share("the") > share("people") && share("people") > share("police") && share("police").is_some()
        );
        assert!(english.iter().any(|common| common.stem.as_deref() == Some("polic")));
        assert_eq!(share("kyiv"), None);
        assert!(common_words(Language::parse("xx")).is_empty());
    }
}
