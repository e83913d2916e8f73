//! Cutting text to a length without breaking characters, words or the mark that something is missing.

use std::borrow::Cow;

/// Shows that a text goes on.
const MORE: &str = "…";

/// Characters at the end that are given up so that the cut falls between two words.
const WORD: usize = 24;

/// Bytes that a character takes inside a JSON string.
fn in_json(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' => 6,
        _ => c.len_utf8(),
    }
}

/// Bytes that a text takes inside a JSON string.
pub(crate) fn json_length(text: &str) -> usize {
    text.chars().map(in_json).sum()
}

/// The text in at most `most` bytes of a JSON string: cut at a word where one ends near, marked where it was cut.
pub(crate) fn shorten(text: &str, most: usize) -> Cow<'_, str> {
    let mut used = 0;
    // The last place where the text so far and the mark fit.
    let mut fits = 0;
    for (at, c) in text.char_indices() {
        if used + MORE.len() <= most {
            fits = at;
        }
        used += in_json(c);
        if used > most {
            let kept = text.get(..fits).unwrap_or_default();
            return if most < MORE.len() {
                Cow::Borrowed("")
            } else {
                Cow::Owned(format!("{}{MORE}", whole(kept)))
            };
        }
    }
    Cow::Borrowed(text)
}

/// Without a last piece of a word, when that is short.
fn whole(kept: &str) -> &str {
    let near = kept.char_indices().rev().take(WORD).find(|(_, c)| c.is_whitespace());
    near.and_then(|(at, _)| kept.get(..at)).unwrap_or(kept).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_fall_between_words_and_never_inside_a_character() {
        let check =
            |text: &str, most, expect: &str| assert_eq!(shorten(text, most), expect, "{text:?} {most}");
        check("all of it", 9, "all of it");
        check("all of it", 8, "all…");
        check("all of it", 3, "…");
        check("all of it", 2, "");
        check("наречие", 8, "на…");
        check("a\u{301}\u{302}bc", 6, "a\u{301}…");
        check("\"\"\"\"", 7, "\"\"…");
        check("unbroken", 7, "unbr…");
        check("", 0, "");
    }

    #[test]
    fn the_length_is_that_of_the_json_text() {
        let all: String = ('\0'..'\u{500}').collect();
        assert_eq!(json_length(&all) + 2, serde_json::to_string(&all).unwrap().len());
        for most in 0..200 {
            let cut = shorten(&all, most);
            assert!(json_length(&cut) <= most);
        }
    }
}
