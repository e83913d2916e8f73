//! The room from outside.

mod acts;
mod beyond;
mod elsewhere;
mod english;
mod others;
mod positions;
mod shapes;
mod verbatim;
mod whom;

use news::{Attribution, Language};

/// `speaker | source | cue | content / content` of each attribution, `-` for what is absent.
fn told(text: &str, found: &[Attribution]) -> Vec<String> {
    let join = |spans: &[news::Span]| {
        let words: Vec<_> = spans.iter().map(|span| span.of(text)).collect();
        if words.is_empty() { "-".to_owned() } else { words.join(" / ") }
    };
    let one = |found: &Attribution| {
        let speaker = found.speaker.as_deref().unwrap_or("-");
        format!("{speaker} | {} | {} | {}", join(&found.source), join(&found.cue), join(&found.content))
    };
    found.iter().map(one).collect()
}

#[track_caller]
fn check(language: &str, text: &str, expected: &[&str]) {
    let found = statement::attribute(text, Language::parse(language), &[]);
    assert_eq!(told(text, &found), expected, "{text}");
}
