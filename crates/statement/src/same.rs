//! When the quotes of two articles are the same words: equal, one inside the other, or nearly so.
//!
//! In: the words of quotes. Out: prints by which a store finds candidates, and the verdict. One copy that a
//! desk shortened and another that it tidied are one saying; two sentences on one matter are two.

use crate::hash;
use std::collections::HashSet;

/// Words of a print.
const PRINT: usize = 3;
/// Prints among which the smallest is kept, so that any six words in common share one.
const WINDOW: usize = 4;
/// Prints kept of a long quote.
const MOST: usize = 24;
/// Fewer words are the same only when they are all.
const LEAST_INSIDE: usize = 5;
/// Share of the shorter one's prints that the longer one has.
const NEARLY: f64 = 0.7;

/// The words of a quote in comparable form: lower case, without marks and punctuation.
pub fn words(pieces: &[&str]) -> Vec<u32> {
    let split = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’';
    let words = pieces.iter().flat_map(|piece| piece.split(split));
    words.map(|word| word.trim_matches(['\'', '’'])).filter(|word| !word.is_empty()).map(hash::word).collect()
}

/// Where candidates are looked up.
pub fn prints(words: &[u32]) -> Vec<u32> {
    if words.len() < PRINT + WINDOW - 1 {
        return if words.is_empty() { Vec::new() } else { vec![joined(words)] };
    }
    let all: Vec<u32> = words.windows(PRINT).map(joined).collect();
    let mut kept: Vec<u32> = Vec::new();
    for window in all.windows(WINDOW) {
        let smallest = window.iter().copied().min().unwrap_or_default();
        if kept.last() != Some(&smallest) && !kept.contains(&smallest) {
            kept.push(smallest);
        }
    }
    kept.truncate(MOST);
    kept
}

/// Whether both are the same words.
pub fn is_same(one: &[u32], other: &[u32]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short == long {
        return !short.is_empty();
    }
    if short.len() < LEAST_INSIDE {
        return false;
    }
    if long.windows(short.len()).any(|window| window == short) {
        return true;
    }
    let has: HashSet<u32> = long.windows(PRINT).map(joined).collect();
    let shared = short.windows(PRINT).filter(|print| has.contains(&joined(print))).count();
    shared as f64 >= NEARLY * (short.len() + 1 - PRINT) as f64
}

fn joined(words: &[u32]) -> u32 {
    words.iter().fold(words.len() as u32, |hash, word| hash::mix(hash, *word))
}

#[cfg(test)]
mod tests {
    use super::{is_same, prints, words};

    fn check(one: &str, other: &str, same: bool) {
        let (one, other) = (words(&[one]), words(&[other]));
        assert_eq!(is_same(&one, &other), same);
        if same {
            let prints = prints(&one);
            assert!(self::prints(&other).iter().any(|print| prints.contains(print)), "no print in common");
        }
    }

    #[test]
    fn the_same_words_are_one_saying() {
        check("“We will not sign on Friday,”", "\"We will not sign on Friday\"", true);
        check(
            "We will not sign on Friday, and nobody can make us sign later",
            "we will not sign on Friday, and nobody can make us",
            true,
        );
        check(
            "The five regions are non-negotiable and their status was settled by the people who live there",
            "The five regions are non-negotiable, and the status was settled by the people who live there",
            true,
        );
        check("We will not sign", "We will sign", false);
        check(
            "The ferry will sail on Monday morning from Karsk",
            "The ferry will sail on Monday to Tarn again",
            false,
        );
        check("", "", false);
    }
}
