//! Bytes -> text. In: a document as fetched and the `Content-Type` it came with. Out: its text, and what was
//! wrong with its claims. Never fails: in the worst case some characters are U+FFFD.
//!
//! The order is BOM, shape of the first bytes, HTTP, XML declaration or `<meta>`, and a guess (chardetng).
//! Claims are checked against the bytes: text that is valid UTF-8 beyond ASCII is UTF-8 whatever it says,
//! since another encoding produces such bytes only by construction.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How far into the bytes a declaration is looked for. Pages are seen that put `<meta>` behind 1,024 bytes.
const DECLARATION_WINDOW: usize = 4096;

/// How many bytes the guess looks at.
const GUESS_WINDOW: usize = 256 << 10;

/// Broken characters that are put up with before another encoding is tried (a cut at the end, one bad name).
const TOLERATED_BREAKS: usize = 3;

/// A text and what was odd about how it was encoded.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) complaint: Option<String>,
}

/// Decodes `bytes`; see the head of this file for the order of evidence.
pub(crate) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some(text) = by_mark_or_shape(bytes) {
        return Decoded { text, complaint: None };
    }
    let claims = [content_type.and_then(from_content_type), from_declaration(bytes)];
    let claimed = claims.into_iter().flatten().next();
    match std::str::from_utf8(bytes) {
        Ok(text) => utf8_or_stateful(bytes, text, claimed),
        Err(_) => by_claims_or_guess(bytes, &claims),
    }
}

/// UTF-8, 16 or 32 by byte order mark, or 16 and 32 by the zeros around the first `<` or `{`.
fn by_mark_or_shape(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = |encoding: &'static Encoding, skip: usize| {
        Some(encoding.decode_without_bom_handling(bytes.get(skip..)?).0)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(String::from_utf8_lossy(rest)),
        [0xFF, 0xFE, 0, 0, rest @ ..] => Some(utf32(rest, u32::from_le_bytes)),
        [0, 0, 0xFE, 0xFF, rest @ ..] => Some(utf32(rest, u32::from_be_bytes)),
        [b'<' | b'{', 0, 0, 0, ..] => Some(utf32(bytes, u32::from_le_bytes)),
        [0, 0, 0, b'<' | b'{', ..] => Some(utf32(bytes, u32::from_be_bytes)),
        [0xFF, 0xFE, ..] => utf16(UTF_16LE, 2),
        [0xFE, 0xFF, ..] => utf16(UTF_16BE, 2),
        [b'<' | b'{', 0, second, 0, ..] if second.is_ascii() => utf16(UTF_16LE, 0),
        [0, b'<' | b'{', 0, second, ..] if second.is_ascii() => utf16(UTF_16BE, 0),
        _ => None,
    }
}

