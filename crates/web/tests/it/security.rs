//! What strangers may try: headers on every answer, addresses that lead elsewhere, methods, sizes.

use crate::http::{Ask, raw};
use crate::site::{Site, settings};

const EVERY_KIND: &[&str] = &[
    "/",
    "/story/1",
    "/article/1",
    "/search?q=a",
    "/outlets",
    "/feeds",
    "/about",
    "/login",
    "/feed.xml",
    "/manifest.webmanifest",
    "/robots.txt",
    "/favicon.ico",
    "/assets/none.css",
    "/nothing",
    "/api/v1/stories",
    "/api/v1/stories/1",
    "/api/v1/search?q=a",
    "/api/v1/outlets",
    "/api/v1/feeds",
    "/api/nothing",
    "/healthz",
    "/readyz",
    "/metrics",
    "/fragment/front",
    "/fragment/story/1",
    "/?page=x",
    "/article/1?span=a",
];

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = Site::open().await;
    for target in EVERY_KIND {
        let answer = site.get(target).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{target}: {policy}");
        assert!(
            !policy.contains("unsafe") && policy.contains("require-trusted-types-for 'script'"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{target}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{target}");
        assert!(answer.status < 500, "{target}: {}", answer.status);
        assert!(!answer.header("cache-control").is_empty(), "{target}");
    }
}

#[tokio::test]
async fn pages_need_nothing_inline_and_nothing_from_elsewhere() {
    let site = Site::open().await;
    for target in ["/", "/search?q=x", "/outlets", "/about", "/login", "/nothing"] {
        let page = site.get(target).await.body;
        for inline in [" style=", " onclick", "<style", "javascript:", "<iframe", "<base"] {
            assert!(!page.contains(inline), "{target}: {inline}");
        }
        for tag in ["src=\"", "<link rel=\"stylesheet\" href=\""] {
            for address in page.split(tag).skip(1) {
                assert!(
                    address.starts_with("/assets/"),
                    "{target}: {tag}{}",
                    &address[..address.len().min(40)]
                );
            }
        }
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script type=\"module\" src=\"/assets/").count()
        );
    }
}

#[tokio::test]
async fn links_never_come_from_the_host_header() {
    let site = Site::open().await;
    for target in ["/", "/about", "/feed.xml", "/story/1-words", "/login", "/feeds", "/manifest.webmanifest"]
    {
        let ask = Ask::get(target).with("host", "evil.example").with("x-forwarded-host", "evil.example");
        let answer = ask.with("forwarded", "host=evil.example").send(site.address).await;
        assert!(!answer.body.contains("evil.example"), "{target}");
        assert!(!answer.header("location").contains("evil.example"), "{target}");
    }
    assert!(site.get("/feed.xml").await.body.contains("http://news.example/feed.xml"));
}

#[tokio::test]
async fn no_redirect_leads_to_another_site() {
    let site = Site::open().await;
    let tries = [
        "/login?token=x&next=https://evil.example",
        "/login?next=//evil.example",
        "//evil.example/",
        "/\\evil.example",
        "/story/1-//evil.example",
        "/story//evil.example",
        "/feeds?done=//evil.example",
        "/story/1%2f%2fevil.example",
        "/story/1-%0d%0alocation:%20https://evil.example",
    ];
    for target in tries {
        let location = site.get(target).await.header("location").to_owned();
        let stays = location.is_empty() || (location.starts_with('/') && !location.starts_with("//"));
        assert!(stays && !location.contains("evil"), "{target} -> {location}");
    }
}

#[tokio::test]
async fn assets_are_a_few_names_and_nothing_else() {
    let site = Site::open().await;
    let page = site.get("/").await.body;
    let style = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let answer = site.get(style).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("cache-control").contains("immutable"));
    assert!(answer.header("content-type").starts_with("text/css"));
    for target in [
        "/assets/",
        "/assets/style.css",
        "/assets/../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/....//etc/passwd",
        "/assets//etc/passwd",
        "/assets/%00",
    ] {
        let answer = site.get(target).await;
        assert!(answer.status == 404 || answer.status == 400, "{target}: {}", answer.status);
    }
}

