//! Budgets by peer, and slow readers.

use crate::http::Ask;
use crate::site::{Site, TOKEN, settings};
use std::time::Duration;
use store::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use web::{Limits, WebSettings};

async fn site(limits: Limits) -> Site {
    let trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    Site::with(Store::in_memory().unwrap(), WebSettings { limits, trusted_proxies, ..settings() }).await
}

#[tokio::test]
async fn guessing_the_token_is_slowed_down_by_reader() {
    let site = site(Limits { logins_per_minute: 3, ..Limits::default() }).await;
    let guess =
        |token: &str, reader: &str| Ask::post("/login", &[("token", token)]).with("x-forwarded-for", reader);
    for _ in 0..3 {
        assert_eq!(guess("wrong", "203.0.113.1").send(site.address).await.status, 403);
    }
    let refused = guess(TOKEN, "203.0.113.1").send(site.address).await;
    assert_eq!(refused.status, 429, "even the right token");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    let link = Ask::get(&format!("/login?token={TOKEN}")).with("x-forwarded-for", "203.0.113.1");
    assert_eq!(link.send(site.address).await.status, 429, "the link is the same door");
    assert_eq!(guess(TOKEN, "203.0.113.2").send(site.address).await.status, 303, "somebody else");
    let forged = guess(TOKEN, "203.0.113.9, 203.0.113.1").send(site.address).await;
    assert_eq!(forged.status, 429, "only what the proxy itself saw counts");
}

#[tokio::test]
async fn guessing_is_as_slow_for_programs() {
    let site = site(Limits { logins_per_minute: 3, ..Limits::default() }).await;
    let bring = async |token: &str, reader: &str| {
        let ask = Ask::json("POST", "/api/v1/corrections", &serde_json::json!({}));
        let ask = ask.with("authorization", &format!("Bearer {token}")).with("x-forwarded-for", reader);
        ask.send(site.address).await.status
    };
    let taken = bring(TOKEN, "203.0.113.1").await;
    for _ in 0..3 {
        assert_eq!(bring(TOKEN, "203.0.113.1").await, taken, "the right token costs nothing");
    }
    for _ in 0..3 {
        assert_eq!(bring("wrong", "203.0.113.1").await, 401);
    }
    assert_eq!(bring(TOKEN, "203.0.113.1").await, 429, "who guessed is not told that this one is right");
    let login = Ask::post("/login", &[("token", TOKEN)]).with("x-forwarded-for", "203.0.113.1");
    assert_eq!(login.send(site.address).await.status, 429, "one budget for both doors");
    assert_eq!(bring(TOKEN, "203.0.113.2").await, taken, "somebody else");
}

#[tokio::test]
async fn a_flood_of_requests_is_refused() {
    let site = site(Limits { requests_per_second: 1, request_burst: 5, ..Limits::default() }).await;
    let mut statuses = Vec::new();
    for _ in 0..8 {
        statuses
            .push(Ask::get("/about").with("x-forwarded-for", "2001:db8::1").send(site.address).await.status);
    }
    assert_eq!(statuses[..5], [200; 5]);
    assert!(statuses[5..].contains(&429), "{statuses:?}");
    let neighbour = Ask::get("/about").with("x-forwarded-for", "2001:db8::2").send(site.address).await;
    assert_eq!(neighbour.status, 429, "the same /64 is the same peer");
}

#[tokio::test]
async fn live_streams_are_counted_by_peer_and_given_back() {
    let site = site(Limits { streams: 3, streams_per_peer: 2, ..settings().limits }).await;
    let stream = |reader: &str| Ask::get("/api/v1/events").with("x-forwarded-for", reader);
    let one = stream("203.0.113.1").open(site.address).await;
    let two = stream("203.0.113.1").open(site.address).await;
    assert_eq!(stream("203.0.113.1").send(site.address).await.status, 429, "two a peer");
    let three = stream("203.0.113.2").open(site.address).await;
    assert_eq!(stream("203.0.113.3").send(site.address).await.status, 429, "three in all");
    drop((one, two, three));
    let begun = std::time::Instant::now();
    while begun.elapsed() < crate::http::PATIENCE {
        if Ask::get("/metrics").send(site.address).await.body.contains("staytuned_web_streams 0") {
            return;
        }
    }
    panic!("places are not given back");
}

#[tokio::test]
async fn a_reader_who_does_not_finish_asking_is_cut() {
    let header_timeout = Duration::from_millis(100);
    let site = site(Limits { header_timeout, ..Limits::default() }).await;
    let mut socket = tokio::net::TcpStream::connect(site.address).await.unwrap();
    socket.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(crate::http::PATIENCE, socket.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "cut");
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let header_timeout = Duration::from_millis(100);
    let site = site(Limits { header_timeout, ..Limits::default() }).await;
    let mut socket = tokio::net::TcpStream::connect(site.address).await.unwrap();
    socket.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let mut all = Vec::new();
    let ended = tokio::time::timeout(crate::http::PATIENCE, socket.read_to_end(&mut all)).await;
    assert!(ended.is_ok(), "closed");
    assert!(String::from_utf8_lossy(&all).starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_form_that_never_ends_is_given_up() {
    let request_timeout = Duration::from_millis(100);
    let command_timeout = Duration::from_millis(100);
    let site = site(Limits { request_timeout, command_timeout, ..Limits::default() }).await;
    let request = b"POST /login HTTP/1.1\r\nhost: a\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
        content-type: application/x-www-form-urlencoded\r\ncontent-length: 50\r\n\r\ntoken=";
    assert_eq!(crate::http::raw(site.address, request).await.status, 503);
}

#[tokio::test]
async fn connections_of_one_peer_are_counted() {
    let limits = Limits { connections_per_peer: 2, ..Limits::default() };
    let site = Site::with(Store::in_memory().unwrap(), WebSettings { limits, ..settings() }).await;
    let one = Ask::get("/api/v1/events").open(site.address).await;
    let two = Ask::get("/api/v1/events").open(site.address).await;
    let third = site.get("/about").await;
    assert_eq!(third.status, 0, "closed without an answer");
    drop((one, two));
}
