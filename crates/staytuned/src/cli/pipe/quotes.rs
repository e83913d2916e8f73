//! `pipe quotes`: texts in, who said what in each out, as spans in code points of the text.

use anyhow::{Context, Result};
use language::Reader;
use news::{Article, Attribution, Language, Span};
use serde::Deserialize;
use serde_json::{Value, json};

/// One text, or a headline and its text. Each is read by itself, as the pipeline does: the colon of a headline claims
/// nothing of the text. Offsets count in both with a blank line between.
#[derive(Debug, Deserialize)]
struct Line {
    text: Option<String>,
    title: Option<String>,
    body: Option<String>,
    lang: Option<String>,
}

pub(super) fn line(value: Value) -> Result<Value> {
    let line: Line = serde_json::from_value(value).context("line")?;
    let given = line.lang.as_deref().map(Language::parse).unwrap_or_default();
    let joined = line.text.is_none();
    let parts = line.parts()?;
    let article = Article { language: given, text: parts.join(BETWEEN), ..Article::headline("") };
    let reading = Reader::new().read(&article);
    let (mut told, mut from) = (Vec::new(), 0);
    for part in &parts {
        let points = Points::of(part).after(from);
        let found = statement::attribute(part, reading.language, &reading.names);
        told.extend(found.iter().map(|found| points.told(found)));
        from += points.at.len() + BETWEEN.len();
    }
    let mut answer = json!({"attributions": told, "lang": reading.language});
    if joined {
        // What the offsets count in, since it did not come in like this.
        answer["text"] = article.text.into();
    }
    Ok(answer)
}

impl Line {
    fn parts(self) -> Result<Vec<String>> {
        match (self.text, self.title, self.body) {
            (Some(text), ..) => Ok(vec![text]),
            (None, None, None) => anyhow::bail!("neither text nor title nor body is given"),
            (None, title, body) => Ok([title, body].into_iter().flatten().collect()),
        }
    }
}

/// Parts headline and text.
const BETWEEN: &str = "\n\n";

/// Code points before each byte of a text.
pub(super) struct Points<'text> {
    text: &'text str,
    /// Code points in front of the text.
    from: usize,
    /// Byte offset of each code point.
    at: Vec<usize>,
}

impl<'text> Points<'text> {
    pub(super) fn of(text: &'text str) -> Self {
        Self { text, from: 0, at: text.char_indices().map(|(at, _)| at).collect() }
    }

    /// The same where the text stands behind so many code points.
    fn after(self, from: usize) -> Self {
        Self { from, ..self }
    }

    pub(super) fn span(&self, span: Span) -> [usize; 2] {
        [span.start, span.end].map(|byte| self.from + self.at.partition_point(|at| *at < byte as usize))
    }

    fn told(&self, found: &Attribution) -> Value {
        let spans = |spans: &[Span]| spans.iter().map(|span| self.span(*span)).collect::<Vec<_>>();
        let mut told = json!({
            "content": spans(&found.content),
            "source": spans(&found.source),
            "cue": spans(&found.cue),
            "kind": found.kind,
            "speaker": found.speaker,
            "confidence": (f64::from(found.confidence) * 1000.0).round() / 1000.0,
        });
        for (name, span) in [("addressee", found.addressee), ("occasion", found.occasion)] {
            if let Some(span) = span {
                told[name] = span.of(self.text).into();
            }
        }
        if found.negated {
            told["negated"] = true.into();
        }
        told
    }
}
