//! What the tests need of the other rooms: a plain reader of articles, and a stream that is assigned.
//! The reader is simpler than the language room's: capitalised words are names, endings are cut.

use news::{
    Article, ArticleId, Figure, Language, Line, Mark, MarkKind, Name, NameKind, Reading, Span, StoryId,
    Timestamp,
};
use std::collections::HashMap;
use story::{Arrival, Decision, Revision, Stories};

/// One article of a test.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) family: String,
    pub(crate) minute: i64,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) language: &'static str,
}

/// An English article.
pub(crate) fn told(family: &str, minute: i64, title: &str, text: &str) -> Story {
    Story { family: family.into(), minute, title: title.into(), text: text.into(), language: "en" }
}

/// A bare headline.
pub(crate) fn headline(minute: i64, title: &str) -> Story {
    told("outlet.example", minute, title, "")
}

pub(crate) fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + minute * 60).expect("a time in range")
}

/// Assigns a stream in its order, article ids from 1.
pub(crate) fn assign(stories: &mut Stories, stream: &[Story]) -> Vec<Decision> {
    stream.iter().zip(1_i64..).map(|(article, id)| assign_one(stories, article, id)).collect()
}

pub(crate) fn assign_one(stories: &mut Stories, article: &Story, id: i64) -> Decision {
    with_arrival(article, id, |arrival| stories.assign(arrival))
}

/// Hands an article over as it arrives.
pub(crate) fn with_arrival<T>(article: &Story, id: i64, then: impl FnOnce(&Arrival) -> T) -> T {
    let reading = read(article);
    let family = story::family(&article.family);
    then(&Arrival {
        article: ArticleId(id),
        at: at(article.minute),
        family,
        reading: &reading,
        text: &article.text,
    })
}

/// The story of each article once a second look was taken.
pub(crate) fn after_second_look(stories: &mut Stories, stream: &[Story]) -> Vec<StoryId> {
    let decisions = assign(stories, stream);
    let last = stream.last().map_or(0, |article| article.minute);
    let mut labels: HashMap<ArticleId, StoryId> =
        (1_i64..).map(ArticleId).zip(decisions.iter().map(|decision| decision.story)).collect();
    for revision in stories.revise(at(last)) {
        match revision {
            Revision::Merge { from, into } => {
                labels.values_mut().filter(|label| **label == from).for_each(|label| *label = into);
            }
            Revision::Split { into, articles, .. } | Revision::Move { into, articles, .. } => {
                labels.extend(articles.into_iter().map(|article| (article, into)));
            }
        }
    }
    (1_i64..).zip(stream).map(|(id, _)| labels[&ArticleId(id)]).collect()
}

/// A stream of other news, so that common words are known to be common.
pub(crate) fn other_news() -> Vec<Story> {
    let places = [
        "Ostrava Bay",
        "Keldmoor",
        "Port Anselm",
        "Virrat",
        "Santa Brisa",
        "Holmgard",
        "Tessaly",
        "Dunmarrow",
    ];
    let happenings = [
        (
            "Mayor opens new tram line in",
            "Passengers rode free of charge on the first day while engineers watched the signals.",
        ),
        (
            "Floods close schools in",
            "Teachers sent pupils home after the river rose over its banks during the night.",
        ),
        (
            "Striking nurses march through",
            "Unions want higher wages and shorter night shifts for hospital staff.",
        ),
        (
            "Museum shows lost paintings in",
            "Curators found the canvases behind a wall when the cellar was repaired.",
        ),
        (
            "Football final brings thousands to",
            "Supporters filled the squares with songs before the whistle blew for the cup.",
        ),
    ];
    let mut stream = Vec::new();
    for (at, place) in (0_i64..).zip(places) {
        for (step, (title, text)) in (0_i64..).zip(happenings) {
            let title = format!("{title} {place}");
            stream.push(told(
                "filler.example",
                at * 7 + step,
                &title,
                &format!("{text} Residents of {place} were told on local radio."),
            ));
        }
    }
    stream
}

