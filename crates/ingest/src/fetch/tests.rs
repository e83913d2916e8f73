//! The fetcher against a real server on this machine: what is normal, and what is hostile.

pub(crate) mod server;

use super::*;
use server::{Reply, Server};
use std::io;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Long enough for a busy machine, short enough to wait for.
const SHORT: Duration = Duration::from_millis(300);

fn settings() -> FetchSettings {
    let limits = FetchLimits { body: 1 << 20, host_gap: Duration::ZERO, ..FetchLimits::default() };
    FetchSettings {
        allowed_networks: vec!["127.0.0.1/32".parse().unwrap()],
        limits,
        ..FetchSettings::default()
    }
}

/// Resolves every name by a table; a name outside it is unknown, and the last answer for a name stays.
fn fetcher(settings: FetchSettings, names: &[(&str, &[&[&str]])]) -> (Fetcher, Arc<AtomicUsize>) {
    type Answers = Vec<Vec<IpAddr>>;
    let parse = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
    let table: Vec<(String, Answers)> = names
        .iter()
        .map(|(name, answers)| ((*name).to_owned(), answers.iter().map(parse).collect()))
        .collect();
    let (table, asked) = (Mutex::new(table), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    let lookup: LookupFn = Arc::new(move |host| {
        count.fetch_add(1, Ordering::Relaxed);
        let mut table = table.lock().unwrap();
        let answers = table.iter_mut().find(|(name, _)| *name == host).map(|(_, answers)| answers);
        let answer = answers.map(|all| if all.len() > 1 { all.remove(0) } else { all[0].clone() });
        Box::pin(async move { answer.ok_or_else(|| io::Error::other("no such name")) })
    });
    (Fetcher::with_lookup(settings, &lookup).unwrap(), asked)
}

const INWARD: &[&[&str]] = &[&["127.0.0.2", "::1"]];
const HERE: (&str, &[&[&str]]) = ("herald.example", &[&["127.0.0.1"]]);

/// Asks a server that always answers alike.
async fn ask(
    settings: FetchSettings,
    answer: impl Fn(&str) -> Reply + Send + Sync + 'static,
) -> Result<Fetched, FetchError> {
    let server = Server::new(answer).await;
    let (fetcher, _) = fetcher(settings, &[HERE]);
    fetcher.get(&Get::new(server.url("herald.example", "/feed"), Purpose::Feed)).await
}

#[tokio::test]
async fn what_is_known_is_told_and_need_not_come_again() {
    let server = Server::new(|path| match path {
        "/feed" => Reply::new(304, "etag: \"b\"\r\n", ""),
        _ => Reply::new(302, "location: /feed\r\n", ""),
    })
    .await;
    let (fetcher, _) =
        fetcher(FetchSettings { contact: Some("desk@herald.example".to_owned()), ..settings() }, &[HERE]);
    let known = |path: &str| Get {
        etag: Some("\"a\"".to_owned()),
        last_modified: Some("Wed, 21 Oct 2015 07:28:00 GMT".to_owned()),
        ..Get::new(server.url("herald.example", path), Purpose::Feed)
    };
    let answer = fetcher.get(&known("/feed")).await.unwrap();
    assert_eq!((answer.status, answer.etag.as_deref(), answer.body.len()), (304, Some("\"b\""), 0));
    fetcher.get(&known("/moved")).await.unwrap();
    let heard = server.heard();
    assert!(
        heard[0].contains("if-none-match: \"a\"\r\n") && heard[0].contains("if-modified-since: wed, 21"),
        "{heard:?}"
    );
    assert!(
        heard[0].contains("user-agent: staytuned/") && heard[0].contains("(+desk@herald.example)"),
        "{heard:?}"
    );
    assert!(heard[1].contains("if-none-match"), "{heard:?}");
    assert!(!heard[2].contains("if-none-match"), "another document: {heard:?}");
}

#[tokio::test]
async fn every_status_is_an_answer() {
    for status in [200, 403, 404, 410, 429, 500, 503] {
        let head = "retry-after: 120\r\ncache-control: max-age=60\r\ncontent-type: text/xml\r\n";
        let answer = ask(settings(), move |_| Reply::new(status, head, "body")).await.unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (status, b"body".as_slice()));
        assert_eq!(answer.retry_after, Some(Duration::from_secs(120)));
        assert_eq!(answer.fresh_for, Some(Duration::from_secs(60)));
        assert_eq!(answer.content_type.as_deref(), Some("text/xml"));
    }
}

