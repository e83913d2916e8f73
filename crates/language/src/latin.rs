//! Words of names in comparable form: Latin letters, lower case, no accents, no case endings.
//!
//! Cyrillic (Russian, Ukrainian and the letters of their neighbours) and Greek are transliterated the way news
//! agencies write names in English; other scripts pass through. Case endings of Slavic names go, so that
//! `Зеленского`, `Зеленським` and `Zelenskyy` are one word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The comparable form of one word of a name.
pub(crate) fn key(word: &str) -> String {
    key_of_normal(crate::terms::normalise(word))
}

/// The same of a word in the form in which words are compared.
pub(crate) fn key_of_normal(lower: String) -> String {
    if lower.is_ascii() {
        return unify_ending(lower);
    }
    let cyrillic = lower.chars().any(is_cyrillic);
    let bare = if cyrillic { nominative(&lower) } else { lower };
    let latin = transliterate(&bare);
    if cyrillic { latin.replace("yye", "ye") } else { unify_ending(latin) }
}

/// Latin letters for Cyrillic and Greek ones, accents folded; others as they are.
pub(crate) fn transliterate(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut latin = String::with_capacity(word.len());
    let ukrainian = word.contains(['і', 'ї', 'є', 'ґ']);
    for c in word.chars() {
        match letter(c, ukrainian) {
            Some(letters) => latin.push_str(letters),
            None => latin.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    latin
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

#[rustfmt::skip]
fn letter(c: char, ukrainian: bool) -> Option<&'static str> {
    Some(match c {
        'а' => "a", 'б' => "b", 'в' => "v", 'г' if ukrainian => "h", 'г' | 'ґ' => "g", 'д' => "d",
        'е' | 'э' | 'ё' => "e", 'є' => "ye", 'ж' => "zh", 'з' => "z", 'и' if ukrainian => "y",
        'и' | 'і' | 'ї' => "i", 'й' | 'ы' => "y", 'ј' => "j", 'к' => "k", 'л' => "l", 'љ' => "lj", 'м' => "m",
        'н' => "n", 'њ' => "nj", 'о' => "o", 'п' => "p", 'р' => "r", 'с' => "s", 'т' => "t", 'ћ' => "c",
        'у' | 'ў' => "u", 'ф' => "f", 'х' => "kh", 'ц' => "ts", 'ч' => "ch", 'џ' => "dz", 'ш' => "sh",
        'щ' => "shch", 'ъ' | 'ь' | '\'' => "", 'ю' => "yu", 'я' => "ya", 'ђ' => "dj",
        'α' | 'ά' => "a", 'β' => "v", 'γ' => "g", 'δ' => "d", 'ε' | 'έ' => "e", 'ζ' => "z",
        'η' | 'ή' | 'ι' | 'ί' | 'ϊ' | 'ΐ' => "i", 'θ' => "th", 'κ' => "k", 'λ' => "l", 'μ' => "m", 'ν' => "n",
        'ξ' => "x", 'ο' | 'ό' | 'ω' | 'ώ' => "o", 'π' => "p", 'ρ' => "r", 'σ' | 'ς' => "s", 'τ' => "t",
        'υ' | 'ύ' | 'ϋ' | 'ΰ' => "y", 'φ' => "f", 'χ' => "ch", 'ψ' => "ps",
        'ß' => "ss", 'ø' => "o", 'ł' => "l", 'đ' | 'ð' => "d", 'æ' => "ae", 'œ' => "oe", 'ı' => "i", 'þ' => "th",
        _ => return None,
    })
}

/// Endings of the oblique cases of names, from long to short.
#[rustfmt::skip]
const CASES: &[&str] = &[
    "ові", "еві", "єві", "ого", "его", "ому", "ему", "ами", "ями", "ими", "ыми", "ою", "ею", "єю", "ой", "ей",
    "ом", "ем", "єм", "ём", "ым", "им", "ім", "ах", "ях", "ам", "ям", "ых", "их", "ий", "ый", "ая", "яя", "ое",
    "ую", "юю", "ии", "ия", "ию", "ие", "ії", "ія", "ію", "іє", "а", "я", "у", "ю", "е", "є", "ы", "и", "і",
    "ї", "о", "ь", "й",
];

/// The word without its case ending; adjectival surnames get the ending of the nominative.
fn nominative(word: &str) -> String {
    // `Львові` is `Львов` with one letter, not `Льв` with three.
    let fits = |ending: &&&str| {
        let least = if ending.chars().nth(2).is_some() { 4 } else { 3 };
        word.strip_suffix(**ending).is_some_and(|stem| stem.chars().nth(least - 1).is_some())
    };
    let Some(stem) = CASES.iter().find(fits).and_then(|ending| word.strip_suffix(*ending)) else {
        return word.to_owned();
    };
    let stem = stem.trim_end_matches('ь');
    let adjectival = stem.chars().nth(4).is_some()
        && (stem.ends_with("ск") || stem.ends_with("цк") || stem.ends_with("ськ"));
    if adjectival { format!("{stem}ы") } else { stem.to_owned() }
}

/// One spelling of the ending that is written `-sky, -skyy, -skiy, -skyi, -skyj, -skij, -skii`.
fn unify_ending(word: String) -> String {
    for ending in ["skyy", "skiy", "skyi", "skyj", "skij", "skii"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return format!("{stem}sky");
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn one_name_one_key() {
        let check = |words: &[&str], expect: &str| {
            for word in words {
                assert_eq!(key(word), expect, "{word}");
            }
        };
        check(&["Зеленский", "Зеленского", "Зеленським", "Zelenskyy", "Zelensky's", "Zelenskiy"], "zelensky");
        check(&["Путин", "Путина", "Путиным", "Путін", "Putin"], "putin");
        check(&["Лавров", "Лаврова", "Лаврову", "Lavrov"], "lavrov");
        check(&["Łódź"], "lodz");
        check(&["Μητσοτάκης"], "mitsotakis");
        check(&["Erdoğan’s", "ERDOĞAN"], "erdogan");
    }
}
