//! Text into tokens, finer than the terms of an index: punctuation and quotation marks are tokens, clitics
//! (`'s`, `'re`) are parted from their word, abbreviations keep their full stop.
//!
//! In: one paragraph and where it begins in the text. Out: tokens in order that never overlap. One pass.

/// One token, by its byte range in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: TokenKind,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Number,
    /// A double quotation mark of any style; which way it faces is decided by `marks`.
    Double(Facing),
    /// A single quotation mark that is no apostrophe inside a word.
    Single(Facing),
    /// `.`, `!`, `?`, `…`
    Stop,
    Punctuation,
}

/// Which way a mark faces as it is written. Straight marks face by what stands around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facing {
    /// Opens in English (`“`), and closes in German.
    Opens,
    Closes,
    /// Guillemets and low marks open; which closes them depends on the language.
    LowOpens,
    Guillemet {
        left: bool,
    },
    Either,
}

/// English abbreviations that a name or a number follows. Written by us.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "sen", "sens", "rep", "reps", "gov", "govs", "gen", "col", "lt", "capt", "sgt",
    "maj", "prof", "rev", "hon", "st", "jr", "sr", "vs", "no", "inc", "corp", "co", "ltd", "jan", "feb",
    "aug", "sept", "oct", "nov", "dec", "calif", "fla", "mass", "pa", "va", "ariz", "colo", "conn", "ga",
    "ill", "ind", "mich", "minn", "miss", "mo", "nev", "okla", "ore", "tenn", "tex", "wash", "wis", "ky",
    "la", "md", "dept", "assn", "bros", "etc", "e.g", "i.e", "a.m", "p.m",
];
/// No abbreviation is longer than this (bytes).
const LONGEST_ABBREVIATION: usize = 6;

/// Appends the tokens of `line`, which begins at byte `offset` of the text.
pub(crate) fn tokenize(line: &str, offset: usize, found: &mut Vec<Token>) {
    let mut at = 0;
    let mut before = ' ';
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = line.get(at..).unwrap_or_default();
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            before = ' ';
            at += c.len_utf8();
            continue;
        }
        let (length, kind) = one(rest, c, before);
        push(found, offset + at, length, kind);
        before = rest.get(..length).and_then(|token| token.chars().next_back()).unwrap_or(c);
        at += length;
    }
}

fn push(found: &mut Vec<Token>, start: usize, length: usize, kind: TokenKind) {
    let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    found.push(Token { start: clip(start), end: clip(start + length), kind });
}

/// Length in bytes and kind of the token at the start of `rest`.
fn one(rest: &str, first: char, before: char) -> (usize, TokenKind) {
    if is_link(rest) {
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"”“".contains(c)).unwrap_or(rest.len());
        return (
            rest.get(..end).unwrap_or(rest).trim_end_matches(['.', ',', ')', ';']).len().max(1),
            TokenKind::Word,
        );
    }
    if first.is_alphanumeric()
        || (matches!(first, '@' | '#') && rest.chars().nth(1).is_some_and(char::is_alphanumeric))
    {
        let kind = if first.is_numeric() { TokenKind::Number } else { TokenKind::Word };
        return (word_length(rest, first), kind);
    }
    let clitic =
        (matches!(first, '\'' | '’') && before.is_alphanumeric()).then(|| clitic_length(rest)).flatten();
    if let Some(length) = clitic {
        return (length, TokenKind::Word);
    }
    mark(rest, first).unwrap_or_else(|| punctuation(rest, first))
}

fn is_link(rest: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|scheme| rest.starts_with(scheme))
}

/// A word with what belongs inside it: hyphens, dots of acronyms and numbers, apostrophes of names, `n't`.
fn word_length(rest: &str, first: char) -> usize {
    let mut end = first.len_utf8();
    let mut letters = rest.char_indices().skip(1).peekable();
    let mut last = first;
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let inside = c.is_alphanumeric()
            || matches!(c, '\u{ad}' | '_')
            || next.is_some_and(char::is_alphanumeric)
                && joins(c, last, rest.get(at..).unwrap_or_default(), end);
        if !inside {
            break;
        }
        last = c;
        end = at + c.len_utf8();
    }
    let word = rest.get(..end).unwrap_or_default();
    let dotted = rest.get(end..).is_some_and(|more| more.starts_with('.') && !more.starts_with(".."))
        && keeps_stop(word);
    if dotted { end + 1 } else { end }
}

