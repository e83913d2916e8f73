//! Numbers in a headline that tell one happening from another: the place in a row, the year, and that it looks back.

/// Endings that make a numeral an ordinal in the languages we know, as part of it or as a word behind it.
const ENDINGS: &[&str] = &[
    "st", "nd", "rd", "th", "e", "er", "re", "eme", "ème", "º", "ª", "o", "a", "й", "го", "му", "я", "ой",
    "ю", "ий", "ого", "та", "те", "ша",
];

/// Beginnings of ordinals in words, English, German, French, Spanish, Ukrainian, Russian.
#[rustfmt::skip]
const WORDS: &[(u32, &[&str])] = &[
    (1, &["first", "erste", "premi", "primer", "перш", "перв"]),
    (2, &["second", "zweite", "deuxi", "second", "segund", "друг", "втор"]),
    (3, &["third", "dritte", "troisi", "tercer", "трет"]),
    (4, &["fourth", "vierte", "quatri", "cuart", "четверт"]),
    (5, &["fifth", "fünfte", "cinqui", "quint", "п'ят", "п’ят", "пят"]),
    (6, &["sixth", "sechste", "sixi", "sext", "шост", "шест"]),
    (7, &["seventh", "siebte", "septi", "sépti", "сьом", "седьм"]),
    (8, &["eighth", "achte", "huiti", "octav", "восьм"]),
    (9, &["ninth", "neunte", "neuvi", "noven", "дев'ят", "дев’ят", "девят"]),
    (10, &["tenth", "zehnte", "dixi", "décim", "десят"]),
    (11, &["eleventh", "elfte", "onzi", "undéc", "одинадцят", "одиннадцат"]),
    (12, &["twelfth", "zwölfte", "douzi", "duodéc", "дванадцят", "двенадцат"]),
    (13, &["thirteenth", "dreizehnte", "treizi", "decimoterc", "тринадцят", "тринадцат"]),
    (14, &["fourteenth", "vierzehnte", "quatorzi", "decimocuart", "чотирнадцят", "четырнадцат"]),
    (15, &["fifteenth", "fünfzehnte", "quinzi", "decimoquint", "п'ятнадцят", "пятнадцат"]),
];

/// Beginnings of what is counted in a row, with the number before or behind: stage 7, 12. Spieltag, jornada 5.
const COUNTED: &[&str] = &[
    "stage",
    "round",
    "matchday",
    "match",
    "game",
    "group",
    "phase",
    "quarter",
    "quartal",
    "gruppe",
    "trimestre",
    "sesión",
    "session",
    "episode",
    "spieltag",
    "runde",
    "etappe",
    "folge",
    "journée",
    "étape",
    "jornada",
    "etapa",
    "ronda",
    "тур",
    "етап",
    "этап",
    "раунд",
    "package",
    "paket",
    "paquet",
    "paquete",
    "пакет",
];
/// Endings of compounds that are.
const COUNTED_COMPOUNDS: &[&str] = &["paket", "runde", "spieltag", "etappe"];

const YEARS: &[&str] = &[
    "year",
    "years",
    "jahr",
    "jahre",
    "jahren",
    "an",
    "ans",
    "année",
    "années",
    "año",
    "años",
    "рік",
    "роки",
    "років",
    "год",
    "года",
    "лет",
];
const SINCE: &[&str] = &[
    "after",
    "since",
    "on",
    "ago",
    "nach",
    "danach",
    "après",
    "después",
    "tras",
    "після",
    "по",
    "тому",
    "спустя",
    "после",
    "назад",
];
const ANNIVERSARIES: &[&str] = &["annivers", "jahrestag", "anivers", "годовщин", "річниц"];

/// Places in a row, each with the word that is counted.
pub(super) fn ordinals<'a>(words: &'a [&'a str]) -> impl Iterator<Item = (u32, &'a str)> {
    words.iter().enumerate().filter_map(|(at, word)| {
        let behind = |steps: usize| words.get(at + steps).copied();
        if let Some(count) = in_words(word).or_else(|| written(word)) {
            return Some((count, behind(1)?));
        }
        let count: u32 = word.parse().ok().filter(|_| word.len() <= 3)?;
        if behind(1).is_some_and(|next| ENDINGS.contains(&next)) {
            return Some((count, behind(2)?));
        }
        let counted = |word: &&str| {
            COUNTED.iter().any(|beginning| word.starts_with(beginning))
                || COUNTED_COMPOUNDS.iter().any(|ending| word.ends_with(ending))
        };
        let before = at.checked_sub(1).and_then(|before| words.get(before)).copied();
        behind(1).filter(counted).or(before.filter(counted)).map(|of| (count, of))
    })
}

