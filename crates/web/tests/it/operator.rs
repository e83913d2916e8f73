//! Signing in, and changes that only the operator may ask for.

use crate::http::{Ask, PATIENCE};
use crate::site::{Operator, Site, TOKEN, settings};
use news::FeedId;
use store::Store;
use web::{Command, FeedAdded, OpmlImported, Refused, WebSettings};

const CHANGES: &[&str] = &["/feeds/add", "/feeds/1/remove", "/feeds/1/refresh", "/logout"];

async fn command(site: &mut Site) -> Command {
    tokio::time::timeout(PATIENCE, site.commands.recv()).await.expect("a command in time").unwrap()
}

#[tokio::test]
async fn the_operators_pages_ask_strangers_to_sign_in() {
    let site = Site::open().await;
    for target in ["/feeds", "/feeds/1/remove", "/feeds/export.opml"] {
        let answer = site.get(target).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/login"), "{target}");
    }
    assert_eq!(site.get("/api/v1/feeds").await.status, 401);
}

#[tokio::test]
async fn the_token_opens_a_session_whose_cookie_is_closed_to_scripts_and_other_sites() {
    let site = Site::open().await;
    let answer = site.get(&format!("/login?token={TOKEN}")).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/feeds"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("; HttpOnly; SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    assert!(!cookie.contains(TOKEN));
    for wrong in ["", "x", &format!("{TOKEN} ")] {
        let answer = Ask::post("/login", &[("token", wrong)]).send(site.address).await;
        let right_when_trimmed = wrong.trim() == TOKEN;
        assert_eq!(answer.status, if right_when_trimmed { 303 } else { 403 }, "{wrong:?}");
    }
    let secure = WebSettings { base_url: "https://news.example/".parse().unwrap(), ..settings() };
    let site = Site::with(Store::in_memory().unwrap(), secure).await;
    let cookie = site.get(&format!("/login?token={TOKEN}")).await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-staytuned=") && cookie.contains("; Secure"), "{cookie}");
}

#[tokio::test]
async fn each_sign_in_is_a_new_session_and_ends_the_one_before() {
    let site = Site::open().await;
    let first = site.operator().await;
    let again =
        Ask::get(&format!("/login?token={TOKEN}")).with("cookie", &first.cookie).send(site.address).await;
    let second = again.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_ne!(first.cookie, second);
    assert_eq!(first.get("/feeds").await.status, 303);
    let planted =
        Ask::get("/feeds").with("cookie", &format!("staytuned={}", "a".repeat(64))).send(site.address).await;
    assert_eq!(planted.status, 303);
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let site = Site::open().await;
    let operator = site.operator().await;
    let answer = operator.post("/logout", &[]).send(site.address).await;
    assert_eq!(answer.status, 303);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(operator.get("/feeds").await.status, 303);
}

#[tokio::test]
async fn sessions_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("news.db");
    let open = || Store::open(&file).unwrap();
    let site = Site::with(open(), settings()).await;
    let operator = site.operator().await;
    site.stop().await;
    let site = Site::with(open(), settings()).await;
    let operator = Operator { address: site.address, ..operator };
    assert_eq!(operator.get("/feeds").await.status, 200);
}

#[tokio::test]
async fn a_change_needs_session_form_token_and_our_own_page() {
    let mut site = Site::open().await;
    let operator = site.operator().await;
    for target in CHANGES {
        let stranger = Ask::post(target, &[("token", &operator.form_token)]).send(site.address).await;
        assert_eq!(stranger.status, 303, "{target}: without a session");
        assert_eq!(stranger.header("location"), "/login");
        let no_token =
            Ask::post(target, &[("url", "x")]).with("cookie", &operator.cookie).send(site.address).await;
        assert_eq!(no_token.status, 403, "{target}: without the form token");
        for (header, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
            let forged = operator.post(target, &[]).with(header, value).send(site.address).await;
            assert_eq!(forged.status, 403, "{target}: {value}");
        }
        for origin in ["http://evil.example", "null", "http://news.example.evil.example"] {
            let forged = operator.post(target, &[]).without("sec-fetch-site").with("origin", origin);
            assert_eq!(forged.send(site.address).await.status, 403, "{target}: {origin}");
        }
        assert_eq!(
            Ask::get(target).with("cookie", &operator.cookie).send(site.address).await.status / 100,
            4,
            "{target}: GET"
        );
    }
    assert!(site.commands.try_recv().is_err(), "nothing was carried out");
    assert_eq!(operator.get("/feeds").await.status, 200, "still signed in");
}

#[tokio::test]
async fn an_upload_needs_the_form_token_too() {
    let mut site = Site::open().await;
    let operator = site.operator().await;
    let opml: &[u8] = b"<opml/>";
    let tries: [&[(&str, &[u8])]; 4] =
        [&[("opml", opml)], &[("token", b"x"), ("opml", opml)], &[("opml", opml), ("token", b"x")], &[]];
    for parts in tries {
        let answer =
            Ask::upload("/feeds/import", parts).with("cookie", &operator.cookie).send(site.address).await;
        assert!(answer.status == 403 || answer.status == 400, "{}", answer.status);
    }
    let right: &[(&str, &[u8])] = &[("token", operator.form_token.as_bytes()), ("opml", opml)];
    assert_eq!(Ask::upload("/feeds/import", right).send(site.address).await.status, 303, "without a session");
    assert!(site.commands.try_recv().is_err());
}

