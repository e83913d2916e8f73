//! Entries: whole or teaser, and what a page adds to them.

use extract::{FromFeed, entry, headed, merge};
use news::{Article, Entry, Language};

fn read(title: &str, summary: &str, content: &str) -> FromFeed {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let item = Entry {
        title: some(title),
        summary: some(summary),
        content: some(content),
        link: Some("https://post.example/a".to_owned()),
        ..Entry::default()
    };
    entry(&item, Language::ENGLISH, Some("Example Post"), None)
}

fn long_text() -> String {
    "<p>The ferry left the harbour at noon with two hundred people on board and a cargo of apples.</p>"
        .repeat(10)
}

#[test]
fn a_long_content_is_whole() {
    let FromFeed::Whole(article) =
        read("Ferry leaves | Example Post", "<p>The ferry left.</p>", &long_text())
    else {
        panic!("whole");
    };
    assert_eq!(article.title, "Ferry leaves");
    assert_eq!(article.paragraphs.len(), 10);
    assert_eq!(article.summary.as_deref(), Some("The ferry left."));
}

#[test]
fn a_text_that_goes_on_elsewhere_is_a_teaser() {
    let check = |end: &str| {
        let read = read("Ferry leaves", "", &format!("{}<p>And then {end}</p>", long_text()));
        assert!(matches!(read, FromFeed::Teaser(_)), "{end}");
    };
    check("…");
    check("[...]");
    check("<a href='/a'>Read more</a>");
    check("<a href='/a'>Continue reading</a>");
    check("<a href='/a'>Weiterlesen</a>");
    assert!(
        matches!(read("Ferry leaves", &long_text(), &long_text()), FromFeed::Teaser(_)),
        "no more than its summary"
    );
}

#[test]
fn a_title_alone_is_an_article_without_text() {
    let FromFeed::Teaser(article) = read("Ferry leaves", "", "") else { panic!("teaser") };
    assert_eq!((article.title.as_str(), article.text.as_str()), ("Ferry leaves", ""));
}

#[test]
fn what_has_no_title_is_headed_by_its_first_words() {
    let of = |text: &str| headed(read("", text, "").into_article()).title;
    assert_eq!(of("<p>The ferry left.</p><p>It was noon.</p>"), "The ferry left.");
    let long = of(
        "<p>The ferry left the harbour of Quillmouth at noon with two hundred people, a cargo of apples and a dog.</p>",
    );
    assert_eq!(long, "The ferry left the harbour of Quillmouth at noon with two hundred people, a cargo of…");
    assert_eq!(of(""), "https://post.example/a", "nothing but an address");
    assert_eq!(headed(read("Ferry leaves", "It left.", "").into_article()).title, "Ferry leaves");
}

#[test]
fn merging_takes_the_better_of_both() {
    let feed = read("Ferry leaves the harbour", "<p>The ferry left.</p>", "").into_article();
    let page = |title: &str| {
        Article { byline: Some("Ada Marsh".to_owned()), ..Article::headline(title) }
            .with_paragraphs(["One two three.", "Four."])
    };
    let merged = merge(feed.clone(), page("Ferry leaves harbour at noon"));
    assert_eq!(merged.title, "Ferry leaves the harbour", "an edit shows in the feed first");
    let cut = read("Ferry leaves the…", "<p>The ferry left.</p>", "").into_article();
    assert_eq!(merge(cut, page("Ferry leaves harbour at noon")).title, "Ferry leaves harbour at noon");
    assert_eq!(merged.byline.as_deref(), Some("Ada Marsh"));
    assert_eq!(merged.summary.as_deref(), Some("The ferry left."));
    assert_eq!(merged.paragraphs.len(), 2);
    assert_eq!(merge(feed.clone(), page("Example Post")).title, "Ferry leaves the harbour");
    assert_eq!(merge(feed, page("Please accept cookies first")).title, "Ferry leaves the harbour");
}
