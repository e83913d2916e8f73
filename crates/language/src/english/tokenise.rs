//! Text into the tokens that the model was trained on: white space parts chunks, then punctuation is taken off
//! at both ends (`affixes`), then what is left is cut inside (`infixes`), unless the chunk is a known special
//! (`don't`, `U.S.`, `p.m.`) or an address. The rules are those of the reference, written out by hand.

mod address;
mod affixes;
mod infixes;

use super::texts::Special;
use affixes::{prefix, suffix};
use std::collections::HashMap;
use std::sync::Arc;

/// A longer run without white space stays one token: taking it apart costs time in proportion to its square.
const LONGEST_CHUNK: usize = 400;

/// A token by its bytes.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The normal form that a special gave it.
    pub(super) norm: Option<Arc<str>>,
    /// Whether a single space follows; further white space is a token of its own.
    pub(super) space_behind: bool,
}

type Pieces = Vec<(usize, Option<Arc<str>>)>;

/// A chunk with its punctuation taken off: where the rest lies, and the punctuation from outside to inside.
struct Stripped {
    from: usize,
    to: usize,
    heads: Vec<(usize, usize)>,
    tails: Vec<(usize, usize)>,
}

/// The tokeniser with its specials: the lengths of their pieces.
#[derive(Debug)]
pub(super) struct Tokeniser {
    specials: HashMap<String, Pieces>,
    /// Specials that punctuation rules would take apart, by their first piece: how many pieces, and the whole.
    parted: HashMap<String, Vec<(usize, String)>>,
}

impl Tokeniser {
    pub(super) fn new(specials: &[Special]) -> Self {
        let pieces = |special: &Special| {
            let piece =
                |(text, norm): &(String, Option<String>)| (text.len(), norm.as_deref().map(Arc::from));
            special.pieces.iter().map(piece).collect()
        };
        let specials: HashMap<String, Pieces> =
            specials.iter().map(|special| (special.text.clone(), pieces(special))).collect();
        let plain = Self { specials: HashMap::new(), parted: HashMap::new() };
        let mut parted: HashMap<String, Vec<(usize, String)>> = HashMap::new();
        for text in specials.keys() {
            let touched = prefix(text) > 0 || suffix(text) > 0 || text.contains(' ');
            if !touched && infixes::find(text).is_empty() {
                continue;
            }
            let tokens = plain.tokens(text);
            if let Some(first) = tokens.first() {
                let first = text.get(first.start..first.end).unwrap_or_default().to_owned();
                parted.entry(first).or_default().push((tokens.len(), text.clone()));
            }
        }
        for wholes in parted.values_mut() {
            wholes.sort_by(|a, b| b.cmp(a));
        }
        Self { specials, parted }
    }

    /// The tokens of a text, in order.
    pub(super) fn tokens(&self, text: &str) -> Vec<Piece> {
        let mut found: Vec<Piece> = Vec::with_capacity(text.len() / 5);
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        for (at, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            self.chunk(text, start, at, &mut found);
            start = at;
            if c == ' ' {
                if let Some(last) = found.last_mut() {
                    last.space_behind = true;
                }
                start = at + 1;
            }
            in_space = !in_space;
        }
        self.chunk(text, start, text.len(), &mut found);
        self.rejoin(text, found)
    }

    fn chunk(&self, text: &str, start: usize, end: usize, found: &mut Vec<Piece>) {
        let chunk = text.get(start..end).unwrap_or_default();
        if chunk.is_empty() || self.special(chunk, start, found) {
            return;
        }
        if chunk.len() > LONGEST_CHUNK {
            found.push(piece(start, end));
            return;
        }
        let Stripped { from, to, heads, tails } = self.strip(chunk);
        found.extend(heads.iter().map(|(a, b)| piece(start + a, start + b)));
        let bare = chunk.get(from..to).unwrap_or_default();
        if !bare.is_empty() && !self.special(bare, start + from, found) {
            if address::is_address(bare) {
                found.push(piece(start + from, start + to));
            } else {
                cut(bare, start + from, found);
            }
        }
        found.extend(tails.iter().rev().map(|(a, b)| piece(start + a, start + b)));
    }

    /// Adds the pieces of a special; false when the text is none.
    fn special(&self, text: &str, start: usize, found: &mut Vec<Piece>) -> bool {
        let Some(pieces) = self.specials.get(text) else { return false };
        let mut at = start;
        for (length, norm) in pieces {
            found.push(Piece { start: at, end: at + length, norm: norm.clone(), space_behind: false });
            at += length;
        }
        true
    }

