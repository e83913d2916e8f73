//! What an edit changed in a headline, word by word.

/// A run of words that stayed, went or came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Kept(String),
    Gone(String),
    Came(String),
}

/// Words compared at most on each side; longer headlines are shown as replaced from there on. The table
/// below is quadratic in this number.
const MOST_WORDS: usize = 80;

/// The shortest edit between two headlines over words (longest common subsequence).
pub(crate) fn words(before: &str, after: &str) -> Vec<Piece> {
    let (old, old_rest) = split(before);
    let (new, new_rest) = split(after);
    let table = common_lengths(&old, &new);
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            push(&mut pieces, Piece::Kept(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && table[i + 1][j] >= table[i][j + 1]) {
            push(&mut pieces, Piece::Gone(old[i].to_owned()));
            i += 1;
        } else {
            push(&mut pieces, Piece::Came(new[j].to_owned()));
            j += 1;
        }
    }
    match (old_rest, new_rest) {
        (Some(old), Some(new)) if old == new => push(&mut pieces, Piece::Kept(old)),
        (old, new) => {
            old.into_iter().for_each(|rest| push(&mut pieces, Piece::Gone(rest)));
            new.into_iter().for_each(|rest| push(&mut pieces, Piece::Came(rest)));
        }
    }
    pieces
}

/// The words compared, and whatever is behind them.
fn split(headline: &str) -> (Vec<&str>, Option<String>) {
    let mut words = headline.split_whitespace();
    let first: Vec<_> = words.by_ref().take(MOST_WORDS).collect();
    let rest: Vec<_> = words.collect();
    (first, (!rest.is_empty()).then(|| rest.join(" ")))
}

/// `table[i][j]`: length of the longest common subsequence of `old[i..]` and `new[j..]`.
fn common_lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u16>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] =
                if old[i] == new[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    table
}

/// Adds a word, joining it to a run of the same kind.
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), &piece) {
        (Some(Piece::Kept(run)), Piece::Kept(word))
        | (Some(Piece::Gone(run)), Piece::Gone(word))
        | (Some(Piece::Came(run)), Piece::Came(word)) => {
            run.push(' ');
            run.push_str(word);
        }
        _ => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece::*, *};

    fn check(before: &str, after: &str, pieces: &[Piece]) {
        assert_eq!(words(before, after), pieces);
    }

    #[test]
    fn words_that_went_and_came() {
        check(
            "Ferry accident: 3 dead",
            "Ferry accident: 9 dead, mayor says",
            &[Kept("Ferry accident:".into()), Gone("3 dead".into()), Came("9 dead, mayor says".into())],
        );
        check("Same words", "Same  words", &[Kept("Same words".into())]);
        check("", "New", &[Came("New".into())]);
        check("Old", "", &[Gone("Old".into())]);
    }

    proptest::proptest! {
        #[test]
        fn both_headlines_can_be_read_back(before in "[ab ]{0,200}", after in "[ab ]{0,200}") {
            let pieces = words(&before, &after);
            let side = |skip: fn(&Piece) -> bool| {
                let kept: Vec<_> = pieces.iter().filter(|p| !skip(p)).map(|p| match p {
                    Kept(w) | Gone(w) | Came(w) => w.as_str(),
                }).collect();
                kept.join(" ")
            };
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            proptest::prop_assert_eq!(side(|p| matches!(p, Came(_))), plain(&before));
            proptest::prop_assert_eq!(side(|p| matches!(p, Gone(_))), plain(&after));
        }
    }
}
