//! An invented stream of news: words with Zipf frequencies, the commonest of them English so that it is read as English,
//! stories with words of their own that flare up and fade, people who are quoted, outlets that copy. The same stream
//! every time.

use anyhow::{Context, Result};
use news::Article;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

const VOCABULARY: usize = 20_000;
const OUTLETS: u64 = 200;
/// A story has so many articles on average.
const ARTICLES_A_STORY: u64 = 8;
/// Every so many-th article repeats the text of the one before in its story.
const COPIES: u64 = 10;
const WORDS: u64 = 160;
/// Words of a paragraph, and of what somebody says at its end.
const PARAGRAPH: u64 = 40;
const SAID: u64 = 9;
/// The stream fills a week.
const SPAN_SECONDS: usize = 7 * 86_400;
/// Articles that are given beside the file.
const SAMPLE: usize = 2_000;
/// 2026-03-02T00:00:00Z.
const BEGIN: i64 = 1_772_409_600;

/// The commonest words of English, in their order.
#[rustfmt::skip]
const COMMONEST: &[&str] = &[
    "the", "of", "to", "and", "a", "in", "that", "for", "on", "is", "was", "with", "as", "by", "at", "it", "be", "from",
    "has", "an", "are", "have", "will", "but", "not", "were", "their", "who", "been", "which", "this", "they", "more",
    "after", "about", "had", "than", "its", "or", "one", "would", "up", "when", "there", "over", "into", "could", "other",
];

const ONSETS: &[&str] =
    &["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "br", "tr", "gl"];
const NUCLEI: &[&str] = &["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const CODAS: &[&str] = &["", "n", "r", "s", "t", "l", "nd", "rk", "m"];

/// xorshift64*: small, fast, the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// Ranks with Zipf's frequencies: the inverse of the logarithm of a uniform number.
    fn rank(&mut self, most: usize) -> usize {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((most as f64).powf(uniform) - 1.0) as usize % most
    }
}

struct Story {
    words: Vec<String>,
    names: Vec<String>,
    last: Option<(String, String)>,
}

/// One invented article.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) outlet: u64,
    /// Seconds since 1970.
    pub(super) second: i64,
}

/// `count` articles in the order in which they come, all within `span` seconds.
pub(super) fn stream(count: usize, span: usize) -> impl Iterator<Item = Told> {
    let mut chance = Chance(42);
    let commonest = COMMONEST.iter().map(|word| (*word).to_owned());
    let invented = (COMMONEST.len()..VOCABULARY).map(|_| word(&mut chance));
    let vocabulary: Vec<String> = commonest.chain(invented).collect();
    let mut open: Vec<Story> = Vec::new();
    (0..count).map(move |index| {
        if open.is_empty() || chance.below(ARTICLES_A_STORY) == 0 {
            open.push(story(&mut chance, &vocabulary));
        }
        // Young stories are written about more than old ones.
        let age = chance.rank(open.len().min(400));
        let place = open.len() - 1 - age;
        let (title, body) = told(&mut chance, &vocabulary, &mut open[place]);
        let outlet = chance.below(OUTLETS);
        Told { title, body, outlet, second: BEGIN + (index * span / count) as i64 }
    })
}

impl Told {
    pub(super) fn article(&self) -> Article {
        Article::headline(self.title.as_str()).with_paragraphs(self.body.split('\n'))
    }
}

/// Writes `count` articles as JSON Lines; also gives the first few.
pub(super) fn write(path: &Path, count: usize) -> Result<Vec<Article>> {
    let mut file = BufWriter::new(File::create(path).context("invented stream")?);
    let mut sample = Vec::new();
    for (index, told) in stream(count, SPAN_SECONDS).enumerate() {
        let Told { title, body, outlet, second } = &told;
        let line = serde_json::json!({
            "title": title, "body": body, "source": format!("outlet{outlet}"), "lang": "en",
            "published_at": jiff_time(*second), "url": format!("https://outlet{outlet}.example/{index}"),
        });
        writeln!(file, "{line}").context("invented stream")?;
        if sample.len() < SAMPLE {
            sample.push(told.article());
        }
    }
    file.flush().context("invented stream")?;
    Ok(sample)
}

fn jiff_time(second: i64) -> String {
    news::Timestamp::from_second(second).map(|at| at.to_string()).unwrap_or_default()
}

fn word(chance: &mut Chance) -> String {
    let mut pick = |of: &[&'static str]| of[chance.below(of.len() as u64) as usize];
    let mut word = String::new();
    for _ in 0..2 {
        word.push_str(pick(ONSETS));
        word.push_str(pick(NUCLEI));
    }
    word.push_str(pick(CODAS));
    word
}

fn name(chance: &mut Chance) -> String {
    let plain = word(chance);
    let mut letters = plain.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn story(chance: &mut Chance, vocabulary: &[String]) -> Story {
    let rare = (vocabulary.len() - COMMONEST.len()) as u64;
    let words = (0..12).map(|_| vocabulary[COMMONEST.len() + chance.below(rare) as usize].clone()).collect();
    let names = (0..4).map(|_| format!("{} {}", name(chance), name(chance))).collect();
    Story { words, names, last: None }
}

fn told(chance: &mut Chance, vocabulary: &[String], story: &mut Story) -> (String, String) {
    if chance.below(COPIES) == 0
        && let Some(last) = &story.last
    {
        return last.clone();
    }
    let own = |chance: &mut Chance, of: &[String]| of[chance.below(of.len() as u64) as usize].clone();
    let title = format!(
        "{} {} {} {} {}",
        own(chance, &story.names),
        own(chance, &story.words),
        own(chance, &story.words),
        vocabulary[chance.rank(vocabulary.len())],
        own(chance, &story.words)
    );
    let mut body = String::new();
    for index in 0..WORDS {
        let word = match chance.below(8) {
            0 => own(chance, &story.words),
            1 if chance.below(3) == 0 => own(chance, &story.names),
            _ => vocabulary[chance.rank(vocabulary.len())].clone(),
        };
        body.push_str(&word);
        match index % PARAGRAPH {
            last if last == PARAGRAPH - 1 => {
                body.push_str(". ");
                let speaker = own(chance, &story.names);
                say(chance, vocabulary, &speaker, &mut body);
                body.push('\n');
            }
            19 => body.push_str(". "),
            _ => body.push(' '),
        }
    }
    story.last = Some((title.clone(), body.clone()));
    (title, body)
}

/// Adds what somebody says.
fn say(chance: &mut Chance, vocabulary: &[String], speaker: &str, body: &mut String) {
    body.push_str("\"We");
    for _ in 0..SAID {
        body.push(' ');
        body.push_str(&vocabulary[chance.rank(vocabulary.len())]);
    }
    body.push_str(",\" said ");
    body.push_str(speaker);
    body.push('.');
}
