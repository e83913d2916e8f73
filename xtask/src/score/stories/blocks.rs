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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder);
    let reader = reader()?;
    let mut files: Vec<_> = std::fs::read_dir(&folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut blocks = Vec::new();
    for path in files.iter().map(std::fs::DirEntry::path) {
        if path.extension().is_some_and(|ending| ending == "txt") {
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let written: Vec<&str> = text.split("## ").skip(1).collect();
            blocks.extend(in_parallel(&written, |(_, block)| read(block, &reader))?);
        }
    }
    Ok(blocks)
}

/// The first article in each language: what counts words begins with the common ones of a language at its first article, which is
/// slow where it happens for every decision.
pub(crate) fn one_of_each_language(blocks: &[Block]) -> Vec<Item> {
    let mut languages = HashSet::new();
    let items = blocks.iter().flat_map(|block| block.told.iter().map(|(_, item)| item));
    items.filter(|item| languages.insert(item.reading.language)).cloned().collect()
}

fn read(block: &str, reader: &language::Reader) -> Result<Block> {
    let (kind, stories) = block.split_once('\n').context("a block without a kind")?;
    let lines = stories.split("--\n").enumerate();
    let lines = lines.flat_map(|(story, lines)| lines.lines().map(move |line| (story, line)));
    let told = lines.filter_map(|(story, line)| Some((story, item(line, reader)?))).collect();
    Ok(Block { kind: kind.to_owned(), told })
}

/// A line is a language, a headline and perhaps a lead.
fn item(line: &str, reader: &language::Reader) -> Option<Item> {
    let (code, told) = line.split_once(' ')?;
    let (title, lead) = told.split_once(" :: ").unwrap_or((told, ""));
    let mut article = Article::headline(title).with_paragraphs(lead.lines());
    article.language = Language::parse(code);
    let reading = reader.read(&article);
    Some(Item {
        article: ArticleId(1),
        at: Timestamp::UNIX_EPOCH,
        family: String::new(),
        reading,
        text: title.to_owned(),
        gold: 0,
    })
}