fn in_words(word: &str) -> Option<u32> {
    let plain = word.replace('ё', "е");
    // The longest beginning decides: fifteenth is not fifth.
    let known =
        WORDS.iter().flat_map(|(count, begin)| begin.iter().map(move |begin| (begin.len(), *count, *begin)));
    known.filter(|(_, _, begin)| plain.starts_with(begin)).max().map(|(_, count, _)| count)
}

/// The numeral of `12th`, `12e`, `12-й`; none of a plain number or a year.
fn written(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = word.get(digits..)?.trim_start_matches(['-', '.', '\u{2011}']);
    let count = word.get(..digits)?.parse().ok()?;
    (digits <= 3 && ENDINGS.contains(&ending)).then_some(count)
}

/// Small numbers as words, English, German, French, Spanish, Ukrainian, Russian.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "dozens",
    "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dutzende",
    "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "onze", "douze", "dizaines",
    "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "decenas",
    "два", "дві", "двое", "двоє", "три", "трое", "троє", "чотири", "четверо", "четыре", "п'ять", "п'ятеро", "пять", "пятеро",
    "шість", "шестеро", "шесть", "сім", "семь", "вісім", "восемь", "дев'ять", "девять", "десять", "десятки",
];

/// Whether a word is a number.
pub(super) fn is_number(word: &str) -> bool {
    word.chars().any(char::is_numeric) || NUMBERS.contains(&word)
}

/// Beginnings of the months, as a headline writes them: March is no march only behind "in", which is not looked at, so
/// that the ambiguous ones are left out in English.
#[rustfmt::skip]
const MONTHS: &[(u32, &[&str])] = &[
    (1, &["january", "januar", "janvier", "enero", "січн", "январ"]),
    (2, &["february", "februar", "février", "febrero", "лют", "феврал"]),
    (3, &["march", "märz", "mars", "marzo", "берез", "март"]),
    (4, &["april", "avril", "abril", "квіт", "апрел"]),
    (5, &["mayo", "травн"]),
    (6, &["june", "juni", "juin", "junio", "червн", "июн"]),
    (7, &["july", "juli", "juillet", "julio", "липн", "июл"]),
    (8, &["august", "août", "agosto", "серпн", "август"]),
    (9, &["september", "septembre", "septiembre", "верес", "сентябр"]),
    (10, &["october", "oktober", "octobre", "octubre", "жовт", "октябр"]),
    (11, &["november", "novembre", "noviembre", "листоп", "ноябр"]),
    (12, &["december", "dezember", "décembre", "diciembre", "груд", "декабр"]),
];

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<u32> {
    let ending = |begin: &str| word.strip_prefix(begin).is_some_and(|rest| rest.chars().nth(2).is_none());
    MONTHS.iter().find(|(_, begin)| begin.iter().any(|begin| ending(begin))).map(|(number, _)| *number)
}

/// A year of our time.
pub(super) fn year(word: &str) -> Option<u32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1990..2100).contains(year))
}

/// Whether a headline looks back at what happened years ago: *a year after*, *Jahrestag*.
pub(super) fn looks_back(words: &[&str]) -> bool {
    let anniversary = |word: &&str| ANNIVERSARIES.iter().any(|beginning| word.starts_with(beginning));
    words.iter().any(anniversary)
        || words.windows(2).any(|pair| YEARS.contains(&pair[0]) && SINCE.contains(&pair[1]))
}

#[cfg(test)]
mod tests {
    use super::{in_words, ordinals, written};

    #[test]
    fn numerals_that_count() {
        assert_eq!(written("12th"), Some(12));
        assert_eq!(written("13-й"), Some(13));
        assert_eq!(written("2024"), None);
        assert_eq!(written("7"), None);
        assert_eq!(written("th"), None);
        assert_eq!(in_words("fifteenth"), Some(15));
        assert_eq!(in_words("dreizehntes"), Some(13));
        assert_eq!(in_words("четвёртый"), Some(4));
        let found = |words: &[&str]| ordinals(words).map(|(count, _)| count).collect::<Vec<_>>();
        assert_eq!(found(&["12", "spieltag"]), [12]);
        assert_eq!(found(&["33", "sanktionspaket"]), [33]);
        assert_eq!(found(&["12", "й", "пакет"]), [12]);
        assert_eq!(found(&["jornada", "5", "el"]), [5]);
        assert_eq!(found(&["7", "killed"]), []);
    }
}