#[tokio::test]
async fn redirects_are_followed_and_carry_nothing_along() {
    let server = Server::new(|path| match path {
        "/old" => Reply::new(301, "location: today#top\r\nset-cookie: id=1\r\n", ""),
        "/broken" => Reply::new(308, "location: //courier.example:port/\r\n", ""),
        "/nowhere" => Reply::new(302, "", "a page"),
        _ => Reply::new(200, "", "news"),
    })
    .await;
    let (fetcher, _) = fetcher(settings(), &[HERE]);
    let get =
        async |path: &str| fetcher.get(&Get::new(server.url("herald.example", path), Purpose::Feed)).await;
    let answer = get("/old").await.unwrap();
    assert_eq!(
        (answer.url.as_str(), answer.body.as_slice()),
        (server.url("herald.example", "/today").as_str(), b"news".as_slice())
    );
    assert_eq!(answer.moved_to, Some(answer.url));
    assert_eq!(get("/nowhere").await.unwrap().status, 302, "a redirect to nowhere is an answer");
    assert_eq!(get("/broken").await.unwrap().status, 308, "and so is one to what is no address");
    let heard = server.heard().concat();
    assert!(
        !heard.contains("cookie") && !heard.contains("referer") && !heard.contains("authorization"),
        "{heard}"
    );
}

#[tokio::test]
async fn a_move_is_for_good_up_to_the_first_hop_that_is_not() {
    let server = Server::new(|path| match path {
        "/a" => Reply::new(301, "location: /b\r\n", ""),
        "/b" => Reply::new(308, "location: /c\r\n", ""),
        "/c" => Reply::new(302, "location: /d\r\n", ""),
        "/d" => Reply::new(301, "location: /e\r\n", ""),
        _ => Reply::new(200, "", ""),
    })
    .await;
    let (fetcher, _) = fetcher(settings(), &[HERE]);
    let answer = fetcher.get(&Get::new(server.url("herald.example", "/a"), Purpose::Feed)).await.unwrap();
    assert_eq!((answer.url.path(), answer.moved_to.as_ref().map(Url::path)), ("/e", Some("/c")));
}

#[tokio::test]
async fn redirects_lead_nowhere_that_is_not_public() {
    let (fetcher, _) = fetcher(
        settings(),
        &[HERE, ("inside.example", &[&["10.0.0.1"]]), ("localhost", INWARD), ("localhost.", INWARD)],
    );
    for (target, refused) in [
        ("http://10.0.0.1/", true),
        ("http://127.0.0.2/", true),
        ("http://2130706434/", true),
        ("http://0x7f000002/", true),
        ("http://0177.0.0.2/", true),
        ("http://127.2/", true),
        ("http://127.0.0.2./", true),
        ("http://0x7f.0.2./", true),
        ("http://localhost./", true),
        ("http://\u{ff11}27.0.0.2/", true),
        ("http://[::1]/", true),
        ("http://[::ffff:10.0.0.1]/", true),
        ("http://[64:ff9b::a00:1]/", true),
        ("http://169.254.169.254/latest/meta-data/", true),
        ("http://inside.example/", true),
        ("http://localhost/", true),
        ("file:///etc/passwd", false),
        ("gopher://herald.example/", false),
        ("ftp://herald.example/", false),
        ("http://user:secret@herald.example/", false),
        ("http://herald.example:25/", false),
    ] {
        let server = Server::new(move |_| Reply::new(302, &format!("location: {target}\r\n"), "")).await;
        let error =
            fetcher.get(&Get::new(server.url("herald.example", "/"), Purpose::Page)).await.unwrap_err();
        let fits = match error {
            FetchError::Refused { .. } => refused,
            FetchError::Unfit { .. } => !refused,
            _ => false,
        };
        assert!(fits, "{target}: {error:?}");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(!error.passes(), "{error}");
    }
}

