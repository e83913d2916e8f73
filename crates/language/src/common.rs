//! The commonest words of a language (`data/common.bin`, origin and licence there): what a text holds whatever it is
//! about. Who counts words begins with these, so that the first hundred articles are not compared by what is common.

use crate::packed;
use crate::terms::Terms;
use news::{CommonWord, Language};
use std::collections::HashSet;
use std::sync::LazyLock;

/// For each language its code in two letters, a length (u32 LE), and so many bytes of gzip: on each line a frequency in centibels
/// below one, and words.
const PACKED: &[u8] = include_bytes!("../data/common.bin");

/// The commonest words of a language, the commonest first; none where we have no list.
pub fn common_words(language: Language) -> Vec<CommonWord> {
    let terms = Terms::of(language);
    let share = |centibels: &str| Some(10_f32.powf(-centibels.parse::<f32>().ok()? / 100.0));
    let list = list(language.code()).unwrap_or_default();
    let bins = list.lines().filter_map(|line| line.split_once(' '));
    bins.filter_map(|(centibels, words)| Some((share(centibels)?, words)))
        .flat_map(|(share, words)| words.split(' ').map(move |word| (share, word)))
        .map(|(share, word)| CommonWord { word: word.to_owned(), stem: terms.stem(word), share })
        .collect()
}

/// Whether a German word in lower case is among the commonest.
pub(crate) fn is_common_german(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
        let list = list("de").unwrap_or_default();
        list.lines().flat_map(|line| line.split(' ').skip(1)).map(Box::from).collect()
    });
    WORDS.contains(word)
}

/// The list of one language.
fn list(language: &str) -> Option<String> {
    let mut rest = PACKED;
    loop {
        let (code, behind) = rest.split_first_chunk::<2>()?;
        let (length, behind) = behind.split_first_chunk::<4>()?;
        let (list, others) = behind.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        if code == language.as_bytes() {
            return packed::text(list).ok();
        }
        rest = others;
    }
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
