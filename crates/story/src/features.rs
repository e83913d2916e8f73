//! What of an article's reading is compared with other articles: eight sparse vectors, made once when it
//! arrives and kept while it is among its story's members.
//!
//! | field | terms | compared between |
//! |---|---|---|
//! | title | stems of the headline | one language |
//! | grams | character 4-grams of the headline's words | one language |
//! | names | words of the names, transliterated | any two |
//! | cross | 4-grams of names in the headline, and its numbers | two languages |
//! | marks | what happens and which countries, the same in every language | any two |
//! | themes | what the headline is about, the same in every language | an article and a story, two stories |
//! | lead | headline twice and the first 60 words, as stems | texts of one language |
//! | body | headline twice and the text, as stems | texts of one language |

use crate::contradiction::{Frame, key_of, names_of};
use crate::hash::{self, Set};
use crate::lens::Lenses;
use crate::marks::Marks;
use crate::meaning::Meaning;
use crate::sides::Sides;
use crate::sparse::{self, Frequencies, Term, Terms};
use news::{CommonWord, Language, Mark, MarkKind, Name, Reading};

/// One of the vectors of [`Features`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Grams,
    Names,
    Cross,
    Marks,
    Themes,
    Lead,
    Body,
}

/// How many vectors there are.
pub(crate) const FIELDS: usize = 8;

impl Field {
    pub(crate) const ALL: [Self; FIELDS] = [
        Self::Title,
        Self::Grams,
        Self::Names,
        Self::Cross,
        Self::Marks,
        Self::Themes,
        Self::Lead,
        Self::Body,
    ];

    /// Whether its terms are the same in every language, so that they are counted together.
    fn is_of_all_languages(self) -> bool {
        matches!(self, Self::Names | Self::Cross | Self::Marks | Self::Themes)
    }
}

/// Fewer stems than this below the headline are a caption, not a text.
const TEXT_STEMS: usize = 8;
/// A headline of more stems than this is no headline.
const LONG_TITLE: usize = 16;
/// Identical headlines shorter than this are columns, not stories.
const TITLED_WORDS: usize = 3;
/// Terms of a body that are kept for comparison: more bring nothing and memory is bounded by them.
const BODY_KEPT: usize = 128;
/// Bounds for hostile input; news headlines stay far below.
const TITLE_WORDS: usize = 60;
const NAMES: usize = 200;
const THEMES: usize = 16;

/// An article as the comparison sees it.
#[derive(Clone, Debug)]
pub(crate) struct Features {
    pub(crate) language: Language,
    /// Hash of the cleaned headline.
    pub(crate) headline: u64,
    /// Whether there is more than a headline.
    pub(crate) has_text: bool,
    /// Whether the headline is more than a column's ("News in brief"), so that the same one means the same story.
    pub(crate) titled: bool,
    /// What the encoder made of the headline, so that articles of every length are compared by the same measure.
    pub(crate) meaning: Option<Meaning>,
    /// What of that tells stories apart.
    pub(crate) sense: Option<Meaning>,
    /// What tells stories apart of what the fine encoder made of the headline.
    pub(crate) fine: Option<Meaning>,
    /// The same of headline and lead together; none where there is no lead ([`Features::told`]).
    pub(crate) with_lead: Option<Meaning>,
    /// The headline's words in their order.
    pub(crate) frame: Frame,
    /// Who stands in the headline, in order.
    pub(crate) sides: Sides,
    /// What it speaks of, the same in every language.
    pub(crate) marks: Marks,
    /// The vectors one after the other, and where each ends.
    pub(crate) keys: Box<[u32]>,
    pub(crate) counts: Box<[u8]>,
    pub(crate) ends: [u16; FIELDS],
}

/// How telling each term of an article is under the counts of the moment, in the order of its vectors.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    weights: Vec<f32>,
    ends: [u16; FIELDS],
}

impl Weighed {
    pub(crate) fn new(features: &Features, background: &Background) -> Self {
        let mut weights = Vec::with_capacity(features.keys.len());
        for field in Field::ALL {
            let counts = background.of(field, features.language);
            weights.extend(features.field(field).keys.iter().map(|key| counts.weight(*key)));
        }
        Self { weights, ends: features.ends }
    }

    pub(crate) fn field(&self, field: Field) -> &[f32] {
        self.weights.get(range(&self.ends, field)).unwrap_or_default()
    }
}

fn range(ends: &[u16; FIELDS], field: Field) -> std::ops::Range<usize> {
    let at = field as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] };
    usize::from(start)..usize::from(ends[at])
}

