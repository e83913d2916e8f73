//! Spellings of places in the form in which they are looked up.
//!
//! Latin and Greek letters lose case and accents, hyphens are spaces, apostrophes are nothing. Cyrillic words keep
//! their letters; the second form of a Cyrillic name has lost the case endings of its words, so that `Херсонской
//! области` and `Херсонська область` find their nominatives. The builder of the atlas and the reader of texts use the
//! same two functions.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that are written in two ways.
const SAME: &[(&str, &str)] = &[("st", "saint"), ("ste", "sainte"), ("mt", "mount"), ("ft", "fort")];

/// The form in which a name is looked up: words parted by one space.
pub fn spelling(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        fold(c, &mut plain);
    }
    if !plain.contains(' ') && SAME.iter().all(|(short, _)| *short != plain) {
        return plain;
    }
    let words = plain.split(' ').filter(|word| !word.is_empty());
    let words =
        words.map(|word| SAME.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long));
    words.collect::<Vec<_>>().join(" ")
}

fn fold(c: char, plain: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => plain.push(c),
        'A'..='Z' => plain.push(c.to_ascii_lowercase()),
        ' ' | '-' | '‑' | '–' | '/' | ',' | '\u{a0}' | '\u{200c}' => plain.push(' '),
        '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '"' | '”' | '.' | '\u{ad}' | '\u{200d}' | '\u{640}' =>
            {}
        'ß' => plain.push_str("ss"),
        'ø' | 'Ø' => plain.push('o'),
        'ł' | 'Ł' => plain.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => plain.push('d'),
        'æ' | 'Æ' => plain.push_str("ae"),
        'œ' | 'Œ' => plain.push_str("oe"),
        'ı' => plain.push('i'),
        'þ' | 'Þ' => plain.push_str("th"),
        'ə' | 'Ə' => plain.push('a'),
        'ё' | 'Ё' => plain.push('е'),
        'أ' | 'إ' | 'آ' | 'ٱ' => plain.push('ا'),
        'ى' | 'ی' => plain.push('ي'),
        'ک' => plain.push('ك'),
        'ة' => plain.push('ه'),
        _ if is_combining_mark(c) && u32::from(c) < 0x700 => {}
        // Only Latin and Greek lose their accents: й is no и, and Hangul must stay whole.
        _ if u32::from(c) < 0x400 || ('\u{1e00}'..'\u{2000}').contains(&c) => {
            let bare = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c));
            plain.extend(bare.flat_map(char::to_lowercase));
        }
        _ => plain.extend(c.to_lowercase()),
    }
}

/// Case endings of Russian and Ukrainian, from long to short.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "ого", "его", "ому", "ему", "ами", "ями", "ими", "ыми", "ої", "ою", "єю", "ею", "ій", "ий",
    "ый", "ой", "ей", "ая", "яя", "ое", "ую", "юю", "ом", "ем", "єм", "ям", "ам", "ях", "ах", "ых", "их", "ым",
    "им", "а", "я", "у", "ю", "е", "є", "ы", "и", "і", "ї", "о", "ь", "й",
];

/// Ends of stems that change with the case: `Львів`, `Львова`; `Київ`, `Києва`; `Киев`.
const STEM_ENDS: &[&str] = &["їв", "ів", "ев", "єв"];

/// A Cyrillic spelling without the case endings of its words; none for other scripts.
pub(super) fn caseless(spelling: &str) -> Option<String> {
    let cyrillic = spelling.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
    cyrillic.then(|| spelling.split(' ').map(stem).collect::<Vec<_>>().join(" "))
}

/// Whether the last word of a Cyrillic spelling ends like a case; a bare stem (`Герман`) is no form of `Германия`.
pub(super) fn has_ending(spelling: &str) -> bool {
    spelling.rsplit(' ').next().is_some_and(|word| ending(word).is_some())
}

fn ending(word: &str) -> Option<&'static str> {
    if word.ends_with(|last: char| last.is_ascii()) {
        return None;
    }
    let fits = |ending: &&&str| word.strip_suffix(**ending).is_some_and(|stem| stem.chars().nth(2).is_some());
    ENDINGS.iter().find(fits).copied()
}

fn stem(word: &str) -> String {
    let bare = ending(word).and_then(|ending| word.strip_suffix(ending)).unwrap_or(word);
    even(bare.trim_end_matches('ь'))
}

/// A stem whose last vowel does not tell the case.
fn even(stem: &str) -> String {
    let end = STEM_ENDS.iter().find_map(|end| stem.strip_suffix(end));
    end.map_or_else(|| stem.to_owned(), |bare| format!("{bare}ов"))
}

/// The two caseless forms under which a name is kept: a word that only looks like a case (`Иерусалим`) is kept whole too.
pub fn kept_forms(spelling: &str) -> Vec<String> {
    let Some(short) = caseless(spelling) else { return Vec::new() };
    let whole =
        spelling.split(' ').map(|word| even(word.trim_end_matches('ь'))).collect::<Vec<_>>().join(" ");
    if whole == short { vec![short] } else { vec![short, whole] }
}

#[cfg(test)]
mod tests {
    use super::{caseless, kept_forms, spelling};

    #[test]
    fn one_place_one_spelling() {
        let check = |written: &[&str], expect: &str| {
            for written in written {
                assert_eq!(spelling(written), expect, "{written}");
            }
        };
        check(&["Zaporizhzhia", "ZAPORIZHZHIA"], "zaporizhzhia");
        check(&["Saint-Étienne", "St. Étienne", "Saint Etienne"], "saint etienne");
        check(&["Mar'yinka", "Mar’yinka"], "maryinka");
        check(&["Khān Yūnis"], "khan yunis");
        check(&["Washington, D.C."], "washington dc");
        check(&["서울"], "서울");
        check(&["Київ"], "київ");
    }

    #[test]
    fn cases_of_a_name_meet() {
        let check = |nominative: &str, cases: &[&str]| {
            let kept = kept_forms(&spelling(nominative));
            for case in cases {
                let found = caseless(&spelling(case)).unwrap_or_default();
                assert!(kept.contains(&found), "{case} is {found}, kept are {kept:?}");
            }
        };
        check("Київ", &["Києва", "Києві", "Києвом", "Киева"]);
        check("Львів", &["Львова", "Львові", "Львовом"]);
        check("Москва", &["Москвы", "Москве", "Москвою", "Москви"]);
        check("Иерусалим", &["Иерусалиме", "Иерусалима"]);
        check("Германия", &["Германии", "Германию", "Германией"]);
        check("Україна", &["України", "Україні", "Україною"]);
        check("Херсонская область", &["Херсонской области", "Херсонскую область", "Херсонской областью"]);
        check("Херсонська область", &["Херсонської області", "Херсонську область", "Херсонській області"]);
        check("Запоріжжя", &["Запоріжжі", "Запоріжжям"]);
    }
}
