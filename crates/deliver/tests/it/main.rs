//! The sender as a whole, against receivers that answer as a test wants.

mod channels;
mod push;
mod scripted;