/// Whether `c` joins two parts of one word, `tail` being the text from it on and `end` the word's length so far.
fn joins(c: char, last: char, tail: &str, end: usize) -> bool {
    match c {
        '-' | '‑' | '&' | '/' | '@' => true,
        '.' => last.is_numeric() || end <= 1 || tail.get(2..3) == Some("."),
        ',' | ':' => {
            last.is_numeric() && tail.get(1..).is_some_and(|more| more.starts_with(char::is_numeric))
        }
        '\'' | '’' => last.is_alphabetic() && clitic_length(tail).is_none(),
        _ => false,
    }
}

/// Whether the full stop behind `word` is part of it.
fn keeps_stop(word: &str) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only.is_uppercase(),
        // "U.S.", and "Canada-U.S." too.
        _ if word.contains('.') => {
            let last = word.rsplit('-').next().unwrap_or(word);
            last.contains('.') && last.split('.').all(|part| part.chars().count() == 1)
        }
        _ => word.len() <= LONGEST_ABBREVIATION && ABBREVIATIONS.contains(&word.to_lowercase().as_str()),
    }
}

/// Length of a clitic (`'s`, `’re`) at the start of `rest`; `n't` stays with its verb.
fn clitic_length(rest: &str) -> Option<usize> {
    let mark = rest.chars().next()?.len_utf8();
    let letters = rest.get(mark..)?;
    let end = letters.find(|c: char| !c.is_alphanumeric()).unwrap_or(letters.len());
    let letters = letters.get(..end)?;
    let known = ["s", "re", "ve", "ll", "d", "m"].iter().any(|clitic| letters.eq_ignore_ascii_case(clitic));
    known.then_some(mark + end)
}

fn mark(rest: &str, first: char) -> Option<(usize, TokenKind)> {
    if rest.starts_with("''") || rest.starts_with("``") || rest.starts_with("’’") || rest.starts_with("‘‘")
    {
        return Some((first.len_utf8() * 2, TokenKind::Double(Facing::Either)));
    }
    let kind = match first {
        '"' | '＂' => TokenKind::Double(Facing::Either),
        '“' | '‟' => TokenKind::Double(Facing::Opens),
        '”' => TokenKind::Double(Facing::Closes),
        '„' => TokenKind::Double(Facing::LowOpens),
        '«' | '»' => TokenKind::Double(Facing::Guillemet { left: first == '«' }),
        '‹' | '›' => TokenKind::Single(Facing::Guillemet { left: first == '‹' }),
        '‘' | '‛' => TokenKind::Single(Facing::Opens),
        '’' => TokenKind::Single(Facing::Closes),
        '‚' => TokenKind::Single(Facing::LowOpens),
        '\'' | '`' => TokenKind::Single(Facing::Either),
        _ => return None,
    };
    Some((first.len_utf8(), kind))
}

/// Runs of full stops and of dashes are one token.
fn punctuation(rest: &str, first: char) -> (usize, TokenKind) {
    let run = |of: char| rest.find(|c| c != of).unwrap_or(rest.len());
    match first {
        '.' => (run('.'), TokenKind::Stop),
        '!' | '?' | '…' | '。' | '！' | '？' => (first.len_utf8(), TokenKind::Stop),
        '-' => (run('-'), TokenKind::Punctuation),
        _ => (first.len_utf8(), TokenKind::Punctuation),
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokenize};

    fn check(line: &str, expected: &[&str]) {
        let mut found: Vec<Token> = Vec::new();
        tokenize(line, 0, &mut found);
        let words: Vec<_> =
            found.iter().map(|token| line.get(token.start as usize..token.end as usize).unwrap()).collect();
        assert_eq!(words, expected, "{line:?}");
    }

    #[test]
    fn words_marks_and_stops() {
        check("He said.", &["He", "said", "."]);
        check("They’re in the U.S. now", &["They", "’re", "in", "the", "U.S.", "now"]);
        check("''No,'' Mr. O'Neill said...", &["''", "No", ",", "''", "Mr.", "O'Neill", "said", "..."]);
        check("didn't cost $1,250.50", &["didn't", "cost", "$", "1,250.50"]);
        check("workers' rights—now", &["workers", "'", "rights", "—", "now"]);
        check("J. K. Holm", &["J.", "K.", "Holm"]);
        check("a Canada-U.S. pact", &["a", "Canada-U.S.", "pact"]);
        check("see https://a.example/x, ok", &["see", "https://a.example/x", ",", "ok"]);
        check("«Нет», — сказал", &["«", "Нет", "»", ",", "—", "сказал"]);
    }
}
