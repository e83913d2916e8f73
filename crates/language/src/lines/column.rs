//! Whether an article comments, explains or lists rather than telling what happened: by the shelf it stands on, by its
//! mark, and by how its headline speaks. Such an article stands in its story and publishes nothing.
//!
//! News drop "is" and "has" in a headline and speak to nobody. So a headline that speaks of the writer or to the reader, or
//! that says how something is while nothing happens in it, is a column's.

use super::concepts::Role;
use super::words::{Desk, Word, words};
use news::{Language, TermKind};

/// Shelves of outlets' comments, as parts of addresses and as categories in feeds.
const COMMENTS: &[&str] = &[
    "opinion",
    "opinions",
    "comment",
    "comments",
    "commentisfree",
    "commentary",
    "columnist",
    "editorial",
    "editorials",
    "analysis",
    "kommentar",
    "kommentare",
    "meinung",
    "analyse",
    "tribune",
    "tribunes",
    "debats",
    "débats",
    "columns",
    "columnists",
    "op-ed",
    "tribuna",
    "opinión",
];

/// Whether a page stands among an outlet's comments by its address.
pub(super) fn is_comment(url: &str) -> bool {
    let path = url.split_once("//").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').skip(1).any(|part| COMMENTS.contains(&part))
}

/// Whether a feed puts an entry on the shelf of comments: "Opinion", "Op-Ed", "Kommentar".
pub fn is_comment_category(category: &str) -> bool {
    COMMENTS.contains(&category.trim().to_lowercase().as_str())
}

/// Whether a headline opens a column: "Why …", "What is …?", "Opinion | …", "I tried …".
pub(super) fn is_column(title: &str, desk: &Desk) -> bool {
    let words = words(title, desk);
    let opens = words.first().is_some_and(|word| word.has(Role::Column));
    let pairs = words.windows(2).any(|pair| desk.concepts.is_column_pair(&pair[0].plain, &pair[1].plain));
    let marked =
        words.iter().any(|word| matches!(word.plain.as_str(), "explained" | "explainer" | "opinion"));
    opens || pairs || marked || title.trim_end().ends_with(['?', '？', '؟']) || is_personal(title, desk)
}

/// Whether a headline says how something is and nothing that happens: where nothing below it says when, it is a column's.
pub(super) fn explains(title: &str, desk: &Desk) -> bool {
    if desk.language != Language::ENGLISH {
        return false;
    }
    let own = words(&unquoted(title), desk);
    let tells = |word: &Word| {
        let kinds = [TermKind::Happening, TermKind::Stand, TermKind::Change, TermKind::Standing];
        kinds.into_iter().any(|kind| word.has(Role::Tells(kind)))
            || word.has(Role::Day)
            || word.number.is_some()
    };
    own.iter().any(|word| IS.contains(&word.plain.as_str())) && !own.iter().any(tells)
}

const IS: &[&str] = &["is", "are", "was", "were", "has", "have", "isn't", "aren't"];

/// Words of the writer and to the reader.
const PERSONAL: &[(&str, &[&str])] = &[
    ("en", &["i", "i'm", "i've", "i'd", "my", "you", "you're", "you'll", "your"]),
    ("de", &["ich", "mein", "meine", "meinen", "du", "dein", "deine"]),
    ("fr", &["je", "j'ai", "mon", "mes", "vous", "votre", "vos"]),
    ("es", &["yo", "mi", "mis", "tu", "tus"]),
];

/// Whether a headline speaks of the writer or to the reader itself, and quotes nobody.
fn is_personal(title: &str, desk: &Desk) -> bool {
    let Some((_, personal)) = PERSONAL.iter().find(|(code, _)| *code == desk.language.code()) else {
        return false;
    };
    let speaks = |word: &Word| word.has(Role::Tells(TermKind::Stand));
    if title.contains(": ") && !title.starts_with(char::is_lowercase) && words(title, desk).iter().any(speaks)
    {
        return false;
    }
    let own = unquoted(title);
    let mut numbered = false;
    for word in own.split_whitespace() {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
        // "World War I", "Article I": a number.
        if personal.contains(&plain.as_str()) && !(plain == "i" && numbered) {
            return !words(&own, desk).iter().any(speaks);
        }
        numbered = word.starts_with(char::is_uppercase);
    }
    false
}

/// A headline without what it quotes.
fn unquoted(title: &str) -> String {
    let mut own = String::with_capacity(title.len());
    let mut inside: Option<char> = None;
    let mut before = ' ';
    let mut letters = title.chars().peekable();
    while let Some(letter) = letters.next() {
        // Inside a word it is an apostrophe.
        let joins = before.is_alphanumeric() && letters.peek().is_some_and(|next| next.is_alphanumeric());
        before = letter;
        match inside {
            Some(close) if letter == close && !joins => inside = None,
            Some(_) => {}
            None => match closing(letter).filter(|_| !joins) {
                Some(close) => inside = Some(close),
                None => own.push(letter),
            },
        }
    }
    own
}

fn closing(opening: char) -> Option<char> {
    Some(match opening {
        '“' | '„' => '”',
        '«' => '»',
        '‘' => '’',
        '"' | '\'' => opening,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Desk, explains, is_column, is_comment_category, unquoted};
    use crate::lines::concepts::Concepts;
    use crate::terms::Terms;
    use news::Language;
    use std::collections::HashSet;

    fn desk() -> Desk {
        let language = Language::ENGLISH;
        let (terms, concepts) = (Terms::of(language), Concepts::of(language));
        Desk { language, terms, concepts, names: HashSet::new() }
    }

    #[test]
    fn headlines_that_speak_of_the_writer_or_to_the_reader_are_columns() {
        for column in [
            "I walked the length of the Marl",
            "Twenty years after the flood, my memories remain",
            "Your guide to the ferries of Quillmouth",
            "Opinion: A bridge too far",
        ] {
            assert!(is_column(column, &desk()), "{column}");
        }
        for news in [
            "'I will not resign', says Brandt",
            "Brandt tells parliament: you have failed",
            "\"You have failed\": minister resigns",
            "Wreck from World War I found off Quillmouth",
            "Ferry runs aground off Quillmouth",
        ] {
            assert!(!is_column(news, &desk()), "{news}");
        }
    }

    #[test]
    fn headlines_that_say_how_something_is_explain() {
        assert!(explains("The plan is really a grab for the uplands", &desk()));
        assert!(explains("Lorvane has a long history of bad roads", &desk()));
        for news in
            ["Ferry is aground off Quillmouth", "Two hurt in Lorvane", "Rate is cut", "Karst says it is over"]
        {
            assert!(!explains(news, &desk()), "{news}");
        }
    }

    #[test]
    fn quotations_are_left_out_and_apostrophes_are_none() {
        assert_eq!(unquoted("Karst: ‘We don’t yield’ to Orrunda"), "Karst:  to Orrunda");
        assert_eq!(unquoted("Lorvane's rail strike"), "Lorvane's rail strike");
        assert_eq!(unquoted("'Not now', says Karst"), ", says Karst");
        assert!(is_comment_category(" Opinion ") && !is_comment_category("World"));
    }
}
