//! Pages over a store with news in it, some of it hostile.

use crate::http::Ask;
use crate::news_seed::{TEXT, copy, edit, join, join_at, merge, open_story, relate};
use crate::site::{Site, settings};
use store::Store;
use web::WebSettings;

/// What feeds, pages and readers write to break out of a page.
pub(crate) const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "\" onfocus=\"alert(1)\" autofocus=\"",
    "</title><script>alert(1)</script>",
    "</a><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<math><mi xlink:href=\"javascript:alert(1)\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<style>*{background:url(//evil.example)}</style>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<base href=//evil.example>",
    "<form action=//evil.example><button formaction=//evil.example>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script-->",
    "{{7*7}}{% include \"x\" %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "\u{202E}gnp.exe\u{2066}",
    "line\r\nset-cookie: a=b",
];

/// Every tag and attribute that our templates use. Anything else in a page came from outside.
const TAGS: &[&str] = &[
    "!doctype",
    "a",
    "article",
    "b",
    "bdi",
    "blockquote",
    "body",
    "br",
    "button",
    "circle",
    "code",
    "dd",
    "del",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "i",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "path",
    "pre",
    "q",
    "rect",
    "script",
    "section",
    "select",
    "span",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "ul",
];
const ATTRIBUTES: &[&str] = &[
    "action",
    "aria-current",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "autocapitalize",
    "autocomplete",
    "charset",
    "class",
    "content",
    "cx",
    "cy",
    "d",
    "data-article",
    "data-development",
    "data-developments",
    "data-follow",
    "data-from",
    "data-kind",
    "data-live",
    "data-of",
    "data-receiver",
    "data-seq",
    "data-stands",
    "data-story",
    "data-story-id",
    "data-time",
    "data-ways",
    "data-why",
    "datetime",
    "dir",
    "enterkeyhint",
    "fill",
    "for",
    "height",
    "hidden",
    "href",
    "html",
    "id",
    "lang",
    "max",
    "maxlength",
    "media",
    "method",
    "min",
    "name",
    "open",
    "placeholder",
    "preserveaspectratio",
    "r",
    "readonly",
    "rel",
    "property",
    "required",
    "role",
    "scope",
    "selected",
    "spellcheck",
    "src",
    "start",
    "stroke-linecap",
    "stroke-width",
    "tabindex",
    "title",
    "type",
    "value",
    "viewbox",
    "width",
    "x",
    "y",
];
/// Attributes that may hold an address, and what it may begin with.
const ADDRESSES: &[&str] = &["href", "src", "action"];
const BEGINNINGS: &[&str] = &["/", "#", "https://", "http://"];

/// Reads a page as a browser's tokenizer does and accepts only what our templates write; and no character that
/// bends the text around it.
pub(crate) fn assert_harmless(page: &str, attack: &str) {
    assert!(!page.contains(['\u{202e}', '\u{2066}', '\r', '\0']), "{attack:?} left a control character");
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let name: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        let plain = name.trim_start_matches('/').trim_end_matches('/').to_lowercase();
        assert!(TAGS.contains(&plain.as_str()), "{attack:?} gave the tag {name:?}");
        rest = attributes(&rest[name.len()..], attack);
    }
}

/// Checks attributes up to the end of the tag and gives what follows.
fn attributes<'a>(mut rest: &'a str, attack: &str) -> &'a str {
    loop {
        rest = rest.trim_start().trim_start_matches('/');
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).expect("a tag ends");
        let name = rest[..end].to_lowercase();
        assert!(ATTRIBUTES.contains(&name.as_str()), "{attack:?} gave the attribute {name:?}");
        rest = &rest[end..];
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.strip_prefix('"').unwrap_or_else(|| panic!("{attack:?}: {name} has no quotes"));
        let (value, after) = value.split_once('"').expect("quotes end");
        let fine = !ADDRESSES.contains(&name.as_str())
            || (BEGINNINGS.iter().any(|begin| value.starts_with(begin)) && !value.starts_with("//"));
        assert!(fine, "{attack:?} gave {name}={value:?}");
        rest = after;
    }
}

#[tokio::test]
async fn hostile_news_is_shown_as_text() {
    let site = Site::open().await;
    for (n, attack) in ATTACKS.iter().enumerate() {
        let (story, article) = open_story(&site.store, &format!("{attack} {n}"), &format!("Outlet {attack}"));
        edit(&site.store, article, &format!("{attack} edited {n}"));
        join(&site.store, story, &format!("{attack} again {n}"), &format!("Another {attack}"));
        copy(&site.store, story, article, &format!("{attack} copied {n}"), &format!("Copyist {attack}"));
        for target in
            [format!("/story/{story}"), format!("/fragment/story/{story}"), format!("/article/{article}")]
        {
            let page = site.get(&target).await;
            assert_eq!(page.status, 200, "{target} {}", page.body);
            assert_harmless(&page.body, attack);
        }
    }
    for target in ["/", "/?page=2", "/fragment/front", "/outlets", "/search?q=again"] {
        let page = site.get(target).await;
        assert_eq!(page.status, 200, "{target}");
        assert_harmless(&page.body, target);
    }
    let atom = site.get("/feed.xml").await.body;
    assert!(!atom.contains("<script") && !atom.contains('\u{202e}'), "{atom}");
}

