//! Numbers with what they count: `9 dead`, `50 %`, `$3 billion`, `13th package`, `twelve people`.

use crate::hash::Map;
use crate::terms::{Terms, lower, normalise};
use crate::token::{Token, TokenKind};
use news::{Figure, Language};
use std::sync::LazyLock;

/// Figures of one article at most; lists of results hold hundreds.
const MOST: usize = 200;

/// The figures of a text.
pub(crate) fn figures(
    text: &str,
    tokens: &[Token],
    language: Language,
    terms: &Terms,
    in_title: bool,
) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() && found.len() < MOST {
        let Some((mut value, used)) = whole(tokens, at, text, language) else {
            at += 1;
            continue;
        };
        let mut of = sign_before(tokens, at, text).map(str::to_owned);
        let scale = scale_behind(tokens, at, used, text);
        at += used + usize::from(scale.is_some());
        value *= scale.unwrap_or(1.0);
        if of.is_none() {
            of = counted(tokens, at, text, terms);
        }
        found.push(Figure { value, of, in_title });
    }
    found
}

/// The number at a token, and how many tokens it takes: "three million", "thirty-one".
pub(crate) fn number(tokens: &[Token], at: usize, text: &str, language: Language) -> Option<(f64, usize)> {
    let (value, used) = whole(tokens, at, text, language)?;
    let scale = scale_behind(tokens, at, used, text);
    Some((value * scale.unwrap_or(1.0), used + usize::from(scale.is_some())))
}

/// The same without what scales it.
fn whole(tokens: &[Token], at: usize, text: &str, language: Language) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    let value = value_of(token, text, language)?;
    let tens = token.kind == TokenKind::Word && (20.0..100.0).contains(&value) && value % 10.0 == 0.0;
    let next = tokens.get(at + 1).filter(|next| tens && next.kind == TokenKind::Word);
    let between = |next: &Token| text.get(token.span.end as usize..next.span.start as usize);
    let next = next.filter(|next| matches!(between(next), Some("-" | " ")));
    let ones = next.and_then(|next| match value_of(next, text, language) {
        None if between(next) == Some("-") && word(next, text) == "one" => Some(1.0),
        ones => ones.filter(|ones| *ones < 10.0),
    });
    Some(ones.map_or((value, 1), |ones| (value + ones, 2)))
}

/// The sign that stands before a token, with no more than a space between.
fn sign_before<'t>(tokens: &[Token], at: usize, text: &'t str) -> Option<&'t str> {
    let sign = tokens.get(at.checked_sub(1)?).filter(|token| token.kind == TokenKind::Symbol)?;
    (sign.span.end + 2 > tokens.get(at)?.span.start).then(|| sign.span.of(text))
}

/// What scales the number that begins at a token and takes so many.
fn scale_behind(tokens: &[Token], at: usize, used: usize, text: &str) -> Option<f64> {
    let word = normalise(word(tokens.get(at + used)?, text));
    // Waves of `5 m` are metres: only money is counted in them.
    if word == "m" {
        return sign_before(tokens, at, text).filter(|sign| !matches!(*sign, "%" | "٪")).map(|_| 1e6);
    }
    scale(&word)
}

/// Whether a token, the word `plain` when it is normalised, means per cent.
pub(crate) fn is_per_cent(plain: &str, tokens: &[Token], at: usize, text: &str) -> bool {
    // `3 per day` is no share.
    let cent = || tokens.get(at + 1).is_some_and(|next| matches!(next.span.of(text), "cent" | "cento"));
    PER_CENT.contains(&plain) || plain == "per" && cent()
}

fn word<'t>(token: &Token, text: &'t str) -> &'t str {
    if token.span.len() > 64 { "" } else { token.span.of(text) }
}

/// What a number in front of a token counts.
fn counted(tokens: &[Token], at: usize, text: &str, terms: &Terms) -> Option<String> {
    let token = tokens.get(at)?;
    match token.kind {
        TokenKind::Symbol => Some(token.span.of(text).to_owned()),
        TokenKind::Word => {
            let word = normalise(word(token, text));
            if is_per_cent(&word, tokens, at, text) { Some("%".to_owned()) } else { terms.stem(&word) }
        }
        _ => None,
    }
}

