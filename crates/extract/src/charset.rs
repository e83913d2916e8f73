//! Bytes to text, as browsers decide it: byte order mark, then the HTTP header, then `<meta>`, then the bytes
//! themselves. Input is the body as received; never fails (what cannot be decoded becomes U+FFFD).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// HTML demands that `<meta charset>` stands within the first 1024 bytes; real pages put scripts before it.
const PRESCAN: usize = 8 * 1024;

/// How much of a page the detector is shown: enough for a verdict, bounded in time.
const SAMPLE: usize = 256 * 1024;

/// Decodes a page's body; `content_type` is the HTTP header's value.
pub(crate) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    let declared = content_type.and_then(charset_parameter).or_else(|| in_meta(bytes));
    encoding(bytes, declared).decode_without_bom_handling(bytes).0
}

/// The declared encoding unless the bytes plainly contradict it: many servers send a default
/// `charset=iso-8859-1` with UTF-8 pages, and long UTF-8 is never valid by accident.
fn encoding(bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        Some(_) if mostly_utf8(bytes) => UTF_8,
        _ => detect(bytes),
    }
}

/// A page that says UTF-8 and holds a few broken bytes (a cut comment, a pasted advertisement) is still UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut broken, mut whole) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 4 <= whole
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..SAMPLE).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Allow)
}

/// `text/html; charset="windows-1251"` gives windows-1251.
fn charset_parameter(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let (_, after) = lower.split_once("charset")?;
    let label = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = label.find(['"', '\'', ';', ' ', '>', '/', ',']).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}

/// `<meta charset=...>` or `<meta http-equiv=... content="...charset=...">` near the start. A page that could be
/// read so far is not UTF-16 whatever it says, so that means UTF-8 (as the HTML standard has it).
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..PRESCAN).unwrap_or(bytes)).to_ascii_lowercase();
    let found = head.split("<meta").skip(1).find_map(|tag| charset_parameter(tag.split('>').next()?));
    let declared =
        || head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).and_then(xml_encoding);
    found.or_else(declared).map(|e| if e == UTF_16LE || e == UTF_16BE { UTF_8 } else { e })
}

fn xml_encoding(declaration: &str) -> Option<&'static Encoding> {
    let (_, after) = declaration.split_once("encoding=")?;
    Encoding::for_label(after.split(['"', '\'']).nth(1)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_order_is_mark_header_meta_bytes() {
        let check = |bytes: &[u8], header: Option<&str>, text: &str| assert_eq!(decode(bytes, header), text);
        check(b"\xEF\xBB\xBFM\xC3\xBCnze", Some("text/html; charset=latin1"), "Münze");
        check(b"\xFF\xFEA\0b\0", None, "Ab");
        check(b"M\xFCnze", Some("text/html; charset=ISO-8859-1"), "Münze");
        check(b"<meta charset='windows-1251'>\xCC\xE8\xF0", None, "<meta charset='windows-1251'>Мир");
        check("Münze „gut“".as_bytes(), Some("text/html; charset=iso-8859-1"), "Münze „gut“");
        check(b"<meta charset=utf-16>plain", None, "<meta charset=utf-16>plain");
    }

    #[test]
    fn bytes_decide_when_nothing_is_declared() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1251.encode("Переговоры о прекращении огня продолжились в столице");
        assert!(decode(&bytes, None).contains("прекращении огня"));
    }
}
