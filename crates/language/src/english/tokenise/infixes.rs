//! Where a chunk is cut inside: byte ranges of what becomes a token between its neighbours.

use super::affixes::{is_capital, is_icon, is_quote, is_small};

/// The cuts, in order.
pub(super) fn find(text: &str) -> Vec<(usize, usize)> {
    if text.chars().all(char::is_alphanumeric) {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let length = cut(&letters, at);
        if length == 0 {
            at += 1;
            continue;
        }
        let end = letters.get(at + length).map_or(text.len(), |(end, _)| *end);
        found.push((letters[at].0, end));
        at += length;
    }
    found
}

/// Characters of the infix that begins here, 0 for none.
fn cut(letters: &[(usize, char)], at: usize) -> usize {
    let letter = |at: usize| letters.get(at).map(|(_, c)| *c);
    let Some(c) = letter(at) else { return 0 };
    let (before, behind) = (at.checked_sub(1).and_then(letter), letter(at + 1));
    let is = |c: Option<char>, what: fn(char) -> bool| c.is_some_and(what);
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if c == '.' {
        let dots = letters.get(at..).unwrap_or_default().iter().take_while(|(_, c)| *c == '.').count();
        if dots > 1 {
            return dots;
        }
        let parts =
            is(before, |c| is_small(c) || is_quote(c)) && is(behind, |c| is_capital(c) || is_quote(c));
        return usize::from(parts);
    }
    if c == '…' || is_icon(c) {
        return 1;
    }
    if matches!(c, '+' | '-' | '*' | '^') && figure(before) && (figure(behind) || behind == Some('-')) {
        return 1;
    }
    if c == ',' {
        return usize::from(is(before, char::is_alphabetic) && is(behind, char::is_alphabetic));
    }
    let joined = is(before, char::is_alphabetic) || figure(before);
    if joined && matches!(c, '-' | '–' | '—' | '~') {
        return hyphen(letters, at);
    }
    let sign = matches!(c, ':' | '<' | '>' | '=' | '/');
    usize::from(sign && joined && is(behind, char::is_alphabetic))
}

/// One to three hyphens or one to two dashes in front of a letter.
fn hyphen(letters: &[(usize, char)], at: usize) -> usize {
    let longest = match letters[at].1 {
        '-' => 3,
        '—' => 2,
        _ => 1,
    };
    let same = letters.iter().skip(at).take_while(|(_, c)| *c == letters[at].1).count();
    let before_letter = letters.get(at + same).is_some_and(|(_, c)| c.is_alphabetic());
    if same <= longest && before_letter { same } else { 0 }
}
