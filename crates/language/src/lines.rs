//! Sentences one by one, in the form in which what is new is told from what is known: stems, names and concepts
//! in their order, and numbers with what they count.

mod column;
mod concepts;
mod counts;
mod leans;
mod people;
mod whole;
mod words;

use crate::hash::WordSet;
use crate::headline;
use crate::latin;
use crate::terms::{Terms, normalise};
use crate::token::{Token, TokenKind};
pub use column::is_comment_category;
use concepts::{Concepts, Role};
use jiff::tz::TimeZone;
use news::{Article, Language, Line, Reading, Span, Term, TermKind};
use words::{Desk, Word, words};

/// Sentences of one article that are read: what is new stands at the top.
const MOST: usize = 40;
/// Terms and characters of one sentence; longer ones are lists.
const TERMS: usize = 60;
const CHARACTERS: usize = 1_200;
/// Longest word in bytes.
const LONGEST: usize = 96;
/// First sentences of which one says when or who says so, if the article tells news.
const LEADS: usize = 2;

/// The headline and the first sentences of an article that has been read.
pub fn lines(article: &Article, reading: &Reading) -> Vec<Line> {
    let language = reading.language;
    let names = reading.names.iter().flat_map(|name| name.key.split(' '));
    let names = names.filter(|word| word.chars().nth(2).is_some()).map(str::to_owned).collect();
    let desk = Desk { language, terms: Terms::of(language), concepts: Concepts::of(language), names };
    let title = headline::clean(&article.title);
    let year = article.published.map(|at| f64::from(at.to_zoned(TimeZone::UTC).year()));
    let (text, sentences) = (article.text.as_str(), reading.sentences.as_slice());
    let body = sentences.iter().take(MOST).enumerate().map(|(place, sentence)| {
        let (before, behind) = (&sentences[..place], &sentences[place + 1..]);
        // Compared is the sentence alone: what stands in front of it has a line of its own.
        let own = sentence.behind_opening(text);
        line(Some(whole::shown(text, before, own, behind)), own.of(text), &desk, year)
    });
    let body: Vec<Line> = body.collect();
    let column = article.url.as_deref().is_some_and(column::is_comment)
        || column::is_column(&article.title, &desk)
        || !body.iter().take(LEADS).any(|line| line.anchored) && column::explains(title, &desk);
    let head = Line { column, ..headline_of(title, &desk, year) };
    std::iter::once(head).chain(body).collect()
}

/// A headline: what stands behind "after" or "ahead of" is why it is told now, and happened before or is still to come.
fn headline_of(title: &str, desk: &Desk, year: Option<f64>) -> Line {
    let mut head = line(None, title, desk, year);
    let found = words(title, desk);
    let Some(aside) = found.iter().skip(LEAST_NEWS).position(|word| ASIDE.contains(&word.plain.as_str()))
    else {
        return head;
    };
    let before = found.iter().take(LEAST_NEWS + aside).filter_map(Word::term).count();
    for term in head.terms.iter_mut().skip(before).filter(|term| term.kind == TermKind::Happening) {
        term.kind = TermKind::Standing;
    }
    head
}

/// Words that the news of a headline has at least before it turns aside.
const LEAST_NEWS: usize = 3;
const ASIDE: &[&str] = &[
    "ahead",
    "before",
    "after",
    "amid",
    "following",
    "despite",
    "vor",
    "nach",
    "trotz",
    "avant",
    "après",
    "malgré",
    "antes",
    "tras",
    "перед",
    "після",
    "после",
    "несмотря",
    "попри",
];

/// Keys of what happens in a text: concepts that tell something, but for words of names.
pub(crate) fn deeds<'a>(
    text: &'a str,
    tokens: &'a [Token],
    names: &'a WordSet<&str>,
    language: Language,
) -> impl Iterator<Item = &'static str> + 'a {
    let concepts = Concepts::of(language);
    let mut before = String::new();
    let found = tokens.iter().filter(|token| token.kind == TokenKind::Word && token.span.len() <= LONGEST);
    found.flat_map(move |token| {
        let written = token.span.of(text);
        let plain = normalise(written);
        let named = written.starts_with(char::is_uppercase)
            && names.contains(latin::key_of_normal(plain.clone()).as_str());
        let found = if named { Vec::new() } else { concepts.find(&before, &plain) };
        before = plain;
        found.into_iter().filter(|concept| matches!(concept.role, Role::Tells(_))).map(|concept| concept.key)
    })
}

