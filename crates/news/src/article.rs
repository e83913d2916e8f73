//! An article: the text that a page or an entry holds, once everything around it is gone.

use crate::{Language, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// The extracted text with what is known about it. `text` is what spans, quotes and evidence point into:
/// once stored it never changes under a span; an edited page becomes a new revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Plain text, without the outlet's name behind it.
    pub title: String,
    /// The person or desk that signs.
    pub byline: Option<String>,
    /// Place (and agency) in front of the first sentence: `KYIV (Reuters)`.
    pub dateline: Option<String>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// Canonical address.
    pub url: Option<String>,
    pub language: Language,
    pub image: Option<ImageLink>,
    /// The outlet as the page names itself. A claim: the outlet shown comes from the feed's host.
    pub outlet: Option<String>,
    /// A teaser that the publisher wrote (feed summary, meta description).
    pub summary: Option<String>,
    /// Paragraphs joined by a blank line (`\n\n`).
    pub text: String,
    /// The paragraphs of `text` in order.
    pub paragraphs: Vec<Span>,
    /// Headlines of other articles that stood inside the text ("read also").
    pub related: Vec<RelatedHeadline>,
}

impl Article {
    /// An article that is only a headline.
    pub fn headline(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            byline: None,
            dateline: None,
            published: None,
            updated: None,
            url: None,
            language: Language::UNKNOWN,
            image: None,
            outlet: None,
            summary: None,
            text: String::new(),
            paragraphs: Vec::new(),
            related: Vec::new(),
        }
    }

    /// When it was published, or updated where nothing says when it was published.
    pub fn told_at(&self) -> Option<Timestamp> {
        self.published.or(self.updated)
    }

    /// Sets `text` and `paragraphs` from paragraphs in order; empty ones are left out.
    #[must_use]
    pub fn with_paragraphs<'a>(mut self, paragraphs: impl IntoIterator<Item = &'a str>) -> Self {
        self.text.clear();
        self.paragraphs.clear();
        for paragraph in paragraphs.into_iter().map(str::trim).filter(|p| !p.is_empty()) {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            self.text.push_str(paragraph);
            self.paragraphs.push(Span::new(start, self.text.len()));
        }
        self
    }
}

/// The picture that leads an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageLink {
    pub url: String,
    pub alt: Option<String>,
}

/// A headline of another article, kept apart from the text it interrupted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedHeadline {
    pub title: String,
    pub url: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::Article;

    #[test]
    fn paragraphs_are_spans_of_the_text() {
        let article = Article::headline("Talks resume").with_paragraphs(["One. ", "", "Two — deux."]);
        assert_eq!(article.text, "One.\n\nTwo — deux.");
        let words: Vec<_> = article.paragraphs.iter().map(|p| p.of(&article.text)).collect();
        assert_eq!(words, ["One.", "Two — deux."]);
    }
}
