//! Character and entity references -> characters. In: text with `&...;`. Out: the text it stands for.
//! What is no reference stays as written, bare ampersands included; nothing is ever expanded twice.

use html5ever::data::NAMED_ENTITIES;
use std::borrow::Cow;

/// Longest name between `&` and `;` that is looked at (`CounterClockwiseContourIntegral` has 31).
const LONGEST_NAME: usize = 32;

/// What Windows-1252 has where Unicode has control characters: publishers mean the former.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Decodes XML and HTML references once. HTML names are accepted in XML too, since feeds use them undeclared.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (head, mut rest) = text.split_at_checked(first).unwrap_or((text, ""));
    out.push_str(head);
    while let Some(after) = rest.strip_prefix('&') {
        let used = reference(after, &mut out);
        if used == 0 {
            out.push('&');
        }
        let after = after.get(used..).unwrap_or_default();
        let end = after.find('&').unwrap_or(after.len());
        out.push_str(after.get(..end).unwrap_or_default());
        rest = after.get(end..).unwrap_or_default();
    }
    Cow::Owned(out)
}

/// Whether a `&` in `text` begins no reference.
pub(crate) fn has_bare_ampersand(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('&') {
        if reference(after, &mut String::new()) == 0 {
            return true;
        }
        rest = after;
    }
    false
}

/// Decodes the reference at the start of `after` (what follows `&`) into `out`; the bytes used, or 0.
fn reference(after: &str, out: &mut String) -> usize {
    let bytes = after.as_bytes();
    if bytes.first() == Some(&b'#') {
        return numeric(bytes, out);
    }
    let window = bytes.get(..LONGEST_NAME + 1).unwrap_or(bytes);
    let Some(length) = window.iter().position(|byte| !byte.is_ascii_alphanumeric()) else { return 0 };
    if length == 0 || bytes.get(length) != Some(&b';') {
        return 0;
    }
    // The table's names end in their semicolon; beginnings of names stand for 0.
    let found = after.get(..=length).and_then(|name| NAMED_ENTITIES.get(name));
    let Some((first, second)) = found.filter(|(first, _)| *first != 0) else { return 0 };
    let characters = [*first, *second].into_iter().filter(|code| *code != 0);
    out.extend(characters.filter_map(char::from_u32));
    length + 1
}

/// `#8217;`, `#x2019;`, also without the semicolon.
fn numeric(bytes: &[u8], out: &mut String) -> usize {
    let (radix, from) = match bytes.get(1) {
        Some(b'x' | b'X') => (16, 2),
        _ => (10, 1),
    };
    let digits = bytes.get(from..).unwrap_or_default();
    let is_digit = |byte: &u8| char::from(*byte).is_digit(radix);
    let count = digits.iter().take(LONGEST_NAME).take_while(|byte| is_digit(byte)).count();
    if count == 0 {
        return 0;
    }
    let value = digits.iter().take(count).fold(0u32, |value, digit| {
        value.saturating_mul(radix).saturating_add(char::from(*digit).to_digit(radix).unwrap_or(0))
    });
    out.push(character(value));
    from + count + usize::from(digits.get(count) == Some(&b';'))
}

fn character(value: u32) -> char {
    let found = char::from_u32(value).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER);
    without_c1(found)
}

/// A C1 control character read as Windows-1252 means it; any other character as it is.
pub(crate) fn without_c1(c: char) -> char {
    match u32::from(c) {
        code @ 0x80..=0x9f => WINDOWS_1252.get(code as usize - 0x80).copied().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, has_bare_ampersand};

    #[test]
    fn references_and_what_only_looks_like_them() {
        let check = |text: &str, decoded: &str| assert_eq!(decode(text), decoded, "{text:?}");
        check("a &amp; b", "a & b");
        check("&amp;lt;", "&lt;");
        check("caf&eacute; &laquo;x&raquo; &alpha;&Scaron;", "café «x» αŠ");
        check("&#8217;&#x2019;&#X2019;&#146;", "’’’’");
        check("Q&A, R & D &; &nothing; &#; &#xZ;", "Q&A, R & D &; &nothing; &#; &#xZ;");
        check("&#0;&#xD800;&#99999999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}");
        check("&", "&");
    }

    #[test]
    fn bare_ampersands_are_seen() {
        assert!(has_bare_ampersand("a?b=1&c=2"));
        assert!(!has_bare_ampersand("a &amp; b"));
    }
}
