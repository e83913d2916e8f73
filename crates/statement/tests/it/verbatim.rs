//! Whatever comes in, what goes out are places in it; and the work stays in proportion to the length.

use news::{Language, Span};
use proptest::prelude::{ProptestConfig, any, proptest};

fn inside(text: &str, spans: &[Span]) {
    for span in spans {
        assert!(!span.of(text).is_empty(), "{span:?} is no place in the text");
    }
}

fn check(text: &str, language: &str) {
    for found in statement::attribute(text, Language::parse(language), &[]) {
        assert!(!found.content.is_empty());
        inside(text, &found.content);
        inside(text, &found.source);
        inside(text, &found.cue);
        assert!((0.0..=1.0).contains(&found.confidence));
        if let Some(speaker) = found.speaker {
            assert!(text.contains(&speaker), "{speaker} does not stand in the text");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text(text in any::<String>()) {
        for language in ["en", "de", "und"] {
            check(&text, language);
        }
    }

    #[test]
    fn any_mix_of_marks(text in "([\"“”«»„'‘’.,:!?\n ]|said|Holm|he|that|told|[a-z]{1,5}){0,120}") {
        for language in ["en", "fr"] {
            check(&text, language);
        }
    }
}

#[test]
fn long_monotony_ends() {
    for piece in ["\" ", "“", "said ", "\"a\" said b, ", "Holm ", "'", ". ", "\n“a b c d e"] {
        check(&piece.repeat(300_000 / piece.len()), "en");
    }
}