impl Features {
    pub(crate) fn read(reading: &Reading) -> Self {
        Self::through(reading, Lenses::shipped())
    }

    /// The same with other lenses.
    pub(crate) fn through(reading: &Reading, lenses: &Lenses) -> Self {
        let title = || reading.title.iter().take(TITLE_WORDS);
        let words = || reading.title_words.iter().take(TITLE_WORDS);
        let stems = |of: &[String]| {
            let twice = title().map(|stem| (hash::term(stem), 2));
            sparse::count(twice.chain(of.iter().map(|stem| (hash::term(stem), 1))))
        };
        let has_text = reading.body.len() >= TEXT_STEMS;
        let [lead, body] = if has_text {
            [stems(&reading.lead), stems(&reading.body)]
        } else if reading.title.len() > LONG_TITLE {
            // A whole teaser that came as a title.
            [sparse::count(title().map(|stem| (hash::term(stem), 1))), stems(&[])]
        } else {
            [Vec::new(), Vec::new()]
        };
        let has_text = !body.is_empty();
        let frame = Frame::of(reading);
        let mut known = names_of(reading);
        known.extend(frame.bodies());
        let all = || title().chain(&reading.lead).chain(&reading.body);
        let named: Set<u32> =
            all().filter(|stem| known.contains(&key_of(stem))).map(|stem| hash::term(stem)).collect();
        let named_grams: Set<u32> =
            words().filter(|word| known.contains(&key_of(word))).flat_map(|word| grams(word)).collect();
        let fields = [
            sparse::mark(sparse::count(title().map(|stem| (hash::term(stem), 1))), &named),
            sparse::mark(
                sparse::count(words().flat_map(|word| grams(word)).map(|gram| (gram, 1))),
                &named_grams,
            ),
            names(reading),
            cross(reading),
            marked(reading),
            sparse::count(reading.themes.iter().take(THEMES).map(|theme| (hash::term(theme), 1))),
            sparse::mark(lead, &named),
            sparse::mark(body, &named),
        ];
        let meaning = reading.title_vector.as_ref().and_then(|vector| Meaning::of(vector));
        let sense = lenses.encoder.meaning(reading.title_vector.as_deref());
        let fine = lenses.fine.meaning(reading.fine_vector.as_deref());
        let with_lead = lenses.fine.meaning(reading.told_vector.as_deref());
        let headline = hash::bytes(2, reading.headline.as_bytes());
        Self {
            language: reading.language,
            headline,
            has_text,
            titled: reading.title_words.len() >= TITLED_WORDS,
            meaning,
            sense,
            fine,
            with_lead,
            sides: Sides::of(reading, &frame),
            frame,
            marks: Marks::of(reading),
            ..Self::packed(&fields)
        }
    }

    /// Features of nothing but these vectors.
    fn packed(fields: &[Vec<Term>; FIELDS]) -> Self {
        let mut ends = [0; FIELDS];
        let mut end = 0;
        for (place, field) in ends.iter_mut().zip(fields) {
            end += field.len();
            *place = u16::try_from(end).unwrap_or(u16::MAX);
        }
        let terms = || fields.iter().flatten().take(usize::from(u16::MAX));
        Self {
            language: Language::UNKNOWN,
            headline: 0,
            has_text: false,
            titled: false,
            meaning: None,
            sense: None,
            fine: None,
            with_lead: None,
            frame: Frame::default(),
            sides: Sides::default(),
            marks: Marks::default(),
            keys: terms().map(|term| term.key).collect(),
            counts: terms().map(|term| term.count).collect(),
            ends,
        }
    }

    /// What the fine encoder made of all that is told at a glance: of headline and lead, else of the headline.
    pub(crate) fn told(&self) -> Option<&Meaning> {
        self.with_lead.as_ref().or(self.fine.as_ref())
    }

