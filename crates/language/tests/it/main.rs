//! Integration tests of this room, in one binary.

mod encoder;
mod english;
mod fine;
mod hostile;
mod identify;
mod together;