#[tokio::test]
async fn only_web_addresses_become_links() {
    let site = Site::open().await;
    for (n, url) in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "/feeds",
        "https://user:key@evil.example/",
        "https://evil.example/\" onclick=\"alert(1)",
        "",
    ]
    .iter()
    .enumerate()
    {
        let (story, _) = open_story(&site.store, &format!("Links {n}"), "Harbour Herald");
        let article = join_at(&site.store, story, &format!("Linked {n}"), url);
        for target in [format!("/story/{story}"), format!("/article/{article}")] {
            let page = site.get(&target).await.body;
            assert_harmless(&page, url);
            assert!(!page.contains("user:key"), "{url}");
        }
    }
}

#[tokio::test]
async fn one_endless_headline_does_not_fill_the_front_page() {
    let site = Site::open().await;
    let endless = "Endless ".repeat(125);
    let (story, _) = open_story(&site.store, endless.trim(), "Harbour Herald");
    assert!(site.get("/").await.body.matches("Endless").count() < 60);
    assert!(
        site.get(&format!("/story/{story}")).await.body.contains(endless.trim()),
        "its own page has it whole"
    );
}

#[tokio::test]
async fn the_front_page_tells_a_newcomer_what_to_do() {
    let site = Site::open().await;
    let page = site.get("/").await;
    assert!(page.body.contains("No stories yet"));
    assert!(page.body.contains("href=\"/feeds\""));
    assert!(site.get("/?lang=de").await.body.contains("No stories in this language"));
    assert!(site.get("/outlets").await.body.contains("No outlets yet"));
}

