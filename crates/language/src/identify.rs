//! In which language a text is written: first by its script and letters that only one language has, then by
//! its n-grams of letters and its stop words.

mod model;
mod script;

use crate::hash::Map;
use crate::stop;
use model::Model;
use news::Language;
use script::{Script, script_of};

/// A language with how sure we are: 0 nothing known, 1 certain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    pub language: Language,
    pub confidence: f32,
}

impl Guess {
    const NOTHING: Self = Self { language: Language::UNKNOWN, confidence: 0.0 };

    fn sure(code: &str, confidence: f32) -> Self {
        Self { language: Language::parse(code), confidence }
    }
}

/// The language of a text.
pub fn identify(text: &str) -> Guess {
    identify_with_hint(text, Language::UNKNOWN)
}

/// The language of a text of which somebody claims that it is `hint`: doubt goes to the claim, a clear
/// contradiction overrules it.
pub fn identify_with_hint(text: &str, hint: Language) -> Guess {
    guess(text, |_| true, hint)
}

/// The likeliest of some languages.
pub fn identify_among(text: &str, among: &[Language]) -> Guess {
    guess(text, |language| among.contains(&language), Language::UNKNOWN)
}

/// Characters of a text that are looked at: more tell nothing new.
const LOOKED_AT: usize = 600;

/// What a stop word of the language weighs, in natural logarithms of odds.
const STOP_WORD: f32 = 1.6;

/// What a claim weighs.
const CLAIM: f32 = 2.5;

/// Naive Bayes takes neighbouring n-grams for independent and is too sure by about this factor.
const TOO_SURE: f32 = 3.0;

fn guess(text: &str, allowed: impl Fn(Language) -> bool, hint: Language) -> Guess {
    let sample: String = text.chars().take(LOOKED_AT).flat_map(char::to_lowercase).collect();
    match script_of(&sample) {
        Script::None => Guess { language: hint, confidence: 0.0 },
        Script::Of(code, confidence) => {
            let found = Guess::sure(code, confidence);
            if allowed(found.language) { found } else { Guess::NOTHING }
        }
        Script::Shared(codes) => by_words(&sample, codes, allowed, hint),
    }
}

fn by_words(sample: &str, codes: &[&str], allowed: impl Fn(Language) -> bool, hint: Language) -> Guess {
    let words: Vec<&str> = sample
        .split(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '\u{300}'..='\u{36f}'))
        .filter(|word| !word.is_empty() && word.len() <= LONGEST_WORD)
        .collect();
    let model = Model::shared();
    let likelihoods = model.likelihoods(&words);
    let mut stop_words: Map<&str, usize> = Map::default();
    for code in words.iter().flat_map(|word| stop::languages(word)) {
        *stop_words.entry(code).or_default() += 1;
    }
    let mut scored: Vec<(Language, f32)> = Vec::new();
    for (code, likelihood) in model.codes().zip(likelihoods) {
        let language = Language::parse(code);
        if !codes.contains(&code) || !allowed(language) {
            continue;
        }
        let known = stop_words.get(language.code()).copied().unwrap_or_default();
        let claimed = if language == hint { CLAIM } else { 0.0 };
        scored.push((language, likelihood + STOP_WORD * known as f32 + claimed));
    }
    let Some(&(language, best)) = scored.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else {
        return Guess::NOTHING;
    };
    let all: f32 = scored.iter().map(|(_, score)| ((score - best) / TOO_SURE).exp()).sum();
    let confidence = 1.0 / all;
    if confidence < UNSURE { Guess { language: hint, confidence } } else { Guess { language, confidence } }
}

/// Below this nothing is claimed.
const UNSURE: f32 = 0.2;

/// Longest word that is looked at, in bytes.
const LONGEST_WORD: usize = 80;
