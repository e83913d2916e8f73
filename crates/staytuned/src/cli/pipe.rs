//! `staytuned pipe STAGE`: a stage as a filter, one JSON line out for each line in, order kept. A line that
//! cannot be done is answered by `{"id":..., "error":...}` and makes the exit code 1; the rest goes on.

mod acts;
mod assign;
mod dates;
mod developments;
mod extract;
mod parse;
mod places;
mod quotes;

use super::output::Output;
use crate::config::Settings;
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// The longest line that is read; a longer one is answered with an error and skipped.
const LONGEST_LINE: u64 = 64 << 20;

#[derive(Debug, Args)]
pub(super) struct Pipe {
    #[command(subcommand)]
    stage: Stage,
}

#[derive(Debug, Subcommand)]
enum Stage {
    /// Feed documents in ({"id", "path"|"bytes_base64", "content_type"?, "url"?}), their entries out
    Parse,
    /// Pages in ({"id", "path"|"html", "url"?}), articles out
    Extract,
    /// Articles in stream order in ({"id","title","body"?,"published_at"?,"source"?,"url"?,"lang"?}), stories out
    Assign(assign::Assign),
    /// The same articles in ("story"? names their story), what is new in each out
    Developments,
    /// Texts in ({"id","text"|"title"+"body","lang"?}), who said what out, spans in code points
    Quotes,
    /// Texts in ({"id","text","title"?,"lang"?}), the places they name out, spans in code points
    Places,
    /// Texts in ({"id","text","published","lang"?}), the times they tell out, resolved, spans in code points
    Dates,
    /// Sentences in ({"id","sentence","marked"?}), who did what to whom out, spans in code points
    Acts,
}

impl Pipe {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        match self.stage {
            Stage::Parse => filter(parse::line),
            Stage::Extract => filter(extract::line),
            Stage::Assign(stage) => stage.run(settings),
            Stage::Developments => {
                let mut stream = developments::Developments::new(crate::reader::open(settings));
                filter(|line| stream.take(line))
            }
            Stage::Quotes => filter(quotes::line),
            Stage::Places => filter(places::line),
            Stage::Dates => filter(dates::line),
            Stage::Acts => filter(acts::line),
        }
    }
}

/// Where a line's document comes from.
#[derive(Debug, Deserialize)]
struct Document {
    path: Option<PathBuf>,
    bytes_base64: Option<String>,
    html: Option<String>,
    content_type: Option<String>,
    url: Option<news::Url>,
}

impl Document {
    fn bytes(&mut self) -> Result<Vec<u8>> {
        if let Some(html) = self.html.take() {
            return Ok(html.into_bytes());
        }
        if let Some(encoded) = &self.bytes_base64 {
            return BASE64_STANDARD.decode(encoded).context("bytes_base64");
        }
        let path = self.path.as_deref().context("neither path nor html nor bytes_base64 is given")?;
        std::fs::read(path).with_context(|| path.display().to_string())
    }
}

/// Runs `stage` over standard input.
fn filter(mut stage: impl FnMut(Value) -> Result<Value>) -> Result<ExitCode> {
    let mut out = Output::open();
    let failed = answer_each(&mut out, &mut stage)?;
    out.flush().context("standard output")?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Answers each line of standard input, at once where no other line waits; whether one failed.
fn answer_each(out: &mut Output, stage: &mut impl FnMut(Value) -> Result<Value>) -> Result<bool> {
    let mut failed = false;
    each_line(|line, is_last| {
        let answer = answer(line, stage);
        failed |= answer.get("error").is_some();
        write_line(out, &answer)?;
        if is_last { out.flush().context("standard output") } else { Ok(()) }
    })?;
    Ok(failed)
}

/// The answer to one line: what the stage makes of it, with the line's id, or what went wrong.
fn answer(line: Result<Value>, stage: &mut impl FnMut(Value) -> Result<Value>) -> Value {
    let id = line.as_ref().ok().and_then(|line| line.get("id")).cloned().unwrap_or(Value::Null);
    match line.and_then(stage) {
        Ok(mut done) => {
            if let Some(fields) = done.as_object_mut() {
                fields.insert("id".to_owned(), id);
            }
            done
        }
        Err(error) => json!({"id": id, "error": format!("{error:#}")}),
    }
}

/// Hands each non-empty line of standard input on, parsed, and whether it is the last that came so far.
fn each_line(mut take: impl FnMut(Result<Value>, bool) -> Result<()>) -> Result<()> {
    let mut input = BufReader::with_capacity(1 << 20, std::io::stdin().lock());
    let mut line = Vec::new();
    loop {
        line.clear();
        let read =
            input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).context("standard input")?;
        if read == 0 {
            return Ok(());
        }
        if read as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            input.skip_until(b'\n').context("standard input")?;
            let too_long = anyhow::anyhow!("line is longer than {} MiB", LONGEST_LINE >> 20);
            take(Err(too_long), input.buffer().is_empty())?;
        } else if !line.trim_ascii().is_empty() {
            take(serde_json::from_slice(&line).context("not a JSON line"), input.buffer().is_empty())?;
        }
    }
}

/// Writes one line.
fn write_line(out: &mut impl Write, value: &Value) -> Result<()> {
    let mut line = serde_json::to_vec(value).context("answer")?;
    line.push(b'\n');
    out.write_all(&line).context("standard output")
}
