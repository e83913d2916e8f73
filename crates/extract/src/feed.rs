//! A feed's entry to an article, and the joining of what a feed and a page say of the same article. Input is an
//! entry as parsed; the text comes by the same code as a page's. Whether to fetch the page is the caller's act.

use crate::blocks::{Block, blocks};
use crate::{dom, furniture, guard, metadata};
use news::{Article, Entry, ImageLink, Language, Url};

/// What a feed holds of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum FromFeed {
    /// The whole text: no need to fetch the page.
    Whole(Article),
    /// The beginning, a summary or a headline: fetch the page, extract it, and [`merge`].
    Teaser(Article),
}

impl FromFeed {
    /// The article in either case.
    pub fn into_article(self) -> Article {
        match self {
            Self::Whole(article) | Self::Teaser(article) => article,
        }
    }
}

/// Fewest words of a text that is taken for whole. Teasers have 20 to 60; short agency reports 100 and more.
const WHOLE_WORDS: usize = 120;
/// A whole text is longer than its summary by this factor.
const LONGER_THAN_SUMMARY: f64 = 1.5;

/// Ends of texts that go on elsewhere, in lower case.
const GOES_ON: &[&str] = &[
    "…",
    "...",
    "[…]",
    "[...]",
    "(…)",
    "(more)",
    "read more",
    "read more »",
    "continue reading",
    "continue reading →",
    "read the full story",
    "read full article",
    "read the full article",
    "full story",
    "view article",
    "keep reading",
    "weiterlesen",
    "mehr lesen",
    "lire la suite",
    "lire plus",
    "leer más",
    "seguir leyendo",
    "sigue leyendo",
    "leia mais",
    "continue lendo",
    "читать далее",
    "читать дальше",
    "подробнее",
    "читати далі",
    "детальніше",
    "leggi tutto",
    "continua a leggere",
    "lees verder",
    "czytaj dalej",
    "läs mer",
    "les mer",
    "læs mere",
    "→",
    "»",
];
/// Begins of last paragraphs that only point to the page.
const POINTS_ON: &[&str] = &[
    "read more",
    "continue reading",
    "read the full",
    "the post ",
    "weiterlesen",
    "lire la suite",
    "seguir leyendo",
    "читать далее",
    "читати далі",
];

/// An entry's article. `language` and `outlet` are the feed's own, for entries that do not say;
/// `url` is where relative links point from (the entry's own link when absent).
pub fn entry(entry: &Entry, language: Language, outlet: Option<&str>, url: Option<&Url>) -> FromFeed {
    let link = entry.link.as_deref().and_then(|link| Url::parse(link).ok());
    let base = url.or(link.as_ref());
    let title = entry
        .title
        .as_deref()
        .map(|title| metadata::without_outlet(&dom::squeeze(title), outlet))
        .unwrap_or_default();
    let content = entry.content.as_deref().map(read).unwrap_or_default();
    let summary = entry.summary.as_deref().map(read).unwrap_or_default();
    // RSS has one field for both: a long summary without content is the text.
    let (text, teaser) =
        if words(&content) >= words(&summary) { (content, summary) } else { (summary, Vec::new()) };
    let whole = is_whole(&text, words(&teaser));
    let sorted = furniture::sort(without_pointer(text), Some(&title), base);
    let mut article = described(entry, language, outlet, title)
        .with_paragraphs(sorted.paragraphs.iter().map(String::as_str));
    article.dateline = metadata::dateline(&sorted.paragraphs);
    article.related = sorted.related;
    article.summary =
        summary_of(teaser).or_else(|| (!whole).then(|| article.text.clone()).filter(|text| !text.is_empty()));
    if whole { FromFeed::Whole(article) } else { FromFeed::Teaser(article) }
}

/// The best of both: the page's text unless the feed's is longer, the feed's title unless it has none, and for
/// the rest whichever says something, the page first where it knows more (address, picture, byline).
pub fn merge(feed: Article, page: Article) -> Article {
    let feed_text = feed.text.split_whitespace().count() > page.text.split_whitespace().count();
    let title = better_title(&feed.title, &page.title, page.outlet.as_deref().or(feed.outlet.as_deref()));
    let (text, other) = if feed_text { (feed.clone(), page.clone()) } else { (page.clone(), feed.clone()) };
    Article {
        title,
        byline: page.byline.or(feed.byline),
        dateline: text.dateline.or(other.dateline),
        published: feed.published.or(page.published),
        updated: page.updated.max(feed.updated),
        url: page.url.or(feed.url),
        language: if page.language.is_known() { page.language } else { feed.language },
        image: page.image.or(feed.image),
        outlet: page.outlet.or(feed.outlet),
        summary: feed.summary.or(page.summary),
        related: text.related,
        text: text.text,
        paragraphs: text.paragraphs,
    }
}

