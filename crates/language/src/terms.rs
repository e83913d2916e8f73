//! Tokens into terms: the normalised words and stems in which articles are compared.

use crate::stem::{LONGEST_WORD, Stems};
use crate::stop::{self, Words};
use crate::token::{Token, TokenKind};
use news::Language;
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
            let words = words(text, part);
            let stems = words.iter().filter_map(|word| self.stem(word));
            found.extend(stems);
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
    let mut lone = true;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Word | TokenKind::Number => words.extend(word_of(token, text)),
            TokenKind::Ideograph => {
                let next = tokens.get(at + 1).filter(|next| is_pair(token, next));
                let end = next.map_or(token.span.end, |next| next.span.end);
                if next.is_some() || lone {
                    words.push(news::Span { start: token.span.start, end }.of(text).nfkc().collect());
                }
                lone = next.is_none();
                continue;
            }
            TokenKind::Symbol | TokenKind::Link => {}
        }
        lone = true;
    }
    words
}

fn is_pair(token: &Token, next: &Token) -> bool {
    next.kind == TokenKind::Ideograph && next.span.start == token.span.end
}

fn word_of(token: &Token, text: &str) -> Option<String> {
    if token.span.len() > LONGEST_WORD * 3 {
        return None;
    }
    let word = normalise(token.span.of(text));
    (!word.is_empty()).then_some(word)
}

/// One word as it is compared: NFKC, lower case, one kind of apostrophe, no possessive, no dots inside.
pub(crate) fn normalise(word: &str) -> String {
    let mut plain: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        let unified = word.nfkc().map(|c| if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { c });
        // Turkish capital İ leaves a combining dot behind its i; soft hyphens are no letters.
        unified.flat_map(char::to_lowercase).filter(|c| !matches!(c, '\u{307}' | '\u{ad}')).collect()
    };
    if let Some(bare) = plain.strip_suffix("'s") {
        plain.truncate(bare.len());
    }
    if plain.contains('.') && plain.chars().any(char::is_alphabetic) {
        plain.retain(|c| c != '.');
    }
    if plain.starts_with('\'') || plain.ends_with('\'') {
        return plain.trim_matches('\'').to_owned();
    }
    plain
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
