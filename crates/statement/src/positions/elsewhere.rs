//! Positions in German, French, Spanish, Russian and Ukrainian: by rules on headlines and plain sentences of the shape
//! "who, stance, what", and on what a speaker calls beyond discussion. Precision first: who acts must be a name that
//! stands right before the verb, and what does not fit the shape tells nothing.
//!
//! In: a page, what is said in it, names, the language. Out: [`Position`]s with spans in the text.

use super::overlaps;
use crate::acts::actors;
use crate::cast::Cast;
use crate::hash;
use crate::lexicon::lines;
use crate::page::{Kind, Page};
use crate::tongue::Tongue;
use news::{Attribution, Language, Name, Position, QuoteKind, Stance};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/stances.other.txt");
/// Units between who acts and the verb.
const CUE_WITHIN: usize = 4;
/// Units of what a stance is about, and of a clause up to its last part.
const ISSUE_WITHIN: usize = 8;
const CLAUSE_WITHIN: usize = 12;

/// The words of one language.
#[derive(Default)]
struct Words {
    cues: HashMap<u32, Vec<Cue>>,
    quiet: Vec<Vec<u32>>,
    classes: HashMap<&'static str, HashSet<u32>>,
}

/// A stance's words: those that stand together, and the one that ends the clause.
struct Cue {
    stance: Stance,
    words: Vec<u32>,
    last: Option<u32>,
    /// Its first object may be somebody.
    dative: bool,
}

/// The positions told in a text of another language than English.
pub(super) fn positions(
    page: &Page,
    language: Language,
    said: &[Attribution],
    names: &[Name],
) -> Vec<Position> {
    let Some(words) = WORDS.get(language.code()) else { return Vec::new() };
    let reader = Reader { page, words, cast: Cast::of(page, Tongue::of(language), names, &[]), said, names };
    let mut found = Vec::new();
    for sentence in &page.sentences {
        found.extend(reader.told(sentence));
        found.extend(reader.quiet(sentence));
    }
    found
}

struct Reader<'a> {
    page: &'a Page<'a>,
    words: &'static Words,
    cast: Cast,
    said: &'a [Attribution],
    names: &'a [Name],
}

