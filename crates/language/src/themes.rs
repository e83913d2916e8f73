//! What a headline is about, in one form for several languages: `blaze`, `Brand` and `пожар` are `fire`. By this headlines
//! that share but an actor or a place keep apart, and headlines without a common word meet. From `data/themes.txt` (ours).

use crate::hash::Map;
use crate::lexicon::Lexicon;
use news::Language;
use std::sync::LazyLock;

/// Themes of one headline at most.
const MOST: usize = 16;

type Themes = Lexicon<&'static str>;

static THEMES: LazyLock<Map<&'static str, Themes>> =
    LazyLock::new(|| load(include_str!("../data/themes.txt")));

/// The themes of a headline by its normalised words, each once, in the order in which they tell of them; none in a language
/// without a list.
pub(crate) fn themes(words: &[String], language: Language) -> Vec<&'static str> {
    let Some(known) = THEMES.get(language.code()) else { return Vec::new() };
    let mut found: Vec<&'static str> = Vec::new();
    let mut rest = words;
    while let [first, others @ ..] = rest {
        let runs = known
            .runs(first)
            .iter()
            .filter(|run| begins_with(others, &run.others))
            .map(|run| run.said.as_slice());
        let said = std::iter::once(known.word(first)).chain(known.beginnings(first)).chain(runs);
        for theme in said.flatten() {
            if found.len() < MOST && !found.contains(theme) {
                found.push(theme);
            }
        }
        rest = others;
    }
    found
}

fn begins_with(words: &[String], run: &[&str]) -> bool {
    words.get(..run.len()).is_some_and(|begin| begin.iter().eq(run))
}

fn load(text: &'static str) -> Map<&'static str, Themes> {
    let mut lists: Map<&'static str, Themes> = Map::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((theme, words)) = line.split_once('\t') else { continue };
        let Some((language, words)) = words.split_once(' ') else { continue };
        let list = lists.entry(language).or_default();
        words.split(' ').for_each(|word| list.add(word, theme));
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::themes;
    use crate::terms::words;
    use crate::tokens;
    use news::Language;

    fn of(language: &str, title: &str) -> Vec<&'static str> {
        let language = Language::parse(language);
        themes(&words(title, &tokens(title, language)), language)
    }

    #[test]
    fn the_same_in_every_language() {
        for (language, title) in [
            ("en", "Flames destroy old mill"),
            ("de", "Brand in alter Mühle"),
            ("fr", "L'incendie du vieux moulin"),
            ("es", "Incendio en un viejo molino"),
            ("uk", "Пожежа у старому млині"),
            ("ru", "Пожар на старой мельнице"),
        ] {
            assert!(of(language, title).contains(&"fire"), "{title}: {:?}", of(language, title));
        }
        assert!(of("cy", "Flames destroy old mill").is_empty(), "no list, no themes");
        assert!(of("en", "Quibble").is_empty());
    }

    #[test]
    fn what_is_written_in_the_list_can_be_met() {
        let text = include_str!("../data/themes.txt");
        let mut beyond = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (theme, words) = line.split_once('\t').expect("a theme and its words");
            let (language, words) = words.split_once(' ').expect("a language and words");
            for word in words.split(' ') {
                let written = word.trim_end_matches('*').replace('+', " ");
                if !of(language, &written).contains(&theme) {
                    beyond.push(format!("{theme} {language} {word}"));
                }
            }
        }
        assert!(beyond.is_empty(), "{}", beyond.join("\n"));
    }
}