#[tokio::test]
async fn a_feed_is_added_by_the_binary() {
    let mut site = Site::open().await;
    let operator = site.operator().await;
    let ask = operator.post("/feeds/add", &[("url", " https://herald.example/ ")]).send(site.address);
    let (answer, ()) = tokio::join!(ask, async {
        let Command::AddFeed { url, reply } = command(&mut site).await else { panic!("another command") };
        assert_eq!(url, "https://herald.example/");
        reply.send(Ok(FeedAdded { id: FeedId(1), already: false })).unwrap();
    });
    assert_eq!((answer.status, answer.header("location")), (303, "/feeds?done=added"));
    let page = operator.get("/feeds?done=added").await;
    assert!(page.body.contains("role=\"status\">The feed is followed now."), "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_refusal_says_why_and_keeps_what_was_written() {
    let mut site = Site::open().await;
    let operator = site.operator().await;
    let written = "https://herald.example/\"><script>";
    let ask = operator.post("/feeds/add", &[("url", written)]).send(site.address);
    let (answer, ()) = tokio::join!(ask, async {
        let Command::AddFeed { reply, .. } = command(&mut site).await else { panic!("another command") };
        reply.send(Err(Refused("No feed <b>there</b>.".into()))).unwrap();
    });
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("No feed &#60;b&#62;there"), "{}", answer.body);
    assert!(answer.body.contains("value=\"https://herald.example/&#34;&#62;&#60;script&#62;\""));
}

#[tokio::test]
async fn feeds_are_removed_refreshed_imported_and_exported() {
    let mut site = Site::open().await;
    let operator = site.operator().await;
    let ask = operator.post("/feeds/7/remove", &[]).send(site.address);
    let (answer, ()) = tokio::join!(ask, async {
        let Command::RemoveFeed { id: FeedId(7), reply } = command(&mut site).await else {
            panic!("another command")
        };
        reply.send(Ok(())).unwrap();
    });
    assert_eq!(answer.header("location"), "/feeds?done=removed");

    let ask = operator.post("/feeds/7/refresh", &[]).send(site.address);
    let (answer, ()) = tokio::join!(ask, async {
        let Command::RefreshFeed { id: FeedId(7), reply } = command(&mut site).await else {
            panic!("another command")
        };
        reply.send(Ok(())).unwrap();
    });
    assert_eq!(answer.header("location"), "/feeds?done=refreshing");

    let parts: &[(&str, &[u8])] =
        &[("token", operator.form_token.as_bytes()), ("opml", b"<opml>\r\n</opml>")];
    let ask = Ask::upload("/feeds/import", parts).with("cookie", &operator.cookie).send(site.address);
    let (answer, ()) = tokio::join!(ask, async {
        let Command::ImportOpml { bytes, reply } = command(&mut site).await else {
            panic!("another command")
        };
        assert_eq!(bytes, b"<opml>\r\n</opml>");
        let left_out = vec![("ftp://x.example/<i>".to_owned(), "not a web address".to_owned())];
        reply.send(Ok(OpmlImported { added: 2, already: 1, left_out })).unwrap();
    });
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("2 feeds added, 1 followed already, 1 left out."), "{}", answer.body);
    assert!(answer.body.contains("ftp://x.example/&#60;i&#62;"));

    let (answer, ()) = tokio::join!(operator.get("/feeds/export.opml"), async {
        let Command::ExportOpml { reply } = command(&mut site).await else { panic!("another command") };
        reply.send(Ok(b"<opml/>".to_vec())).unwrap();
    });
    assert_eq!(answer.body, "<opml/>");
    assert!(answer.header("content-disposition").starts_with("attachment"));
}

#[tokio::test]
async fn a_command_that_nobody_answers_is_given_up() {
    let mut site = Site::open().await;
    let operator = site.operator().await;
    let ask = operator.post("/feeds/7/refresh", &[]).send(site.address);
    let (answer, ()) = tokio::join!(ask, async { drop(command(&mut site).await) });
    assert_eq!(answer.status, 503);
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let limits = web::Limits { largest_upload: 100_000, ..settings().limits };
    let site = Site::with(Store::in_memory().unwrap(), WebSettings { limits, ..settings() }).await;
    let operator = site.operator().await;
    let long = "a".repeat(70_000);
    assert_eq!(operator.post("/feeds/add", &[("url", &long)]).send(site.address).await.status, 413);
    assert_eq!(Ask::post("/login", &[("token", &long)]).send(site.address).await.status, 413);
    let long = vec![b'a'; 200_000];
    let parts: &[(&str, &[u8])] = &[("token", operator.form_token.as_bytes()), ("opml", &long)];
    let answer =
        Ask::upload("/feeds/import", parts).with("cookie", &operator.cookie).send(site.address).await;
    assert_eq!(answer.status, 413);
}