fn line(span: Option<Span>, text: &str, desk: &Desk, year: Option<f64>) -> Line {
    let end = text.char_indices().nth(CHARACTERS).map_or(text.len(), |(at, _)| at);
    let words = words(text.get(..end).unwrap_or_default(), desk);
    let mut terms: Vec<Term> = words.iter().filter_map(Word::term).take(TERMS).collect();
    if lets_go(&words) {
        terms.push(Term { key: "reverse".to_owned(), kind: TermKind::Standing });
    }
    let says = |role| words.iter().any(|word| word.has(role));
    let said = words.iter().any(|word| word.has(Role::Tells(TermKind::Stand)));
    let mut years = (0..words.len()).filter(|at| counts::is_year(&words, *at)).map(|at| words[at].number);
    let past = says(Role::Past) || years.any(|number| number != year);
    let counts = counts::counts(&words, desk.language);
    let leans = leans::leans(text, &terms, desk.language);
    let (anchored, retracts) = (said || says(Role::Day), says(Role::Retracts));
    Line { span, terms, past, anchored, counts, column: false, leans, retracts }
}

/// Words between letting go and the demand that is let go of.
const LETS_GO: usize = 5;

/// "Drops his call for a ceasefire", "abandons demand": a change of mind in two words that need not touch.
fn lets_go(words: &[Word]) -> bool {
    let is = |word: &Word, key| word.concepts.iter().any(|concept| concept.key == key);
    let after = |at: usize| words.get(at + 1..).unwrap_or_default().iter().take(LETS_GO);
    (0..words.len()).any(|at| is(&words[at], "letgo") && after(at).any(|word| is(word, "demanded")))
}

#[cfg(test)]
mod tests {
    use super::lines;
    use news::{Article, Language, Line, Reading, Span, TermKind, Timestamp};

    /// The line of an English sentence.
    fn read(published: &str, sentence: &str) -> Line {
        let mut article = Article::headline("Ferry aground").with_paragraphs([sentence]);
        article.published = Some(published.parse::<Timestamp>().unwrap());
        let whole = Span::new(0, article.text.len());
        let reading = Reading { language: Language::ENGLISH, sentences: vec![whole], ..Reading::default() };
        lines(&article, &reading).pop().unwrap()
    }

    #[test]
    fn shares_and_millions_are_told_from_rates_and_metres() {
        let check = |sentence: &str, value: f64, of: Option<&str>| {
            let line = read("2024-06-15T12:00:00Z", sentence);
            let counts: Vec<_> = line.counts.iter().map(|count| (count.value, count.of.as_deref())).collect();
            assert_eq!(counts, [(value, of)], "{sentence}");
        };
        check("Fares rise by 9 per cent.", 9.0, Some("%"));
        check("Ferries sail, 3 per day.", 3.0, Some("unit"));
        check("The council gives £5 m.", 5e6, Some("£"));
        check("The waves reach 5 m.", 5.0, None);
    }

    #[test]
    fn only_a_report_is_taken_back() {
        let corrects = |sentence: &str| {
            let line = read("2024-06-15T12:00:00Z", sentence);
            line.terms.iter().any(|term| term.kind == TermKind::Standing && term.key == "correct")
        };
        assert!(corrects("The Whistle has withdrawn its report on the ferry."));
        assert!(corrects("The Whistle retracts the story."));
        assert!(!corrects("Norvik Energy has withdrawn its bid for the ferries."));
        assert!(!corrects("Lakeport Bank has retracted its offer."));
    }

    #[test]
    fn the_year_of_publication_is_no_past_from_its_first_minute_to_its_last() {
        let past = |published: &str, sentence: &str, past: bool| {
            assert_eq!(read(published, sentence).past, past, "{sentence} on {published}");
        };
        past("2025-12-31T23:50:00Z", "Fares rise in 2025.", false);
        past("2025-12-31T23:50:00Z", "Fares rose in 2024.", true);
        past("2024-01-01T00:10:00Z", "Fares rise in 2024.", false);
        past("2024-01-01T00:10:00Z", "Fares rose in 2023.", true);
        past("2024-06-15T12:00:00Z", "Fares rise in 2024.", false);
    }
}
