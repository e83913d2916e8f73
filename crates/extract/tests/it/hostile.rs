//! Pages that attack: each ends in a clear refusal or an article, on an ordinary thread's stack.

use extract::{ExtractError, page};
use proptest::prelude::*;

#[test]
fn deep_pages_are_refused() {
    for tag in ["div", "span", "b", "table", "blockquote", "svg", "ul", "custom-element"] {
        let html = format!("<title>T</title>{}", format!("<{tag}>").repeat(100_000));
        assert!(matches!(page(html.as_bytes(), None, None), Err(ExtractError::TooDeep { .. })), "{tag}");
    }
}

#[test]
fn depth_that_is_allowed_does_not_overflow_the_stack() {
    let text =
        "<p>The ferry left the harbour at noon with two hundred people on board and apples.</p>".repeat(20);
    for tag in ["div", "span", "blockquote", "section"] {
        let html = format!("<title>A ferry leaves</title>{}{text}", format!("<{tag}>").repeat(390));
        let thread = std::thread::Builder::new().stack_size(2 << 20);
        let article =
            thread.spawn(move || page(html.as_bytes(), None, None)).unwrap().join().unwrap().unwrap();
        assert_eq!(article.title, "A ferry leaves", "{tag}");
    }
}

#[test]
fn floods_end() {
    let many_attributes: String = (0..400_000).map(|n| format!(" a{n}=1")).collect();
    // That each ends is half of the test: quadratic work would take hours.
    let check = |html: String, expected: fn(&ExtractError) -> bool| {
        let refused = page(html.as_bytes(), None, None).unwrap_err();
        assert!(expected(&refused), "{:?}: {refused}", html.get(..30));
    };
    check("<i>x</i>".repeat(1_000_000), |error| matches!(error, ExtractError::TooManyElements { .. }));
    check(format!("<p title='{}'>x", "a".repeat(20 << 20)), |error| {
        matches!(error, ExtractError::TooLarge { .. })
    });
    check(format!("<p{many_attributes}>x"), |error| matches!(error, ExtractError::TooManyAttributes { .. }));
    check("<a href='".repeat(1 << 17), |error| matches!(error, ExtractError::TooManyAttributes { .. }));
    for empty in ["<".repeat(1 << 14), "<!--".repeat(1 << 16), "<script><!--<script>".repeat(1 << 16)] {
        check(empty, |error| matches!(error, ExtractError::Nothing));
    }
    let json = format!("<script type='application/ld+json'>{}", "[".repeat(1 << 16));
    check(json, |error| matches!(error, ExtractError::Nothing));
    check("&amp".repeat(1 << 14), |error| matches!(error, ExtractError::Nothing));
}

/// Pieces from which broken pages are put together.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=byline>",
    "</div>",
    "<a href='/x'>Read more: a headline of five words</a>",
    "<table><tr><td>",
    "</table>",
    "<b>",
    "</b>",
    "<br><br>",
    "<script type='application/ld+json'>",
    "{\"@type\":\"NewsArticle\",\"headline\":\"",
    "\"}",
    "</script>",
    "<svg><style>",
    "<template>",
    "</template>",
    "<title>",
    "</title>",
    "<meta property=og:title content='",
    "'>",
    "By Ĳsa ẞtrong, Updated",
    "KYIV (Reuters) — ",
    "&#0;&#xD800;&nbsp",
    "İİİ read also: ",
    "text of some words in a row that is longer. ",
    "\u{feff}\u{200b}",
    "<!--",
    "-->",
    "<h1>",
    "<li>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn broken_pages_never_panic(pieces in prop::collection::vec(0..PIECES.len(), 0..80)) {
        let html: String = pieces.iter().map(|at| PIECES[*at]).collect();
        if let Ok(article) = page(html.as_bytes(), None, None) {
            for span in &article.paragraphs {
                prop_assert!(!span.of(&article.text).is_empty());
            }
        }
    }

    #[test]
    fn mutated_pages_never_panic(at in 0_usize..4000, bytes in prop::collection::vec(any::<u8>(), 1..40), cut in 0_usize..4500) {
        let mut html = include_bytes!("../fixtures/pages/json_ld_and_furniture.html").to_vec();
        let at = at.min(html.len());
        html.splice(at..(at + bytes.len()).min(html.len()), bytes);
        html.truncate(cut);
        let _ = page(&html, None, None);
    }
}
