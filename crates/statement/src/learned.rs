//! The learned extractor for English: a chain model finds cues, then a second one reads each cue's
//! surroundings for its source and its content. Both are linear models over hashed features.
//!
//! | question | file |
//! |---|---|
//! | what does a unit look like to the first model? | `learned/cue.rs` |
//! | and to the second, seen from a cue? | `learned/argument.rs` |
//! | what do other cues nearby say? | `learned/neighbours.rs` |
//! | which labels fit together best, and how sure is that? | `learned/lattice.rs` |
//! | where do the weights live? | `learned/weights.rs` |
//! | how do labels become attributions? | `learned/decode.rs` |
//! | what does training see? | `learned/training.rs` |

pub(crate) mod argument;
pub(crate) mod cue;
pub(crate) mod decode;
pub mod lattice;
pub(crate) mod neighbours;
pub mod training;
pub mod weights;
