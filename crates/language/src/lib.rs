//! The language room.

mod encoder;
pub mod models;

pub use encoder::{DIMENSIONS, Encoder, cosine};
