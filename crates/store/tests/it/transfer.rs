//! Everything out and in again.

use crate::follows::{claim, follower, new, phone, publish, settle};
use crate::house::{accepted, added, article, entry, noon, of_outlet, story};
use news::{Article, ArticleId, Place, PlaceId, PlaceKind, PlaceMention, Span, Target};
use store::{NewMentions, Result, SearchQuery, Settled, Store, StoreError, Writer};

/// An invented harbour that an article of [`full`] names.
const HARBOUR: PlaceId = PlaceId(2_000_000_001);

fn name_harbour(writer: &mut Writer, article: ArticleId, form: &Article) -> Result<()> {
    let place = Place {
        id: HARBOUR,
        name: "Lemburg".to_owned(),
        kind: PlaceKind::City,
        country: None,
        region: Some("Northmark".to_owned()),
        latitude: 54.25,
        longitude: 10.5,
        population: 80_000,
    };
    let mention = |start| PlaceMention {
        span: Span::new(start, start + 7),
        place: Some(place.clone()),
        confidence: 0.75,
    };
    let in_text = mention(form.text.find("Lemburg").unwrap());
    writer.keep_places(
        article,
        &NewMentions {
            title: &form.title,
            text: &form.text,
            in_title: &[],
            in_text: &[in_text],
            key_of: str::to_lowercase,
            sentences: &[],
        },
    )
}

fn full() -> Store {
    let store = Store::in_memory().unwrap();
    let feed = added(&store, "a.example");
    store.accept(feed, &accepted(vec![entry("a", "One"), entry("b", "Zwei – „zwei“")]), noon(1)).unwrap();
    let (one, articles) = story(&store, "Strike", &["a.example", "b.example"]);
    let (two, _) = story(&store, "Walkout", &["b.example"]);
    let outlet = store.outlets().unwrap()[0].id;
    let edited = article("Strike ends", &["It is over in Lemburg."]);
    store
        .write(|writer| {
            writer.revise_article(articles[0], &of_outlet(outlet, &edited, 30))?;
            name_harbour(writer, articles[0], &edited)?;
            writer.keep_dated(articles[0], 1, &[0, 7, 255])?;
            writer.merge_stories(two, one, noon(31))?;
            // Not every reader of JSON gives this number back.
            writer.rank_story(one, news::Phase::Breaking, 988.855_851_545_115_3)
        })
        .unwrap();
    store.set_setting("theme", "calm").unwrap();
    store
}

