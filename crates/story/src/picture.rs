//! The picture of a story that people see first: its title and its lead, both words that an article really
//! has. In: the story's articles. Out: which headline, and which sentences by article and span.
//! Nothing is written here, only chosen.

mod headline;
mod lead;

pub use headline::headline;
pub use lead::{LeadSentence, lead};

use news::{ArticleId, Language, Reading, Timestamp};

/// An article of a story, as far as the picture goes.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    pub article: ArticleId,
    pub at: Timestamp,
    pub family: &'a str,
    /// It repeats another article's text.
    pub copy: bool,
    pub title: &'a str,
    /// The text that the reading's sentences point into.
    pub text: &'a str,
    pub reading: &'a Reading,
}

/// The language that most of the articles are in; of equals the one that came first.
fn language(members: &[Member]) -> Language {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    for member in members {
        match counts.iter_mut().find(|(known, _)| *known == member.reading.language) {
            Some((_, count)) => *count += 1,
            None => counts.push((member.reading.language, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.iter().find(|(_, count)| Some(*count) == most).map(|(language, _)| *language).unwrap_or_default()
}
