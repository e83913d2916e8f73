//! What is known of words before any text is read: closed classes and cue words with their groups and frames,
//! from the files in `data/`.

use crate::hash::{self, Map};
use std::sync::LazyLock;

const CUES: &str = include_str!("../data/cues.en.txt");
const WORDS: &str = include_str!("../data/words.en.txt");

/// What the lexicon holds for a word form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Closed class, 0 when the word is open.
    pub(crate) class: u8,
    /// Cue group, 0 when the word is no cue; verbs first.
    pub(crate) group: u8,
    /// Frames, see [`frame`].
    pub(crate) frames: u8,
    /// Hash of the lemma, 0 when unknown.
    pub(crate) lemma: u32,
}

/// What may stand around a cue.
pub(crate) mod frame {
    pub(crate) const QUOTE: u8 = 1;
    pub(crate) const CLAUSE: u8 = 2;
    pub(crate) const ADDRESSEE: u8 = 4;
    pub(crate) const PHRASE: u8 = 8;
    pub(crate) const INVERTED: u8 = 16;
    /// The cue is a noun.
    pub(crate) const NOUN: u8 = 32;
}

/// Declares the closed classes once, in the order of their numbers.
macro_rules! classes {
    ($($name:ident = $word:literal),+ $(,)?) => {
        /// Numbers of the closed classes.
        #[allow(dead_code, reason = "the list is the file's, rules use some of it")]
        pub(crate) mod class {
            classes!(@number 1u8, $($name,)+);
        }
        const CLASS_NAMES: &[&str] = &[$($word),+];
    };
    (@number $at:expr, $name:ident, $($rest:ident,)*) => {
        pub(crate) const $name: u8 = $at;
        classes!(@number $at + 1, $($rest,)*);
    };
    (@number $at:expr,) => {
        /// The first number that no closed class has.
        pub(crate) const END: u8 = $at;
    };
}

classes! {
    SUBJECT = "subject", ME = "me", YOU = "you", IT = "it", OBJECT = "object", RELATIVE = "relative", THAT = "that",
    WH = "wh", ARTICLE = "article", POSSESSIVE = "possessive", DETERMINER = "determiner", PREPOSITION = "preposition",
    TO = "to", AS = "as", LIKE = "like", AND = "and", BUT = "but", CLAUSE = "clause", BE = "be", HAVE = "have",
    DO = "do", MODAL = "modal", NEGATION = "negation", ADVERB = "adverb", DAY = "day", MONTH = "month", TITLE = "title",
}

/// The entry of the word form with this hash.
pub(crate) fn entry(word: u32) -> Entry {
    static ENTRIES: LazyLock<Map<Entry>> = LazyLock::new(read);
    ENTRIES.get(&word).copied().unwrap_or_default()
}

fn read() -> Map<Entry> {
    let mut entries = Map::default();
    read_cues(&mut entries);
    for line in lines(WORDS) {
        let Some((name, words)) = line.split_once(':') else { continue };
        let Some(at) = CLASS_NAMES.iter().position(|known| *known == name) else { continue };
        for word in words.split_whitespace() {
            let entry: &mut Entry = entries.entry(hash::word(word)).or_default();
            if entry.class == 0 {
                entry.class = u8::try_from(at + 1).unwrap_or(u8::MAX);
            }
        }
    }
    entries
}

pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn read_cues(entries: &mut Map<Entry>) {
    let (mut group, mut frames, mut noun, mut phrase) = (0, 0, false, false);
    for line in lines(CUES) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match *words.as_slice() {
            ["verb" | "noun", _, letters] if is_frame(letters) => {
                noun = words[0] == "noun";
                phrase = false;
                group += 1;
                frames = read_frames(letters) | if noun { frame::NOUN } else { 0 };
            }
            ["phrase", ..] => phrase = true,
            _ if phrase => {}
            _ => words.iter().for_each(|lemma| add(entries, lemma, group, frames, noun)),
        }
    }
}

