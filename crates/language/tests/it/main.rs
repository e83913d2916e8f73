//! Integration tests of this room, in one binary.

mod encoder;
mod hostile;
mod identify;
mod together;
