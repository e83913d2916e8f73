//! Articles into readings: everything that later rooms compare.
//!
//! In: an article as extracted. Out: its terms, names, figures and sentences, with vectors when an encoder
//! was given. Holds lexicons only; never looks at the network, the clock or other articles.

use crate::encoder::Encoder;
use crate::english::English;
use crate::figures::figures;
use crate::fine::{FineEncoder, Gist};
use crate::gazetteer::Gazetteer;
use crate::identify::{identify_among, identify_with_hint};
use crate::names::{Part, names, settle};
use crate::terms::{Terms, words};
use crate::themes::themes;
use crate::{headline, marks, sentences, tokens};
use news::{Article, Language, Reading, Span};

/// Words of the text that make the lead.
const LEAD_WORDS: usize = 60;
/// Tokens of a lead that says more than the headline, and characters of one that the fine encoder reads behind it: two sentences.
const LEAD_LEAST: usize = 4;
const LEAD_CHARS: usize = 300;
/// Characters of the text that are compared.
const BODY_CHARS: usize = 6_000;
/// Characters of a headline that are looked at.
const TITLE_CHARS: usize = 500;
/// Characters of the text that tell its language.
const LANGUAGE_CHARS: usize = 400;
/// A text with fewer characters says less about its language than its feed does.
const SHORT_CHARS: usize = 240;

/// Reads articles. Cheap to make, shared between threads.
#[derive(Debug, Default)]
pub struct Reader {
    encoder: Option<Encoder>,
    fine: Option<FineEncoder>,
    english: Option<English>,
}

impl Reader {
    /// A reader without encoders: readings have no vectors.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with vectors.
    #[must_use]
    pub fn with_encoder(mut self, encoder: Encoder) -> Self {
        self.encoder = Some(encoder);
        self
    }

    /// The same with the vectors of the fine encoder too.
    #[must_use]
    pub fn with_fine(mut self, fine: FineEncoder) -> Self {
        self.fine = Some(fine);
        self
    }

    /// The same with the kinds of English names.
    #[must_use]
    pub fn with_english(mut self, english: English) -> Self {
        self.english = Some(english);
        self
    }

    /// The small English model, for who else reads sentences.
    pub fn english(&self) -> Option<&English> {
        self.english.as_ref()
    }

    /// A unit vector for each text; none at all without an encoder, nor from one whose table can no longer be read.
    pub fn vectors(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        self.encoder.as_ref().and_then(|encoder| encoder.encode(texts).ok()).unwrap_or_default()
    }

    /// The same by the finest encoder there is.
    pub fn finest_vectors(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        if self.is_fine() { self.fine_vectors(texts) } else { self.vectors(texts) }
    }

    /// Whether that is the fine encoder.
    pub fn is_fine(&self) -> bool {
        self.fine.is_some()
    }

    /// The same by the fine encoder.
    pub fn fine_vectors(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        self.gists(texts).into_iter().map(|gist| gist.vector).collect()
    }

    fn gists(&self, texts: &[&str]) -> Vec<Gist> {
        self.fine.as_ref().and_then(|fine| fine.read(texts).ok()).unwrap_or_default()
    }

    /// Reads one article.
    pub fn read(&self, article: &Article) -> Reading {
        self.read_all(&[article]).pop().unwrap_or_default()
    }

    /// Reads articles together: the same readings, with the vectors made in one go.
    pub fn read_all(&self, articles: &[&Article]) -> Vec<Reading> {
        let (mut readings, told): (Vec<_>, Vec<_>) =
            articles.iter().map(|article| words_of(article, self.english.as_ref())).unzip();
        let titles: Vec<&str> = told.iter().map(|told| told.title).collect();
        for (reading, vector) in readings.iter_mut().zip(self.vectors(&titles)) {
            reading.title_vector = Some(vector);
        }
        for ((reading, told), gist) in readings.iter_mut().zip(&told).zip(self.gists(&titles)) {
            told.parts(reading, true, told.title, &gist);
            reading.fine_vector = Some(gist.vector);
        }
        if self.is_fine() {
            let with_lead: Vec<Option<String>> = told.iter().map(Told::with_lead).collect();
            let whole: Vec<&str> = with_lead.iter().flatten().map(String::as_str).collect();
            let led = readings.iter_mut().zip(&told).zip(&with_lead);
            let led = led.filter_map(|((reading, told), whole)| Some((reading, told, whole.as_ref()?)));
            for ((reading, told, whole), gist) in led.zip(self.gists(&whole)) {
                told.parts(reading, false, whole, &gist);
                reading.told_vector = Some(gist.vector);
            }
        }
        readings
    }
}

/// What of an article goes through encoders.
struct Told<'a> {
    title: &'a str,
    /// What stands at the top of the text below a headline, if it says more than that.
    lead: Option<&'a str>,
    /// Where the marks of the reading stand, in the headline or in the text.
    spots: Vec<Option<Span>>,
}