const PER_CENT: &[&str] = &[
    "percent",
    "prozent",
    "pourcent",
    "процент",
    "процента",
    "процентов",
    "відсотків",
    "відсотка",
    "відсотки",
];

fn value_of(token: &Token, text: &str, language: Language) -> Option<f64> {
    match token.kind {
        TokenKind::Number => parse(word(token, text)),
        TokenKind::Word => {
            let word = word(token, text);
            let numbers = numbers_of(language)?;
            let opening = word.bytes().next()?.to_ascii_lowercase();
            let may_be = numbers.openings[usize::from(opening)] || !opening.is_ascii();
            if may_be { number_word(&lower(word), numbers, language) } else { None }
        }
        _ => None,
    }
}

/// `3`, `3,000`, `3.000`, `2.5`, `2,5`, `13th`. A mark before exactly three digits groups thousands.
fn parse(word: &str) -> Option<f64> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let mut plain = String::with_capacity(digits.len());
    let mut parts = digits.split([',', '.']).peekable();
    plain.push_str(parts.next()?);
    while let Some(part) = parts.next() {
        let groups = part.len() == 3 && plain != "0";
        if !groups {
            if parts.peek().is_some() {
                return None;
            }
            plain.push('.');
        }
        plain.push_str(part);
    }
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" | "tausend" | "mille" | "mil" | "тысяч" | "тысячи" | "тыс" | "тисяч" | "тисячі"
        | "тис" => 1e3,
        "million" | "millions" | "mln" | "mn" | "mio" | "millionen" | "millón" | "millones" | "milhão"
        | "milhões" | "миллион" | "миллиона" | "миллионов" | "млн" | "мільйон" | "мільйона" | "мільйонів" => {
            1e6
        }
        "billion"
        | "billions"
        | "bn"
        | "mrd"
        | "milliarde"
        | "milliarden"
        | "milliard"
        | "milliards"
        | "bilhão"
        | "bilhões"
        | "миллиард"
        | "миллиарда"
        | "миллиардов"
        | "млрд"
        | "мільярд"
        | "мільярда"
        | "мільярдів" => 1e9,
        "trillion" | "trillions" | "трлн" => 1e12,
        "dozen" => 12.0,
        _ => return None,
    })
}

/// Number words by language: from two on, and the tens from twenty on. Those for one are articles in most languages
/// and left out.
#[rustfmt::skip]
const NUMBER_WORDS: &[(&str, &str, &str)] = &[
    (
        "en",
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
    ),
    (
        "de",
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    ),
    (
        "fr",
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        "vingt trente quarante cinquante soixante",
    ),
    (
        "es",
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    ),
    (
        "pt",
        "dois três quatro cinco seis sete oito nove dez onze doze",
        "vinte trinta quarenta cinquenta sessenta",
    ),
    (
        "ru",
        "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    ),
    (
        "uk",
        "два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять",
        "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
    ),
];

/// Number words in the cases in which news has them: "выросло до семи", "двоє загинули".
#[rustfmt::skip]
const RUSSIAN: &[(&str, f64)] = &[
    ("двое", 2.0), ("двух", 2.0), ("трое", 3.0), ("трех", 3.0), ("трёх", 3.0), ("четверо", 4.0), ("четырех", 4.0),
    ("четырёх", 4.0), ("пятеро", 5.0), ("пяти", 5.0), ("шестеро", 6.0), ("шести", 6.0), ("семеро", 7.0),
    ("семи", 7.0), ("восьмеро", 8.0), ("восьми", 8.0), ("девятеро", 9.0), ("девяти", 9.0), ("десятеро", 10.0),
    ("десяти", 10.0), ("одиннадцати", 11.0), ("двенадцати", 12.0), ("тринадцати", 13.0), ("пятнадцати", 15.0),
    ("двадцати", 20.0), ("тридцати", 30.0),
];
#[rustfmt::skip]
const UKRAINIAN: &[(&str, f64)] = &[
    ("двоє", 2.0), ("двох", 2.0), ("дві", 2.0), ("троє", 3.0), ("трьох", 3.0), ("четверо", 4.0), ("чотирьох", 4.0),
    ("п'ятеро", 5.0), ("п'яти", 5.0), ("п'ятьох", 5.0), ("шестеро", 6.0), ("шести", 6.0), ("семеро", 7.0),
    ("семи", 7.0), ("восьмеро", 8.0), ("восьми", 8.0), ("дев'ятеро", 9.0), ("дев'яти", 9.0), ("десятеро", 10.0),
    ("десяти", 10.0), ("одинадцятеро", 11.0), ("одинадцяти", 11.0), ("дванадцятеро", 12.0), ("дванадцяти", 12.0),
    ("п'ятнадцяти", 15.0), ("двадцяти", 20.0), ("тридцяти", 30.0),
];

/// The numbers of a language, by word.
struct Numbers {
    words: Map<&'static str, f64>,
    /// First bytes that one of them has: most words are passed over at one look.
    openings: [bool; 256],
}

fn numbers_of(language: Language) -> Option<&'static Numbers> {
    static NUMBERS: LazyLock<Map<&'static str, Numbers>> = LazyLock::new(|| {
        NUMBER_WORDS.iter().map(|(code, small, tens)| (*code, numbers(code, small, tens))).collect()
    });
    NUMBERS.get(language.code())
}

