//! The web room from outside: a real server on a loopback port, asked in raw HTTP so that anything can be sent.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test that cannot go on fails there")]

mod acts;
mod api;
mod feeds_out;
mod follows;
mod http;
mod limits;
mod live;
mod mail;
mod news_seed;
mod operator;
mod pages;
mod positions;
mod said;
mod security;
mod site;
