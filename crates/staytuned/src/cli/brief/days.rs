//! Day by day, in a brief: the best sentence of each day that mattered, as the story's page shows it.

use super::Piece;
use crate::pipeline::days::dated;
use serde_json::{Value, json};
use story::{Dated, Extent, TimelineDay, date_of, timeline};

/// Days that are printed.
const DAYS: usize = 20;

fn of(pieces: &[Piece]) -> Vec<TimelineDay> {
    let dated: Vec<Dated> = pieces
        .iter()
        .filter(|piece| piece.copy_of.is_none())
        .map(|piece| dated(piece.id, piece.at, &piece.article, &piece.reading))
        .collect();
    let days: Vec<i32> = dated.iter().map(|dated| dated.day).collect();
    let between = days.iter().min().copied().zip(days.iter().max().copied());
    timeline(&dated, &Extent { days: DAYS, sentences: 1, between })
}

/// For the terminal; nothing for a story of one day.
pub(super) fn as_text(pieces: &[Piece]) -> String {
    let days = of(pieces);
    if days.len() < 2 {
        return String::new();
    }
    let mut text = String::from("\n  Day by day\n");
    for day in days {
        let date = date_of(day.day).map(|date| date.to_string()).unwrap_or_default();
        for (piece, words) in told(pieces, &day) {
            text.push_str(&format!("    {date}  {words}\n      {}\n", super::source(piece)));
        }
    }
    text
}

fn told<'a>(pieces: &'a [Piece], day: &TimelineDay) -> Vec<(&'a Piece, String)> {
    let words = |(article, span): &(news::ArticleId, news::Span)| {
        let piece = pieces.iter().find(|piece| piece.id == *article)?;
        Some((piece, super::super::one_line(span.of(&piece.article.text))))
    };
    day.sentences.iter().filter_map(words).collect()
}

/// For programs.
pub(super) fn as_json(pieces: &[Piece]) -> Value {
    let shown = |day: &TimelineDay| {
        let sentences: Vec<Value> = told(pieces, day)
            .into_iter()
            .map(|(piece, words)| json!({"text": words, "article": piece.id, "url": piece.article.url}))
            .collect();
        json!({"date": date_of(day.day), "articles": day.articles, "sentences": sentences})
    };
    of(pieces).iter().map(shown).collect()
}
