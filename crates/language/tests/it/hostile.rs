//! Whatever the text: spans stand on characters, in order, inside the text; long texts of one thing end: work that grows faster than
//! they do would take hours.

use language::{Reader, identify, sentences, tokens};
use news::{Article, Language, Span};
use proptest::prelude::*;

fn in_order(spans: &[Span], text: &str) {
    let mut last = 0;
    for span in spans {
        assert!(span.start >= last && span.end > span.start, "{span:?} in {text:?}");
        assert!(!span.of(text).is_empty(), "{span:?} in {text:?}");
        last = span.end;
    }
}

proptest! {
    #[test]
    fn spans_fit_the_text(text in "[\\PC\n]{0,200}", code in "en|de|fr|ru|uk|zh|und") {
        let language = Language::parse(&code);
        in_order(&sentences(&text, language), &text);
        let tokens: Vec<Span> = tokens(&text, language).iter().map(|token| token.span).collect();
        in_order(&tokens, &text);
    }

    #[test]
    fn punctuation_and_quotes_fit_too(text in "([a-zA-Zа-яі0-9習' .,!?…。“”«»\"(]|'s|http://|\n\n|U\\.S\\. ){0,60}") {
        let mut article = Article::headline(text.clone()).with_paragraphs([text.as_str()]);
        for code in ["en", "de", "fr", "und"] {
            article.language = Language::parse(code);
            let reading = Reader::new().read(&article);
            in_order(&reading.sentences, &article.text);
            prop_assert!(reading.names.iter().all(|name| !name.key.is_empty() && name.mentions > 0));
        }
    }
}

#[test]
fn a_megabyte_of_one_thing_ends() {
    let pieces = [
        "a", "A", ".", "Aa ", "U.S. ", "» ", ". »", "«“", "9,", "習", "Von ", "http://", "'s", "\n", "a b. ",
        "İ", ". ", "\u{301}",
    ];
    for piece in pieces {
        let text = piece.repeat(1_000_000 / piece.len());
        let mut article = Article::headline(text.clone()).with_paragraphs([text.as_str()]);
        article.language = Language::ENGLISH;
        in_order(&Reader::new().read(&article).sentences, &article.text);
        let tokens: Vec<Span> = tokens(&text, Language::parse("fr")).iter().map(|token| token.span).collect();
        in_order(&tokens, &text);
        identify(&text);
    }
}
