//! The language room: text in, sentences, tokens, names, figures, terms, vectors and the language itself out.
//! The only user of lexicons and models.
//!
//! Read [`Reader`] first: it turns an article into the reading that other rooms compare. Spans always point
//! into the text that was given. Nothing here uses the network or a clock, and no text, however hostile, costs
//! more than time in proportion to its length.

mod common;
mod container;
mod dates;
mod encoder;
mod english;
mod figures;
mod fine;
mod gazetteer;
mod hash;
mod headline;
mod identify;
mod latin;
mod lexicon;
mod lines;
mod marks;
mod memory;
pub mod models;
mod names;
mod package;
mod packed;
mod pieces;
mod places;
mod reader;
mod recurring;
mod seats;
mod sentence;
mod stem;
mod stop;
mod terms;
mod themes;
mod token;
mod vectors;
mod vocabulary;

pub use common::common_words;
pub use dates::dates;
pub use encoder::{DIMENSIONS, Encoder};
pub use english::{English, Entity, EntityKind, Parsed, Word};
pub use fine::{FineEncoder, Gist, acting};
pub use identify::{Guess, identify, identify_among, identify_with_hint};
pub use lines::{is_comment_category, lines};
pub use names::alike;
pub use names::name_key;
pub use places::{kept_forms, place, places, spelling};
pub use reader::Reader;
pub use recurring::Recurring;
pub use sentence::sentences;
pub use themes::{packed_themes, theme_key};
pub use token::{Token, TokenKind, tokens};
pub use vectors::cosine;
pub use vocabulary::{vocabulary_is_whole, vocabulary_key};
