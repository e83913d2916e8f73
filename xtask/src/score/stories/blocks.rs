//! Blocks of short articles of our own (`xtask/data/pairs`, `xtask/data/held`): happenings that are alike in what misleads,
//! each told a few times.

use super::{Item, reader};
use anyhow::{Context, Result};
use news::{Article, ArticleId, Language, Timestamp};
use std::path::Path;

const FILES: &[&str] = &["en", "de", "fr", "es", "uk", "ru", "across"];
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
    let mut blocks = Vec::new();
    for file in FILES {
        let path = folder.join(format!("{file}.txt"));
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for written in text.split("## ").skip(1) {
            let (kind, stories) = written.split_once('\n').context("a block without a kind")?;
            let told = stories
                .split("--\n")
                .enumerate()
                .flat_map(|(story, lines)| lines.lines().map(move |line| (story, line)))
                .filter_map(|(story, line)| Some((story, item(line, &reader)?)))
                .collect();
            blocks.push(Block { kind: kind.to_owned(), told });
        }
    }
    Ok(blocks)
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
