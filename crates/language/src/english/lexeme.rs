//! What the model sees of a word: numbers for its normal form, its first letter, its last three letters and
//! its shape.

use super::murmur;
use std::collections::BTreeMap;

/// Strings that the reference numbers by hand instead of by hash, as far as a form of a word can be one.
#[rustfmt::skip]
const SYMBOLS: &[(&str, u64)] = &[
    ("ID", 64), ("POS", 74), ("TAG", 75), ("DEP", 76), ("ADJ", 84), ("ADP", 85), ("ADV", 86), ("AUX", 87), ("DET", 90),
    ("NUM", 93), ("SYM", 99), ("X", 101), ("EOL", 102), ("ORG", 383), ("GPE", 384), ("LOC", 385), ("LAW", 390),
    ("IDX", 455), ("_", 456), ("acomp", 398), ("advcl", 399), ("advmod", 400), ("agent", 401), ("amod", 402),
    ("appos", 403), ("attr", 404), ("aux", 405), ("auxpass", 406), ("cc", 407), ("ccomp", 408), ("complm", 409),
    ("conj", 410), ("cop", 411), ("csubj", 412), ("csubjpass", 413), ("dep", 414), ("det", 415), ("dobj", 416),
    ("expl", 417), ("hmod", 418), ("hyph", 419), ("infmod", 420), ("intj", 421), ("iobj", 422), ("mark", 423),
    ("meta", 424), ("neg", 425), ("nmod", 426), ("nn", 427), ("npadvmod", 428), ("nsubj", 429), ("nsubjpass", 430),
    ("num", 431), ("number", 432), ("oprd", 433), ("obj", 434), ("obl", 435), ("parataxis", 436), ("partmod", 437),
    ("pcomp", 438), ("pobj", 439), ("poss", 440), ("possessive", 441), ("preconj", 442), ("prep", 443), ("prt", 444),
    ("punct", 445), ("quantmod", 446), ("relcl", 447), ("rcmod", 448), ("root", 449), ("xcomp", 450), ("acl", 451),
];

/// Signs with another normal form than their lower case.
#[rustfmt::skip]
const NORMS: &[(&str, &str)] = &[
    ("'S", "'s"), ("’s", "'s"), ("’S", "'s"), ("’", "'"), ("‘", "'"), ("´", "'"), ("`", "'"), ("”", "\""), ("“", "\""),
    ("''", "\""), ("``", "\""), ("´´", "\""), ("„", "\""), ("»", "\""), ("«", "\""), ("‘‘", "\""), ("’’", "\""),
    ("？", "?"), ("！", "!"), ("，", ","), ("；", ";"), ("：", ":"), ("。", "."), ("।", "."), ("…", "..."), ("—", "-"),
    ("–", "-"), ("--", "-"), ("---", "-"), ("——", "-"), ("€", "$"), ("£", "$"), ("¥", "$"), ("฿", "$"), ("US$", "$"),
    ("C$", "$"), ("A$", "$"), ("₺", "$"), ("₹", "$"), ("৳", "$"), ("₩", "$"), ("Mex$", "$"), ("₣", "$"), ("E£", "$"),
];

/// The number that the reference gives a string.
pub(super) fn number(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let symbol = (text.len() <= 10).then(|| SYMBOLS.iter().find(|(symbol, _)| *symbol == text)).flatten();
    symbol.map_or_else(|| murmur::number(text), |(_, number)| *number)
}

/// The numbers of a word's normal form, prefix, suffix and shape. `norm` is what a special says.
pub(super) fn features(word: &str, norm: Option<&str>, norms: &BTreeMap<u64, String>) -> [u64; 4] {
    let first = word.chars().next().map_or(0, char::len_utf8);
    let last = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    [
        normal(word, norm, norms),
        number(word.get(..first).unwrap_or_default()),
        number(word.get(last..).unwrap_or_default()),
        number(&shape(word)),
    ]
}

fn normal(word: &str, norm: Option<&str>, norms: &BTreeMap<u64, String>) -> u64 {
    if let Some(norm) = norm {
        return number(norm);
    }
    if let Some(norm) = norms.get(&number(word)) {
        return number(norm);
    }
    match NORMS.iter().find(|(sign, _)| *sign == word) {
        Some((_, norm)) => number(norm),
        None => number(&word.to_lowercase()),
    }
}

/// Longer words have no shape of their own.
const LONG: usize = 100;

/// `Selmara’s` is `Xxxxx’x`: letters by their case, figures as d, runs cut at four.
fn shape(word: &str) -> String {
    if word.chars().nth(LONG - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars() {
        let mark = if c.is_alphabetic() {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        run = if mark == last { run + 1 } else { 0 };
        last = mark;
        if run < 4 {
            shape.push(mark);
        }
    }
    shape
}

/// Digits, raised ones too; fractions and Roman numerals are none.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c.is_numeric() && !matches!(c, '¼'..='¾' | '\u{2150}'..='\u{218b}')
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn shapes() {
        for (word, expect) in
            [("Selmara", "Xxxxx"), ("13th", "ddxx"), ("U.S.", "X.X."), ("3,000.50", "d,ddd.dd"), ("I", "X")]
        {
            assert_eq!(shape(word), expect, "{word}");
        }
    }
}
