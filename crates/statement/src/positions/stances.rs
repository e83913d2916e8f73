//! Words that tell a stance, with what may follow them, from `data/stances.en.txt`.

use crate::hash;
use crate::lexicon::{lines, regular};
use crate::page::Page;
use news::Stance;
use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/stances.en.txt");

/// What may follow a stance's words.
pub(crate) mod frame {
    pub(crate) const NOUN: u8 = 1;
    pub(crate) const TO: u8 = 2;
    pub(crate) const GERUND: u8 = 4;
    /// Somebody, then "to" and a verb.
    pub(crate) const PERSON: u8 = 8;
    /// It is said of an issue.
    pub(crate) const QUIET: u8 = 32;
    /// Its words hold the verb: "can be discussed".
    pub(crate) const WHOLE: u8 = 64;
    /// In headlines only, where "is" is left out.
    pub(crate) const HEADLINE: u8 = 128;
    /// A noun phrase that begins with its article.
    pub(crate) const ARTICLE: u8 = 16;
}

/// A stance's words.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) stance: Stance,
    /// What it means when negated, if anything.
    pub(crate) negated: Option<Stance>,
    pub(crate) frames: u8,
    words: Vec<u32>,
}

/// The longest stance words that begin at `at`, and how many units they are.
pub(crate) fn at(page: &Page, at: usize) -> Option<(&'static Cue, usize)> {
    static CUES: LazyLock<HashMap<u32, Vec<Cue>>> = LazyLock::new(read);
    let known = CUES.get(&page.unit(at).word)?;
    let fits = |cue: &&Cue| (0..cue.words.len()).all(|more| page.unit(at + more).word == cue.words[more]);
    known.iter().find(fits).map(|cue| (cue, cue.words.len()))
}

fn read() -> HashMap<u32, Vec<Cue>> {
    let mut cues: HashMap<u32, Vec<Cue>> = HashMap::new();
    let mut negated = None;
    for line in lines(FILE) {
        if let Some(stance) = line.strip_prefix("not ") {
            negated = Stance::from_word(stance);
            continue;
        }
        let Some((head, lemmas)) = line.split_once(": ") else { continue };
        let (first, second) = head.split_once(' ').unwrap_or((head, ""));
        let (stance, frames) = match first {
            "quiet" => (second, frame::QUIET),
            "whole" => (second, frame::QUIET | frame::WHOLE),
            _ => (first, frames(second)),
        };
        let Some(stance) = Stance::from_word(stance) else { continue };
        for words in lemmas.split_whitespace().flat_map(|lemma| forms(lemma, frames)) {
            let cue = Cue { stance, negated, frames, words };
            cues.entry(cue.words[0]).or_default().push(cue);
        }
        negated = None;
    }
    cues.values_mut().for_each(|known| known.sort_by_key(|cue| std::cmp::Reverse(cue.words.len())));
    cues
}

fn frames(letters: &str) -> u8 {
    letters.chars().fold(0, |frames, letter| {
        frames
            | match letter {
                'n' => frame::NOUN,
                't' => frame::TO,
                'g' => frame::GERUND,
                'p' => frame::PERSON,
                'a' => frame::ARTICLE,
                _ => frame::HEADLINE,
            }
    })
}

/// Every form of a lemma's first word, with the rest of its words.
fn forms(lemma: &str, frames: u8) -> Vec<Vec<u32>> {
    let (first, rest) = lemma.split_once('_').map_or((lemma, None), |(first, rest)| (first, Some(rest)));
    let firsts: Vec<String> = match first {
        _ if frames & frame::QUIET > 0 => vec![first.to_owned()],
        irregular if irregular.contains('/') => irregular.split('/').map(ToOwned::to_owned).collect(),
        verb => regular(verb),
    };
    let rest: Vec<u32> = rest.into_iter().flat_map(|rest| rest.split('_')).map(hash::word).collect();
    firsts.iter().map(|first| [vec![hash::word(first)], rest.clone()].concat()).collect()
}