/// Characters of a headline that is taken from the text.
const HEADLINE: usize = 90;

/// The article with a headline: where nobody gave one (RSS 2.0 and JSON Feed allow it), the first words of its summary or text,
/// whole ones, and `…` where more follows; its address where it has no words.
pub fn headed(mut article: Article) -> Article {
    if !article.title.trim().is_empty() {
        return article;
    }
    let told = article.summary.as_deref().filter(|summary| !summary.is_empty()).unwrap_or(&article.text);
    let line = told.lines().map(str::trim).find(|line| !line.is_empty());
    article.title = line.map(beginning).or_else(|| article.url.clone()).unwrap_or_default();
    article
}

fn beginning(line: &str) -> String {
    let Some((end, _)) = line.char_indices().nth(HEADLINE) else { return line.to_owned() };
    let cut = line.get(..end).unwrap_or(line).trim_end();
    let words = cut.rsplit_once(char::is_whitespace).map_or(cut, |(words, _)| words);
    format!("{}…", words.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// The feed's title, where an edit shows first; the page's when the feed has none, cuts it off or gives one word, and
/// the page is about the same.
fn better_title(feed: &str, page: &str, outlet: Option<&str>) -> String {
    let names_outlet = outlet.is_some_and(|outlet| page.trim().eq_ignore_ascii_case(outlet.trim()));
    let poor = feed.ends_with(['…']) || feed.ends_with("...") || feed.split_whitespace().count() < 2;
    let better = feed.is_empty() || (poor && shares_words(feed, page));
    if better && !page.is_empty() && !names_outlet { page.to_owned() } else { feed.to_owned() }
}

fn shares_words(feed: &str, page: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let (feed, page) = (words(feed), words(page));
    feed.is_empty() || page.is_empty() || feed.iter().any(|word| page.contains(word))
}

fn described(entry: &Entry, language: Language, outlet: Option<&str>, title: String) -> Article {
    let authors: Vec<String> =
        entry.authors.iter().take(20).filter_map(|name| metadata::clean_byline(name)).collect();
    Article {
        byline: (!authors.is_empty()).then(|| authors.join(", ")),
        published: entry.published,
        updated: entry.updated.filter(|updated| entry.published.is_none_or(|published| *updated > published)),
        url: entry.link.clone(),
        language: entry.language.filter(|language| language.is_known()).unwrap_or(language),
        image: entry.image.clone().map(|url| ImageLink { url, alt: None }),
        outlet: outlet.map(str::to_owned),
        ..Article::headline(title)
    }
}

/// Blocks of a fragment; one that the guard refuses counts as empty, and the page is fetched instead.
fn read(html: &str) -> Vec<Block> {
    match guard::check(html).and_then(|()| dom::parse_fragment(html)) {
        Ok(fragment) => blocks(fragment.root()),
        Err(_) => Vec::new(),
    }
}

fn words(blocks: &[Block]) -> usize {
    blocks.iter().map(Block::words).sum()
}

fn is_whole(text: &[Block], teaser_words: usize) -> bool {
    let count = words(text);
    let ends = text.last().is_some_and(|last| !goes_on(&last.text));
    let long = count >= WHOLE_WORDS || is_unspaced(text);
    ends && long && count as f64 >= LONGER_THAN_SUMMARY * teaser_words as f64
}

/// Chinese, Japanese and Thai do not put spaces between words: there, length is counted in characters.
fn is_unspaced(text: &[Block]) -> bool {
    let characters: usize = text.iter().map(|block| block.text.chars().count()).sum();
    characters >= 2 * WHOLE_WORDS && characters / words(text).max(1) > 15
}

fn goes_on(last: &str) -> bool {
    let lower = last.trim().to_lowercase();
    GOES_ON
        .iter()
        .any(|end| lower.ends_with(end) && (lower.len() < 200 || !end.starts_with(char::is_alphabetic)))
        || (lower.len() < 200
            && POINTS_ON.iter().any(|begin| lower.starts_with(begin) && !begin.starts_with("the post")))
}

/// Without the last paragraph when it only points to the page ("The post ... appeared first on ...").
fn without_pointer(mut text: Vec<Block>) -> Vec<Block> {
    let points = |block: &Block| {
        let lower = block.text.to_lowercase();
        !block.links.is_empty() && lower.len() < 300 && POINTS_ON.iter().any(|begin| lower.starts_with(begin))
    };
    if text.len() > 1 && text.last().is_some_and(points) {
        text.pop();
    }
    text
}

fn summary_of(teaser: Vec<Block>) -> Option<String> {
    let sorted = furniture::sort(without_pointer(teaser), None, None);
    (!sorted.paragraphs.is_empty()).then(|| sorted.paragraphs.join(" "))
}
