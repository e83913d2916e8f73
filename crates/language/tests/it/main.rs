//! Integration tests of this room, in one binary.

mod encoder;
mod english;
#[path = "../../../../tests/fetched.rs"]
mod fetched;
mod fine;
mod hostile;
mod identify;
mod together;
