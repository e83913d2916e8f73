//! Text into tokens: words, numbers and symbols with their byte spans in the original text.
//!
//! Word boundaries are those of UAX 29, with three changes: addresses become one token, French and Italian
//! elisions (`l'armée`) become two, and characters of scripts that are written without spaces stand alone
//! (terms are made of two neighbours, see `terms`).
//!
//! No boundary depends on what stands behind a space, so that a text is looked at space by space; what is plain
//! letters and figures between two, as most of an English text is, is one word without asking for boundaries.

use news::{Language, Span};
use unicode_segmentation::UnicodeSegmentation;

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with digits or apostrophes in between.
    Word,
    /// Begins with a digit: `3`, `3,000.5`, `13th`.
    Number,
    /// One character of a script without spaces (Han, kana, Thai, Lao, Khmer, Burmese).
    Ideograph,
    /// A currency or per cent sign.
    Symbol,
    /// An address on the web.
    Link,
}

/// The tokens of `text` in their order. Spans never overlap.
pub fn tokens(text: &str, language: Language) -> Vec<Token> {
    let elides = matches!(language.code(), "fr" | "it" | "ca");
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut resume = 0;
    for (start, chunk) in chunks(text) {
        if let Some((at, word)) = lone_word(chunk) {
            let span = Span::new(start + at, start + at + word.len());
            found.extend(kind_of(word).filter(|_| start >= resume).map(|kind| Token { span, kind }));
            continue;
        }
        for (at, word) in bounded(text, start, start + chunk.len()).filter(|(at, _)| *at >= start) {
            if at < resume {
                continue;
            }
            let Some(kind) = kind_of(word) else { continue };
            let end = at + word.len();
            if kind == TokenKind::Word && begins_link(word, text.get(end..).unwrap_or_default()) {
                resume = at + link_length(text.get(at..).unwrap_or_default());
                found.push(Token { span: Span::new(at, resume), kind: TokenKind::Link });
            } else if let Some(cut) = elision(word).filter(|_| elides && kind == TokenKind::Word) {
                found.push(Token { span: Span::new(at, at + cut), kind });
                found.push(Token { span: Span::new(at + cut, end), kind });
            } else {
                found.push(Token { span: Span::new(at, end), kind });
            }
        }
    }
    found
}

/// What stands between spaces and line breaks, and where.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split([' ', '\n']).filter_map(move |chunk| {
        let at = start;
        start += chunk.len() + 1;
        (!chunk.is_empty()).then_some((at, chunk))
    })
}

/// The one word of a chunk of plain letters and figures with nothing but common marks around them, and where it begins.
fn lone_word(chunk: &str) -> Option<(usize, &str)> {
    let inner = chunk.trim_start_matches(is_aside);
    let word = inner.trim_end_matches(is_aside);
    let plain = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some((chunk.len() - inner.len(), word))
}

/// Marks that join two letters or figures at most, and nothing to the end of a word.
fn is_aside(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | ',' | '.' | ';' | ':' | '!' | '?')
}

/// The pieces between boundaries from `start` to `end`. The space before is looked at, too: an accent may hang on it.
fn bounded(text: &str, start: usize, end: usize) -> impl Iterator<Item = (usize, &str)> {
    let from = start.saturating_sub(1);
    let seen = text.get(from..end).unwrap_or_default();
    seen.split_word_bound_indices().map(move |(at, word)| (from + at, word))
}

fn kind_of(word: &str) -> Option<TokenKind> {
    let first = word.chars().next()?;
    if first.is_numeric() {
        Some(TokenKind::Number)
    } else if is_ideograph(first) {
        Some(TokenKind::Ideograph)
    } else if first.is_alphabetic() {
        Some(TokenKind::Word)
    } else if matches!(first, '%' | '$' | '€' | '£' | '¥' | '₽' | '₴' | '₹' | '₺' | '₪' | '₩' | '٪')
    {
        Some(TokenKind::Symbol)
    } else {
        None
    }
}

/// Whether words of this character's script are not parted by spaces.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

fn begins_link(word: &str, rest: &str) -> bool {
    (word.eq_ignore_ascii_case("http") || word.eq_ignore_ascii_case("https")) && rest.starts_with("://")
        || word.len() > 4 && word.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
}

/// Bytes to the end of an address, closing punctuation left outside.
fn link_length(rest: &str) -> usize {
    let whole = rest.split(char::is_whitespace).next().unwrap_or_default();
    whole.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '»', '”']).len()
}

/// Where an article or preposition that lost its vowel ends: `l'|armée`, `dell'|economia`.
fn elision(word: &str) -> Option<usize> {
    let at = word.find(['\'', '’'])?;
    let head = word.get(..at)?;
    let elided = matches!(
        head.to_lowercase().as_str(),
        "l" | "d"
            | "j"
            | "m"
            | "n"
            | "s"
            | "t"
            | "c"
            | "qu"
            | "jusqu"
            | "lorsqu"
            | "puisqu"
            | "quelqu"
            | "un"
            | "all"
            | "dall"
            | "dell"
            | "nell"
            | "sull"
            | "quell"
            | "dov"
            | "com"
            | "gl"
    );
    let cut = at + word.get(at..)?.chars().next()?.len_utf8();
    (elided && cut < word.len()).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::tokens;
    use news::Language;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn check(text: &str, language: &str, expect: &[&str]) {
        let found = tokens(text, Language::parse(language));
        let words: Vec<_> = found.iter().map(|token| token.span.of(text)).collect();
        assert_eq!(words, expect, "{text}");
    }

    #[test]
    fn words_numbers_and_signs() {
        check("Don't pay $3,000.50 — or 50 %!", "en", &["Don't", "pay", "$", "3,000.50", "or", "50", "%"]);
        check("The 13th U.S. package", "en", &["The", "13th", "U.S", "package"]);
        check("L’armée d'Ukraine", "fr", &["L’", "armée", "d'", "Ukraine"]);
        check("Об’єднані сили", "uk", &["Об’єднані", "сили"]);
        check("习近平说", "zh", &["习", "近", "平", "说"]);
    }

    proptest! {
        #[test]
        fn boundaries_are_those_of_the_whole_text(text in "[a-zA-Z0-9é.,:;'’\"()_ \n\u{300}\u{200d}\u{a0}\u{5d0}😀🇩-]{0,40}") {
            let found: Vec<_> = tokens(&text, Language::ENGLISH).iter().map(|token| token.span.of(&text).to_owned()).collect();
            let whole = text.split_word_bounds().filter(|word| super::kind_of(word).is_some());
            prop_assert_eq!(found, whole.map(str::to_owned).collect::<Vec<_>>());
        }
    }

    #[test]
    fn addresses_are_one_token() {
        check("See https://example.org/a?b=c. Now", "en", &["See", "https://example.org/a?b=c", "Now"]);
        check("www.example.org/x, then", "en", &["www.example.org/x", "then"]);
    }
}