#[tokio::test]
async fn redirects_have_an_end() {
    let circle = ask(settings(), |path| {
        Reply::new(301, if path == "/feed" { "location: /b\r\n" } else { "location: /feed\r\n" }, "")
    });
    assert!(matches!(circle.await, Err(FetchError::Redirects { .. })));
    let chain = ask(settings(), |path| Reply::new(302, &format!("location: {path}x\r\n"), ""));
    assert!(matches!(chain.await, Err(FetchError::Redirects { limit: 6, .. })));
}

#[tokio::test]
async fn loopback_is_closed_unless_it_is_named() {
    let server = Server::new(|_| Reply::new(200, "", "news")).await;
    let (by_name, _) = fetcher(FetchSettings::default(), &[HERE]);
    let error = by_name.get(&Get::new(server.url("herald.example", "/"), Purpose::Feed)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "herald.example is at 127.0.0.1, which is loopback and not allowed (see ingest.allow_networks)"
    );
    let system = Fetcher::new(FetchSettings::default()).unwrap();
    for host in ["127.0.0.1", "localhost", "127.1", "2130706433", "0", "[::1]", "[::ffff:127.0.0.1]"] {
        let error = system.get(&Get::new(server.url(host, "/"), Purpose::Feed)).await.unwrap_err();
        assert!(matches!(error, FetchError::Refused { .. }), "{host}: {error:?}");
    }
    assert!(server.heard().is_empty());
    let opened = Fetcher::new(settings()).unwrap();
    assert_eq!(
        opened.get(&Get::new(server.url("127.0.0.1", "/"), Purpose::Feed)).await.unwrap().body,
        b"news"
    );
}