    pub(crate) fn field(&self, field: Field) -> Terms<'_> {
        let range = range(&self.ends, field);
        Terms {
            keys: self.keys.get(range.clone()).unwrap_or_default(),
            counts: self.counts.get(range).unwrap_or_default(),
        }
    }

    /// The same with a long text cut to what tells most.
    pub(crate) fn trimmed(self, weighed: &Weighed) -> (Self, Weighed) {
        let body = self.field(Field::Body);
        if body.keys.len() <= BODY_KEPT {
            return (self, weighed.clone());
        }
        let mut terms: Vec<(f32, Term, f32)> = body
            .iter()
            .zip(weighed.field(Field::Body))
            .map(|(term, weight)| (sparse::damped(term.count) * weight, term, *weight))
            .collect();
        terms.select_nth_unstable_by(BODY_KEPT, |a, b| b.0.total_cmp(&a.0).then(a.1.key.cmp(&b.1.key)));
        terms.truncate(BODY_KEPT);
        terms.sort_unstable_by_key(|(_, term, _)| term.key);
        let before = range(&self.ends, Field::Body).start;
        let mut ends = self.ends;
        // The body is the last of the vectors.
        ends[Field::Body as usize] = u16::try_from(before + terms.len()).unwrap_or(u16::MAX);
        let keys = self.keys.iter().take(before).copied().chain(terms.iter().map(|(_, term, _)| term.key));
        let counts =
            self.counts.iter().take(before).copied().chain(terms.iter().map(|(_, term, _)| term.count));
        let (keys, counts) = (keys.collect(), counts.collect());
        let weights = weighed.weights.iter().take(before).copied().chain(terms.iter().map(|t| t.2)).collect();
        (Self { keys, counts, ends, ..self }, Weighed { weights, ends })
    }
}

/// Character 4-grams of `^word$`; a word that is shorter counts whole.
fn grams(word: &str) -> Vec<u32> {
    let framed: Vec<char> = format!("^{word}$").chars().take(40).collect();
    if framed.len() <= 4 {
        return vec![hash_chars(&framed)];
    }
    framed.windows(4).map(hash_chars).collect()
}

fn hash_chars(chars: &[char]) -> u32 {
    let mut buffer = [0_u8; 16];
    let mut length = 0;
    for c in chars {
        length += c.encode_utf8(&mut buffer[length..]).len();
    }
    hash::fold(hash::bytes(3, &buffer[..length]))
}

/// The names that more than the word tells: those on which the weights were fitted. The others count as marks.
fn written(reading: &Reading) -> impl Iterator<Item = &Name> {
    reading.names.iter().filter(|name| !name.by_word).take(NAMES)
}

/// Words of the names, so that a surname meets the full name.
fn names(reading: &Reading) -> Vec<Term> {
    let names = written(reading);
    sparse::count(names.flat_map(|name| {
        let times = name.mentions.clamp(1, 50);
        name_words(&name.key).map(move |word| (word, times))
    }))
}

fn name_words(key: &str) -> impl Iterator<Item = u32> {
    key.split(' ').filter(|word| word.len() > 2).map(hash::term)
}

/// What can be recognised of a headline in another language: how its names sound, and its numbers.
fn cross(reading: &Reading) -> Vec<Term> {
    let in_title = written(reading).filter(|name| name.in_title);
    let sounds = in_title.flat_map(|name| name.key.split(' ').flat_map(grams)).map(|gram| (gram, 1));
    let figures = reading.figures.iter().take(NAMES).filter(|figure| figure.in_title);
    let numbers = figures.map(|figure| (hash::term(&format!("#{}", figure.value)), 1));
    sparse::count(sounds.chain(numbers))
}

/// What happens and which countries: what the headline says counts twice.
fn marked(reading: &Reading) -> Vec<Term> {
    let kept = |mark: &&Mark| matches!(mark.kind, MarkKind::Deed | MarkKind::Country);
    let marks = reading.marks.iter().take(NAMES).filter(kept);
    sparse::count(
        marks.map(|mark| (hash::bytes(7, mark.key.as_bytes()) as u32, 1 + u32::from(mark.in_title))),
    )
}

/// Where the commonest words of a language come from.
pub type CommonWords = fn(Language) -> Vec<CommonWord>;

/// How common each term is: by language where words belong to a language, in one count where they do not. A language
/// begins with its commonest words, as if so many articles had been counted already.
#[derive(Clone, Debug, Default)]
pub(crate) struct Background {
    common: Option<CommonWords>,
    languages: Vec<(Language, [Frequencies; FIELDS])>,
    everywhere: [Frequencies; FIELDS],
    /// Articles since it was looked whether all together is too much.
    since_looked: u32,
}

/// Languages counted apart; those that come later (forged tags) share the count of all.
const LANGUAGES: usize = 64;
/// Terms of all languages and fields together, of some 13 bytes each: beyond it the largest table forgets.
const TERMS_OF_ALL: usize = 8_000_000;
const LOOKED_AFTER: u32 = 1_024;

impl Background {
    pub(crate) fn knowing(common: CommonWords) -> Self {
        Self { common: Some(common), ..Self::default() }
    }

