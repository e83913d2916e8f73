//! The lead of a story: up to five sentences, the newest first, out of its articles that together say most of what is known.
//!
//! Greedy maximum coverage: each content word weighs as many families as use it; the sentence that adds most
//! weight for its length is taken, then the one that adds most to that, while it adds enough.

use super::{Known, Portrait, language};
use crate::hash::{self, Map, Set};
use news::{ArticleId, Span};

/// A sentence of the lead: where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadSentence {
    pub article: ArticleId,
    /// In the article's text.
    pub span: Span,
}

/// Articles that are looked at, sentences from the top of each, and sentences of a lead.
const LOOKED_AT: usize = 40;
const FROM_THE_TOP: usize = 6;
const SENTENCES: usize = 5;
/// Characters of a sentence that can stand alone.
const LENGTH: std::ops::RangeInclusive<usize> = 40..=320;
/// A further sentence brings at least this share of what the first one did; the second and third may bring less, as
/// long as most of their words are not told yet.
const WORTH: f64 = 0.35;
const FEW: usize = 3;
const WORTH_OF_FEW: f64 = 0.15;
const TOLD: f64 = 0.55;
/// How much of its weight a sentence loses with each place further down, and with each day of age.
const PER_PLACE: f64 = 0.9;
const PER_DAY: f64 = 0.8;

/// A sentence that can stand alone, with the words that it is made of.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    span: Span,
    /// Its place in the article, from the top.
    place: i32,
    words: Box<[u32]>,
}

/// The sentences at the top of an article, as they are shown, that can stand alone.
pub(super) fn sentences(text: &str, shown: impl Iterator<Item = Span>) -> Box<[Sentence]> {
    let top = shown.take(FROM_THE_TOP).zip(0_i32..);
    top.filter(|(span, _)| stands_alone(span.of(text)))
        .map(|(span, place)| {
            let mut words: Vec<u32> = words(span.of(text)).collect();
            words.sort_unstable();
            words.dedup();
            Sentence { span, place, words: words.into() }
        })
        .collect()
}

/// Chooses the sentences, in the order to be shown. Only articles with their own text in the story's main
/// language are quoted; a story of bare headlines has no lead.
pub fn lead(members: &[&Portrait]) -> Vec<LeadSentence> {
    let told_in = language(members);
    let own = members.iter().rev().filter(|m| !m.copy && m.language == told_in && !m.sentences.is_empty());
    let own: Vec<&Portrait> = own.take(LOOKED_AT).copied().collect();
    let weights = weights(&own);
    let known = Known::of(members);
    let latest = own.iter().map(|member| member.at).max().unwrap_or_default();
    let mut open: Vec<Candidate> =
        own.iter().flat_map(|member| candidates(member, latest, &weights, &known)).collect();
    let mut covered: Set<u32> = Set::default();
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut enough = 0.0;
    while chosen.len() < SENTENCES {
        open.retain(|candidate| candidate.told(&covered) < TOLD);
        let gains = open.iter().enumerate().map(|(at, candidate)| (candidate.gain(&covered, &weights), at));
        let Some((gain, at)) = gains.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) else { break };
        let worth = if chosen.len() < FEW { WORTH_OF_FEW } else { WORTH };
        if gain <= enough * worth {
            break;
        }
        enough = if chosen.is_empty() { gain } else { enough };
        let best = open.swap_remove(at);
        covered.extend(&best.words);
        chosen.push(best);
    }
    // What was told last stands first; of one article in its order.
    chosen.sort_by_key(|candidate| (std::cmp::Reverse(candidate.at), candidate.sentence.span.start));
    chosen.into_iter().map(|candidate| candidate.sentence).collect()
}

/// One sentence that could be taken.
struct Candidate {
    sentence: LeadSentence,
    at: i64,
    words: Vec<u32>,
    /// What its place and age leave of its weight.
    standing: f64,
}

impl Candidate {
    /// Share of its words that are covered.
    fn told(&self, covered: &Set<u32>) -> f64 {
        let told = self.words.iter().filter(|word| covered.contains(word)).count();
        told as f64 / self.words.len().max(1) as f64
    }

