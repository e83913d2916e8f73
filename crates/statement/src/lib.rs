//! The statement room: who said what, in which words, where in the article.
//!
//! In: an article's text, its language, the names found in it. Out: [`news::Attribution`]s whose spans are byte
//! ranges of that very text, with a speaker or none.
//!
//! | question | file |
//! |---|---|
//! | how does a text become attributions? | `attribute.rs` |
//! | what is a unit, a sentence, a quotation? | `sheet.rs`, `page.rs`, `token.rs`, `marks.rs` |
//! | how does the learned extractor work (English)? | `learned.rs` |
//! | how do the rules work (all languages)? | `rules.rs`, `tongue.rs`, `data/` |
//! | what becomes of quotations without a cue? | `leftover.rs` |
//! | what stands beside the words and is none of them? | `beyond.rs` |
//! | what looks like a statement and is none? | `unsaid.rs` |
//! | what if the models leave the source open? | `subject.rs` |
//! | and if they pass over plain speech, a transcript, or "Name: words"? | `plain.rs`, `transcript.rs`, `headline.rs` |
//! | whose name is behind "he"? | `speaker.rs`, `cast.rs` |
//! | who did what to whom? | `acts.rs` |
//! | where does somebody stand on what, and did that move? | `positions.rs` |
//! | said to whom, where, and "never said"? | `circumstances.rs` |
//! | whom does the text introduce, with which office? | `introduced.rs` |
//! | are these the same words in another article? | `same.rs` |
//! | does one statement take another back? | `denial.rs` |
//! | which known actor is meant? | `register.rs` |
//!
//! This room never does I/O, never reads a clock, uses no randomness, and never makes up a word: what it gives
//! are places in the text and a name that stands in it.

pub mod acts;
mod attribute;
mod beyond;
mod cast;
mod circumstances;
pub mod denial;
mod hash;
mod headline;
mod introduced;
pub mod learned;
mod leftover;
mod lexicon;
mod marks;
mod page;
mod plain;
pub mod positions;
pub mod register;
mod rules;
pub mod same;
mod sheet;
mod speaker;
mod statement;
mod subject;
mod token;
mod tongue;
mod transcript;
mod unsaid;

pub use acts::{act_between, act_between_by, acts, acts_by, is_state};
pub use attribute::{attribute, attribute_by_rules, attribute_with, read};
pub use sheet::Sheet;
