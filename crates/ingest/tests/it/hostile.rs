//! Documents made to do harm: refused or read within bounds, never a panic.

use crate::feeds::samples;
use ingest::{ParseError, parse};
use proptest::prelude::*;

#[test]
fn entities_are_refused_in_every_dress() {
    let subsets = [
        "<!ENTITY a 'b'>",
        "<!ENTITY a SYSTEM 'file:///etc/hostname'>",
        "<!ENTITY % p SYSTEM 'http://outside.example/x.dtd'> %p;",
        "<!ATTLIST rss a CDATA 'x'>",
        "<!ENTITY a '&b;'><!ENTITY b '&a;'>",
    ];
    for subset in subsets {
        for root in ["rss", "feed", "rdf:RDF"] {
            let document = format!("<?xml version='1.0'?><!DOCTYPE {root} [{subset}]><{root}>&a;</{root}>");
            assert_eq!(parse(document.as_bytes(), None, None), Err(ParseError::DocumentType), "{document}");
            let utf16: Vec<u8> = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(parse(&utf16, None, None), Err(ParseError::DocumentType), "{document} as UTF-16");
        }
    }
}

#[test]
fn what_is_no_feed_is_named() {
    let check = |text: &str, found: &str| {
        let expected = ParseError::NotAFeed { found: found.to_owned() };
        assert_eq!(parse(text.as_bytes(), None, None), Err(expected), "{text}");
    };
    check("<!doctype html><html><body>x</body></html>", "a web page");
    check("<note><to>x</to></note>", "XML with the root <note>");
    check("{\"a\": 1}", "other JSON");
    check("just words", "text without any element");
    assert_eq!(parse(b" \n", None, None), Err(ParseError::Empty));
    assert!(matches!(
        parse(&vec![b' '; ingest::LARGEST_DOCUMENT + 1], None, None),
        Err(ParseError::TooLarge { .. })
    ));
}

#[test]
fn floods_end() {
    let open = "<rss version='2.0'><channel>";
    let floods = [
        "<a>".repeat(500_000),
        "<!--".repeat(500_000),
        "<![CDATA[".repeat(300_000),
        "<a b='".repeat(300_000),
        "<a \"".repeat(500_000),
        "&".repeat(2_000_000),
        "<".repeat(2_000_000),
        "</x>".repeat(500_000),
        "<?x".repeat(500_000),
        "<!x".repeat(500_000),
        (0..50_000).map(|n| format!("<a xmlns:p{n}='x'>")).collect::<String>(),
        format!("<item><title {}>x</title></item>", "a='b' ".repeat(300_000)),
        format!("<item><description>{}</description></item>", "&lt;b x=1&gt;&lt;p&gt;".repeat(30_000)),
        "<item><title>x</title></item>".repeat(50_000),
        format!("<item><title>{}</title></item>", "&lt;a ".repeat(200_000)),
        "<d><![CDATA[x</d>".repeat(200_000) + "]]>",
        format!(
            "<item><description>&lt;p {}&gt;</description></item>",
            (0..60_000).map(|n| format!("a{n} ")).collect::<String>()
        ),
        format!("<item><description>{}</description></item>", "&lt;b c='".repeat(50_000)),
    ];
    for flood in floods {
        let document = format!("{open}{flood}");
        // That this ends is half of the test: quadratic work would take hours.
        if let Ok(read) = parse(document.as_bytes(), None, None) {
            assert!(read.entries.len() <= ingest::MOST_ENTRIES);
            assert!(read.complaints.len() <= 30, "{}", read.complaints.len());
        }
    }
}

#[test]
fn json_is_bounded_too() {
    assert!(matches!(parse("[".repeat(1_000_000).as_bytes(), None, None), Err(ParseError::Json { .. })));
    let values = format!("{{\"items\": [{}]}}", "[],".repeat(1_000_000));
    assert!(matches!(parse(values.as_bytes(), None, None), Err(ParseError::Json { .. })));
    let items = "{\"id\": \"x\"},".repeat(50_000);
    let feed = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{items} 1e999]}}");
    assert!(matches!(parse(feed.as_bytes(), None, None), Err(ParseError::Json { .. })));
}

/// A sample with bytes replaced, cut out, repeated or put in.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let samples: Vec<Vec<u8>> = samples().into_iter().map(|(_, bytes)| bytes).collect();
    let piece = prop_oneof![
        Just(b"<".to_vec()),
        Just(b"&".to_vec()),
        Just(b"]]>".to_vec()),
        Just(b"<![CDATA[".to_vec()),
        Just(b"</item>".to_vec()),
        Just(b"<item>".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"&#x10FFFF;".to_vec()),
        Just(b"\xFF\xFE".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..8),
    ];
    let edit = (any::<prop::sample::Index>(), 0usize..40, piece);
    (prop::sample::select(samples), proptest::collection::vec(edit, 0..8)).prop_map(|(mut bytes, edits)| {
        for (place, length, piece) in edits {
            if bytes.is_empty() {
                break;
            }
            let start = place.index(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, piece);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_feeds_never_panic_and_stay_clean(bytes in mutated()) {
        let read = parse(&bytes, None, None);
        for entry in read.into_iter().flat_map(|document| document.entries) {
            for html in [entry.summary, entry.content].into_iter().flatten() {
                let lower = html.to_ascii_lowercase();
                prop_assert!(!lower.contains("<script") && !lower.contains("<iframe"), "{html}");
            }
            for link in entry.link.iter().chain(&entry.image) {
                prop_assert!(link.to_ascii_lowercase().starts_with("http"), "{link}");
            }
        }
        let _ = ingest::opml::read(&bytes);
    }

    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes, None, None);
        let _ = parse(&[b"<rss><channel><item>".as_slice(), &bytes].concat(), Some("text/xml; charset=shift_jis"), None);
    }

    #[test]
    fn any_date_is_read_or_nothing(text in "[0-9A-Za-z:+\\-/., äé年月]{0,60}") {
        let feed = format!("<rss><channel><item><title>x</title><pubDate>{text}</pubDate></item></channel></rss>");
        let read = parse(feed.as_bytes(), None, None);
        prop_assert!(read.is_ok());
    }
}
