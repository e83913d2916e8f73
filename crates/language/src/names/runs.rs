//! Runs of capitalised words: what may be a name.

use super::{Part, cues, key_of};
use crate::hash::WordSet;
use crate::seats::Seats;
use crate::stop;
use crate::terms::normalise;
use crate::token::{Token, TokenKind};
use news::Language;

/// Neighbouring capitalised words.
pub(super) struct Run {
    /// As written.
    pub(super) text: String,
    pub(super) words: Vec<String>,
    /// The comparable form of each word.
    pub(super) keys: Vec<String>,
    /// Begins a sentence, so that its first capital says nothing.
    pub(super) initial: bool,
    /// Stands behind a title such as "president".
    pub(super) cued: bool,
    /// One word of capitals only.
    pub(super) acronym: bool,
    /// German, and behind "in" or "bei" without an article: a place, unless it is a common noun.
    pub(super) placed: bool,
}

impl Run {
    pub(super) fn key(&self) -> String {
        self.keys.join(" ")
    }
}

/// Words of one run at most.
const MOST_WORDS: usize = 8;

/// Longest word of a name in bytes.
const LONGEST: usize = 80;

/// The runs of a text in their order.
pub(super) fn runs(part: &Part, language: Language, lower: &WordSet<&str>) -> Vec<Run> {
    let mut found = Vec::new();
    let mut sentences = part.sentences.iter().map(|span| span.start).peekable();
    let mut at = 0;
    while at < part.tokens.len() {
        let token = &part.tokens[at];
        let mut initial = false;
        while sentences.next_if(|start| *start <= token.span.start).is_some() {
            initial = true;
        }
        if !is_capital(token, part.text) {
            // A numeral or sign in front leaves the next word inside the sentence.
            at += 1;
            continue;
        }
        let end = run_end(part, at, sentences.peek().copied(), language);
        // `Valdoran Prime Minister Nora Quill` is two: what stands before the title, and who stands behind.
        let title = (at + 1..end.saturating_sub(1))
            .rev()
            .find(|index| cues::is_title(&normalise_short(part, &part.tokens[*index])));
        if let Some(title) = title {
            let prime = at + 1 < title && normalise_short(part, &part.tokens[title - 1]) == "prime";
            let before = if prime { title - 1 } else { title };
            found.extend(run(part, &part.tokens[at..before], at, initial, language, lower));
            found.extend(run(part, &part.tokens[title..end], title, false, language, lower));
        } else {
            found.extend(run(part, &part.tokens[at..end], at, initial, language, lower));
        }
        at = end;
    }
    found
}

fn is_capital(token: &Token, text: &str) -> bool {
    token.kind == TokenKind::Word
        && token.span.len() <= LONGEST
        && token.span.of(text).chars().next().is_some_and(char::is_uppercase)
}

/// The index behind the run that begins at `from`.
fn run_end(part: &Part, from: usize, sentence: Option<u32>, language: Language) -> usize {
    let german = language.code() == "de";
    let mut end = from + 1;
    while end < part.tokens.len() && end - from < MOST_WORDS {
        let joined = |at: usize| {
            let (before, token) = (&part.tokens[at - 1], &part.tokens[at]);
            // `Russia's Sergei Lavrov` is two names.
            if is_possessive(before.span.of(part.text)) {
                return false;
            }
            let gap = part.text.get(before.span.end as usize..token.span.start as usize).unwrap_or_default();
            // An initial's full stop (`J. K.`) is part of the name.
            let initial = gap == ". " && before.span.of(part.text).chars().nth(1).is_none();
            (matches!(gap, " " | "-" | "\u{a0}" | "‑" | "") || initial)
                && sentence.is_none_or(|start| token.span.start < start)
        };
        if !joined(end) {
            break;
        }
        if is_capital(&part.tokens[end], part.text) {
            end += 1;
            continue;
        }
        let word = part.tokens[end].span.of(part.text);
        // *Gesandte von Peru ausgewiesen*, *EE UU y Rusia*: another name stands behind.
        let before_country = || {
            let behind = part.tokens.get(end + 1).map(|token| token.span.of(part.text));
            matches!(word, "von" | "y")
                && behind.is_some_and(|word| Seats::shared().of_country(word).is_some())
        };
        let particle =
            cues::is_particle(word) && !(german && cues::is_german_article(word)) && !before_country();
        if particle
            && end + 1 < part.tokens.len()
            && joined(end + 1)
            && is_capital(&part.tokens[end + 1], part.text)
        {
            end += 2;
        } else {
            break;
        }
    }
    end
}

