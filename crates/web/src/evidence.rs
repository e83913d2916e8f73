//! The way from shown words to the article, paragraph and byte range they stand in, and the marking there.

use news::Span;
use store::view::LeadSentence;

/// Address of a sentence inside its article.
pub(crate) fn href(sentence: &LeadSentence) -> String {
    let Span { start, end } = sentence.span;
    format!("/article/{}?span={start}-{end}#here", sentence.article)
}

/// [`crate::text::outgoing_link`] of an optional address, for templates.
pub(crate) fn link(url: &Option<String>) -> Option<String> {
    url.as_deref().and_then(crate::text::outgoing_link)
}

/// Places that one address may mark.
const MOST: usize = 12;

/// Reads `120-240` and `120-240,250-280`; nothing when one of them is no span.
pub(crate) fn spans(written: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = written.split(',').take(MOST).map_while(span).collect();
    spans.sort_unstable();
    spans
}

fn span(written: &str) -> Option<Span> {
    let (start, end) = written.split_once('-')?;
    let span = Span { start: start.parse().ok()?, end: end.parse().ok()? };
    (!span.is_empty()).then_some(span)
}

/// A paragraph in pieces: words and whether they are the evidence asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) pieces: Vec<(String, bool)>,
    /// The evidence begins in this paragraph.
    pub(crate) begins_here: bool,
}

impl Paragraph {
    pub(crate) fn is_marked(&self) -> bool {
        self.pieces.iter().any(|piece| piece.1)
    }
}

/// Cuts the paragraphs of `text` where evidence begins and ends. Evidence that does not fall on character
/// boundaries inside `text` marks nothing.
pub(crate) fn paragraphs(text: &str, spans: &[Span], evidence: &[Span]) -> Vec<Paragraph> {
    let evidence: Vec<Span> = evidence.iter().copied().filter(|span| !span.of(text).is_empty()).collect();
    let mut begun = false;
    let mut paragraphs = Vec::with_capacity(spans.len());
    for whole in spans.iter().filter(|span| !span.of(text).is_empty()) {
        let pieces = cut(text, *whole, &evidence);
        let marked = pieces.iter().any(|piece| piece.1);
        paragraphs.push(Paragraph { pieces, begins_here: marked && !begun });
        begun |= marked;
    }
    paragraphs
}

fn cut(text: &str, whole: Span, evidence: &[Span]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = whole.start;
    for mark in evidence.iter().filter_map(|span| overlap(whole, *span)) {
        pieces.push((at, mark.start, false));
        pieces.push((mark.start.max(at), mark.end, true));
        at = at.max(mark.end);
    }
    pieces.push((at, whole.end, false));
    let words =
        pieces.into_iter().map(|(start, end, marked)| (Span { start, end }.of(text).to_owned(), marked));
    words.filter(|piece| !piece.0.is_empty()).collect()
}

fn overlap(a: Span, b: Span) -> Option<Span> {
    let both = Span { start: a.start.max(b.start), end: a.end.min(b.end) };
    (!both.is_empty()).then_some(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The mayor spoke. “No.”\n\nШторм утих.";

    fn check(evidence: &str, expect: &[&[(&str, bool)]]) {
        let end = TEXT.find("\n\n").unwrap();
        let spans = [Span::new(0, end), Span::new(end + 2, TEXT.len())];
        let cut = paragraphs(TEXT, &spans, &super::spans(evidence));
        let cut: Vec<Vec<_>> =
            cut.iter().map(|p| p.pieces.iter().map(|(w, m)| (w.as_str(), *m)).collect()).collect();
        assert_eq!(cut, expect, "{evidence}");
    }

    #[test]
    fn evidence_is_marked_where_it_stands() {
        let storm: &[(&str, bool)] = &[("Шторм утих.", false)];
        check("0-16", &[&[("The mayor spoke.", true), (" “No.”", false)], storm]);
        check(
            "4-9,10-15",
            &[&[("The ", false), ("mayor", true), (" ", false), ("spoke", true), (". “No.”", false)], storm],
        );
        check("17-26", &[&[("The mayor spoke. ", false), ("“No.”", true)], storm]);
    }

    #[test]
    fn wrong_evidence_marks_nothing() {
        let plain: &[&[(&str, bool)]] = &[&[("The mayor spoke. “No.”", false)], &[("Шторм утих.", false)]];
        for wrong in ["", "18-20", "0-4000", "9-3", "5-5", "-1-5", "a-b", "99999999999-999999999999"] {
            check(wrong, plain);
        }
    }

    #[test]
    fn evidence_may_cross_paragraphs() {
        let end = TEXT.len();
        check(
            &format!("4-{end}"),
            &[&[("The ", false), ("mayor spoke. “No.”", true)], &[("Шторм утих.", true)]],
        );
    }
}
