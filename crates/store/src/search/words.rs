//! From what a person typed to an FTS5 expression that can be no syntax error: every word goes in as a quoted
//! string, and the only operators are ours.

/// Words and phrases that are looked at.
const MOST_TERMS: usize = 24;
/// Characters of a term that are looked at.
const LONGEST_TERM: usize = 120;
/// A beginning of fewer characters would match too much; it is taken as a word.
const SHORTEST_PREFIX: usize = 2;

/// One thing that must, or must not, be there.
struct Term {
    words: String,
    wanted: bool,
    prefix: bool,
}

/// The FTS5 expression; `None` when nothing is asked for (no words, or only words that must not be there).
pub(crate) fn matching(typed: &str) -> Option<String> {
    let terms = terms(typed);
    let (wanted, unwanted): (Vec<_>, Vec<_>) = terms.iter().partition(|term| term.wanted);
    if wanted.is_empty() {
        return None;
    }
    let all =
        |terms: &[&Term], glue: &str| terms.iter().map(|term| quoted(term)).collect::<Vec<_>>().join(glue);
    let asked = all(&wanted, " AND ");
    if unwanted.is_empty() {
        return Some(asked);
    }
    Some(format!("({asked}) NOT ({})", all(&unwanted, " OR ")))
}

/// Whether a short text has what was typed: every word that is wanted, none that is not.
pub(super) fn stand_in(typed: &str, text: &str) -> bool {
    let has = split(text);
    terms(typed).iter().all(|term| {
        let asked = split(&term.words);
        let begins = |window: &[String]| {
            let last = asked.len() - 1;
            window[..last] == asked[..last]
                && (window[last] == asked[last] || term.prefix && window[last].starts_with(&asked[last]))
        };
        asked.is_empty() || has.windows(asked.len()).any(begins) == term.wanted
    })
}

fn split(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether an expression of [`matching`] asks for words by their beginning.
pub(super) fn has_beginning(expression: &str) -> bool {
    // A star outside quotes follows a quote mark and a space; inside there is none after a quote mark.
    expression.contains("\" *")
}

fn quoted(term: &Term) -> String {
    format!("\"{}\"{}", term.words, if term.prefix { " *" } else { "" })
}

fn terms(typed: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut rest = typed;
    while terms.len() < MOST_TERMS {
        rest = rest.trim_start();
        let (wanted, after) = match rest.strip_prefix(['-', '\u{2212}']) {
            Some(after) => (false, after),
            None => (true, rest),
        };
        let (words, after, phrase) = next(after);
        if words.is_empty() && after.is_empty() {
            break;
        }
        terms.extend(term(words, wanted, phrase));
        rest = after;
    }
    terms
}

/// The words up to the closing quote mark or the next space, what follows, and whether they were quoted.
fn next(typed: &str) -> (&str, &str, bool) {
    let quote = |c: char| matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}');
    if let Some(inside) = typed.strip_prefix(quote) {
        let (words, after) = inside.split_once(quote).unwrap_or((inside, ""));
        return (words, after, true);
    }
    let end = typed.find(|c: char| c.is_whitespace() || quote(c)).unwrap_or(typed.len());
    let (words, after) = typed.split_at(end);
    (words, after, false)
}

fn term(words: &str, wanted: bool, phrase: bool) -> Option<Term> {
    let stem = words.trim_end_matches('*');
    let letters = stem.chars().filter(|c| c.is_alphanumeric()).count();
    if letters == 0 {
        return None;
    }
    let prefix = !phrase && stem.len() < words.len() && letters >= SHORTEST_PREFIX;
    let plain = |c: char| if c == '"' || c.is_control() { ' ' } else { c };
    Some(Term { words: stem.chars().take(LONGEST_TERM).map(plain).collect(), wanted, prefix })
}

#[cfg(test)]
mod tests {
    use super::{matching, stand_in};

    #[test]
    fn typed_words_stand_in_a_short_text() {
        let check = |typed: &str, expect: bool| {
            assert_eq!(stand_in(typed, "“Non-negotiable,” Мы не подпишем"), expect, "{typed:?}");
        };
        for typed in ["negotiable", "NEGOT*", "\"non negotiable\"", "подпишем -truce", "", "мы"] {
            check(typed, true);
        }
        for typed in ["negot", "\"negotiable non\"", "мы -не", "truce"] {
            check(typed, false);
        }
    }

    #[test]
    fn typed_words_become_an_expression() {
        let check =
            |typed: &str, expect: Option<&str>| assert_eq!(matching(typed).as_deref(), expect, "{typed:?}");
        check("peace talks", Some("\"peace\" AND \"talks\""));
        check("\"peace talks\" -truce", Some("(\"peace talks\") NOT (\"truce\")"));
        check("„Frieden jetzt“ -x -\"y z\"", Some("(\"Frieden jetzt\") NOT (\"x\" OR \"y z\")"));
        check("negoti*", Some("\"negoti\" *"));
        check("n*", Some("\"n\""));
        check("title:x OR (y", Some("\"title:x\" AND \"OR\" AND \"(y\""));
        check("\"never closed", Some("\"never closed\""));
        check("-only -not", None);
        check(" -- * \"\" ' ^", None);
        check("a\"b\"c", Some("\"a\" AND \"b\" AND \"c\""));
    }
}