impl Reader<'_> {
    /// "Moskau lehnt Waffenruhe ab": the first verb of a stance behind somebody's name.
    fn told(&self, sentence: &Range<usize>) -> Option<Position> {
        if self.is("hearsay", sentence.start) && sentence.len() > 2 {
            return None;
        }
        let (at, cue) = sentence.clone().find_map(|at| Some((at, self.cue(at, sentence)?)))?;
        let own = self.own(sentence, at);
        let (actor, end) = own.clone().or_else(|| self.actor(sentence, at))?;
        let from = at + cue.words.len();
        let (issue, last) = self.issue(from, sentence, cue)?;
        // "не примет" says no by itself; "n'accepte" is said no to.
        let is_no = |unit: usize| {
            if (at..from).contains(&unit) {
                parted(self.page.words(unit)).0 == "n'"
            } else {
                self.is_negation(unit)
            }
        };
        let negated = (end..last).any(is_no);
        let stance = match (negated, cue.stance) {
            (false, stance) => stance,
            (true, Stance::Agrees) => Stance::Rejects,
            (true, _) => return None,
        };
        let content = self
            .said
            .iter()
            .any(|said| said.content.iter().any(|content| overlaps(*content, self.page.unit(at).span)));
        let foreign = content || self.is_told_by_another(last, sentence);
        let said = own.is_some();
        (said || !foreign).then(|| self.position(actor, stance, issue, at..from, sentence, said))
    }

    /// "Wir lehnen ... ab", in the very words of a speaker with a name, and where "wir" ends.
    fn own(&self, sentence: &Range<usize>, verb: usize) -> Option<(String, usize)> {
        let before = verb.checked_sub(1).filter(|at| *at >= sentence.start && self.is("own", *at))?;
        let span = self.page.unit(before).span;
        let within = |said: &&Attribution| said.content.iter().any(|content| overlaps(*content, span));
        let said = self.said.iter().find(within).filter(|said| said.kind != QuoteKind::Indirect)?;
        let speaker = said.speaker.as_deref()?;
        Some((actors::elsewhere(speaker).unwrap_or_else(|| speaker.to_owned()), verb))
    }

    /// "Die fünf Bezirke sind nicht verhandelbar", in the words of a speaker with a name.
    fn quiet(&self, sentence: &Range<usize>) -> Option<Position> {
        let fits =
            |at: usize, cue: &[u32]| (0..cue.len()).all(|more| self.page.unit(at + more).word == cue[more]);
        let found = |at: usize| self.words.quiet.iter().find(|cue| fits(at, cue)).map(|cue| (at, cue.len()));
        let (at, length) = sentence.clone().find_map(found)?;
        let span = self.page.unit(at).span;
        let within = |said: &&Attribution| said.content.iter().any(|content| overlaps(*content, span));
        let said = self.said.iter().find(within).filter(|said| !said.negated)?;
        let speaker = said.speaker.as_deref()?;
        let speaker = actors::elsewhere(speaker).unwrap_or_else(|| speaker.to_owned());
        let content = said.content.iter().find(|content| overlaps(**content, span))?;
        let start = sentence.clone().find(|at| {
            let unit = self.page.unit(*at);
            unit.span.start >= content.start && unit.kind != Kind::Mark
        })?;
        let be = (start..at).find(|at| self.is("be", *at) || self.page.unit(*at).kind == Kind::Punctuation);
        let issue = self.bare(start..be.unwrap_or(at));
        let plain = issue.clone().all(|at| matches!(self.page.unit(at).kind, Kind::Word | Kind::Number));
        let fit = plain
            && !issue.is_empty()
            && issue.len() <= ISSUE_WITHIN
            && !issue.clone().any(|at| self.is_negation(at));
        fit.then(|| self.position(speaker, Stance::RulesOut, issue, at..at + length, sentence, true))
    }

    /// The stance whose words begin at `at`.
    fn cue(&self, at: usize, sentence: &Range<usize>) -> Option<&'static Cue> {
        let known = self.words.cues.get(&self.verb(at))?;
        known.iter().find(|cue| {
            let fits = (1..cue.words.len()).all(|more| self.begins(at + more, cue.words[more]));
            fits && cue.last.is_none_or(|_| self.last(at, sentence, cue).is_some())
        })
    }

    /// The word at `at` without what French leans on it: "n'accepte".
    fn verb(&self, at: usize) -> u32 {
        let (lean, word) = parted(self.page.words(at));
        hash::word(if lean == "n'" { word } else { self.page.words(at) })
    }

    /// Whether the word at `at` is, or leans with, this one: "d'envahir".
    fn begins(&self, at: usize, word: u32) -> bool {
        self.page.unit(at).word == word || hash::word(parted(self.page.words(at)).0) == word
    }

    /// Where the last part of a clause's verb stands.
    fn last(&self, at: usize, sentence: &Range<usize>, cue: &Cue) -> Option<usize> {
        let word = cue.last?;
        (at + 1..sentence.end.min(at + CLAUSE_WITHIN))
            .take_while(|at| matches!(self.page.unit(*at).kind, Kind::Word | Kind::Number))
            .find(|at| self.page.unit(*at).word == word)
    }

    fn is(&self, class: &str, at: usize) -> bool {
        self.words.classes.get(class).is_some_and(|words| words.contains(&self.page.unit(at).word))
    }

    fn is_negation(&self, at: usize) -> bool {
        self.is("not", at) || parted(self.page.words(at)).0 == "n'"
    }

    /// Who stands before a verb, by name, and where they end.
    fn actor(&self, sentence: &Range<usize>, verb: usize) -> Option<(String, usize)> {
        let between = |at: &usize| self.is("after", *at) || self.is("day", *at) || self.is_negation(*at);
        let skipped = (sentence.start..verb).rev().take_while(between).take(CUE_WITHIN).count();
        let end = verb - skipped;
        let start = (sentence.start..end)
            .rev()
            .take_while(|at| self.page.unit(*at).capital && self.page.unit(*at).kind == Kind::Word)
            .last()?;
        let state = (start..end).find_map(|start| {
            let name = self.page.span(start..end).of(self.page.text);
            actors::elsewhere(name).map(|state| (state, start))
        });
        let (name, first) = state.or_else(|| self.person(start, end))?;
        self.stands_alone(sentence, first).then_some((name, end))
    }

    /// Somebody with more than one name, or whom the language room knows.
    fn person(&self, start: usize, end: usize) -> Option<(String, usize)> {
        let mut mentions =
            self.cast.mentions.iter().filter(|(units, _)| units.end == end && units.start >= start);
        let (units, member) = mentions.next()?;
        let mut name = self.cast.members.get(*member)?.name.as_str();
        // "Команда Гвинеи": a noun with a capital, since it opens the sentence, and whose it is.
        if self.is("common", units.start) {
            return None;
        }
        if self.is("title", units.start) {
            name = name.split_once(' ')?.1;
        }
        let known =
            || self.names.iter().any(|known| known.text == name || known.text.ends_with(&format!(" {name}")));
        (name.contains(' ') || known()).then(|| (name.to_owned(), units.start))
    }

    /// Nothing but an article or a title stands before a name that acts; "the spokesman of Holm" is not Holm.
    fn stands_alone(&self, sentence: &Range<usize>, first: usize) -> bool {
        let mut at = first;
        while at > sentence.start && (self.is("article", at - 1) || self.is("title", at - 1)) {
            // "de la Türkei": French "de" and "des" are articles of what is told, never of who acts.
            if ["de", "du", "des", "d'"].contains(&self.page.words(at - 1).to_lowercase().as_str()) {
                return false;
            }
            at -= 1;
        }
        at == sentence.start || matches!(self.page.unit(at - 1).kind, Kind::Colon | Kind::Mark)
    }

    /// What a stance is about behind its words, and where the clause ends that was looked at.
    fn issue(&self, from: usize, sentence: &Range<usize>, cue: &Cue) -> Option<(Range<usize>, usize)> {
        let particle = self.last(from - 1, sentence, cue);
        let limit = particle.unwrap_or(sentence.end);
        let ends = |at: usize| {
            let unit = self.page.unit(at);
            !matches!(unit.kind, Kind::Word | Kind::Number)
                || self.is("until", at)
                || self.is("day", at)
                || self.is("when", at) && self.is("day", at + 1)
        };
        let end = (from..limit).find(|at| ends(*at)).unwrap_or(limit);
        if cue.dative && ["dem", "der", "den", "à", "au", "aux"].contains(&self.page.words(from)) {
            return None;
        }
        let last = particle.map_or(end, |at| at + 1);
        let mut issue = self.bare(from..end);
        while issue.end > issue.start && self.is_negation(issue.end - 1) {
            issue.end -= 1;
        }
        while issue.end > issue.start && self.is_negation(issue.start) {
            issue.start += 1;
        }
        let issue = self.bare(issue);
        let whole =
            !issue.is_empty() && issue.len() <= ISSUE_WITHIN && !issue.clone().any(|at| self.is_negation(at));
        whole.then_some((issue, last.max(from)))
    }

    /// A phrase without the articles that it begins with.
    fn bare(&self, mut units: Range<usize>) -> Range<usize> {
        while units.start < units.end
            && (self.is("article", units.start) || self.page.unit(units.start).kind == Kind::Mark)
        {
            units.start += 1;
        }
        units
    }

    /// "..., sagte ein Sprecher": the sentence is somebody else's.
    fn is_told_by_another(&self, from: usize, sentence: &Range<usize>) -> bool {
        (from..sentence.end).any(|at| self.page.unit(at).kind == Kind::Comma) && self.says(from, sentence.end)
    }

    fn says(&self, from: usize, end: usize) -> bool {
        (from..end).any(|at| SAYING.contains(&self.page.unit(at).word))
    }

    fn position(
        &self,
        actor: String,
        stance: Stance,
        issue: Range<usize>,
        cue: Range<usize>,
        sentence: &Range<usize>,
        said: bool,
    ) -> Position {
        let mut about = self.page.span(issue.clone());
        // "l'adhésion": the article leans on its noun.
        let (lean, _) = parted(self.page.words(issue.start));
        if matches!(lean, "l'" | "d'") {
            let letters = self.page.words(issue.start).chars().take(lean.chars().count());
            about.start += u32::try_from(letters.map(char::len_utf8).sum::<usize>()).unwrap_or(0);
        }
        Position {
            actor: Some(actor),
            office: None,
            stance,
            issue: about,
            cue: self.page.span(cue),
            words: self.page.span(sentence.clone()),
            said,
            earlier: false,
        }
    }
}