/// What parts headline and lead.
const BEFORE_LEAD: &str = ". ";
/// Steps of [`news::Mark::acts`] in one unit of log odds.
const ACTING_STEPS: f32 = 16.0;

impl Told<'_> {
    /// Headline and lead in one, where there is a lead.
    fn with_lead(&self) -> Option<String> {
        self.lead.map(|lead| format!("{}{BEFORE_LEAD}{lead}", self.title))
    }

    /// Notes which marks act, those of the headline or those of the text, by the gist of `read`: the headline, or headline and lead.
    fn parts(&self, reading: &mut Reading, in_title: bool, read: &str, gist: &Gist) {
        let before = if in_title { 0 } else { self.title.len() + BEFORE_LEAD.len() };
        for (mark, spot) in reading.marks.iter_mut().zip(&self.spots) {
            let Some(spot) = spot.filter(|_| mark.in_title == in_title) else { continue };
            let range = before + spot.start as usize..before + spot.end as usize;
            mark.acts = gist.acts(read, range).map_or(0, |odds| (odds * ACTING_STEPS) as i8);
        }
    }
}

/// Everything of a reading but its vectors, and what goes through the encoders.
fn words_of<'a>(article: &'a Article, english: Option<&English>) -> (Reading, Told<'a>) {
    let text = if article.text.trim().is_empty() {
        article.summary.as_deref().unwrap_or_default()
    } else {
        &article.text
    };
    let body = beginning(text, BODY_CHARS);
    let title = beginning(headline::clean(beginning(headline_of(article, body), TITLE_CHARS)), TITLE_CHARS);
    let language = language_of(article.language, title, body);
    let terms = Terms::of(language);
    let (title_tokens, body_tokens) = (tokens(title, language), tokens(body, language));
    let title_words = words(title, &title_tokens);
    let all = terms.stems(body, &body_tokens);
    let lead_tokens = body_tokens.get(..LEAD_WORDS).unwrap_or(&body_tokens);
    let body_sentences = sentences(body, language);
    let whole = body == article.text;
    let whole_title = [Span::new(0, title.len())];
    let mut found = names(
        &Part { text: title, tokens: &title_tokens, sentences: &whole_title },
        &Part { text: body, tokens: &body_tokens, sentences: &body_sentences },
        language,
        Gazetteer::shared(),
    );
    if let Some(english) = english.filter(|_| language == Language::ENGLISH) {
        settle(&mut found, &format!("{title}.\n{}", beginning(body, KIND_CHARS)), english);
    }
    let mut numbers = figures(title, &title_tokens, language, &terms, true);
    numbers.extend(figures(body, &body_tokens, language, &terms, false));
    let marks = marks::marks(
        &marks::Part { text: title, tokens: &title_tokens },
        &marks::Part { text: body, tokens: &body_tokens },
        &found,
        language,
    );
    let (marks, spots) = marks.into_iter().map(|spotted| (spotted.mark, spotted.at)).unzip();
    let reading = Reading {
        language,
        headline: words(title, &tokens(title, Language::UNKNOWN)).join(" "),
        title: terms.stems(title, &title_tokens),
        themes: themes(&title_words, language).into_iter().map(ToOwned::to_owned).collect(),
        title_words,
        lead: terms.stems(body, lead_tokens),
        body: all,
        marks,
        names: found,
        figures: numbers,
        sentences: if whole { body_sentences } else { sentences(&article.text, language) },
        lines: Vec::new(),
        title_vector: None,
        fine_vector: None,
        told_vector: None,
    };
    let led = body_tokens.len() >= LEAD_LEAST && !article.title.trim().is_empty();
    (reading, Told { title, lead: led.then(|| beginning(body, LEAD_CHARS)), spots })
}

/// The article's headline, or the first sentence of what has none (notes, messages of a channel).
fn headline_of<'a>(article: &'a Article, body: &'a str) -> &'a str {
    if !article.title.trim().is_empty() {
        return &article.title;
    }
    sentences(body, article.language).first().map_or("", |first| first.of(body).trim())
}

/// Characters of the text that the kinds of names are looked for in: a model reads sentences, that takes time.
const KIND_CHARS: usize = 600;

/// The language of an article. A claim is believed for headlines and short teasers, where names can look like
/// another language, unless the script itself contradicts it; a text is long enough to speak for itself.
fn language_of(claimed: Language, title: &str, body: &str) -> Language {
    let sample = format!("{title}\n{}", beginning(body, LANGUAGE_CHARS));
    let short = sample.chars().nth(SHORT_CHARS).is_none();
    if short && claimed.is_known() && identify_among(&sample, &[claimed]).language == claimed {
        return claimed;
    }
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