fn number_word(word: &str, numbers: &Numbers, language: Language) -> Option<f64> {
    let numbers = &numbers.words;
    // "Einunddreißig".
    numbers.get(word).copied().or_else(|| {
        let (ones, tens) = word.split_once("und").filter(|_| language.code() == "de")?;
        let ones = if ones == "ein" { 1.0 } else { numbers.get(ones).copied()? };
        let tens = numbers.get(tens).copied()?;
        (tens >= 20.0 && ones < 10.0).then_some(tens + ones)
    })
}

fn numbers(code: &str, small: &'static str, tens: &'static str) -> Numbers {
    let small = small.split(' ').zip(2_u8..).map(|(word, value)| (word, f64::from(value)));
    let tens = tens.split(' ').zip(2_u8..).map(|(word, value)| (word, f64::from(value) * 10.0));
    let inflected = match code {
        "ru" => RUSSIAN,
        "uk" => UKRAINIAN,
        _ => &[],
    };
    let mut words = Map::default();
    for (word, value) in small.chain(tens).chain(inflected.iter().copied()) {
        words.entry(word).or_insert(value);
    }
    let mut openings = [false; 256];
    // "ein" begins what has no word of its own.
    for opening in words.keys().filter_map(|word| word.bytes().next()).chain([b'e']) {
        openings[usize::from(opening)] = true;
    }
    Numbers { words, openings }
}

#[cfg(test)]
mod tests {
    use super::figures;
    use crate::{terms::Terms, token::tokens};
    use news::Language;

    fn check(text: &str, code: &str, expect: &[(f64, Option<&str>)]) {
        let language = Language::parse(code);
        let found = figures(text, &tokens(text, language), language, &Terms::of(language), false);
        let found: Vec<_> = found.iter().map(|figure| (figure.value, figure.of.as_deref())).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn numbers_and_what_they_count() {
        check("9 dead, twelve injured", "en", &[(9.0, Some("dead")), (12.0, Some("injur"))]);
        check(
            "The 13th package costs $3.5 billion or 50 %",
            "en",
            &[(13.0, Some("packag")), (3.5e9, Some("$")), (50.0, Some("%"))],
        );
        check("3.000 Menschen, 2,5 Millionen Euro", "de", &[(3000.0, Some("mensch")), (2.5e6, Some("euro"))]);
        check("В 5 тыс. домов", "ru", &[(5000.0, Some("дом"))]);
        check("Thirty-one dead, two dozen hurt", "en", &[(31.0, Some("dead")), (24.0, Some("hurt"))]);
        check("Einunddreißig Tote", "de", &[(31.0, Some("tot"))]);
        check("$5 m for a hall", "en", &[(5e6, Some("$"))]);
        check("waves of 5 m", "en", &[(5.0, None)]);
        check("the 100 m final", "en", &[(100.0, None)]);
        check("up 9 per cent", "en", &[(9.0, Some("%"))]);
        check("su del 9 per cento", "it", &[(9.0, Some("%"))]);
        check("3 per day", "en", &[(3.0, None)]);
        check("двадцять п'ять будинків", "uk", &[(25.0, Some("будинк"))]);
    }
}
