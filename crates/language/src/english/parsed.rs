//! What reading an English text gives: words that hang on each other, and names.

use news::Span;
use std::ops::Range;

/// A text as read: its words in order, white space of more than one character among them, and its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    pub words: Vec<Word>,
    /// Names, dates and figures, in order; they never overlap.
    pub entities: Vec<Entity>,
}

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub span: Span,
    /// Penn Treebank tag: `NNP`, `VBD`, `MD`; white space has `_SP`.
    pub tag: String,
    /// Universal part of speech: `PROPN`, `VERB`, `AUX`, `PUNCT`, `SPACE`.
    pub part: String,
    /// How it depends on its head: `nsubj`, `dobj`, `prep`, `pobj`, `neg`, `ROOT`.
    pub label: String,
    /// Place of its head among the words; a root is its own head.
    pub head: usize,
    /// Base form: *tell* for *told*; names keep their capitals.
    pub lemma: String,
    pub begins_sentence: bool,
}

/// A name, date or figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Places of its words.
    pub words: Range<usize>,
    pub span: Span,
    pub kind: EntityKind,
}

/// What an entity is, as OntoNotes parts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    Person,
    /// Nationalities, religions, parties: *Selmaran*, *Catholic*.
    Group,
    Facility,
    Organisation,
    /// Countries, cities, states: places that act.
    Country,
    /// Other places: seas, mountains, continents.
    Location,
    Product,
    Event,
    Work,
    Law,
    Tongue,
    Date,
    Time,
    Percent,
    Money,
    Quantity,
    Ordinal,
    Cardinal,
}

impl EntityKind {
    /// Every kind with its name in the model.
    pub const ALL: [(Self, &'static str); 18] = [
        (Self::Person, "PERSON"),
        (Self::Group, "NORP"),
        (Self::Facility, "FAC"),
        (Self::Organisation, "ORG"),
        (Self::Country, "GPE"),
        (Self::Location, "LOC"),
        (Self::Product, "PRODUCT"),
        (Self::Event, "EVENT"),
        (Self::Work, "WORK_OF_ART"),
        (Self::Law, "LAW"),
        (Self::Tongue, "LANGUAGE"),
        (Self::Date, "DATE"),
        (Self::Time, "TIME"),
        (Self::Percent, "PERCENT"),
        (Self::Money, "MONEY"),
        (Self::Quantity, "QUANTITY"),
        (Self::Ordinal, "ORDINAL"),
        (Self::Cardinal, "CARDINAL"),
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

impl Parsed {
    /// The sentences, as places of words.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let starts = self.words.iter().enumerate().filter(|(_, word)| word.begins_sentence);
        let mut starts: Vec<usize> = starts.map(|(at, _)| at).collect();
        starts.push(self.words.len());
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    /// The words that hang directly on the word at `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let hangs = move |(at, word): &(usize, &Word)| word.head == head && *at != head;
        self.words.iter().enumerate().filter(hangs).map(|(at, _)| at)
    }

    /// The first child with one of these labels.
    pub fn child(&self, head: usize, labels: &[&str]) -> Option<usize> {
        self.children(head).find(|child| labels.contains(&self.words[*child].label.as_str()))
    }

    /// From the first to behind the last word that hangs on the word at `root`, itself included.
    pub fn subtree(&self, root: usize) -> Range<usize> {
        let under = |at: &usize| self.ancestors(*at).any(|above| above == root);
        let begins = |at: &usize| self.words.get(*at).is_some_and(|word| word.begins_sentence);
        let start = (0..=root).rev().find(begins).unwrap_or_default();
        let end = (root + 1..self.words.len()).find(begins).unwrap_or(self.words.len());
        let first = (start..root).find(under).unwrap_or(root);
        let last = (root + 1..end).rev().find(under).unwrap_or(root);
        first..last + 1
    }

    /// The head of a word, its head, and so on to the root.
    pub fn ancestors(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        let above = move |at: &usize| {
            let head = self.words.get(*at)?.head;
            (head != *at).then_some(head)
        };
        std::iter::successors(above(&word), above).take(self.words.len())
    }

    /// The byte span of a range of words.
    pub fn span(&self, words: Range<usize>) -> Option<Span> {
        let (first, last) = (self.words.get(words.start)?, self.words.get(words.end.checked_sub(1)?)?);
        Some(Span::new(first.span.start as usize, last.span.end as usize))
    }

    /// The entity that a word belongs to.
    pub fn entity(&self, word: usize) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.words.contains(&word))
    }
}