fn is_possessive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s")
}

/// The run without leading stop words and titles.
fn run(
    part: &Part,
    tokens: &[Token],
    at: usize,
    initial: bool,
    language: Language,
    lower: &WordSet<&str>,
) -> Option<Run> {
    let stop = stop::words(language);
    let mut cued = at > 0 && cues::is_title(&normalise_short(part, &part.tokens[at - 1]));
    let mut first = 0;
    let mut still_initial = initial;
    while let Some(token) = tokens.get(first) {
        let word = normalise_short(part, token);
        let title = cues::is_title(&word);
        let acronym = is_acronym(token.span.of(part.text));
        let common =
            (stop.contains(word.as_str()) && !acronym) || (still_initial && lower.contains(word.as_str()));
        let common = common || language.code() == "de" && cues::is_german_noun(&word);
        if !title && !common && !cues::is_date(&word) {
            break;
        }
        cued = title;
        first += 1;
        still_initial = false;
    }
    let mut kept = tokens.get(first..)?;
    while let Some((last, rest)) = kept.split_last() {
        let word = normalise_short(part, last);
        let small = stop.contains(word.as_str()) && !is_acronym(last.span.of(part.text));
        if language.code() == "de" && (cues::is_german_noun(&word) || small)
            || cues::is_particle(&word) && kept.len() > 1
        {
            kept = rest;
        } else {
            break;
        }
    }
    let span = news::Span { start: kept.first()?.span.start, end: kept.last()?.span.end };
    let words: Vec<&str> = kept.iter().map(|token| bare(token.span.of(part.text))).collect();
    let keys = key_of(&words);
    if keys.len() != words.len() || words.len() == 1 && words[0].chars().nth(1).is_none() {
        return None;
    }
    Some(Run {
        text: bare(span.of(part.text)).to_owned(),
        acronym: words.len() == 1 && is_acronym(words[0]),
        words: words.into_iter().map(ToOwned::to_owned).collect(),
        keys,
        initial: still_initial,
        placed: first == 0 && kept.len() == 1 && is_placed(part, at, language),
        cued,
    })
}

/// Words in front of German names of places, which have no article; of mountains, which have theirs; what happens to a place.
const PLACING: &[&str] =
    &["in", "bei", "nahe", "aus", "auf", "am", "erschüttert", "verwüstet", "überflutet", "überschwemmt"];
/// Endings of German nouns that stand behind such words without being places.
#[rustfmt::skip]
const NOUN_ENDINGS: &[&str] = &[
    "ung", "heit", "keit", "tion", "schaft", "unfall", "unglück", "brand", "angriff", "anschlag", "kurs", "betrieb", "haft",
    "werk", "haus", "bahn", "zug", "bus", "schule", "fabrik", "lager", "not", "sicht", "gefahr", "wahl", "wahlen", "kampf",
    "spiel", "lauf", "schlag", "form", "höhe", "folge", "gewahrsam", "quarantäne", "flammen", "pause", "rente", "trauer",
    "abend", "morgen", "mittag", "nachmittag", "vormittag", "nacht", "bahnhof", "hafen", "ufer", "rand", "boden", "himmel",
    "markt", "steuer", "tag", "ende", "rathaus", "platz", "streit", "springen", "tisch", "bett", "block",
];

fn is_placed(part: &Part, at: usize, language: Language) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| language.code() == "de") else { return false };
    let word = normalise_short(part, &part.tokens[at]);
    PLACING.contains(&normalise_short(part, &part.tokens[before]).as_str())
        && word.chars().nth(3).is_some()
        && !cues::is_german_noun(&word)
        && !NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending))
        && !crate::common::is_common_german(&word)
}

fn normalise_short(part: &Part, token: &Token) -> String {
    if token.span.len() > LONGEST { String::new() } else { normalise(token.span.of(part.text)) }
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Two to five capitals, dots aside.
fn is_acronym(word: &str) -> bool {
    let letters = || bare(word).chars().filter(|c| *c != '.');
    (2..=5).contains(&letters().count()) && letters().all(char::is_uppercase)
}
