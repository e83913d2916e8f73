//! What a story has told so far: its words, what happened in it, and its latest sentences. Bounded, and the same
//! again when the same articles are remembered in the same order.

use super::Telling;
use super::figures::{Value, values};
use super::support::family;
use crate::hash::{self, Map, Set};
use news::{ArticleId, Evidence, Language, Line, QuoteKind, Span, TermKind};
use std::collections::VecDeque;

/// Sentences kept of one article and of a story, and words of a story.
const LINES_OF_ONE: usize = 12;
const LINES: usize = 480;
const WORDS: usize = 20_000;
/// Sentences at the top, headline among them, whose happenings count as told.
pub(super) const TOP: usize = 4;

/// A weighed word of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) key: u32,
    pub(super) kind: TermKind,
}

/// A sentence that was told.
#[derive(Clone, Debug)]
pub(super) struct KnownLine {
    pub(super) article: ArticleId,
    pub(super) span: Option<Span>,
    pub(super) family: u64,
    /// Ascending.
    pub(super) words: Box<[u32]>,
    /// What it counts now, whatever that is.
    pub(super) values: Box<[Value]>,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    lines: VecDeque<KnownLine>,
    words: Set<u32>,
    /// What happened, as headlines and leads tell it.
    happened: Set<u32>,
    /// What happened and which stands were taken, as headlines alone tell it.
    headlined: Set<u32>,
    /// Who was quoted.
    speakers: Set<u64>,
    /// Articles that told it, those among them that report rather than comment, and when the first came.
    articles: u32,
    reports: u32,
    opened: Option<i64>,
    /// How many articles told in each language.
    languages: Map<u64, u32>,
}

impl Memory {
    /// Whether nobody has reported yet: a comment that comes before the news opens no story.
    pub(super) fn is_empty(&self) -> bool {
        self.reports == 0
    }

    pub(super) fn knows(&self, key: u32) -> bool {
        self.words.contains(&key)
    }

    pub(super) fn happened(&self, key: u32) -> bool {
        self.happened.contains(&key)
    }

    pub(super) fn headlined(&self, key: u32) -> bool {
        self.headlined.contains(&key)
    }

    pub(super) fn quoted(&self, speaker: &str) -> bool {
        self.speakers.contains(&speaker_key(speaker))
    }

    pub(super) fn articles(&self) -> u32 {
        self.articles
    }

    /// Seconds from the first article to `at`.
    pub(super) fn age(&self, at: i64) -> i64 {
        self.opened.map_or(0, |opened| at - opened)
    }

    pub(super) fn told_in(&self, language: Language) -> u32 {
        self.languages.get(&language_key(language)).copied().unwrap_or_default()
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &KnownLine> {
        self.lines.iter()
    }

    /// How many sentences are held.
    pub(super) fn held(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn line(&self, evidence: &Evidence) -> Option<&KnownLine> {
        self.lines.iter().rev().find(|line| line.article == evidence.article && line.span == evidence.span)
    }

    /// The kept lines of an article in their order: its latest form.
    pub(super) fn lines_of(&self, article: ArticleId) -> Vec<&KnownLine> {
        let head = self.lines.iter().rposition(|line| line.article == article && line.span.is_none());
        let lines = self.lines.iter().skip(head.unwrap_or_default());
        lines.filter(|line| line.article == article).collect()
    }

    pub(super) fn learn(&mut self, telling: &Telling) {
        let family = family(telling.family);
        *self.languages.entry(language_key(telling.reading.language)).or_default() += 1;
        self.articles += 1;
        self.reports += u32::from(!is_column(&telling.reading.lines));
        let at = telling.at.as_second();
        self.opened = Some(self.opened.map_or(at, |opened| opened.min(at)));
        if self.speakers.len() < WORDS {
            let quoted = telling.said.iter().filter(|said| said.kind != QuoteKind::Indirect);
            let speakers = quoted.filter_map(|said| said.speaker.as_deref());
            self.speakers.extend(speakers.map(speaker_key));
        }
        for (at, line) in telling.reading.lines.iter().enumerate() {
            let words = words(line);
            if self.words.len() < WORDS {
                self.words.extend(words.iter().map(|word| word.key));
            }
            if at < TOP && !line.past {
                let happenings = words.iter().filter(|word| word.kind == TermKind::Happening);
                self.happened.extend(happenings.clone().map(|word| word.key));
                if at == 0 {
                    let stands = words.iter().filter(|word| word.kind == TermKind::Stand);
                    self.headlined.extend(happenings.chain(stands).map(|word| word.key));
                }
            }
            if at < LINES_OF_ONE {
                let words = words.iter().map(|word| word.key).collect();
                let values = values(line).collect();
                let (article, span) = (telling.article, line.span);
                self.lines.push_back(KnownLine { article, span, family, words, values });
            }
        }
        while self.lines.len() > LINES {
            self.lines.pop_front();
        }
    }
}

/// Whether the headline announces a comment, an explanation or a list.
pub(super) fn is_column(lines: &[Line]) -> bool {
    lines.first().is_some_and(|line| line.column)
}

/// The last word of a speaker's name: full names and surnames meet.
fn speaker_key(speaker: &str) -> u64 {
    let last = speaker.split_whitespace().next_back().unwrap_or_default();
    hash::bytes(11, last.to_lowercase().as_bytes())
}

fn language_key(language: Language) -> u64 {
    hash::bytes(7, language.code().as_bytes())
}

/// The words of a sentence, each once, ascending.
pub(super) fn words(line: &Line) -> Vec<Word> {
    let mut words: Vec<Word> =
        line.terms.iter().map(|term| Word { key: key(&term.key, term.kind), kind: term.kind }).collect();
    words.sort_unstable_by_key(|word| word.key);
    words.dedup_by_key(|word| word.key);
    words
}

/// A stem, a name and a concept that are written alike are three things.
fn key(word: &str, kind: TermKind) -> u32 {
    let seed = match kind {
        TermKind::Stem => 1,
        TermKind::Name => 8,
        _ => 9,
    };
    match kind {
        TermKind::Name => hash::fold(hash::bytes(seed, sounds(word).as_bytes())),
        _ => hash::fold(hash::bytes(seed, word.as_bytes())),
    }
}

/// One form for the spellings of a name: `zelenskyy`, `zelenskiy` and `zelensky`.
fn sounds(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    for letter in name.chars() {
        let letter = match letter {
            'j' | 'y' => 'i',
            'w' => 'v',
            other => other,
        };
        if !form.ends_with(letter) {
            form.push(letter);
        }
    }
    form
}

/// The key of a concept.
pub(super) fn concept(word: &str) -> u32 {
    key(word, TermKind::Happening)
}

#[cfg(test)]
mod tests {
    use super::sounds;

    #[test]
    fn spellings_of_a_name_are_one() {
        for name in ["zelenskyy", "zelenskiy", "zelenskij"] {
            assert_eq!(sounds(name), sounds("zelensky"), "{name}");
        }
        assert_ne!(sounds("karst"), sounds("karl"));
    }
}
