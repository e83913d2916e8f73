//! Pages of invented outlets, each named by what is odd in it, against kept snapshots.

use news::{Article, Url};
use std::fmt::Write;

fn check(name: &str, html: &[u8]) {
    let url = Url::parse("https://www.example-post.example/world/page?from=feed").unwrap();
    let article = extract::page(html, Some(&url), None).unwrap();
    insta::assert_snapshot!(name, shown(&article));
}

fn shown(article: &Article) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "title: {}\nbyline: {:?}\ndateline: {:?}",
        article.title, article.byline, article.dateline
    );
    let _ = writeln!(out, "published: {:?}\nupdated: {:?}", article.published, article.updated);
    let _ =
        writeln!(out, "url: {:?}\nlanguage: {}\nimage: {:?}", article.url, article.language, article.image);
    let _ = writeln!(out, "outlet: {:?}\nsummary: {:?}", article.outlet, article.summary);
    for paragraph in &article.paragraphs {
        let _ = writeln!(out, "| {}", paragraph.of(&article.text));
    }
    for related in &article.related {
        let _ = writeln!(out, "> {} <{}>", related.title, related.url.as_deref().unwrap_or("-"));
    }
    out
}

macro_rules! fixtures {
    ($($name:ident),+ $(,)?) => {$(
        #[test]
        fn $name() {
            check(stringify!($name), include_bytes!(concat!("../fixtures/pages/", stringify!($name), ".html")));
        }
    )+};
}

fixtures! { json_ld_and_furniture, only_line_breaks, ukrainian_read_also, windows_1252, text_only_in_json_ld }

#[test]
fn a_page_may_only_name_an_address_of_its_own_domain() {
    let html = |canonical: &str| {
        format!("<title>A title of a page</title><link rel=canonical href='{canonical}'><p>Text.</p>")
    };
    let address = |canonical: &str| {
        let url = Url::parse("https://m.post.example/a?utm=1").unwrap();
        extract::page(html(canonical).as_bytes(), Some(&url), None).unwrap().url.unwrap()
    };
    assert_eq!(address("https://www.post.example/a"), "https://www.post.example/a");
    assert_eq!(address("https://rival.example/a"), "https://m.post.example/a?utm=1");
    assert_eq!(address("javascript:alert(1)"), "https://m.post.example/a?utm=1");
}
