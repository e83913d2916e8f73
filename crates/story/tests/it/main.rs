//! Integration tests of this room, in one binary. All countries, people and outlets in them are invented.

mod copies;
mod look_alikes;
mod newsroom;
mod picture;
mod replay;
mod second_look;
mod streams;