fn exported(store: &Store) -> String {
    let mut lines = Vec::new();
    store.export(&mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

#[test]
fn out_and_in_gives_the_same_store() {
    let store = full();
    let lines = exported(&store);
    let copy = Store::in_memory().unwrap();
    assert!(copy.import(lines.as_bytes()).unwrap() > 20);
    assert_eq!(exported(&copy), lines);
    assert_eq!(copy.import(lines.as_bytes()).unwrap(), 0, "a second time adds nothing");
    assert_eq!(exported(&copy), lines);
    let query = SearchQuery { text: "over".into(), ..SearchQuery::default() };
    let found = copy.search(&query).unwrap();
    assert_eq!(found.total, 1);
    assert_eq!(copy.dated(found.hits[0].story.unwrap(), 1, 9).unwrap(), [[0, 7, 255]], "bytes too");
    assert_eq!(copy.place_called("lemburg").unwrap(), Some(HARBOUR), "who follows a place finds its name");
    let pages = [&store, &copy].map(|store| store.place(HARBOUR, 9, 9).unwrap().unwrap());
    assert_eq!((pages[1].articles, pages[1].stories.len(), &pages[1].place), (1, 1, &pages[0].place));
    assert_eq!(copy.next_story_id().unwrap(), store.next_story_id().unwrap());
    assert!(copy.check().unwrap().damages.is_empty());
}

#[test]
fn receivers_of_an_older_export_get_their_zone_and_an_address_once() {
    let receiver = |id: i64, quiet: &str| {
        format!(
            r#"{{"kind":"receiver","id":{id},"reader":1,"name":"a","which":"ntfy","address":"a","origin":"a","channel":"{{\"kind\":\"ntfy\",\"url\":\"a\",\"token\":null}}","quiet":{quiet},"threshold":"major","state":"active","code":"{id}","since":0,"used":0,"warned_at":null,"trouble":null,"trouble_at":null,"alert":0}}"#
        )
    };
    let night = r#""{\"from\":1320,\"to\":420,\"zone\":\"Europe/Kyiv\"}""#;
    let lines = [
        r#"{"kind":"staytuned","version":14,"store":"old"}"#.to_owned(),
        r#"{"kind":"reader","id":1,"since":0}"#.to_owned(),
        receiver(1, night),
        receiver(2, "null"),
    ];
    let store = Store::in_memory().unwrap();
    store.import(lines.join("\n").as_bytes()).unwrap();
    let receivers = store.receivers(news::ReaderId(1)).unwrap();
    let zones: Vec<_> =
        receivers.iter().map(|view| view.receiver.as_ref().unwrap().zone.as_deref()).collect();
    assert_eq!(zones, [Some("Europe/Kyiv")]);
}

#[test]
fn an_older_export_adds_what_is_missing_and_takes_nothing_back() {
    let store = full();
    let old = exported(&store);
    story(&store, "Later", &["c.example"]);
    let now = exported(&store);
    assert_eq!(store.import(old.as_bytes()).unwrap(), 0);
    assert_eq!(exported(&store), now);
}

#[test]
fn a_device_that_came_back_stays_as_it_is() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let (reader, receiver) = follower(&store, "phone", &Target::Story(id));
    publish(&store, &new("1", id, articles[0]));
    let told = claim(&store, noon(11));
    settle(&store, &told[0], &[Settled::Accepted], noon(11));
    let old = exported(&store);
    store.write(|writer| writer.remove_receiver(reader, receiver)).unwrap();
    let back = store.write(|writer| writer.add_receiver(reader, &phone("phone"), noon(12))).unwrap();
    assert_ne!(back, receiver);
    let now = exported(&store);
    assert_eq!(store.import(old.as_bytes()).unwrap(), 0);
    assert_eq!(exported(&store), now, "nor does anything come that was about the one before");
}

#[test]
fn a_reader_who_is_here_is_not_taken_for_another_stores() {
    let lines = exported(&full());
    let store = Store::in_memory().unwrap();
    store.write(|writer| writer.add_reader("a visitor", noon(0))).unwrap();
    assert!(matches!(store.import(lines.as_bytes()), Err(StoreError::ForeignExport)));
}

#[test]
fn an_export_of_another_store_is_refused() {
    let lines = exported(&full());
    let other = full();
    let before = exported(&other);
    assert!(matches!(other.import(lines.as_bytes()), Err(StoreError::ForeignExport)));
    assert_eq!(exported(&other), before);
}

#[test]
fn a_damaged_export_adds_nothing() {
    let lines = exported(&full());
    let check = |damaged: String, line: u64| {
        let store = Store::in_memory().unwrap();
        let refused = store.import(damaged.as_bytes());
        assert!(matches!(refused, Err(StoreError::Import { line: at, .. }) if at == line), "{refused:?}");
        assert_eq!(store.last_event().unwrap(), 0);
        assert!(store.outlets().unwrap().is_empty());
    };
    check(String::new(), 1);
    check("{\"kind\":\"outlet\"}\n".into(), 1);
    check(lines.replacen("\"kind\":\"staytuned\"", "\"kind\":\"other\"", 1), 1);
    check(lines.replacen("\"version\":", "\"version\":9", 1), 1);
    let feed = 1 + lines.lines().position(|line| line.contains("\"kind\":\"feed\"")).unwrap() as u64;
    check(lines.replacen("\"kind\":\"feed\"", "\"kind\":\"sqlite_schema\"", 1), feed);
    check(lines.replacen("\"health\":", "\"health\":[],\"x\":", 1), feed);
    let cut = lines.get(..lines.len() - 5).unwrap().to_owned();
    check(cut, lines.lines().count() as u64);
}
