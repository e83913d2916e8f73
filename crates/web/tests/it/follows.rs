//! Following by form and by script: who may change what, what is never shown again, and what leads nowhere.

use crate::http::{Answer, Ask, PATIENCE};
use crate::news_seed::{join_at, merge, open_story};
use crate::site::{PUSH_KEY, Site, settings};
use serde_json::{Value, json};
use store::Store;
use web::{Command, Limits, Refused, WebSettings};

/// A browser that follows something.
pub(crate) struct Reader {
    address: std::net::SocketAddr,
    cookie: String,
    token: String,
}

impl Reader {
    pub(crate) async fn new(site: &Site, kind: &str, of: &str) -> Self {
        let answer = Ask::post("/follow", &[("kind", kind), ("of", of)]).send(site.address).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        let mut reader = Self { address: site.address, cookie, token: String::new() };
        reader.token = reader.state().await["token"].as_str().unwrap().to_owned();
        reader
    }

    async fn get(&self, target: &str) -> Answer {
        Ask::get(target).with("cookie", &self.cookie).send(self.address).await
    }

    pub(crate) async fn state(&self) -> Value {
        self.get("/api/v1/follows").await.json()
    }

    pub(crate) async fn post(&self, target: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("token", self.token.as_str())];
        all.extend_from_slice(fields);
        Ask::post(target, &all).with("cookie", &self.cookie).send(self.address).await
    }

    fn script(&self, method: &'static str, target: &str, body: &Value) -> Ask {
        Ask::json(method, target, body).with("cookie", &self.cookie).with("x-form-token", &self.token)
    }
}

fn browser(endpoint: &str) -> Value {
    let p256dh = PUSH_KEY;
    json!({ "endpoint": endpoint, "keys": { "p256dh": p256dh, "auth": "BTBZMqHH6r4Tts7J_aSIgg" }, "key": PUSH_KEY })
}

#[tokio::test]
async fn a_press_without_script_follows_and_another_one_ends_it() {
    let site = Site::open().await;
    let (story, _) = open_story(&site.store, "Ferry aground", "Herald");
    let page = site.get(&format!("/story/{story}")).await.body;
    assert!(page.contains(&format!("href=\"/follow?kind=story&#38;of={story}\"")), "{page}");
    let reader = Reader::new(&site, "story", &story.to_string()).await;
    let page = reader.get(&format!("/follow?kind=story&of={story}&done=followed")).await;
    assert!(page.body.contains("You follow this now.") && page.body.contains("Following"));
    assert_eq!(page.header("cache-control"), "no-store");
    let state = reader.state().await;
    let id = state["follows"][0]["id"].clone();
    assert_eq!(state["follows"][0]["title"], "Ferry aground");
    let answer = reader.post(&format!("/follows/{id}"), &[("threshold", "major"), ("families", "3")]).await;
    assert_eq!(answer.header("location"), "/follows?done=kept");
    let follow = &reader.state().await["follows"][0];
    assert_eq!((&follow["threshold"], &follow["families"]), (&json!("major"), &json!(3)));
    let answer = reader.post(&format!("/follows/{id}/remove"), &[("back", "target")]).await;
    assert_eq!(answer.header("location"), format!("/follow?kind=story&of={story}&done=unfollowed"));
    assert_eq!(reader.state().await["follows"], json!([]));
}

