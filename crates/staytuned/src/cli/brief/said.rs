//! Who says what in the articles of one story: speakers with their words, each with the articles it stands in.

use super::Piece;
use news::{Attribution, QuoteKind};
use serde_json::{Value, json};
use statement::same;

/// What is less sure is left out.
const SURE: f32 = 0.4;
/// Speakers printed, and sayings of each.
const VOICES: usize = 8;
const SAYINGS: usize = 4;

/// One speaker's sayings in order of time; no name is "unattributed".
pub(super) struct Voice<'a> {
    pub(super) speaker: Option<String>,
    pub(super) sayings: Vec<Saying<'a>>,
}

/// The longest form of some words, and how many articles have them.
pub(super) struct Saying<'a> {
    kind: QuoteKind,
    content: Vec<&'a str>,
    spans: Vec<news::Span>,
    words: Vec<u32>,
    pub(super) piece: &'a Piece,
    reports: u32,
}

/// The speakers of a story; who says most first, the unattributed last.
pub(super) fn voices(pieces: &[Piece]) -> Vec<Voice<'_>> {
    let mut voices: Vec<Voice> = Vec::new();
    for piece in pieces {
        let text = &piece.article.text;
        for found in statement::attribute(text, piece.reading.language, &piece.reading.names) {
            let shown = if found.speaker.is_some() {
                found.confidence >= SURE
            } else {
                found.kind == QuoteKind::Direct
            };
            if shown {
                add(&mut voices, piece, &found);
            }
        }
    }
    voices.sort_by_key(|voice| (voice.speaker.is_none(), std::cmp::Reverse(voice.sayings.len())));
    voices
}

fn add<'a>(voices: &mut Vec<Voice<'a>>, piece: &'a Piece, found: &Attribution) {
    let content: Vec<&str> = found.content.iter().map(|span| span.of(&piece.article.text)).collect();
    let words = same::words(&content);
    let saying = Saying { kind: found.kind, spans: found.content.clone(), reports: 1, content, words, piece };
    let place = voice_of(voices, found.speaker.as_deref());
    let known = voices[place].sayings.iter_mut().find(|known| same::is_same(&known.words, &saying.words));
    match known {
        Some(known) if known.piece.id == piece.id => {}
        Some(known) => {
            known.reports += 1;
            if saying.words.len() > known.words.len() {
                *known = Saying { reports: known.reports, ..saying };
            }
        }
        None => voices[place].sayings.push(saying),
    }
}

/// The voice under a name; a surname is that of the one full name that ends with it.
fn voice_of(voices: &mut Vec<Voice>, name: Option<&str>) -> usize {
    let last = |name: &str| name.rsplit(' ').next().map(str::to_owned);
    let is_same = |known: Option<&str>| match (known, name) {
        (Some(known), Some(name)) => {
            known == name || (!known.contains(' ') || !name.contains(' ')) && last(known) == last(name)
        }
        (known, name) => known == name,
    };
    let mut fitting = (0..voices.len()).filter(|at| is_same(voices[*at].speaker.as_deref()));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => {
            let fuller = name.filter(|name| name.contains(' ')).map(str::to_owned);
            voices[only].speaker = fuller.or(voices[only].speaker.take());
            only
        }
        _ => {
            voices.push(Voice { speaker: name.map(str::to_owned), sayings: Vec::new() });
            voices.len() - 1
        }
    }
}

impl Saying<'_> {
    pub(super) fn words(&self) -> String {
        self.content.join(" … ")
    }

    /// How the words are given, and how many articles have them.
    pub(super) fn note(&self) -> String {
        let own = if self.kind == QuoteKind::Indirect { " (in the outlet's words)" } else { "" };
        let more = if self.reports > 1 { format!(", and {} more", self.reports - 1) } else { String::new() };
        format!("{more}{own}")
    }
}

/// For a terminal.
pub(super) fn as_text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for voice in voices(pieces).iter().take(VOICES) {
        text.push_str(&format!("\n  {}:\n", voice.speaker.as_deref().unwrap_or("unattributed")));
        for saying in voice.sayings.iter().take(SAYINGS) {
            text.push_str(&format!(
                "    {}\n      {}{}\n",
                saying.words(),
                super::source(saying.piece),
                saying.note()
            ));
        }
    }
    text
}

/// All of it, with places in bytes of the article's text.
pub(super) fn as_json(pieces: &[Piece]) -> Value {
    let saying = |saying: &Saying| {
        json!({
            "content": saying.content, "kind": saying.kind, "spans": saying.spans, "article": saying.piece.id,
            "url": saying.piece.article.url, "reports": saying.reports,
        })
    };
    let voice = |voice: &Voice| json!({ "speaker": voice.speaker, "sayings": voice.sayings.iter().map(saying).collect::<Vec<_>>() });
    voices(pieces).iter().map(voice).collect()
}
