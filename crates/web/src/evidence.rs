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

/// Reads `120-240`.
pub(crate) fn span(written: &str) -> Option<Span> {
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

/// Cuts the paragraphs of `text` where `evidence` begins and ends. Evidence that does not fall on character
/// boundaries inside `text` marks nothing.
pub(crate) fn paragraphs(text: &str, spans: &[Span], evidence: Option<Span>) -> Vec<Paragraph> {
    let evidence = evidence.filter(|span| !span.of(text).is_empty());
    let mut begun = false;
    let mut paragraphs = Vec::with_capacity(spans.len());
    for whole in spans.iter().filter(|span| !span.of(text).is_empty()) {
        let marked = evidence.and_then(|span| overlap(*whole, span));
        let begins_here = marked.is_some() && !begun;
        begun |= begins_here;
        let pieces = match marked {
            None => vec![(whole.of(text).to_owned(), false)],
            Some(mark) => {
                [(whole.start, mark.start, false), (mark.start, mark.end, true), (mark.end, whole.end, false)]
                    .into_iter()
                    .map(|(start, end, marked)| (Span { start, end }.of(text).to_owned(), marked))
                    .filter(|piece| !piece.0.is_empty())
                    .collect()
            }
        };
        paragraphs.push(Paragraph { pieces, begins_here });
    }
    paragraphs
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
        let cut = paragraphs(TEXT, &spans, span(evidence));
        let cut: Vec<Vec<_>> =
            cut.iter().map(|p| p.pieces.iter().map(|(w, m)| (w.as_str(), *m)).collect()).collect();
        assert_eq!(cut, expect, "{evidence}");
    }

    #[test]
    fn evidence_is_marked_where_it_stands() {
        let storm: &[(&str, bool)] = &[("Шторм утих.", false)];
        check("0-16", &[&[("The mayor spoke.", true), (" “No.”", false)], storm]);
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
