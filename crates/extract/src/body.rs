//! Which part of a page is the article: dom_smoothie first, and where its answer looks wrong, trafilatura and the
//! page's own JSON-LD text against it. Input is a guarded page; output are blocks, not yet rid of furniture.

use crate::blocks::{Block, blocks, page_blocks, prose_words};
use crate::dom;
use crate::metadata::Metadata;
use dom_query::Document;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Less prose than this share of the page's prose, and a part of the article was probably left behind.
const LEAST_COVERED: f64 = 0.4;
/// Pages with less prose than this are short notes: nothing can be said of shares.
const LEAST_PROSE: usize = 60;
/// An article's worth of prose. A page that has far more (comments, the next article below) is not the measure.
const ENOUGH_PROSE: usize = 150;
/// More of the text in links than this is a menu or an index.
const MOST_LINKED: f64 = 0.5;
/// Another answer must have so much more prose to be preferred.
const MUCH_MORE: f64 = 1.5;

/// The blocks of the article.
pub(crate) fn read(html: &str, document: Document, claims: &Metadata) -> Vec<Block> {
    let page = Page::look_over(&document, claims);
    let first = by_smoothie(document);
    if !page.looks_wrong(&first) {
        return first;
    }
    let second = by_trafilatura(html);
    let third = claims.body.as_deref().map(by_json).unwrap_or_default();
    [third, second].into_iter().fold(first, |best, other| page.better(best, other))
}

/// What is known of the page as a whole.
struct Page {
    prose: usize,
    /// Words of the JSON-LD text.
    stated: usize,
    /// Words of the title that the prose of the page uses, too.
    title_words: Vec<String>,
}

impl Page {
    fn look_over(document: &Document, claims: &Metadata) -> Self {
        let all = page_blocks(document.root());
        let prose: String = all
            .iter()
            .filter(|block| block.is_prose())
            .map(|block| block.text.to_lowercase() + "\n")
            .collect();
        let words = claims
            .title
            .as_deref()
            .unwrap_or_default()
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase);
        let title_words = words
            .filter(|word| word.chars().count() >= 4 && prose.contains(word.as_str()))
            .take(20)
            .collect();
        let stated = claims.body.as_deref().unwrap_or_default().split_whitespace().count();
        Self { prose: prose_words(&all), stated, title_words }
    }

    fn looks_wrong(&self, found: &[Block]) -> bool {
        let prose = prose_words(found);
        let little = prose < ENOUGH_PROSE
            && self.prose >= LEAST_PROSE
            && (prose as f64) < LEAST_COVERED * self.prose as f64;
        let withheld = self.stated >= LEAST_PROSE / 2 && 2 * prose < self.stated;
        found.is_empty() || little || withheld || linked(found) > MOST_LINKED || self.misses_title(found)
    }

    /// The page's prose has the title's words and this text has none of them: the wrong node was picked.
    fn misses_title(&self, found: &[Block]) -> bool {
        let has = |word: &String| found.iter().any(|block| block.text.to_lowercase().contains(word.as_str()));
        self.title_words.len() >= 3 && !self.title_words.iter().any(has)
    }

    fn better(&self, best: Vec<Block>, other: Vec<Block>) -> Vec<Block> {
        let (ours, theirs) = (prose_words(&best), prose_words(&other));
        let repairs = self.misses_title(&best) && !self.misses_title(&other) && theirs > 0;
        let cleaner = linked(&best) > MOST_LINKED && linked(&other) < MOST_LINKED && theirs >= ours;
        let longer = theirs as f64 > MUCH_MORE * ours as f64 && linked(&other) < MOST_LINKED;
        let anything = best.is_empty();
        if anything || repairs || cleaner || longer { other } else { best }
    }
}

fn linked(found: &[Block]) -> f64 {
    let all: usize = found.iter().map(|block| block.text.len()).sum();
    let linked: f64 = found.iter().map(|block| block.linked() * block.text.len() as f64).sum();
    linked / all.max(1) as f64
}

fn by_smoothie(document: Document) -> Vec<Block> {
    let config = dom_smoothie::Config { disable_json_ld: true, ..dom_smoothie::Config::default() };
    let content = guarded(|| {
        let mut reader = dom_smoothie::Readability::with_document(document, None, Some(config)).ok()?;
        Some(reader.parse().ok()?.content.to_string())
    });
    content.map(|html| from_html(&html)).unwrap_or_default()
}

fn by_trafilatura(html: &str) -> Vec<Block> {
    let options = trafilatura::Options::default().with_fallback(true).with_links(true);
    let content = guarded(|| Some(trafilatura::extract(html, &options).ok()?.content_html));
    content.map(|html| from_html(&html)).unwrap_or_default()
}

fn by_json(body: &str) -> Vec<Block> {
    if body.contains("</") || body.contains("&lt;") {
        return from_html(body);
    }
    let lines = body.split('\n').map(dom::squeeze).filter(|line| !line.is_empty());
    lines.map(|text| Block { text, ..Block::default() }).collect()
}

fn from_html(html: &str) -> Vec<Block> {
    dom::parse_fragment(html).map(|fragment| blocks(fragment.root())).unwrap_or_default()
}

/// Runs third-party code over third-party pages. A panic in there is one page without text, not the end of the
/// worker that reads all pages; nothing that the closure touched is used afterwards.
fn guarded(work: impl FnOnce() -> Option<String>) -> Option<String> {
    catch_unwind(AssertUnwindSafe(work)).ok().flatten()
}