#[tokio::test]
async fn a_name_cannot_lead_elsewhere_after_it_was_checked() {
    let server = Server::new(|_| Reply::new(200, "", "news")).await;
    let rebound: (&str, &[&[&str]]) = ("herald.example", &[&["127.0.0.1"], &["127.0.0.2"]]);
    let (fetcher, asked) = fetcher(settings(), &[rebound]);
    let get = Get::new(server.url("herald.example", "/"), Purpose::Feed);
    assert_eq!(fetcher.get(&get).await.unwrap().body, b"news");
    assert_eq!(asked.load(Ordering::Relaxed), 1, "one look-up serves the check and the connection");
    assert!(matches!(fetcher.get(&get).await, Err(FetchError::Refused { why: "loopback", .. })));
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn a_kept_connection_leads_where_it_was_checked() {
    let server =
        Server::new(|_| Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnews").and_stay()).await;
    let rebound: (&str, &[&[&str]]) = ("herald.example", &[&["127.0.0.1"], &["127.0.0.2"]]);
    let (fetcher, asked) = fetcher(settings(), &[rebound]);
    for _ in 0..3 {
        let get = Get::new(server.url("herald.example", "/"), Purpose::Feed);
        assert_eq!(fetcher.get(&get).await.unwrap().body, b"news");
    }
    assert_eq!((asked.load(Ordering::Relaxed), server.connections()), (1, 1));
    assert_eq!(server.heard().len(), 3);
    let other = Get::new(server.url("127.0.0.2", "/"), Purpose::Feed);
    assert!(matches!(fetcher.get(&other).await, Err(FetchError::Refused { .. })));
}

#[tokio::test]
async fn of_mixed_addresses_only_the_public_ones_are_used() {
    let server = Server::new(|_| Reply::new(200, "", "news")).await;
    let names: &[(&str, &[&[&str]])] = &[
        ("mixed.example", &[&["10.0.0.1", "::1", "127.0.0.1"]]),
        ("inside.example", &[&["10.0.0.1", "fd00::1"]]),
        ("empty.example", &[&[]]),
    ];
    let (fetcher, _) = fetcher(settings(), names);
    let get = async |host: &str| fetcher.get(&Get::new(server.url(host, "/"), Purpose::Feed)).await;
    assert_eq!(get("mixed.example").await.unwrap().body, b"news");
    assert!(matches!(get("inside.example").await, Err(FetchError::Refused { why: "private", .. })));
    assert_eq!(
        get("empty.example").await.unwrap_err(),
        FetchError::Unknown { host: "empty.example".to_owned() }
    );
    assert_eq!(get("other.example").await.unwrap_err().to_string(), "no address is known for other.example");
}

#[tokio::test]
async fn compressed_answers_are_unpacked_up_to_a_limit() {
    // Eight MiB of spaces each.
    for (coding, packed) in [
        ("gzip", include_bytes!("../../tests/fixtures/bombs/spaces.gz").as_slice()),
        ("br", include_bytes!("../../tests/fixtures/bombs/spaces.br")),
        ("zstd", include_bytes!("../../tests/fixtures/bombs/spaces.zst")),
    ] {
        let answer = move |_: &str| Reply::new(200, &format!("content-encoding: {coding}\r\n"), packed);
        let error = ask(settings(), answer).await.unwrap_err();
        assert_eq!(error.to_string(), "herald.example sent more than 1 MiB", "{coding}");
        let mut roomy = settings();
        roomy.limits.body = 8 << 20;
        let body = ask(roomy, answer).await.unwrap().body;
        assert!(body.len() == 8 << 20 && body.iter().all(|byte| *byte == b' '), "{coding}");
    }
    let garbage = ask(settings(), |_| Reply::new(200, "content-encoding: gzip\r\n", "this is not gzip"));
    assert!(matches!(garbage.await, Err(FetchError::Unreachable { .. })));
}

#[tokio::test]
async fn slow_servers_are_left() {
    let mut hasty = settings();
    (hasty.limits.first_byte, hasty.limits.total) = (SHORT, SHORT);
    let silent = ask(hasty.clone(), |_| Reply::raw("").and_hang()).await;
    assert!(matches!(silent, Err(FetchError::Slow { .. })), "{silent:?}");
    let halting = ask(hasty.clone(), |_| Reply::raw("HTTP/1.1 200 OK\r\netag:").and_hang()).await;
    assert!(matches!(halting, Err(FetchError::Slow { .. })), "{halting:?}");
    hasty.limits.first_byte = Duration::from_secs(20);
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nnews";
    let stuck = ask(hasty.clone(), move |_| Reply::raw(head).and_hang()).await;
    assert!(matches!(stuck, Err(FetchError::Endless { .. })), "{stuck:?}");
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n";
    let stuck = ask(hasty, move |_| Reply::raw(head).and_hang()).await;
    assert!(matches!(stuck, Err(FetchError::Endless { .. })), "{stuck:?}");
}

#[tokio::test]
async fn answers_without_an_end_or_measure_are_errors() {
    let check = async |bytes: String, repeat: &'static str, large: bool| {
        let said = bytes.chars().take(60).collect::<String>();
        let answer = ask(settings(), move |_| match repeat {
            "" => Reply::raw(bytes.clone()),
            _ => Reply::raw(bytes.clone()).and_repeat(repeat),
        });
        match answer.await {
            Err(FetchError::TooLarge { .. }) => assert!(large, "{said}"),
            Err(FetchError::Unreachable { .. }) => assert!(!large, "{said}"),
            other => panic!("{said}: {other:?}"),
        }
    };
    let head = |lines: &str| format!("HTTP/1.1 200 OK\r\n{lines}\r\n");
    check(head(""), "news news news ", true).await;
    check(head("transfer-encoding: chunked\r\n"), "4\r\nnews\r\n", true).await;
    check(head("content-length: 100\r\n") + "news", "", false).await;
    check(head("transfer-encoding: chunked\r\n") + "zz\r\nnews\r\n", "", false).await;
    check("HTTP/1.1 200 OK\r\n".to_owned(), "set-cookie: id=1\r\n", false).await;
    check("HTTP/1.1 200 OK\r\nx: ".to_owned(), "a lot of nothing ", false).await;
    check(head(&"set-cookie: id=1\r\n".repeat(10_000)), "", false).await;
    check("SSH-2.0-herald\r\n".to_owned(), "", false).await;
    check(String::new(), "", false).await;
}
