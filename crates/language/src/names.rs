//! People, organisations and places of an article, by capital letters, the gazetteer and cues such as titles.
//!
//! Capitals say nothing at the beginning of a sentence, in a headline that capitalises every word, and little
//! in German; there a word must be known: from the gazetteer, from elsewhere in the same article, or for none that
//! the language writes small ([`crate::vocabulary`]). A surname joins the one full name of the article that ends with it.

pub(crate) mod cues;
mod kinds;
mod runs;
mod sound;

pub(crate) use kinds::settle;
pub use sound::alike;
pub(crate) use sound::sound;

use crate::gazetteer::Gazetteer;
use crate::hash::{WordMap, WordSet};
use crate::latin;
use crate::token::Token;
use crate::vocabulary;
use news::{Language, Name, NameKind, Span};
use runs::{Run, runs};

/// Names of one article at most.
const MOST: usize = 300;
/// Words of one name at most; longer runs are headings or lists.
const NAME_WORDS: usize = 4;

/// A text with what is known of it.
pub(crate) struct Part<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    /// Where sentences begin (a headline: at its beginning).
    pub(crate) sentences: &'a [Span],
}

/// The names of a headline and a text, in the order of their first mention.
pub(crate) fn names(title: &Part, text: &Part, language: Language, gazetteer: &Gazetteer) -> Vec<Name> {
    let lower = lower_words(title).chain(lower_words(text)).collect::<WordSet<_>>();
    let title_runs = runs(title, language, &lower);
    let text_runs = runs(text, language, &lower);
    let sure = sure_words(&text_runs, &lower);
    // In German every noun has a capital: a headline of nouns shouts no more than another.
    let shouting = language.code() != "de" && is_title_case(title);
    let mut book = Book {
        gazetteer,
        language,
        lower: &lower,
        sure,
        names: Vec::new(),
        by_key: WordMap::default(),
        surnames: WordMap::default(),
    };
    // The text first: it tells full names, and which capitals of the headline are names.
    for run in &text_runs {
        book.learn(run);
    }
    if !shouting {
        for run in &title_runs {
            book.learn(run);
        }
    }
    for run in &title_runs {
        book.note(run, true, shouting);
    }
    for run in &text_runs {
        book.note(run, false, false);
    }
    book.names
}

/// Words that the article also writes in lower case.
fn lower_words<'a>(part: &'a Part) -> impl Iterator<Item = &'a str> {
    let words = part.tokens.iter().map(|token| token.span.of(part.text));
    words.filter(|word| word.chars().next().is_some_and(char::is_lowercase))
}

/// Keys of words that are written with a capital within sentences, and never without one.
fn sure_words(runs: &[Run], lower: &WordSet<&str>) -> WordSet<String> {
    let inner = runs.iter().filter(|run| !run.initial && run.keys.len() <= NAME_WORDS);
    let words = inner.flat_map(|run| run.words.iter().zip(&run.keys));
    let kept = words.filter(|(word, _)| {
        word.starts_with(char::is_uppercase) && !lower.contains(crate::terms::normalise(word).as_str())
    });
    kept.map(|(_, key)| key.clone()).collect()
}

/// Whether most longer words of a headline begin with a capital.
fn is_title_case(title: &Part) -> bool {
    let words = title.tokens.iter().map(|token| token.span.of(title.text));
    let long: Vec<&str> = words.filter(|word| word.chars().nth(3).is_some()).collect();
    let capital = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    long.len() >= 3 && long.iter().filter(capital).count() * 10 >= long.len() * 7
}

/// The names found so far.
struct Book<'g> {
    gazetteer: &'g Gazetteer,
    language: Language,
    /// Words that the article also writes without a capital.
    lower: &'g WordSet<&'g str>,
    /// Keys of words that are always capitalised within sentences of the text.
    sure: WordSet<String>,
    names: Vec<Name>,
    by_key: WordMap<String, usize>,
    /// Last word of each full name: the full name's key, or none when two people share it.
    surnames: WordMap<String, Option<String>>,
}