#[tokio::test]
async fn a_story_shows_who_reports_what_changed_and_what_was_copied() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Ferry toll rises to 14", "Harbour Herald");
    join(&site.store, story, "Survivors speak in Port Selwyn", "Nordbote");
    let copied = copy(&site.store, story, article, "Ferry toll rises to 14", "Coast Courier");
    edit(&site.store, article, "Ferry toll corrected to 12");
    let front = site.get("/").await.body;
    assert!(front.contains(&format!("href=\"/story/{story}\"")), "{front}");
    let page = site.get(&format!("/story/{story}")).await.body;
    for part in [
        "Harbour Herald",
        "Nordbote",
        "Survivors speak in Port Selwyn",
        "1 copy in other outlets",
        "first to report",
        "<del>rises",
        "<ins>corrected",
        "Coast Courier",
        &format!("href=\"/article/{article}\""),
        &format!("href=\"/article/{copied}\""),
        "rel=\"noopener noreferrer nofollow\"",
        &format!("<link rel=\"canonical\" href=\"http://news.example/story/{story}\">"),
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

#[tokio::test]
async fn a_link_shows_a_title_and_the_words_of_an_outlet() {
    let own = WebSettings { base_url: "http://127.0.0.1:7878/".parse().unwrap(), ..settings() };
    for (settings, addressed) in [(settings(), true), (own, false)] {
        let site = Site::with(Store::in_memory().unwrap(), settings).await;
        let (story, article) = open_story(&site.store, "Ferry toll rises to 14", "Harbour Herald");
        let said = format!("og:description\" content=\"{TEXT} — Harbour Herald\">");
        for path in [format!("/story/{story}"), format!("/article/{article}")] {
            let page = site.get(&path).await.body;
            for part in
                ["og:title\" content=\"Ferry toll rises to 14\">", "og:type\" content=\"article\">", &said]
            {
                assert!(page.contains(part), "{part} is not in {page}");
            }
            // An address that only this machine reaches is no use elsewhere.
            let address = format!("og:url\" content=\"http://news.example{path}\">");
            assert_eq!(page.contains(&address), addressed, "{page}");
            assert_eq!(page.contains("og:image"), addressed, "{page}");
            assert_eq!(page.contains("og:url"), addressed, "{page}");
        }
        assert!(!site.get("/").await.body.contains("og:"));
    }
}

#[tokio::test]
async fn evidence_is_marked_in_its_paragraph() {
    let site = Site::open().await;
    let (_, article) = open_story(&site.store, "Ferry toll rises", "Harbour Herald");
    let page = site.get(&format!("/article/{article}?span=0-9")).await;
    let start = TEXT.get(..9).unwrap();
    assert!(page.body.contains(&format!("<mark id=\"here\">{start}</mark>")), "{}", page.body);
    assert!(page.body.contains("<meta name=\"robots\" content=\"noindex\">"));
    let wrong = site.get(&format!("/article/{article}?span=0-99999")).await;
    assert!(wrong.body.contains("not in this version"));
    assert_eq!(site.get("/article/999999").await.status, 404);
    assert_eq!(site.get("/article/x").await.status, 404);
}

#[tokio::test]
async fn a_merged_story_leads_to_the_one_it_is_part_of() {
    let site = Site::open().await;
    let (one, _) = open_story(&site.store, "One happening", "Harbour Herald");
    let (other, _) = open_story(&site.store, "The same happening", "Nordbote");
    assert_eq!(site.get(&format!("/story/{other}")).await.status, 200);
    merge(&site.store, other, one);
    site.ring();
    for (from, to) in [
        (format!("/story/{other}-any-words"), format!("/story/{other}")),
        (format!("/api/v1/stories/{other}"), format!("/api/v1/stories/{one}")),
        (format!("/fragment/story/{other}"), format!("/story/{one}")),
        (format!("/story/{other}/compare?a=3&b=7"), format!("/story/{one}/compare?a=3&b=7")),
        (format!("/story/{one}-words"), format!("/story/{one}")),
    ] {
        let answer = site.get(&from).await;
        assert_eq!((answer.status, answer.header("location")), (308, to.as_str()), "{from}");
    }
    let answer = site.operator().await.get(&format!("/story/{other}/correct")).await;
    assert_eq!((answer.status, answer.header("location")), (308, format!("/story/{one}/correct").as_str()));
}

#[tokio::test]
async fn related_stories_are_offered_as_the_same() {
    let site = Site::open().await;
    let one = open_story(&site.store, "One happening", "Harbour Herald");
    let (other, _) = open_story(&site.store, "Perhaps the same", "Nordbote");
    relate(&site.store, one, "One happening", other);
    site.ring();
    let story = one.0;
    let operator = site.operator().await;
    let page = operator.get(&format!("/story/{story}/correct")).await.body;
    assert!(page.contains(&format!("name=\"into\" value=\"{other}\"")), "{page}");
    let question = operator.get(&format!("/story/{story}/correct/check?kind=merge&into={other}")).await;
    assert!(question.status == 200 && question.body.contains("What will happen"), "{}", question.body);
    merge(&site.store, other, story);
    site.ring();
    let page = site.get(&format!("/story/{story}")).await.body;
    assert!(!page.contains("Related stories"), "it is part of itself by now: {page}");
}

#[tokio::test]
async fn words_are_found_and_marked() {
    let site = Site::open().await;
    let (story, article) = open_story(&site.store, "Ferry toll rises", "Harbour Herald");
    let page = site.get("/search?q=ferry").await.body;
    assert!(page.contains(&format!("href=\"/article/{article}\"")), "{page}");
    assert!(page.contains(&format!("href=\"/story/{story}\"")), "{page}");
    assert!(page.contains("<mark>") && page.contains("value=\"ferry\""), "{page}");
    for odd in ["%22", "AND", "%28", "-", "*", "a%00b", "%F0%9F%92%A9", "NEAR%28", "%27%3B--"] {
        assert_eq!(site.get(&format!("/search?q={odd}")).await.status, 200, "{odd}");
    }
    assert_eq!(site.get("/search?q=%FF").await.status, 200);
    assert_eq!(site.get("/search?q=a&page=99999999999999999999").await.status, 400);
    assert_eq!(site.get(&format!("/search?q={}", "a".repeat(5000))).await.status, 200);
}

#[tokio::test]
async fn an_address_that_is_not_whole_is_explained_to_people_and_programs() {
    let site = Site::open().await;
    for path in ["/place?q=x", "/actor?name=z", "/actors?page=many"] {
        let page = site.get(path).await;
        assert_eq!(page.status, 400, "{path}");
        assert!(page.body.contains("not whole") && !page.body.contains("deserialize"), "{}", page.body);
    }
    let program = site.get("/api/v1/actors/1/sayings?limit=many").await;
    assert!(program.body.contains("limit"), "{}", program.body);
    assert!(site.get("/story/1/compare").await.body.contains("Where they stand"));
}

#[tokio::test]
async fn a_page_is_up_to_date_after_the_bell() {
    let site = Site::open().await;
    assert!(site.get("/").await.body.contains("No stories yet"));
    let (story, _) = open_story(&site.store, "Breaking now", "Harbour Herald");
    let mut stream = Ask::get("/api/v1/events?since=0").open(site.address).await;
    site.ring();
    stream.until("event: story_opened").await;
    let begun = std::time::Instant::now();
    while begun.elapsed() < crate::http::PATIENCE {
        if site.get("/fragment/front").await.body.contains(&format!("data-story=\"{story}\"")) {
            return;
        }
    }
    panic!("the list stays old");
}
