//! The picture of a story that people see first: its title and its lead, both words that an article really
//! has. In: the story's articles. Out: which headline, and which sentences by article and span.
//! Nothing is written here, only chosen.

mod headline;
mod lead;

pub use headline::headline;
pub use lead::{LeadSentence, lead};

use crate::development::corrects;
use crate::family::is_plain;
use crate::hash::{self, Map};
use news::{ArticleId, Language, Line, Reading, Span, TermKind, Timestamp};

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
    /// Its headline tells that something happened.
    happens: bool,
    /// Its headline announces what is still to come.
    announces: bool,
    /// Keys of the headline's stems, each once.
    title: Box<[u32]>,
    /// Keys of the words that headline and lead are made of.
    telling: Box<[u32]>,
    /// Sentences at the top that can stand alone.
    sentences: Box<[lead::Sentence]>,
    /// How many people something happened to, as headline and first sentences count them.
    counts: Box<[Counted]>,
    /// It says that something is corrected.
    corrects: bool,
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

/// The count of each thing that holds by now: the highest that a story's articles tell, or what the last correction says
/// until somebody counts more than ever before.
pub(super) struct Known(Map<u32, Holds>);

#[derive(Clone, Copy)]
struct Holds {
    most: f64,
    /// What a correction says, and when it came.
    corrected: Option<(i64, f64)>,
}

impl Holds {
    fn now(self) -> f64 {
        self.corrected.map_or(self.most, |(_, value)| value)
    }
}

impl Known {
    pub(super) fn of(members: &[&Portrait]) -> Self {
        let mut known: Map<u32, Holds> = Map::default();
        let mut order: Vec<&&Portrait> = members.iter().collect();
        order.sort_by_key(|member| member.at);
        for (member, counted) in
            order.iter().flat_map(|member| member.counts.iter().map(move |c| (member, c)))
        {
            let holds = known.entry(counted.what).or_insert(Holds { most: counted.value, corrected: None });
            if member.corrects && counted.value < holds.most {
                let same = holds.corrected.filter(|(at, _)| *at == member.at);
                holds.corrected = same.or(Some((member.at, counted.value)));
            } else if counted.value > holds.most {
                *holds = Holds { most: counted.value, corrected: None };
            }
        }
        Self(known)
    }

    /// Whether the headline or sentence at `span` counts less than holds by now ("three dead" beside twelve), or more than
    /// was corrected.
    pub(super) fn overtakes(&self, member: &Portrait, span: Option<Span>) -> bool {
        let mut here = member.counts.iter().filter(|counted| counted.span == span);
        here.any(|counted| {
            self.0.get(&counted.what).is_some_and(|holds| {
                let more = holds.corrected.is_some() && !member.corrects && counted.value > holds.now();
                more || counted.value < holds.now()
            })
        })
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
        let counts = counts(&reading.lines);
        let head = reading.lines.first();
        let happens = |line: &Line| line.terms.iter().any(|term| term.kind == TermKind::Happening);
        Self {
            article: member.article,
            language: reading.language,
            at: member.at.as_second(),
            family: hash::bytes(6, member.family.as_bytes()),
            copy: member.copy,
            plain: is_plain(member.family),
            flaws: headline::flaws(member.title, counts.iter().any(|counted| counted.span.is_none())),
            happens: head.is_some_and(|head| !head.column && happens(head)),
            announces: headline::announces(member.title),
            title: title.into(),
            telling: telling.into(),
            sentences: lead::sentences(member.text, reading.lines.iter().filter_map(|line| line.span)),
            counts,
            corrects: reading.lines.iter().take(2).any(corrects),
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

#[cfg(test)]
mod tests {
    use super::{Counted, Known, Portrait};
    use news::{ArticleId, Language};

    /// An article that came at a time and counts so many dead in its headline.
    fn counting(at: i64, dead: &[f64], corrects: bool) -> Portrait {
        Portrait {
            article: ArticleId(at),
            language: Language::ENGLISH,
            at,
            family: 0,
            copy: false,
            plain: true,
            flaws: 0.0,
            happens: true,
            announces: false,
            title: Box::default(),
            telling: Box::default(),
            sentences: Box::default(),
            counts: dead.iter().map(|value| Counted { span: None, what: 1, value: *value }).collect(),
            corrects,
        }
    }

    fn overtaken(members: &[Portrait]) -> Vec<bool> {
        let members: Vec<&Portrait> = members.iter().collect();
        let known = Known::of(&members);
        members.iter().map(|member| known.overtakes(member, None)).collect()
    }

    #[test]
    fn the_highest_count_holds_until_it_is_corrected() {
        let rising = [counting(1, &[3.0], false), counting(2, &[14.0], false)];
        assert_eq!(overtaken(&rising), [true, false]);
        let corrected = [&rising[..], &[counting(3, &[12.0, 14.0], true)]].concat();
        assert_eq!(overtaken(&corrected), [true, true, false], "twelve, not fourteen");
        let late = [&corrected[..], &[counting(4, &[14.0], false)]].concat();
        assert_eq!(overtaken(&late), [true, true, false, true], "a late outlet");
        let on = [&corrected[..], &[counting(5, &[15.0], false)]].concat();
        assert_eq!(overtaken(&on), [true, true, true, false], "it goes on");
    }
}