    /// Weight that it adds to what is covered, for its length.
    fn gain(&self, covered: &Set<u32>, weights: &Map<u32, f64>) -> f64 {
        let new = self.words.iter().filter(|word| !covered.contains(word));
        let weight: f64 = new.filter_map(|word| weights.get(word)).sum();
        self.standing * weight / (8.0 + self.words.len() as f64).sqrt()
    }
}

/// The sentences of one article.
fn candidates<'a>(
    member: &'a Portrait,
    latest: i64,
    weights: &'a Map<u32, f64>,
    known: &'a Known,
) -> impl Iterator<Item = Candidate> + 'a {
    let days = (latest - member.at) as f64 / 86_400.0;
    let current = |sentence: &&Sentence| !known.overtakes(member, Some(sentence.span));
    member.sentences.iter().filter(current).map(move |sentence| Candidate {
        sentence: LeadSentence { article: member.article, span: sentence.span },
        at: member.at,
        words: sentence.words.iter().filter(|word| weights.contains_key(word)).copied().collect(),
        standing: PER_PLACE.powi(sentence.place) * PER_DAY.powf(days),
    })
}

/// How many families use each content word in headline or lead, damped.
fn weights(members: &[&Portrait]) -> Map<u32, f64> {
    let mut families: Map<u32, Set<u64>> = Map::default();
    for member in members {
        for word in &member.telling {
            families.entry(*word).or_default().insert(member.family);
        }
    }
    families.into_iter().map(|(word, families)| (word, (1.0 + families.len() as f64).ln())).collect()
}

/// Keys of a sentence's words, comparable with the keys of stems.
fn words(sentence: &str) -> impl Iterator<Item = u32> {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| beginning(&word.to_lowercase()))
}

/// A word and its stem begin alike: five letters tell them apart from most others.
pub(super) fn beginning(word: &str) -> u32 {
    let beginning: String = word.chars().take(5).collect();
    hash::term(&beginning)
}

/// A whole statement: begins and ends as one, and does not speak to the reader.
fn stands_alone(sentence: &str) -> bool {
    let sentence = sentence.trim();
    let first = sentence.chars().next().unwrap_or(' ');
    let begins = !first.is_lowercase() && (first.is_alphanumeric() || "\"'“„«‘¿¡".contains(first));
    let ends = sentence.ends_with(['.', '。', '"', '”', '“', '»', '।', '։']);
    let lower = sentence.to_lowercase();
    let speaks = [
        "read more",
        "click",
        "subscribe",
        "sign up",
        "follow us",
        "newsletter",
        "©",
        "http",
        "getty",
        "photo:",
        "min read",
        "in this article",
        "reporting from",
        "advertisement",
        "please refresh",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase));
    LENGTH.contains(&sentence.chars().count())
        && begins
        && ends
        && !speaks
        && !leans(sentence)
        && is_whole_quote(sentence)
}

/// Words that point back to a sentence before.
const LEANING: &[&str] = &[
    "He", "She", "They", "It", "His", "Her", "Their", "This", "That", "These", "Those", "But", "And",
    "However", "Er", "Sie", "Es", "Dies", "Diese", "Aber", "Und", "Il", "Elle", "Ils", "Elles", "Mais", "Ce",
    "Cette", "Él", "Ella", "Ellos", "Pero", "Esto", "Він", "Вона", "Вони", "Але", "Он", "Она", "Они", "Но",
    "Это",
];

/// Whether a sentence only means something behind another.
fn leans(sentence: &str) -> bool {
    let first = sentence.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    first.is_some_and(|word| LEANING.contains(&word))
}

/// Whether every quotation that a sentence opens ends in it.
fn is_whole_quote(sentence: &str) -> bool {
    let count = |mark: char| sentence.matches(mark).count();
    count('"').is_multiple_of(2) && count('“') <= count('”').max(count('„')) && count('«') == count('»')
}
