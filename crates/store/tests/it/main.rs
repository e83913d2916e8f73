//! Integration tests of this room, in one binary.

mod backup;
mod crash;
mod feeds;
mod file;
mod house;
mod queue;
mod search;
mod shown;
mod stories;
mod transfer;
