//! What headline and lead speak of, in one form for all languages: what happens, which countries, where it happens.
//! By this articles meet that share no word, and by this those keep apart that share many.

mod capital;

use crate::hash::WordSet;
use crate::latin;
use crate::lines::deeds;
use crate::names::cues;
use crate::seats::Seats;
use crate::terms::normalise;
use crate::token::{Token, TokenKind};
use news::{Language, Mark, MarkKind, Name, NameKind};

/// Words of a lead that are looked at: the first sentence or two.
const LEAD_WORDS: usize = 40;
/// Marks of one article at most.
const MOST: usize = 64;
/// Letters by which a name is known whatever its ending: `Virrat`, `Virratin`.
const BEGINNING: usize = 5;

/// Words in front of the place where something happens.
#[rustfmt::skip]
const LOCATIVE: &[(&str, &[&str])] = &[
    ("en", &["in", "at", "near", "off", "outside", "around", "above", "on", "across", "over"]),
    ("de", &["in", "bei", "nahe", "vor", "auf", "am", "um", "über", "aus"]),
    ("fr", &["à", "en", "au", "aux", "dans", "sur", "vers"]),
    ("es", &["en", "sobre"]),
    ("it", &["in", "a", "nel", "nella", "vicino"]),
    ("pt", &["em", "no", "na", "nos", "nas"]),
    ("uk", &["у", "в", "на", "під", "біля", "над"]),
    ("ru", &["в", "во", "на", "под", "у", "близ", "над"]),
];

/// A headline or text with its tokens.
pub(crate) struct Part<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
}

impl<'a> Part<'a> {
    /// What stands between a token and the one before it.
    fn gap(&self, at: usize) -> &'a str {
        let end = |at: usize| self.tokens.get(at).map(|token| token.span.end);
        let before = at.checked_sub(1).and_then(end).unwrap_or_default();
        let here = self.tokens.get(at).map_or(before, |token| token.span.start);
        self.text.get(before as usize..here as usize).unwrap_or_default()
    }
}

/// The marks of an article: those of the headline first, each once.
pub(crate) fn marks(title: &Part, body: &Part, names: &[Name], language: Language) -> Vec<Mark> {
    let words: WordSet<&str> = names.iter().flat_map(|name| name.key.split(' ')).collect();
    let mut found = Found::default();
    found.heading(title, names);
    let lead = Part { text: body.text, tokens: body.tokens.get(..LEAD_WORDS).unwrap_or(body.tokens) };
    for (part, in_title) in [(title, true), (&lead, false)] {
        found.deeds(part, &words, language, in_title);
        found.countries(part, names, language, in_title);
        found.scenes(part, &words, language, in_title);
        capital::find(&mut found, part, &words, language, in_title);
        found.seats(names, in_title);
    }
    for name in names.iter().take(MOST / 4) {
        name.key.split(' ').for_each(|word| found.named(word, name.in_title));
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<Mark>);

impl Found {
    fn add(&mut self, key: &str, kind: MarkKind, in_title: bool) {
        let known = self.0.iter().any(|mark| mark.kind == kind && mark.key == key);
        if !known && self.0.len() < MOST {
            self.0.push(Mark { key: key.to_owned(), kind, in_title });
        }
    }

    fn named(&mut self, word: &str, in_title: bool) {
        if word.chars().nth(2).is_some() {
            self.add(&beginning(word), MarkKind::Named, in_title);
        }
    }

    fn deeds(&mut self, part: &Part, names: &WordSet<&str>, language: Language, in_title: bool) {
        for key in deeds(part.text, part.tokens, names, language) {
            self.add(key, MarkKind::Deed, in_title);
        }
    }

    fn countries(&mut self, part: &Part, names: &[Name], language: Language, in_title: bool) {
        let seats = Seats::shared();
        for name in names.iter().filter(|name| name.in_title == in_title) {
            if let Some(code) = seats.of_name(&name.key) {
                self.add(code, MarkKind::Country, in_title);
            }
        }
        for token in part.tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            let written = token.span.of(part.text);
            let english = language == Language::ENGLISH;
            if english && !written.starts_with(char::is_uppercase) || written.len() > 96 {
                continue;
            }
            if let Some(code) = seats.of_word(&normalise(written), english) {
                self.add(code, MarkKind::Country, in_title);
            }
        }
    }

    /// Names behind a word that says where.
    fn scenes(&mut self, part: &Part, names: &WordSet<&str>, language: Language, in_title: bool) {
        let Some((_, locative)) = LOCATIVE.iter().find(|(code, _)| *code == language.code()) else { return };
        let word = |at: usize| part.tokens.get(at).map(|token| token.span.of(part.text));
        let capital = |at: usize| {
            part.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
                && word(at).is_some_and(|word| word.starts_with(char::is_uppercase))
        };
        // German capitals tell nothing: there a scene must be known for a name.
        let is_name = |at: usize| {
            word(at).is_some_and(|word| {
                let small = normalise(word);
                !cues::is_date(&small)
                    && (language.code() != "de" || names.contains(latin::key(word).as_str()))
            })
        };
        for at in 0..part.tokens.len() {
            let Some(before) = word(at) else { continue };
            if locative.contains(&normalise(before).as_str()) && capital(at + 1) && is_name(at + 1) {
                self.scene(word(at + 1), in_title);
            }
        }
    }

    /// A place in front of a colon at the beginning.
    fn heading(&mut self, title: &Part, names: &[Name]) {
        let Some(colon) = (1..3).find(|at| title.gap(*at).starts_with(':')) else { return };
        let head = title
            .tokens
            .get(colon)
            .map_or("", |behind| title.text.get(..behind.span.start as usize).unwrap_or_default());
        let head = head.trim().trim_end_matches(':').trim_end();
        let place = |name: &&Name| name.kind == NameKind::Place && name.text == head;
        if names.iter().any(|name| place(&name)) {
            self.scene(head.split(' ').next(), true);
        }
    }

    /// Names of the capital of a country are kept as that too, and as a scene where they are one: "Lima without water" is
    /// where "the capital of Peru" is, though no word says that it happens there.
    fn seats(&mut self, names: &[Name], in_title: bool) {
        let seats = Seats::shared();
        for name in names.iter().filter(|name| name.in_title == in_title) {
            let Some(code) = seats.of_capital(&name.key) else { continue };
            let word = name.text.split(' ').next().map(|word| beginning(&latin::key(word)));
            let here = |mark: &Mark| mark.kind == MarkKind::Scene && Some(&mark.key) == word.as_ref();
            let kind = if self.0.iter().any(here) { MarkKind::Scene } else { MarkKind::Named };
            self.add(&capital::key_of(code), kind, in_title);
        }
    }

    fn scene(&mut self, word: Option<&str>, in_title: bool) {
        let key = word.map(latin::key).filter(|key| key.chars().nth(2).is_some());
        if let Some(key) = key {
            self.add(&beginning(&key), MarkKind::Scene, in_title);
        }
    }
}

fn beginning(word: &str) -> String {
    word.chars().take(BEGINNING).collect()
}
