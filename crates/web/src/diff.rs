//! What an edit changed in a headline, word by word; marks at a word's edge are words of their own, so that a comma that came
//! strikes out nothing.

/// A run of words that stayed, went or came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) fate: Fate,
    pub(crate) words: String,
    /// A blank stands before it.
    pub(crate) apart: bool,
}

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Kept,
    Gone,
    Came,
}

/// A word or a mark, and whether a blank stands before it.
#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    apart: bool,
}

/// Words compared at most on each side; longer headlines are shown as replaced from there on. The table
/// below is quadratic in this number.
const MOST_WORDS: usize = 80;

/// The shortest edit between two headlines over words (longest common subsequence).
pub(crate) fn words(before: &str, after: &str) -> Vec<Piece> {
    let (all_old, all_new) = (tokens(before), tokens(after));
    let (old, old_rest) = all_old.split_at(all_old.len().min(MOST_WORDS));
    let (new, new_rest) = all_new.split_at(all_new.len().min(MOST_WORDS));
    let table = common_lengths(old, new);
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i].text == new[j].text {
            push(&mut pieces, Fate::Kept, new[j]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && table[i + 1][j] >= table[i][j + 1]) {
            push(&mut pieces, Fate::Gone, old[i]);
            i += 1;
        } else {
            push(&mut pieces, Fate::Came, new[j]);
            j += 1;
        }
    }
    if old_rest.iter().map(|token| token.text).eq(new_rest.iter().map(|token| token.text)) {
        new_rest.iter().for_each(|token| push(&mut pieces, Fate::Kept, *token));
    } else {
        old_rest.iter().for_each(|token| push(&mut pieces, Fate::Gone, *token));
        new_rest.iter().for_each(|token| push(&mut pieces, Fate::Came, *token));
    }
    pieces
}

/// Words, and the marks before and behind them.
fn tokens(headline: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for word in headline.split_whitespace() {
        let core = word.trim_matches(is_mark);
        let before = word.len() - word.trim_start_matches(is_mark).len();
        let (opening, rest) = word.split_at(before);
        let (core, closing) = rest.split_at(core.len());
        let parts = [opening, core, closing].into_iter().filter(|part| !part.is_empty());
        tokens.extend(parts.enumerate().map(|(at, text)| Token { text, apart: at == 0 }));
    }
    tokens
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '%' | '+' | '-' | '−' | '#' | '@' | '&' | '/' | '€' | '$' | '£')
}

/// `table[i][j]`: length of the longest common subsequence of `old[i..]` and `new[j..]`.
fn common_lengths(old: &[Token<'_>], new: &[Token<'_>]) -> Vec<Vec<u16>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let same = old[i].text == new[j].text;
            table[i][j] = if same { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    table
}

/// Adds a word, joining it to a run of the same kind.
fn push(pieces: &mut Vec<Piece>, fate: Fate, token: Token<'_>) {
    match pieces.last_mut().filter(|last| last.fate == fate) {
        Some(run) => {
            if token.apart {
                run.words.push(' ');
            }
            run.words.push_str(token.text);
        }
        None => {
            let apart = token.apart && !pieces.is_empty();
            pieces.push(Piece { fate, words: token.text.to_owned(), apart });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces as they read: `[went]`, `{came}`.
    fn check(before: &str, after: &str, expect: &str) {
        let mut read = String::new();
        for piece in words(before, after) {
            read.push_str(if piece.apart { " " } else { "" });
            read.push_str(&match piece.fate {
                Fate::Kept => piece.words,
                Fate::Gone => format!("[{}]", piece.words),
                Fate::Came => format!("{{{}}}", piece.words),
            });
        }
        assert_eq!(read, expect);
    }

    #[test]
    fn words_that_went_and_came() {
        check(
            "Ferry accident: 3 dead",
            "Ferry accident: 9 dead, mayor says",
            "Ferry accident: [3] {9} dead{, mayor says}",
        );
        check("Same words", "Same  words", "Same words");
        check("", "New", "{New}");
        check("Old", "", "[Old]");
    }

    #[test]
    fn a_mark_strikes_out_no_word() {
        check(
            "Bank raises rate to 4 per cent",
            "Bank raises rate to 4 per cent; three members dissent",
            "Bank raises rate to 4 per cent{; three members dissent}",
        );
        check("Talks resume", "“Talks resume”", "{“}Talks resume{”}");
        check("Rate at 4.5%", "Rate at 4.25%", "Rate at [4.5%] {4.25%}");
    }

    proptest::proptest! {
        #[test]
        fn both_headlines_can_be_read_back(before in "[ab, ]{0,200}", after in "[ab, ]{0,200}") {
            let pieces = words(&before, &after);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let side = |skip: Fate| {
                let kept = pieces.iter().filter(|piece| piece.fate != skip);
                bare(&kept.map(|piece| piece.words.as_str()).collect::<String>())
            };
            proptest::prop_assert_eq!(side(Fate::Came), bare(&before));
            proptest::prop_assert_eq!(side(Fate::Gone), bare(&after));
        }
    }
}
