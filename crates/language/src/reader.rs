//! Articles into readings: everything that later rooms compare.
//!
//! In: an article as extracted. Out: its terms, names, figures and sentences, with vectors when an encoder
//! was given. Holds lexicons only; never looks at the network, the clock or other articles.

use crate::encoder::Encoder;
use crate::figures::figures;
use crate::gazetteer::Gazetteer;
use crate::identify::identify_with_hint;
use crate::names::{Part, names};
use crate::terms::{Terms, words};
use crate::{headline, sentences, tokens};
use news::{Article, Language, Reading, Span};

/// Words of the text that make the lead.
const LEAD_WORDS: usize = 60;
/// Characters of the text that are compared.
const BODY_CHARS: usize = 6_000;
/// Characters of a headline that are looked at.
const TITLE_CHARS: usize = 500;
/// Characters of the text that tell its language.
const LANGUAGE_CHARS: usize = 400;

/// Reads articles. Cheap to make, shared between threads.
#[derive(Debug, Default)]
pub struct Reader {
    encoder: Option<Encoder>,
}

impl Reader {
    /// A reader without an encoder: readings have no vectors.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with vectors.
    #[must_use]
    pub fn with_encoder(mut self, encoder: Encoder) -> Self {
        self.encoder = Some(encoder);
        self
    }

    /// Reads one article.
    pub fn read(&self, article: &Article) -> Reading {
        let title = beginning(headline::clean(beginning(&article.title, TITLE_CHARS)), TITLE_CHARS);
        let text = if article.text.trim().is_empty() {
            article.summary.as_deref().unwrap_or_default()
        } else {
            &article.text
        };
        let body = beginning(text, BODY_CHARS);
        let language = language_of(article.language, title, body);
        let terms = Terms::of(language);
        let (title_tokens, body_tokens) = (tokens(title, language), tokens(body, language));
        let title_words = words(title, &title_tokens);
        let all = terms.stems(body, &body_tokens);
        let lead_tokens = body_tokens.get(..LEAD_WORDS).unwrap_or(&body_tokens);
        let body_sentences = sentences(body, language);
        let whole_title = [Span::new(0, title.len())];
        let found = names(
            &Part { text: title, tokens: &title_tokens, sentences: &whole_title },
            &Part { text: body, tokens: &body_tokens, sentences: &body_sentences },
            language,
            Gazetteer::shared(),
        );
        let mut numbers = figures(title, &title_tokens, language, &terms, true);
        numbers.extend(figures(body, &body_tokens, language, &terms, false));
        let (title_vector, text_vector) = self.vectors(title, text);
        Reading {
            language,
            headline: words(title, &tokens(title, Language::UNKNOWN)).join(" "),
            title: terms.stems(title, &title_tokens),
            title_words,
            lead: terms.stems(body, lead_tokens),
            body: all,
            names: found,
            figures: numbers,
            sentences: sentences(&article.text, language),
            title_vector,
            text_vector,
        }
    }

    /// Vectors of the headline, and of headline and lead together. An encoder whose table can no longer be
    /// read gives none.
    fn vectors(&self, title: &str, text: &str) -> (Option<Vec<f32>>, Option<Vec<f32>>) {
        let Some(encoder) = &self.encoder else { return (None, None) };
        let lead = beginning(text, LEAD_CHARS).trim();
        let both = format!("{title}. {lead}");
        let texts: &[&str] = if lead.is_empty() { &[title] } else { &[title, &both] };
        let mut vectors = encoder.encode(texts).unwrap_or_default().into_iter();
        (vectors.next(), vectors.next())
    }
}

/// Characters of the text that go into its vector.
const LEAD_CHARS: usize = 400;

fn language_of(claimed: Language, title: &str, body: &str) -> Language {
    let sample = format!("{title}\n{}", beginning(body, LANGUAGE_CHARS));
    let guess = identify_with_hint(&sample, claimed);
    if guess.language.is_known() { guess.language } else { claimed }
}

/// The first `most` characters.
fn beginning(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((at, _)) => text.get(..at).unwrap_or(text),
        None => text,
    }
}