/// Stories that have seen other news.
pub(crate) fn experienced() -> Stories {
    let mut stories = Stories::new(StoryId(1));
    for (article, id) in other_news().iter().zip(10_000_i64..) {
        assign_one(&mut stories, article, id);
    }
    stories
}

/// Reads an article.
pub(crate) fn read(story: &Story) -> Reading {
    let article = Article::headline(story.title.as_str()).with_paragraphs(story.text.lines());
    let title_words: Vec<String> = words(&article.title).map(str::to_lowercase).collect();
    let body = stems(&article.text);
    let mut names: Vec<Name> = Vec::new();
    for (text, in_title) in [(&article.title, true), (&article.text, false)] {
        // The first word of a sentence is capitalised whatever it is.
        for word in
            words(text).skip(usize::from(!in_title)).filter(|word| word.starts_with(char::is_uppercase))
        {
            let key = latin(&word.to_lowercase());
            match names.iter_mut().find(|name| name.key == key) {
                Some(name) => name.mentions += 1,
                None => names.push(Name {
                    text: word.to_owned(),
                    key,
                    kind: NameKind::Other,
                    mentions: 1,
                    in_title,
                    by_word: false,
                }),
            }
        }
    }
    let sentences = sentences(&article.text);
    let figures = title_words.iter().filter_map(|word| word.parse().ok());
    let figures = figures.map(|value| Figure { value, of: None, in_title: true }).collect();
    Reading {
        marks: marks(&names),
        language: Language::parse(story.language),
        headline: title_words.join(" "),
        title: stems(&article.title),
        title_words,
        lead: body.iter().take(40).cloned().collect(),
        body,
        themes: Vec::new(),
        names,
        figures,
        lines: lines(&sentences),
        sentences,
        title_vector: None,
        fine_vector: None,
        told_vector: None,
    }
}

/// The headline and each sentence, with nothing in them but where they stand.
fn lines(sentences: &[Span]) -> Vec<Line> {
    let shown = std::iter::once(None).chain(sentences.iter().copied().map(Some));
    shown.map(|span| Line { span, ..Line::default() }).collect()
}

/// Names by how they begin, as the language room marks them.
fn marks(names: &[Name]) -> Vec<Mark> {
    let mark = |name: &Name| Mark {
        key: name.key.chars().take(5).collect(),
        kind: MarkKind::Named,
        in_title: name.in_title,
        acts: 0,
    };
    names.iter().map(mark).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

fn stems(text: &str) -> Vec<String> {
    const STOP: &[&str] = &[
        "the", "a", "an", "of", "in", "on", "at", "to", "for", "and", "as", "by", "with", "from", "is",
        "are", "was", "were", "be", "it", "its", "that", "this", "after", "over", "has", "have", "had",
        "will", "would", "not", "but", "says", "said",
    ];
    let content = words(text).map(str::to_lowercase).filter(|word| !STOP.contains(&word.as_str()));
    content
        .map(|word| {
            ["ing", "ed", "es", "s"]
                .iter()
                .find_map(|ending| word.strip_suffix(ending))
                .unwrap_or(&word)
                .to_owned()
        })
        .collect()
}

/// Cyrillic letters as they sound; the rest as it is.
fn latin(word: &str) -> String {
    let sound = |c: char| match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' => "e",
        'з' => "z",
        'и' | 'і' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'я' => "ia",
        'ь' => "",
        'ш' => "sh",
        'х' => "h",
        'ч' => "ch",
        _ => "",
    };
    word.chars().map(|c| if c.is_ascii() { c.to_string() } else { sound(c).to_owned() }).collect()
}

fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(['.', '\n']) {
        let end = at + usize::from(text.get(at..=at) == Some("."));
        let piece = text.get(start..end).unwrap_or_default();
        if !piece.trim().is_empty() {
            spans.push(Span::new(start + piece.len() - piece.trim_start().len(), end));
        }
        start = at + 1;
    }
    spans
}