#[tokio::test]
async fn what_was_asked_is_escaped_where_it_is_shown() {
    let site = Site::open().await;
    for attack in crate::pages::ATTACKS {
        let question = url::form_urlencoded::byte_serialize(attack.as_bytes()).collect::<String>();
        let page = site.get(&format!("/search?q={question}")).await;
        assert_eq!(page.status, 200, "{attack}");
        crate::pages::assert_harmless(&page.body, attack);
        let lang = site.get(&format!("/?lang={question}&page=2")).await;
        crate::pages::assert_harmless(&lang.body, attack);
    }
}

#[tokio::test]
async fn broken_requests_get_a_short_answer() {
    let site = Site::open().await;
    assert_eq!(raw(site.address, b"GET /\x01 HTTP/1.1\r\n\r\n").await.status, 400);
    assert_eq!(raw(site.address, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n").await.status, 400);
    let huge = format!("GET / HTTP/1.1\r\nhost: a\r\ncookie: {}\r\n\r\n", "a".repeat(200_000));
    assert_eq!(raw(site.address, huge.as_bytes()).await.status, 431);
    let many = format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "cookie: a=b\r\n".repeat(10_000));
    assert_eq!(raw(site.address, many.as_bytes()).await.status, 431);
    let smuggled = b"POST /login HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n";
    let answer = raw(site.address, smuggled).await;
    assert!(!answer.body.contains("staytuned_web"), "{answer:?}");
}

#[tokio::test]
async fn unknown_addresses_and_methods_have_a_page() {
    let site = Site::open().await;
    let page = site.get("/nothing").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("<h1>Nothing here</h1>"));
    let answer = Ask::post("/", &[]).send(site.address).await;
    assert_eq!(answer.status, 405);
    let json = site.get("/api/v1/nothing").await;
    assert_eq!((json.status, json.header("content-type")), (404, "application/json"));
    assert!(json.json()["error"].is_string());
}

#[tokio::test]
async fn a_page_is_sent_once_while_it_stays_the_same() {
    let site = Site::open().await;
    for target in ["/", "/about", "/feed.xml", "/api/v1/stories"] {
        let first = site.get(target).await;
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty(), "{target}");
        let again =
            Ask::get(target).with("if-none-match", &format!("\"other\", {tag}")).send(site.address).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{target}");
        assert_eq!(again.header("etag"), tag);
        let other = Ask::get(target).with("if-none-match", "\"other\"").send(site.address).await;
        assert_eq!(other.status, 200);
    }
    let head = Ask::head("/about").send(site.address).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(head.header("content-length").parse::<usize>().unwrap() > 1000);
}

#[tokio::test]
async fn pages_are_compressed_and_streams_are_not() {
    let site = Site::open().await;
    let page = Ask::get("/about").with("accept-encoding", "gzip").send(site.address).await;
    assert_eq!(page.header("content-encoding"), "gzip");
    let secret = Ask::get("/login").with("accept-encoding", "gzip").send(site.address).await;
    assert_eq!(secret.header("content-encoding"), "", "a page with a secret beside input is not compressed");
    let stream = Ask::get("/api/v1/events").with("accept-encoding", "gzip").open(site.address).await;
    drop(stream);
}

#[tokio::test]
async fn metrics_are_for_the_operators_networks() {
    let site = Site::open().await;
    let answer = site.get("/metrics").await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("staytuned_build_info{version=\"1.2.3\"} 1"));
    let proxied = Ask::get("/metrics").with("x-forwarded-for", "127.0.0.1").send(site.address).await;
    assert_eq!(proxied.status, 404);
    let elsewhere = web::WebSettings { metrics_from: vec!["10.0.0.0/8".parse().unwrap()], ..settings() };
    let site = Site::with(store::Store::in_memory().unwrap(), elsewhere).await;
    assert_eq!(site.get("/metrics").await.status, 404);
}
