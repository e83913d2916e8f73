//! Whether an article comments, explains or lists rather than telling what happened: by the shelf it stands on, by its
//! mark, and by how its headline speaks. Such an article stands in its story and publishes nothing.
//!
//! News drop "is", "has" and "a" in a headline and speak to nobody. So a headline that speaks of the writer or to the reader,
//! that says how something is while nothing happens in it, or whose last sentence opens an explanation, is a column's.

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
    let marked = words.iter().any(|word| {
        matches!(word.plain.as_str(), "explained" | "explainer" | "opinion" | "recap" | "recaps")
    });
    opens
        || pairs
        || marked
        || is_on_a_shelf(title)
        || lists_the_first(title)
        || explains_at_last(title)
        || title.trim_end().ends_with(['?', '？', '؟'])
        || is_personal(title, desk)
}

/// What stands before the colon of what is no report.
const SHELVES: &[&str] = &[
    "photos",
    "video",
    "in pictures",
    "in photos",
    "in their words",
    "newspaper headlines",
    "the papers",
    "letters",
    "podcast",
    "quiz",
    "review",
    "obituary",
    "the long read",
    "week ahead",
];

fn is_on_a_shelf(title: &str) -> bool {
    title
        .split_once([':', '|'])
        .is_some_and(|(shelf, _)| SHELVES.contains(&shelf.trim().to_lowercase().as_str()))
}

/// Whether a headline lists what is first in its kind: "Spies: The most spectacular cases".
fn lists_the_first(title: &str) -> bool {
    let lower = title.to_lowercase();
    let lists = |part: &str| FIRST_IN_ITS_KIND.iter().any(|words| part.trim_start().starts_with(words));
    lower.split_once(':').is_some_and(|(_, part)| lists(part))
}

const FIRST_IN_ITS_KIND: &[&str] = &["the most ", "the best ", "the worst ", "the biggest ", "the greatest "];

/// Words with which the last sentence of a headline opens an explanation.
const AT_LAST: &[&str] = &["here's", "here", "why", "how", "what", "warum", "wie", "pourquoi"];

/// "Bank in trouble. Here are the facts", "Maps in court: how they came about".
fn explains_at_last(title: &str) -> bool {
    let own = unquoted(title);
    let last = [". ", ": ", "! "].iter().filter_map(|end| own.rsplit_once(end)).map(|(_, last)| last);
    let opens = |last: &str| {
        let first = last.split_whitespace().next().unwrap_or_default().to_lowercase().replace('’', "'");
        AT_LAST.contains(&first.as_str())
    };
    // A quotation can close the sentence before: "... a ‘peace deal.’ Here’s the difference".
    let here = |word: &str| matches!(word.replace('’', "'").as_str(), "Here's" | "here's");
    last.into_iter().any(opens) || title.split_whitespace().skip(1).any(here)
}

/// Whether a headline says how something is, or names it with "a" or "the", and nothing happens in it: where nothing below
/// it says when, it is a column's.
pub(super) fn explains(title: &str, desk: &Desk) -> bool {
    if desk.language != Language::ENGLISH {
        return false;
    }
    let plain = unquoted(title);
    if weighs_up(&plain) {
        return true;
    }
    let own = words(&plain, desk);
    let tells = |word: &Word| {
        let kinds = [TermKind::Happening, TermKind::Stand, TermKind::Change, TermKind::Standing];
        kinds.into_iter().any(|kind| word.has(Role::Tells(kind)))
            || word.has(Role::Day)
            || word.number.is_some()
    };
    let is = |at: usize, list: &[&str]| own.get(at).is_some_and(|word| list.contains(&word.plain.as_str()));
    let Some(copula) = (0..own.len()).find(|at| is(*at, IS)) else {
        return is(0, ARTICLES) && !own.iter().any(tells);
    };
    // "Securing the harbour, even with a pledge of help, is complex", "for Karst the summit was a disappointment".
    let says = own.iter().any(|word| word.has(Role::Tells(TermKind::Stand)));
    let judges = is(copula + 1, ARTICLES) && !says && own.iter().all(|word| word.number.is_none());
    let weighs = own.first().is_some_and(|word| word.plain.ends_with("ing"));
    judges || weighs || !own.iter().any(tells)
}

/// "Despite days of talks, large obstacles remain", "A win for Orrunda, but its ports remain empty", "sees the strait through a lens
/// of fear".
fn weighs_up(unquoted: &str) -> bool {
    let lower = unquoted.to_lowercase();
    let remains = lower.split([' ', ',', '.']).any(|word| matches!(word, "remain" | "remains"));
    let weighed = lower.starts_with("despite ") || lower.contains(", but ");
    remains && weighed || lower.contains(" through a lens ") || lower.contains(" through the lens ")
}

const ARTICLES: &[&str] = &["a", "an", "the"];

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
    use crate::hash::WordSet;
    use crate::lines::concepts::Concepts;
    use crate::terms::Terms;
    use news::Language;

    fn desk() -> Desk {
        let language = Language::ENGLISH;
        let (terms, concepts) = (Terms::of(language), Concepts::of(language));
        Desk { language, terms, concepts, names: WordSet::default() }
    }

    #[test]
    fn headlines_that_speak_of_the_writer_or_to_the_reader_are_columns() {
        for column in [
            "I walked the length of the Marl",
            "Twenty years after the flood, my memories remain",
            "Your guide to the ferries of Quillmouth",
            "Opinion: A bridge too far",
            "Newspaper headlines: 'Suited' and 'booted'",
            "Post office in trouble. Here are the facts",
            "No truce, no deal: how Karst outplayed Orrunda",
            "Karst wants a ‘truce.’ Here’s the difference",
            "Spies in the harbour: The most daring cases",
        ] {
            assert!(is_column(column, &desk()), "{column}");
        }
        for news in [
            "'I will not resign', says Brandt",
            "Brandt tells parliament: you have failed",
            "\"You have failed\": minister resigns",
            "Wreck from World War I found off Quillmouth",
            "Ferry runs aground off Quillmouth",
            "Video shows ferry aground off Quillmouth",
        ] {
            assert!(!is_column(news, &desk()), "{news}");
        }
    }

    #[test]
    fn headlines_that_say_how_something_is_explain() {
        assert!(explains("The plan is really a grab for the uplands", &desk()));
        assert!(explains("Lorvane has a long history of bad roads", &desk()));
        assert!(explains("For Karst the summit was a complete disappointment", &desk()));
        assert!(explains("Securing the strait, even with a pledge of help, is complex", &desk()));
        assert!(explains("Despite days of talks over the strait, large obstacles remain", &desk()));
        assert!(explains("Karst sees the strait through a lens of old defeats", &desk()));
        assert!(explains("An incompetent way to pursue peace", &desk()));
        for news in [
            "Ferry is aground off Quillmouth",
            "Two hurt in Lorvane",
            "Rate is cut",
            "Despite ban, thousands march in Quillmouth",
            "Karst says it is over",
            "Erin is a storm of category 5",
        ] {
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
