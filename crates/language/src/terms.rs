//! Tokens into terms: the normalised words and stems in which articles are compared.

use crate::stem::{LONGEST_WORD, Stems};
use crate::stop::{self, Words};
use crate::token::{Token, TokenKind};
use news::Language;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The stop words and stems of one language.
pub(crate) struct Terms {
    stop: &'static Words,
    stems: Stems,
}

impl Terms {
    pub(crate) fn of(language: Language) -> Self {
        Self { stop: stop::words(language), stems: Stems::of(language) }
    }

    /// Stems of the content words, in order.
    pub(crate) fn stems(&self, text: &str, tokens: &[Token]) -> Vec<String> {
        let mut found = Vec::with_capacity(tokens.len());
        // `US` is no `us`, and the country tells much.
        for part in tokens.split_inclusive(|token| is_united_states(token.span.of(text))) {
            each_word(text, part, |word| found.extend(self.stem(word)));
            if part.last().is_some_and(|token| is_united_states(token.span.of(text))) && self.is_stop("us") {
                found.push("us".to_owned());
            }
        }
        found
    }

    /// The stem of a normalised word, unless it is a stop word or a lone letter.
    pub(crate) fn stem(&self, word: &str) -> Option<String> {
        let mut letters = word.chars();
        let first = letters.next()?;
        if self.is_stop(word)
            || (letters.next().is_none() && first.is_alphabetic() && !crate::token::is_ideograph(first))
        {
            return None;
        }
        let numeral = first.is_numeric();
        Some(if numeral { word.to_owned() } else { self.stems.stem(word) })
    }

    pub(crate) fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }
}

fn is_united_states(word: &str) -> bool {
    matches!(word, "US" | "U.S" | "U.S." | "US's" | "US’s")
}

/// Normalised words: numbers kept, ideographs as pairs of neighbours, links and signs gone.
pub(crate) fn words(text: &str, tokens: &[Token]) -> Vec<String> {
    let mut words = Vec::with_capacity(tokens.len());
    each_word(text, tokens, |word| words.push(word.to_owned()));
    words
}

fn each_word(text: &str, tokens: &[Token], mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut lone = true;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Word | TokenKind::Number if token.span.len() > LONGEST_WORD * 3 => {}
            TokenKind::Word | TokenKind::Number => {
                let bare = normalise_into(token.span.of(text), &mut word);
                if !bare.is_empty() {
                    take(bare);
                }
            }
            TokenKind::Ideograph => {
                let next = tokens.get(at + 1).filter(|next| is_pair(token, next));
                let end = next.map_or(token.span.end, |next| next.span.end);
                if next.is_some() || lone {
                    word.clear();
                    word.extend(news::Span { start: token.span.start, end }.of(text).nfkc());
                    take(&word);
                }
                lone = next.is_none();
                continue;
            }
            TokenKind::Symbol | TokenKind::Link => {}
        }
        lone = true;
    }
}

fn is_pair(token: &Token, next: &Token) -> bool {
    next.kind == TokenKind::Ideograph && next.span.start == token.span.end
}

/// One word as it is compared: NFKC, lower case, one kind of apostrophe, no possessive, no dots inside.
pub(crate) fn normalise(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    let bare = normalise_into(word, &mut plain).len();
    if bare < plain.len() {
        return plain.trim_matches('\'').to_owned();
    }
    plain
}

/// The same in a string that is there already.
fn normalise_into<'plain>(word: &str, plain: &'plain mut String) -> &'plain str {
    plain.clear();
    if word.is_ascii() {
        plain.push_str(word);
        plain.make_ascii_lowercase();
    } else {
        let unified = word.nfkc().map(|c| if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { c });
        // Turkish capital İ leaves a combining dot behind its i; soft hyphens are no letters.
        plain.extend(unified.flat_map(char::to_lowercase).filter(|c| !matches!(c, '\u{307}' | '\u{ad}')));
    }
    if plain.ends_with("'s") {
        plain.truncate(plain.len() - 2);
    }
    if plain.contains('.') && plain.chars().any(char::is_alphabetic) {
        plain.retain(|c| c != '.');
    }
    plain.trim_matches('\'')
}

/// A word in lower case; most words are, and stay where they are.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::{Terms, words};
    use crate::token::tokens;
    use news::Language;

    fn stems(text: &str, code: &str) -> Vec<String> {
        let language = Language::parse(code);
        Terms::of(language).stems(text, &tokens(text, language))
    }

    #[test]
    fn content_words_are_stemmed_and_the_rest_goes() {
        assert_eq!(stems("The U.S. president’s talks in the Alps", "en"), ["us", "presid", "talk", "alp"]);
        assert_eq!(stems("Die Verhandlungen der Minister", "de"), ["verhandl", "minist"]);
        assert_eq!(stems("L’armée d'Ukraine", "fr"), ["armé", "ukrain"]);
        assert_eq!(stems("习近平 说", "zh"), ["习近", "近平", "说"]);
    }

    #[test]
    fn words_keep_what_is_said() {
        let text = "ＥＵ’s 13th package: 3,000 jobs";
        assert_eq!(words(text, &tokens(text, Language::ENGLISH)), ["eu", "13th", "package", "3,000", "jobs"]);
    }
}