/// What French leans on a word, with a straight apostrophe, and the word: `("n'", "accepte")`.
fn parted(word: &str) -> (&'static str, &str) {
    for lean in ["n'", "l'", "d'"] {
        let (first, rest) = word.split_at_checked(1).unwrap_or_default();
        let rest = rest.strip_prefix(['\'', '’']).filter(|_| lean.starts_with(&first.to_lowercase()));
        if let Some(rest) = rest.filter(|_| !first.is_empty()) {
            return (lean, rest);
        }
    }
    ("", word)
}

/// Verbs of saying, in all languages.
static SAYING: LazyLock<HashSet<u32>> = LazyLock::new(|| {
    let says = |line: &str| line.split_once(" say: ").map(|(_, words)| words.to_owned());
    let all: Vec<String> = lines(include_str!("../../data/cues.other.txt")).filter_map(says).collect();
    all.iter().flat_map(|words| words.split_whitespace()).map(hash::word).collect()
});

static WORDS: LazyLock<HashMap<&'static str, Words>> = LazyLock::new(|| {
    let mut all: HashMap<&'static str, Words> = HashMap::new();
    for line in lines(FILE) {
        let Some((head, forms)) = line.split_once(": ") else { continue };
        let Some((language, class)) = head.split_once(' ') else { continue };
        let words = all.entry(language).or_default();
        let (class, dative) = class.strip_prefix("dative ").map_or((class, false), |class| (class, true));
        match Stance::from_word(class) {
            Some(stance) => forms.split_whitespace().for_each(|form| words.learn(stance, form, dative)),
            None if class == "quiet" => words.quiet.extend(forms.split_whitespace().map(joined)),
            None => words.classes.entry(class).or_default().extend(forms.split_whitespace().map(hash::word)),
        }
    }
    all
});

fn joined(form: &str) -> Vec<u32> {
    form.split('_').map(hash::word).collect()
}

impl Words {
    fn learn(&mut self, stance: Stance, form: &str, dative: bool) {
        let (together, last) = form.split_once('~').map_or((form, None), |(words, last)| (words, Some(last)));
        let cue = Cue { stance, words: joined(together), last: last.map(hash::word), dative };
        let known = self.cues.entry(cue.words[0]).or_default();
        known.push(cue);
        known.sort_by_key(|cue| std::cmp::Reverse((cue.words.len(), cue.last.is_some())));
    }
}
