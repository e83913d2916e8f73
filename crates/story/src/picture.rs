//! The picture of a story that people see first: its title and its lead, both words that an article really
//! has. In: the story's articles. Out: which headline, and which sentences by article and span.
//! Nothing is written here, only chosen.

mod headline;
mod lead;

pub use headline::headline;
pub use lead::{LeadSentence, lead};

use crate::family::is_plain;
use crate::hash::{self, Map};
use news::{ArticleId, Language, Line, Reading, Span, Timestamp};

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

/// What of a member a picture is chosen by, taken once: some 1 kB where the article with its reading has 30.
#[derive(Clone, Debug)]
pub struct Portrait {
    pub article: ArticleId,
    pub language: Language,
    at: i64,
    family: u64,
    copy: bool,
    plain: bool,
    /// How many things make its headline a poor title.
    flaws: f64,
    /// Keys of the headline's stems, each once.
    title: Box<[u32]>,
    /// Keys of the words that headline and lead are made of.
    telling: Box<[u32]>,
    /// Sentences at the top that can stand alone.
    sentences: Box<[lead::Sentence]>,
    /// How many people something happened to, as headline and first sentences count them.
    counts: Box<[Counted]>,
}

/// A count of people.
#[derive(Clone, Copy, Debug)]
struct Counted {
    /// Where it stands; `None` is the headline.
    span: Option<Span>,
    what: u32,
    value: f64,
}

/// Sentences whose counts are looked at, with the headline.
const COUNTED: usize = 4;

/// The highest count of each thing that a story's articles tell.
pub(super) struct Known(Map<u32, f64>);

impl Known {
    pub(super) fn of(members: &[&Portrait]) -> Self {
        let mut most: Map<u32, f64> = Map::default();
        for counted in members.iter().flat_map(|member| &member.counts) {
            let known = most.entry(counted.what).or_insert(counted.value);
            *known = known.max(counted.value);
        }
        Self(most)
    }

    /// Whether the headline or sentence at `span` counts less than is known by now: "three dead" beside twelve.
    pub(super) fn overtakes(&self, member: &Portrait, span: Option<Span>) -> bool {
        let mut here = member.counts.iter().filter(|counted| counted.span == span);
        here.any(|counted| self.0.get(&counted.what).is_some_and(|most| counted.value < *most))
    }
}

/// Stems of a headline that are looked at, and of headline and lead together.
const TITLE_STEMS: usize = 60;
const TELLING_STEMS: usize = 120;

impl Portrait {
    pub fn of(member: &Member) -> Self {
        let reading = member.reading;
        let mut title: Vec<u32> = reading.title.iter().take(TITLE_STEMS).map(|s| hash::term(s)).collect();
        let stems = reading.title.iter().chain(&reading.lead).take(TELLING_STEMS);
        let mut telling: Vec<u32> = stems.map(|stem| lead::beginning(stem)).collect();
        for keys in [&mut title, &mut telling] {
            keys.sort_unstable();
            keys.dedup();
        }
        Self {
            article: member.article,
            language: reading.language,
            at: member.at.as_second(),
            family: hash::bytes(6, member.family.as_bytes()),
            copy: member.copy,
            plain: is_plain(member.family),
            flaws: headline::flaws(member.title),
            title: title.into(),
            telling: telling.into(),
            sentences: lead::sentences(member.text, &reading.sentences),
            counts: counts(&reading.lines),
        }
    }
}

fn counts(lines: &[Line]) -> Box<[Counted]> {
    let now = lines.iter().take(COUNTED).filter(|line| !line.past);
    let all = now.flat_map(|line| line.counts.iter().map(move |count| (line.span, count)));
    all.filter(|(_, count)| count.people && !count.was)
        .filter_map(|(span, count)| {
            Some(Counted { span, what: hash::term(count.of.as_deref()?), value: count.value })
        })
        .collect()
}

/// The language that most of the articles are in; of equals the one that came first.
fn language(members: &[&Portrait]) -> Language {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    for member in members {
        match counts.iter_mut().find(|(known, _)| *known == member.language) {
            Some((_, count)) => *count += 1,
            None => counts.push((member.language, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.iter().find(|(_, count)| Some(*count) == most).map(|(language, _)| *language).unwrap_or_default()
}