fn is_frame(letters: &str) -> bool {
    letters.len() <= 5 && letters.chars().all(|c| "qtani".contains(c))
}

fn read_frames(letters: &str) -> u8 {
    letters.chars().fold(0, |frames, c| {
        frames
            | match c {
                'q' => frame::QUOTE,
                't' => frame::CLAUSE,
                'a' => frame::ADDRESSEE,
                'n' => frame::PHRASE,
                _ => frame::INVERTED,
            }
    })
}

fn add(entries: &mut Map<Entry>, lemma: &str, group: u8, frames: u8, noun: bool) {
    let forms: Vec<String> = if lemma.contains('/') {
        lemma.split('/').map(ToOwned::to_owned).collect()
    } else if noun {
        vec![lemma.to_owned(), plural(lemma)]
    } else {
        regular(lemma)
    };
    let stem = forms.first().map_or(0, |form| hash::word(form));
    for form in &forms {
        let entry = entries.entry(hash::word(form)).or_default();
        if entry.group == 0 {
            (entry.group, entry.lemma) = (group, stem);
        }
        // A form in several groups has the frames of all of them; a verb is never taken for a noun only.
        entry.frames |= if entry.group == group { frames } else { frames & !frame::NOUN };
    }
}

pub(crate) fn plural(noun: &str) -> String {
    if noun.ends_with('y') && !noun.ends_with("ey") {
        format!("{}ies", noun.trim_end_matches('y'))
    } else {
        format!("{noun}s")
    }
}

/// `-s`, `-ed` and `-ing` of a regular verb.
pub(crate) fn regular(verb: &str) -> Vec<String> {
    let cut = |end: char| verb.strip_suffix(end).unwrap_or(verb);
    let hisses = ["s", "sh", "ch", "x", "z"].iter().any(|end| verb.ends_with(end));
    let (third, past, gerund) = if verb.ends_with('e') {
        (format!("{verb}s"), format!("{verb}d"), format!("{}ing", cut('e')))
    } else if verb.ends_with('y') && !["ay", "ey", "oy"].iter().any(|end| verb.ends_with(end)) {
        (format!("{}ies", cut('y')), format!("{}ied", cut('y')), format!("{verb}ing"))
    } else if hisses {
        (format!("{verb}es"), format!("{verb}ed"), format!("{verb}ing"))
    } else {
        (format!("{verb}s"), format!("{verb}ed"), format!("{verb}ing"))
    };
    let mut forms = vec![verb.to_owned(), third, past, gerund];
    if let Some(last) = doubled(verb) {
        forms.extend([format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
    }
    forms
}

/// The last consonant when it may double (`quip`, `admit`): consonant, vowel, consonant.
fn doubled(verb: &str) -> Option<char> {
    let mut letters = verb.chars().rev();
    let (last, middle, before) = (letters.next()?, letters.next()?, letters.next()?);
    let vowel = |c| "aeiou".contains(c);
    // `quip`: the `u` behind a `q` is none.
    let consonant = !vowel(before) || before == 'u' && letters.next() == Some('q');
    (!vowel(last) && !"wxy".contains(last) && vowel(middle) && consonant).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::{class, entry, frame};
    use crate::hash::word;

    #[test]
    fn forms_know_their_lemma() {
        for (form, lemma) in
            [("said", "say"), ("Says", "say"), ("quipped", "quip"), ("denies", "deny"), ("told", "tell")]
        {
            assert_eq!(entry(word(form)).lemma, word(lemma), "{form}");
            assert!(entry(word(form)).group > 0);
        }
        assert_eq!(entry(word("he")).class, class::SUBJECT);
        assert_eq!(entry(word("president")).class, class::TITLE);
        assert!(entry(word("told")).frames & frame::ADDRESSEE > 0);
        assert!(entry(word("remarks")).frames & frame::NOUN == 0, "a verb first");
        assert!(entry(word("criticism")).frames & frame::NOUN > 0);
        assert_eq!(entry(word("ferry")).group, 0);
    }
}