#[tokio::test]
async fn the_readers_cookie_is_closed_to_scripts_and_kept_for_long() {
    let site = Site::open().await;
    let answer = Ask::post("/follow", &[("kind", "search"), ("of", "ferry")]).send(site.address).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("staytuned-reader=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    let secure = WebSettings { base_url: "https://news.example/".parse().unwrap(), ..settings() };
    let site = Site::with(Store::in_memory().unwrap(), secure).await;
    let answer = Ask::post("/follow", &[("kind", "search"), ("of", "ferry")]).send(site.address).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-staytuned-reader=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn every_change_needs_the_readers_own_token_and_page() {
    let site = Site::open().await;
    let reader = Reader::new(&site, "search", "ferry").await;
    let other = Reader::new(&site, "search", "quake").await;
    let forms = [
        "/follow",
        "/follows/1",
        "/follows/1/remove",
        "/follows/receivers",
        "/follows/receivers/1",
        "/follows/receivers/1/remove",
        "/follows/receivers/1/test",
        "/follows/link",
        "/follows/feed",
        "/follows/forget",
        "/join",
    ];
    let fields = |token| [("token", token), ("kind", "search"), ("of", "storm"), ("key", "abc")];
    for target in forms {
        for token in ["", "x", other.token.as_str()] {
            let ask = Ask::post(target, &fields(token)).with("cookie", &reader.cookie);
            assert_eq!(ask.send(site.address).await.status, 403, "{target} {token}");
        }
        for site_said in ["cross-site", "same-site"] {
            let ask = Ask::post(target, &fields(&reader.token)).with("cookie", &reader.cookie);
            assert_eq!(
                ask.with("sec-fetch-site", site_said).send(site.address).await.status,
                403,
                "{target}"
            );
        }
    }
    let scripts = [
        ("POST", "/api/v1/follows"),
        ("PATCH", "/api/v1/follows/1"),
        ("DELETE", "/api/v1/follows/1"),
        ("POST", "/api/v1/follows/1/looked"),
        ("POST", "/api/v1/receivers"),
        ("POST", "/api/v1/receivers/renew"),
        ("PATCH", "/api/v1/receivers/1"),
        ("DELETE", "/api/v1/receivers/1"),
        ("POST", "/api/v1/receivers/1/test"),
    ];
    for (method, target) in scripts {
        let body = json!({ "kind": "search", "of": "storm", "name": "x", "push": browser("https://push.example/1") });
        let ask = reader.script(method, target, &body).with("x-form-token", &other.token);
        assert_eq!(ask.send(site.address).await.status, 403, "{method} {target}");
        let ask = reader.script(method, target, &body).without("x-form-token");
        assert_eq!(ask.send(site.address).await.status, 403, "{method} {target}");
    }
    assert_eq!(reader.state().await["follows"].as_array().unwrap().len(), 1, "nothing was changed");
    let form = Ask::post("/api/v1/follows", &[("kind", "search"), ("of", "storm")]).send(site.address).await;
    assert_eq!(form.status, 400, "a form of another site is no JSON");
}

#[tokio::test]
async fn nobody_reaches_what_belongs_to_another_reader() {
    let site = Site::open().await;
    let owner = Reader::new(&site, "search", "ferry").await;
    let body = json!({ "kind": "push", "push": browser("https://push.example/1"), "name": "Phone" });
    let added = owner.script("POST", "/api/v1/receivers", &body).send(site.address).await;
    assert_eq!(added.status, 201, "{}", added.body);
    let thief = Reader::new(&site, "search", "quake").await;
    let (follow, receiver) =
        (owner.state().await["follows"][0]["id"].clone(), added.json()["receiver"].clone());
    for target in [
        format!("/follows/{follow}"),
        format!("/follows/{follow}/remove"),
        format!("/follows/receivers/{receiver}"),
        format!("/follows/receivers/{receiver}/remove"),
        format!("/follows/receivers/{receiver}/test"),
    ] {
        assert_eq!(thief.post(&target, &[("name", "mine")]).await.status, 404, "{target}");
    }
    let mut stolen = browser("https://push.example/1");
    stolen["keys"]["auth"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
    let body = json!({ "kind": "push", "push": stolen });
    assert_eq!(thief.script("POST", "/api/v1/receivers", &body).send(site.address).await.status, 422);
    let state = owner.state().await;
    assert_eq!(
        (state["follows"].as_array().unwrap().len(), &state["receivers"][0]["name"]),
        (1, &json!("Phone"))
    );
}

#[tokio::test]
async fn a_browser_follows_by_script_and_renews_its_subscription() {
    let site = Site::open().await;
    let (story, _) = open_story(&site.store, "Ferry aground", "Herald");
    let body = json!({ "kind": "story", "of": story, "push": browser("https://push.example/1"), "name": "Firefox on Linux" });
    let made = Ask::json("POST", "/api/v1/follows", &body).send(site.address).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let cookie = made.header("set-cookie").split(';').next().unwrap().to_owned();
    let token = made.json()["token"].as_str().unwrap().to_owned();
    let reader = Reader { address: site.address, cookie, token };
    let state = reader.state().await;
    assert_eq!(state["push_key"], PUSH_KEY);
    assert_eq!(state["receivers"][0]["name"], "Firefox on Linux");
    assert!(!state.to_string().contains("push.example"), "no endpoint comes back");
    let renewed = json!({ "old": "https://push.example/1", "push": browser("https://push.example/2") });
    let answer = reader.script("POST", "/api/v1/receivers/renew", &renewed).send(site.address).await;
    assert_eq!((answer.status, &answer.json()["receiver"]), (200, &made.json()["receiver"]));
    assert_eq!(reader.state().await["receivers"].as_array().unwrap().len(), 1);
    let lost = reader.script("POST", "/api/v1/receivers/renew", &renewed).send(site.address).await;
    assert_eq!(lost.status, 404, "the old one is known no more");
    let follow = &state["follows"][0]["id"];
    let gone =
        reader.script("DELETE", &format!("/api/v1/follows/{follow}"), &Value::Null).send(site.address).await;
    assert_eq!(gone.status, 204);
    let secret = reader.cookie.split_once('=').unwrap().1;
    let program = Ask::json("POST", "/api/v1/follows", &json!({ "kind": "search", "of": "storm" }));
    let made = program.with("authorization", &format!("Bearer {secret}")).send(site.address).await;
    assert_eq!(
        (made.status, made.header("set-cookie")),
        (201, ""),
        "a program needs no token and gets no cookie"
    );
}

#[tokio::test]
async fn only_a_subscription_that_can_be_served_is_taken() {
    let site = Site::open().await;
    let check = async |change: fn(&mut Value)| {
        let mut push = browser("https://push.example/1");
        change(&mut push);
        let body = json!({ "kind": "search", "of": "ferry", "push": push });
        let answer = Ask::json("POST", "/api/v1/follows", &body).send(site.address).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert_eq!(answer.header("set-cookie"), "", "and nobody is made a reader by it");
    };
    check(|push| push["endpoint"] = json!("http://push.example/1")).await;
    check(|push| push["endpoint"] = json!("file:///etc/passwd")).await;
    check(|push| push["endpoint"] = json!("https://me:secret@push.example/1")).await;
    check(|push| push["keys"]["auth"] = json!("AAAA")).await;
    check(|push| push["key"] = json!("another")).await;
    let quiet = WebSettings { push_key: tokio::sync::watch::channel(None).1, ..settings() };
    let site = Site::with(Store::in_memory().unwrap(), quiet).await;
    let body = json!({ "kind": "search", "of": "ferry", "push": browser("https://push.example/1") });
    assert_eq!(Ask::json("POST", "/api/v1/follows", &body).send(site.address).await.status, 422);
}

#[tokio::test]
async fn a_test_goes_out_and_nothing_that_a_server_says_comes_back() {
    let mut site = Site::open().await;
    let reader = Reader::new(&site, "search", "ferry").await;
    let hook = [("kind", "webhook"), ("url", "https://hook.example/secret-path")];
    assert_eq!(reader.post("/follows/receivers", &hook).await.header("location"), "/follows?done=added");
    let page = reader.get("/follows").await.body;
    assert!(page.contains("whsec_"), "its reader sees the secret for the signature");
    let id = reader.state().await["receivers"][0]["id"].as_i64().unwrap();
    let carry_out = async |site: &mut Site, answer: Result<(), Refused>| {
        let command = tokio::time::timeout(PATIENCE, site.commands.recv()).await.expect("a command").unwrap();
        let Command::TestReceiver { id: asked, reply } = command else { panic!("{command:?}") };
        assert_eq!(asked.0, id);
        reply.send(answer).unwrap();
    };
    let target = format!("/follows/receivers/{id}/test");
    let (answer, ()) = tokio::join!(reader.post(&target, &[]), carry_out(&mut site, Ok(())));
    assert_eq!(answer.header("location"), "/follows?done=tested");
    let refused = Err(Refused("answered 500".into()));
    let (answer, ()) = tokio::join!(reader.post(&target, &[]), carry_out(&mut site, refused));
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("answered 500"));
}

#[tokio::test]
async fn a_mail_address_waits_for_its_owner() {
    let mut site = Site::open().await;
    let reader = Reader::new(&site, "search", "ferry").await;
    let asked = async {
        let command = tokio::time::timeout(PATIENCE, site.commands.recv()).await.expect("a command").unwrap();
        let Command::AskOwner { page, reply, .. } = command else { panic!("{command:?}") };
        reply.send(Ok(())).unwrap();
        page
    };
    let fields =
        [("kind", "mail"), ("address", "ada@mail.example"), ("digest", "7"), ("zone", "America/New_York")];
    let (answer, page) = tokio::join!(reader.post("/follows/receivers", &fields), asked);
    assert_eq!(answer.header("location"), "/follows?done=asked");
    let added = &reader.state().await["receivers"][0];
    assert_eq!((&added["state"], &added["zone"]), (&"waiting".into(), &"America/New_York".into()));
    // No quiet hours: the zone stays, also where the form leaves it out.
    let change = format!("/follows/receivers/{}", added["id"]);
    for (hour, zone, shown) in
        [("8", "", "8:00 (America/New_York)"), ("9", "Europe/Kyiv", "9:00 (Europe/Kyiv)")]
    {
        let fields = [("name", "Ada"), ("digest", hour), ("zone", zone)];
        assert_eq!(reader.post(&change, &fields).await.status, 303);
        let page = Ask::get("/follows").with("cookie", &reader.cookie).send(site.address).await.body;
        assert!(page.contains(&format!("Once a day at {shown}")), "{page}");
    }
    assert_eq!(reader.post(&change, &[("name", "Ada"), ("zone", "Mars/Base")]).await.status, 422);
    let path = page.strip_prefix("http://news.example").expect("a link from the configured base");
    assert_eq!(site.get(path).await.status, 200);
    assert_eq!(reader.state().await["receivers"][0]["state"], "waiting", "opening the link is not enough");
    assert_eq!(Ask::post(path, &[]).send(site.address).await.status, 303);
    assert_eq!(reader.state().await["receivers"][0]["state"], "active");
    let stop = format!("{path}/stop");
    assert_eq!(site.get(&stop).await.status, 200);
    let one_click = Ask::post(&stop, &[("List-Unsubscribe", "One-Click")]).without("sec-fetch-site");
    assert_eq!(one_click.send(site.address).await.status, 303);
    assert_eq!(reader.state().await["receivers"], json!([]));
    assert_eq!(Ask::post("/mail/0123456789abcdef", &[]).send(site.address).await.status, 404);
    for wrong in ["a\r\nbcc: x@mail.example", "nobody", "<x@mail.example>"] {
        let fields = [("kind", "mail"), ("address", wrong)];
        assert_eq!(reader.post("/follows/receivers", &fields).await.status, 422, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_link_moves_the_follows_once_and_a_feed_key_only_reads() {
    let site = Site::open().await;
    let reader = Reader::new(&site, "search", "ferry").await;
    let page = reader.post("/follows/link", &[]).await.body;
    let link =
        page.split("http://news.example/join?key=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let asked = site.get(&format!("/join?key={link}")).await;
    assert!(asked.status == 200 && asked.header("set-cookie").is_empty(), "opening it changes nothing");
    let joined = Ask::post("/join", &[("key", &link)]).send(site.address).await;
    let cookie = joined.header("set-cookie").split(';').next().unwrap().to_owned();
    let other = Reader { address: site.address, cookie, token: String::new() };
    assert_eq!(other.state().await["follows"][0]["title"], "ferry");
    assert_eq!(site.get(&format!("/join?key={link}")).await.status, 422, "it is used up");
    assert_eq!(Ask::post("/join", &[("key", &link)]).send(site.address).await.status, 404);
    let page = reader.post("/follows/feed", &[]).await.body;
    let key = page.split("http://news.example/feed/mine.xml?key=").nth(1).unwrap().split('"').next().unwrap();
    let feed = site.get(&format!("/feed/mine.xml?key={key}")).await;
    assert_eq!((feed.status, feed.header("cache-control")), (200, "private, no-cache"));
    assert!(!feed.body.contains(key));
    for secret in [key, link.as_str()] {
        let cookie = format!("staytuned-reader={secret}");
        let state = Ask::get("/api/v1/follows").with("cookie", &cookie).send(site.address).await.json();
        assert_eq!(state["reader"], false, "it signs nobody in");
    }
    let own = reader.cookie.split_once('=').unwrap().1;
    for wrong in [own, "", "x"] {
        assert_eq!(site.get(&format!("/feed/mine.xml?key={wrong}")).await.status, 404);
    }
    let forgot = reader.post("/follows/forget", &[]).await;
    assert!(forgot.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(reader.state().await["reader"], false);
    assert_eq!(other.state().await["reader"], true, "other devices keep what they have");
}

#[tokio::test]
async fn one_peer_makes_only_so_many_readers_and_receivers() {
    let limits = Limits { readers_per_hour: 2, receivers_per_hour: 1, ..settings().limits };
    let site = Site::with(Store::in_memory().unwrap(), WebSettings { limits, ..settings() }).await;
    let reader = Reader::new(&site, "search", "ferry").await;
    Reader::new(&site, "search", "quake").await;
    let third = Ask::post("/follow", &[("kind", "search"), ("of", "storm")]).send(site.address).await;
    assert_eq!(third.status, 429);
    let hook = |path: &str| format!("https://hook.example/{path}");
    assert_eq!(
        reader.post("/follows/receivers", &[("kind", "webhook"), ("url", &hook("1"))]).await.status,
        303
    );
    assert_eq!(
        reader.post("/follows/receivers", &[("kind", "webhook"), ("url", &hook("2"))]).await.status,
        429
    );
}

#[tokio::test]
async fn the_button_on_an_articles_own_site_finds_its_story() {
    let site = Site::open().await;
    let (story, _) = open_story(&site.store, "Ferry aground", "Herald");
    join_at(&site.store, story, "Ferry freed", "https://herald.example/a/1");
    Reader::new(&site, "story", &story.to_string()).await;
    let page = "https%3A%2F%2Fwww.herald.example%2Fa%2F1%2F%3Futm_source%3Dx";
    let answer = site.get(&format!("/api/v1/story-for?url={page}")).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    let found = answer.json();
    assert_eq!((&found["story"], &found["followers"]), (&json!(story), &json!(1)));
    assert_eq!(found["follow"], format!("http://news.example/follow?kind=story&of={story}"));
    let answer = site.get(&format!("/follow?url={page}")).await;
    assert_eq!(answer.header("location"), format!("/follow?kind=story&of={story}"));
    for elsewhere in ["https%3A%2F%2Fevil.example%2F", "javascript%3Aalert(1)", "%2F%2Fevil.example", ""] {
        let answer = site.get(&format!("/follow?url={elsewhere}")).await;
        assert_eq!((answer.status, answer.header("location")), (404, ""), "{elsewhere}");
        assert_eq!(
            site.get(&format!("/api/v1/story-for?url={elsewhere}")).await.json()["story"],
            Value::Null
        );
    }
    let script = site.get("/button.js").await;
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    for own in ["/api/v1/follows", "/service-worker.js", "/follows", "/api/v1/stories"] {
        let answer = site.get(own).await;
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{own}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{own}");
    }
    let hidden = WebSettings { show_followers: false, ..settings() };
    let site = Site::with(Store::in_memory().unwrap(), hidden).await;
    let (story, _) = open_story(&site.store, "Ferry aground", "Herald");
    join_at(&site.store, story, "Ferry freed", "https://herald.example/a/1");
    let found = site.get("/api/v1/story-for?url=https://herald.example/a/1").await.json();
    assert_eq!((&found["story"], &found["followers"]), (&json!(story), &Value::Null));
}

#[tokio::test]
async fn a_merged_story_is_followed_as_the_one_that_it_became() {
    let site = Site::open().await;
    let (kept, _) = open_story(&site.store, "Ferry aground", "Herald");
    let (gone, _) = open_story(&site.store, "Ship aground", "Lantern");
    merge(&site.store, gone, kept);
    let answer = site.get(&format!("/follow?kind=story&of={gone}")).await;
    assert_eq!(answer.header("location"), format!("/follow?kind=story&of={kept}"));
    let reader = Reader::new(&site, "story", &gone.to_string()).await;
    assert_eq!(reader.state().await["follows"][0]["target"]["of"], json!(kept));
    for nothing in
        ["/follow", "/follow?kind=story&of=99", "/follow?kind=outlet&of=1", "/follow?kind=search&of="]
    {
        assert_eq!(site.get(nothing).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn hostile_words_are_shown_as_words_where_they_are_followed() {
    let site = Site::open().await;
    for attack in crate::pages::ATTACKS {
        let written: String = url::form_urlencoded::byte_serialize(attack.as_bytes()).collect();
        let page = site.get(&format!("/follow?kind=actor&of={written}")).await;
        assert_eq!(page.status, 200, "{attack}");
        crate::pages::assert_harmless(&page.body, attack);
    }
    let reader = Reader::new(&site, "actor", "<script>alert(1)</script>").await;
    reader
        .post(
            "/follows/receivers",
            &[
                ("kind", "webhook"),
                ("url", "https://hook.example/"),
                ("name", "\"><script>alert(1)</script>"),
            ],
        )
        .await;
    crate::pages::assert_harmless(&reader.get("/follows").await.body, "<script>");
}

#[tokio::test]
async fn a_worker_at_the_root_and_an_installable_site() {
    let site = Site::open().await;
    let worker = site.get("/service-worker.js").await;
    assert!(
        worker.header("content-type").starts_with("text/javascript")
            && worker.body.starts_with("const SHELL = {")
    );
    assert!(worker.header("content-security-policy").contains("worker-src 'self'"));
    let manifest = site.get("/manifest.webmanifest").await.json();
    for key in ["name", "start_url", "display", "icons"] {
        assert!(!manifest[key].is_null(), "{key}");
    }
    assert!(site.get("/offline").await.body.contains("id=\"kept\""));
}