fn utf32<'a>(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Cow<'a, str> {
    let (quads, _) = bytes.as_chunks::<4>();
    quads.iter().map(|quad| char::from_u32(read(*quad)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Valid UTF-8. A stateful encoding (ISO-2022-JP) looks like ASCII too, so there the claim is believed.
fn utf8_or_stateful<'a>(bytes: &'a [u8], text: &'a str, claimed: Option<&'static Encoding>) -> Decoded<'a> {
    let Some(claimed) = claimed.filter(|claim| *claim != UTF_8) else {
        return Decoded { text: Cow::Borrowed(text), complaint: None };
    };
    if !text.is_ascii() {
        let complaint = Some(format!("says it is {} but is UTF-8", claimed.name()));
        return Decoded { text: Cow::Borrowed(text), complaint };
    }
    match claimed.decode_without_bom_handling(bytes) {
        (other, false) if claimed.is_ascii_compatible() || claimed.name() == "ISO-2022-JP" => {
            Decoded { text: other, complaint: None }
        }
        _ => Decoded { text: Cow::Borrowed(text), complaint: None },
    }
}

/// Not UTF-8: the first claim under which every byte makes sense, else UTF-8 with a few scars, else a guess.
fn by_claims_or_guess<'a>(bytes: &'a [u8], claims: &[Option<&'static Encoding>]) -> Decoded<'a> {
    for claim in claims.iter().flatten().filter(|claim| **claim != UTF_8 && claim.is_ascii_compatible()) {
        if let (text, false) = claim.decode_without_bom_handling(bytes) {
            return Decoded { text, complaint: None };
        }
    }
    let lossy = String::from_utf8_lossy(bytes);
    if broken_characters(bytes) <= TOLERATED_BREAKS && has_multibyte(bytes) {
        let complaint = Some("some characters are not valid UTF-8".to_owned());
        return Decoded { text: lossy, complaint };
    }
    let guess = guess(bytes);
    let complaint = Some(format!("no right encoding is declared; read as {}", guess.name()));
    Decoded { text: guess.decode_without_bom_handling(bytes).0, complaint }
}

fn broken_characters(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).take(TOLERATED_BREAKS + 1).count()
}

/// Whether any valid multi-byte character stands in it: evidence that UTF-8 was meant.
fn has_multibyte(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let window = bytes.get(..GUESS_WINDOW).unwrap_or(bytes);
    detector.feed(window, window.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// The `charset` parameter of a media type.
fn from_content_type(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let (_, value) = lower.split_once("charset=")?;
    label(value.as_bytes())
}

/// `encoding="..."` of an XML declaration, or `charset=...` of an HTML `<meta>`.
fn from_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = bytes.get(..DECLARATION_WINDOW).unwrap_or(bytes).to_ascii_lowercase();
    let is_xml = window.trim_ascii_start().starts_with(b"<?xml");
    let (head, needle): (&[u8], &[u8]) = if is_xml {
        let end = window.iter().position(|byte| *byte == b'>').unwrap_or(window.len());
        (window.get(..end)?, b"encoding")
    } else {
        (&window, b"charset")
    };
    let at = head.windows(needle.len()).position(|found| found == needle)?;
    let value = head.get(at + needle.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
    label(value)
}

/// The encoding whose label stands at the start of `value`, quoted or not.
fn label(value: &[u8]) -> Option<&'static Encoding> {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let end = value.iter().position(|byte| !is_part(byte)).unwrap_or(value.len());
    Encoding::for_label(value.get(..end)?)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn check(bytes: &[u8], content_type: Option<&str>, text: &str) {
        assert_eq!(decode(bytes, content_type).text, text);
    }

    #[test]
    fn a_byte_order_mark_wins() {
        check(b"\xEF\xBB\xBFgr\xC3\xBCn", Some("text/xml; charset=koi8-r"), "grün");
        check(b"\xFF\xFEg\0r\0", None, "gr");
        check(b"\0\0\xFE\xFF\0\0\0g\0\0\x04\x16", None, "gЖ");
    }

    #[test]
    fn utf16_without_a_mark_shows_by_its_zeros() {
        check(b"<\0a\0>\0", None, "<a>");
        check(b"\0<\0a\0>", None, "<a>");
    }

    #[test]
    fn http_beats_the_declaration() {
        let bytes = b"<?xml version='1.0' encoding='windows-1252'?><a>\xD0\xC9</a>";
        assert!(decode(bytes, Some("text/xml; charset=\"koi8-r\"")).text.contains("пи"));
        assert!(decode(bytes, None).text.contains("ÐÉ"));
    }

    #[test]
    fn a_lying_prolog_does_not_make_mojibake() {
        let bytes = "<?xml version='1.0' encoding='iso-8859-1'?><a>Überfall</a>".as_bytes();
        let decoded = decode(bytes, None);
        assert!(decoded.text.contains("Überfall"));
        assert!(decoded.complaint.is_some());
    }

    #[test]
    fn undeclared_bytes_are_guessed_and_a_cut_character_is_forgiven() {
        let text = "Переговоры в столице продолжаются второй день";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        check(&bytes, None, text);
        check(b"sch\xC3\xB6n \xC3", None, "schön \u{FFFD}");
    }
}