    /// Counts one article's words.
    pub(crate) fn add(&mut self, features: &Features) {
        let known = self.languages.iter().position(|(language, _)| *language == features.language);
        let apart = known.or_else(|| {
            (self.languages.len() < LANGUAGES).then(|| {
                let common = self.common.map(|common| common(features.language)).unwrap_or_default();
                self.languages.push((features.language, begin_with(&common)));
                self.languages.len() - 1
            })
        });
        for field in Field::ALL {
            let counts = match apart {
                Some(at) if !field.is_of_all_languages() => &mut self.languages[at].1,
                _ => &mut self.everywhere,
            };
            counts[counted_as(field) as usize].add_if(field, features);
        }
        self.since_looked += 1;
        if self.since_looked >= LOOKED_AFTER {
            self.since_looked = 0;
            self.forget_beyond(TERMS_OF_ALL);
        }
    }

    /// Lets the largest table forget where all hold more terms than this: tags are claimed, and 64 languages could be forged.
    fn forget_beyond(&mut self, most: usize) {
        let languages = self.languages.iter_mut().flat_map(|(_, counts)| counts);
        let mut tables: Vec<&mut Frequencies> = languages.chain(&mut self.everywhere).collect();
        let all: usize = tables.iter().map(|table| table.terms()).sum();
        if all > most
            && let Some(largest) = tables.iter_mut().max_by_key(|table| table.terms())
        {
            largest.halve();
        }
    }

    /// The counts that weigh a field's terms.
    pub(crate) fn of(&self, field: Field, language: Language) -> &Frequencies {
        let apart = self.languages.iter().find(|(known, _)| *known == language).map(|(_, counts)| counts);
        let counts = apart.filter(|_| !field.is_of_all_languages()).unwrap_or(&self.everywhere);
        &counts[counted_as(field) as usize]
    }

    /// Grows by one each time that weights have moved so far that kept vector lengths should be renewed.
    pub(crate) fn epoch(&self, field: Field, language: Language) -> u32 {
        // One step for each seventh more documents.
        (self.of(field, language).documents().max(1.0).ln() * 7.0) as u32
    }
}

/// Articles that the commonest words of a language count for, and words of a headline and of a text.
const PRIOR_ARTICLES: f32 = 400.0;
const HEADLINE_WORDS: f32 = 10.0;
const TEXT_WORDS: f32 = 350.0;

/// Counts as if articles of nothing but common words had come.
fn begin_with(common: &[CommonWord]) -> [Frequencies; FIELDS] {
    let mut counts: [Frequencies; FIELDS] = Default::default();
    if common.is_empty() {
        return counts;
    }
    // Of so many words, how many articles hold at least one.
    let holding = |share: f32, words: f32| PRIOR_ARTICLES * (1.0 - (-share * words).exp());
    for field in [Field::Title, Field::Grams, Field::Body] {
        counts[field as usize].expect(PRIOR_ARTICLES);
    }
    for word in common {
        if let Some(stem) = &word.stem {
            let key = hash::term(stem);
            counts[Field::Title as usize].expect_term(key, holding(word.share, HEADLINE_WORDS));
            counts[Field::Body as usize].expect_term(key, holding(word.share, TEXT_WORDS));
        }
        for gram in grams(&word.word) {
            counts[Field::Grams as usize].expect_term(gram, holding(word.share, HEADLINE_WORDS));
        }
    }
    counts
}

/// A lead is weighed by the counts of whole texts.
fn counted_as(field: Field) -> Field {
    if field == Field::Lead { Field::Body } else { field }
}

impl Frequencies {
    /// Counts a field's document, unless another field is counted in its place.
    fn add_if(&mut self, field: Field, features: &Features) {
        if counted_as(field) == field {
            self.add(features.field(field));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Background, Field};
    use crate::features::Features;
    use news::{Language, Reading};

    #[test]
    fn all_tables_together_are_bounded() {
        let mut background = Background::default();
        for (language, words) in [("en", 0..40), ("fr", 0..10)] {
            let body: Vec<String> = words.map(|word| format!("word{word}")).collect();
            let reading = Reading { language: Language::parse(language), body, ..Reading::default() };
            background.add(&Features::read(&reading));
        }
        let terms =
            |background: &Background, language| background.of(Field::Body, Language::parse(language)).terms();
        background.forget_beyond(1_000);
        assert_eq!((terms(&background, "en"), terms(&background, "fr")), (40, 10));
        background.forget_beyond(45);
        assert_eq!((terms(&background, "en"), terms(&background, "fr")), (0, 10), "the largest forgets");
    }
}