impl Book<'_> {
    /// Remembers the last word of what may be a person's full name.
    fn learn(&mut self, run: &Run) {
        let (Some(last), Some(written)) = (run.keys.last(), run.words.last()) else { return };
        let key = run.key();
        let shaped = (2..=NAME_WORDS).contains(&run.keys.len())
            && !run.keys.iter().any(|key| matches!(key.as_str(), "of" | "the" | "and" | "for"))
            && written.chars().any(char::is_lowercase)
            && run.words.iter().all(|word| {
                !self.lower.contains(crate::terms::normalise(word).as_str()) || cues::is_particle(word)
            });
        if !shaped || cues::is_organisation(&run.keys) || self.gazetteer.find(&key, &run.text).is_some() {
            return;
        }
        // `Greater Manchester` is no person; `Andrew Jackson` is, whatever towns are called Jackson.
        let person = run.cued || cues::is_first_name(&run.keys[0]);
        let place = |at: usize| self.gazetteer.find(&run.keys[at], &run.words[at]).is_some();
        if !person && !cues::may_be_given_name(&run.keys[0]) {
            return;
        }
        if !person && (place(0) || place(run.keys.len() - 1)) {
            return;
        }
        let known = self.surnames.entry(last.clone()).or_insert_with(|| Some(key.clone()));
        if known.as_ref().is_some_and(|other| *other != key) {
            *known = None;
        }
    }

    fn note(&mut self, run: &Run, in_title: bool, shouting: bool) {
        let known = self.gazetteer.find(&run.key(), &run.text);
        if let Some(found) = known.filter(|known| known.kind != NameKind::Place || !self.is_surname(run)) {
            let (key, kind) = (found.key.to_owned(), found.kind);
            self.add(run.text.clone(), key, kind, in_title);
        } else if shouting || run.keys.len() > NAME_WORDS && !cues::is_organisation(&run.keys) {
            self.note_words(run, in_title);
        } else if self.is_name(run) {
            let key = self.full_key(run);
            if let Some(person) = self.gazetteer.person_like(&key) {
                self.add(run.text.clone(), person.key.to_owned(), person.kind, in_title);
                return;
            }
            let kind = self.kind(run);
            self.add(run.text.clone(), key, kind, in_title);
        } else {
            self.note_words(run, in_title);
        }
    }

    /// The known names inside a run that is none itself, and in a headline those that only the word tells.
    fn note_words(&mut self, run: &Run, in_title: bool) {
        let words: Vec<&str> = run.words.iter().map(String::as_str).collect();
        let mut at = 0;
        while at < run.keys.len() {
            let known = (1..=3.min(run.keys.len() - at)).rev().find_map(|length| {
                let key = run.keys[at..at + length].join(" ");
                let text = words[at..at + length].join(" ");
                let found = self.gazetteer.find(&key, &text).map(|found| (found.key.to_owned(), found.kind));
                let joined =
                    || self.surnames.get(&key).cloned().flatten().map(|full| (full, NameKind::Person));
                let seen = || {
                    (length > 1
                        && self
                            .surnames
                            .get(&run.keys[at + length - 1])
                            .is_some_and(|full| full.as_deref() == Some(&key))
                        || length == 1 && self.sure.contains(&key) && !self.is_german())
                    .then(|| (key.clone(), NameKind::Other))
                };
                found.or_else(joined).or_else(seen).map(|(key, kind)| (length, key, kind))
            });
            if let Some((length, key, kind)) = known {
                self.add(words[at..at + length].join(" "), key, kind, in_title);
                at += length;
                continue;
            }
            // A text writes a name within a sentence too.
            let guessed = if in_title { self.listed(run, at) } else { 0 };
            if guessed > 0 {
                self.guess(words[at..at + guessed].join(" "), run.keys[at..at + guessed].join(" "));
            }
            at += guessed.max(1);
        }
    }

    /// Whether the run is the last word of a full name of this article.
    fn is_surname(&self, run: &Run) -> bool {
        run.keys.len() == 1 && self.surnames.get(&run.keys[0]).is_some_and(Option::is_some)
    }

    fn is_german(&self) -> bool {
        self.language.code() == "de"
    }

    /// Whether a run that the gazetteer does not know is a name.
    fn is_name(&self, run: &Run) -> bool {
        let single = run.keys.len() == 1;
        if run.cued || single && vocabulary::is_thing(&run.text) {
            return run.cued;
        }
        if run.acronym {
            return true;
        }
        if self.is_german() {
            return !single || run.placed || self.is_surname(run);
        }
        let known = || run.keys.iter().any(|key| self.sure.contains(key) || self.surnames.contains_key(key));
        !run.initial || !single || known()
    }

    /// Whether a word is a name wherever it stands, and the article never writes it small.
    fn is_listed(&self, word: &str) -> bool {
        vocabulary::is_name(word, self.language)
            && !self.lower.contains(crate::terms::normalise(word).as_str())
    }

    /// How many words from one of a run on make a name where every word has a capital: those that are none of the
    /// language, and a given name with what stands behind it.
    fn listed(&self, run: &Run, from: usize) -> usize {
        let given = if cues::is_given_name(&run.keys[from]) && from + 1 < run.keys.len() { 2 } else { 0 };
        let rest = run.words[from..].iter().take(NAME_WORDS).skip(given);
        given + rest.take_while(|word| self.is_listed(word)).count()
    }

    /// The key of the full name that a lone surname stands for.
    fn full_key(&self, run: &Run) -> String {
        let lone = run.keys.first().filter(|_| run.keys.len() == 1);
        lone.and_then(|last| self.surnames.get(last).cloned().flatten()).unwrap_or_else(|| run.key())
    }

    fn kind(&self, run: &Run) -> NameKind {
        if cues::is_organisation(&run.keys) || run.acronym {
            NameKind::Organisation
        } else if run.cued || cues::is_first_name(&run.keys[0]) {
            NameKind::Person
        } else {
            NameKind::Other
        }
    }

    fn add(&mut self, text: String, key: String, kind: NameKind, in_title: bool) {
        self.put(Name { text, key, kind, mentions: 1, in_title, by_word: false });
    }

    /// A name of the headline that nothing but the word tells.
    fn guess(&mut self, text: String, key: String) {
        self.put(Name { text, key, kind: NameKind::Other, mentions: 1, in_title: true, by_word: true });
    }

    fn put(&mut self, found: Name) {
        if let Some(&at) = self.by_key.get(&found.key) {
            let name = &mut self.names[at];
            name.mentions += 1;
            name.in_title |= found.in_title;
            name.by_word &= found.by_word;
            if name.kind == NameKind::Other {
                name.kind = found.kind;
            }
            // The full form shows, not the surname that the headline begins with.
            let fuller = found.text.split(' ').count() > name.text.split(' ').count();
            if !found.in_title && fuller && found.kind != NameKind::Place {
                name.text = found.text;
            }
        } else if self.names.len() < MOST && !found.key.is_empty() {
            self.by_key.insert(found.key.clone(), self.names.len());
            self.names.push(found);
        }
    }
}

/// The comparable key of a whole name, as [`Name::key`] has it: words in Latin letters, joined by spaces.
pub fn name_key(name: &str) -> String {
    key_of(&name.split_whitespace().collect::<Vec<_>>()).join(" ")
}

/// The key of a name of several words.
pub(crate) fn key_of(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| latin::key(word)).filter(|key| !key.is_empty()).collect()
}

#[cfg(test)]
mod tests;