    /// Takes punctuation off both ends.
    fn strip(&self, chunk: &str) -> Stripped {
        let (mut from, mut to) = (0, chunk.len());
        let (mut heads, mut tails) = (Vec::new(), Vec::new());
        let known = |from: usize, to: usize| {
            from < to && self.specials.contains_key(chunk.get(from..to).unwrap_or_default())
        };
        while from < to && !known(from, to) {
            let head = prefix(chunk.get(from..to).unwrap_or_default());
            if head > 0 && known(from + head, to) {
                heads.push((from, from + head));
                from += head;
                break;
            }
            let tail = suffix(chunk.get(from + head..to).unwrap_or_default());
            if tail > 0 && known(from, to - tail) {
                tails.push((to - tail, to));
                to -= tail;
                break;
            }
            if head + tail == 0 {
                break;
            }
            if head > 0 {
                heads.push((from, from + head));
                from += head;
            }
            if tail > 0 {
                tails.push((to - tail, to));
                to -= tail;
            }
        }
        Stripped { from, to, heads, tails }
    }

    /// Puts specials together again that the rules took apart inside a chunk.
    fn rejoin(&self, text: &str, tokens: Vec<Piece>) -> Vec<Piece> {
        if self.parted.is_empty() {
            return tokens;
        }
        let mut joined = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some(first) = tokens.get(at) {
            let word = text.get(first.start..first.end).unwrap_or_default();
            let whole = self.parted.get(word).and_then(|wholes| {
                wholes.iter().find(|(pieces, whole)| {
                    let last = tokens.get(at + pieces - 1);
                    last.is_some_and(|last| text.get(first.start..last.end) == Some(whole))
                })
            });
            let Some((pieces, whole)) = whole else {
                joined.push(first.clone());
                at += 1;
                continue;
            };
            self.special(whole, first.start, &mut joined);
            if let (Some(last), Some(old)) = (joined.last_mut(), tokens.get(at + pieces - 1)) {
                last.space_behind = old.space_behind;
            }
            at += pieces;
        }
        joined
    }
}

/// Cuts at the infixes.
fn cut(bare: &str, start: usize, found: &mut Vec<Piece>) {
    let mut from = 0;
    for (a, b) in infixes::find(bare) {
        if a == 0 {
            continue;
        }
        if a != from {
            found.push(piece(start + from, start + a));
        }
        found.push(piece(start + a, start + b));
        from = b;
    }
    if from < bare.len() {
        found.push(piece(start + from, start + bare.len()));
    }
}

fn piece(start: usize, end: usize) -> Piece {
    Piece { start, end, norm: None, space_behind: false }
}

/// White space as the reference sees it.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::{Special, Tokeniser};

    fn check(text: &str, expect: &[&str]) {
        let special = |text: &str, pieces: &[&str]| Special {
            text: text.to_owned(),
            pieces: pieces.iter().map(|piece| ((*piece).to_owned(), None)).collect(),
        };
        let tokeniser = Tokeniser::new(&[
            special("don't", &["do", "n't"]),
            special("U.S.", &["U.S."]),
            special("p.m.", &["p.m."]),
            special("Mrs.", &["Mrs."]),
        ]);
        let tokens = tokeniser.tokens(text);
        let words: Vec<&str> = tokens.iter().map(|token| text.get(token.start..token.end).unwrap()).collect();
        assert_eq!(words, expect, "{text}");
    }

    #[test]
    fn punctuation_comes_off_and_specials_stay() {
        check("“We don't know,” she said.", &["“", "We", "do", "n't", "know", ",", "”", "she", "said", "."]);
        check("(U.S.) at 4 p.m., then…", &["(", "U.S.", ")", "at", "4", "p.m.", ",", "then", "…"]);
        check("Quintel's army-backed talks", &["Quintel", "'s", "army", "-", "backed", "talks"]);
        check("U.S.-led", &["U.S.-led"]);
        check("Mr/Mrs. Vale", &["Mr", "/", "Mrs.", "Vale"]);
    }

    #[test]
    fn figures_units_and_addresses() {
        check("$3.5m or 40% and 12km", &["$", "3.5", "m", "or", "40", "%", "and", "12", "km"]);
        check("see https://example.org/a?b=c.", &["see", "https://example.org/a?b=c", "."]);
        check("a  b\n\nc", &["a", " ", "b", "\n\n", "c"]);
        check("1990-95", &["1990", "-", "95"]);
    }
}
