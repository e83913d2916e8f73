//! From what a person typed to an FTS5 expression that can be no syntax error: every word goes in as a quoted
//! string, and the only operators are ours.

/// Words and phrases that are looked at.
const MOST_TERMS: usize = 24;
/// Characters of a term that are looked at.
const LONGEST_TERM: usize = 120;
/// A beginning of fewer letters would match too much; it is taken as a word.
const SHORTEST_PREFIX: usize = 3;
/// Words asked for by their beginning; further ones are taken as words. Each gathers all words of the index that begin so.
const MOST_PREFIXES: usize = 2;

/// One thing that must, or must not, be there.
struct Term {
    words: String,
    wanted: bool,
    prefix: bool,
}

/// The FTS5 expression; `None` when nothing is asked for (no words, or only words that must not be there).
pub(crate) fn matching(typed: &str) -> Option<String> {
    let asked = joined(typed, true, " AND ")?;
    Some(match unwanted(typed) {
        None => asked,
        Some(unwanted) => format!("({asked}) NOT ({unwanted})"),
    })
}

/// The FTS5 expression for any of the words that must not be there; `None` when there is no such word.
pub(super) fn unwanted(typed: &str) -> Option<String> {
    joined(typed, false, " OR ")
}

fn joined(typed: &str, wanted: bool, glue: &str) -> Option<String> {
    let terms = terms(typed);
    let quoted: Vec<String> = terms.iter().filter(|term| term.wanted == wanted).map(quoted).collect();
    (!quoted.is_empty()).then(|| quoted.join(glue))
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
    let mut terms: Vec<Term> = Vec::new();
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
    for further in terms.iter_mut().filter(|term| term.prefix).skip(MOST_PREFIXES) {
        further.prefix = false;
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
    use super::matching;

    #[test]
    fn typed_words_become_an_expression() {
        let check =
            |typed: &str, expect: Option<&str>| assert_eq!(matching(typed).as_deref(), expect, "{typed:?}");
        check("peace talks", Some("\"peace\" AND \"talks\""));
        check("\"peace talks\" -truce", Some("(\"peace talks\") NOT (\"truce\")"));
        check("„Frieden jetzt“ -x -\"y z\"", Some("(\"Frieden jetzt\") NOT (\"x\" OR \"y z\")"));
        check("negoti*", Some("\"negoti\" *"));
        check("ne*", Some("\"ne\""));
        check("neg* tal* str* -tru*", Some("(\"neg\" * AND \"tal\" * AND \"str\") NOT (\"tru\")"));
        check("title:x OR (y", Some("\"title:x\" AND \"OR\" AND \"(y\""));
        check("\"never closed", Some("\"never closed\""));
        check("-only -not", None);
        check(" -- * \"\" ' ^", None);
        check("a\"b\"c", Some("\"a\" AND \"b\" AND \"c\""));
    }
}
