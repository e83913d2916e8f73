//! Blocks of short articles of our own (`xtask/data/pairs`, `xtask/data/held`): happenings that are alike in what misleads,
//! each told a few times.

use super::{Item, reader};
use crate::parallel::in_parallel;
use anyhow::{Context, Result};
use news::{Article, ArticleId, Language, Timestamp};
use std::collections::HashSet;
use std::path::Path;

/// Happenings that are alike in what misleads.
pub(crate) struct Block {
    pub(crate) kind: String,
    /// Each article with the number of what happened.
    pub(crate) told: Vec<(usize, Item)>,
}

/// All blocks of a folder below `xtask/data`, read.
pub(crate) fn blocks(folder: &str) -> Result<Vec<Block>> {
    let reader = reader()?;
    let mut blocks = Vec::new();
    for (_, text) in texts(folder)? {
        let written: Vec<&str> = text.split("## ").skip(1).collect();
        blocks.extend(in_parallel(&written, |(_, block)| read(block, &reader))?);
    }
    Ok(blocks)
}

/// The texts of a folder below `xtask/data` with their names, by these.
pub(super) fn texts(folder: &str) -> Result<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let paths = files.iter().map(std::fs::DirEntry::path);
    let texts = paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).map(|path| {
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text))
    });
    texts.collect()
}

/// The lines of a text with the number of the story that each stands in; stories are parted by `--`.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let stories = text.split("--\n").enumerate();
    stories.flat_map(|(story, lines)| lines.lines().map(move |line| (story, line)))
}

/// The first article in each language: what counts words begins with the common ones of a language at its first article, which is
/// slow where it happens for every decision.
pub(crate) fn one_of_each_language(blocks: &[Block]) -> Vec<Item> {
    let mut languages = HashSet::new();
    let items = blocks.iter().flat_map(|block| block.told.iter().map(|(_, item)| item));
    items.filter(|item| languages.insert(item.reading.language)).cloned().collect()
}

/// The article that a line tells: a headline, and perhaps a lead behind ` :: `.
pub(super) fn article(code: &str, told: &str) -> Article {
    let (title, lead) = told.split_once(" :: ").unwrap_or((told, ""));
    let mut article = Article::headline(title).with_paragraphs(lead.lines());
    article.language = Language::parse(code);
    article
}

fn read(block: &str, reader: &language::Reader) -> Result<Block> {
    let (kind, stories) = block.split_once('\n').context("a block without a kind")?;
    let told = lines(stories).filter_map(|(story, line)| Some((story, item(line, reader)?))).collect();
    Ok(Block { kind: kind.to_owned(), told })
}

/// A line is a language, a headline and perhaps a lead.
fn item(line: &str, reader: &language::Reader) -> Option<Item> {
    let (code, told) = line.split_once(' ')?;
    let article = article(code, told);
    let reading = reader.read(&article);
    Some(Item {
        article: ArticleId(1),
        at: Timestamp::UNIX_EPOCH,
        family: String::new(),
        reading,
        text: article.title,
        gold: 0,
    })
}
