//! Forgetting an outlet.

use crate::house::{article, keep, noon};
use store::view::Found;
use store::{FrontQuery, SearchQuery, Store};

#[test]
fn a_forgotten_outlet_leaves_nothing_and_others_stay() {
    let store = Store::in_memory().unwrap();
    let (shared, own) = store
        .write(|writer| {
            let demo = keep(writer, "demo.example", &article("Ferry aground", &["Invented."]), 0)?;
            let real = keep(writer, "real.example", &article("Ferry stuck", &["True."]), 1)?;
            let alone = keep(writer, "demo.example", &article("Cup final", &["Invented too."]), 2)?;
            let shared = writer.open_story(None, news::Language::ENGLISH, noon(0))?;
            writer.join(shared, demo, None, noon(0))?;
            writer.join(shared, real, Some(demo), noon(1))?;
            let own = writer.open_story(None, news::Language::ENGLISH, noon(2))?;
            writer.join(own, alone, None, noon(2))?;
            Ok((shared, own))
        })
        .unwrap();
    store.write(|writer| writer.forget_outlets(&["demo.example"])).unwrap();
    assert!(matches!(store.story(own).unwrap(), Found::Nothing));
    assert!(matches!(store.story(shared).unwrap(), Found::Story(_)));
    let front = store.front(&FrontQuery { limit: 10, ..FrontQuery::default() }).unwrap();
    assert_eq!(front.stories.len(), 1);
    let found =
        store.search(&SearchQuery { text: "invented".to_owned(), limit: 10, ..SearchQuery::default() });
    assert_eq!(found.unwrap().total, 0);
    assert_eq!(store.outlets().unwrap().len(), 1);
    assert_eq!(store.check().unwrap().damages, Vec::<String>::new());
}

#[test]
fn impressions_of_old_articles_are_forgotten_and_the_others_stay() {
    const OLD: i64 = 600;
    let store = Store::in_memory().unwrap();
    let impressed = |writer: &mut store::Writer| {
        let story = writer.open_story(None, news::Language::ENGLISH, noon(0))?;
        for minute in 0..OLD + 3 {
            let id = keep(writer, "a.example", &article(&format!("Report {minute}"), &["Text."]), minute)?;
            writer.join(story, id, None, noon(minute))?;
            writer.keep_impression(id, 1, b"seen")?;
        }
        Ok(())
    };
    store.write(impressed).unwrap();
    // More than are forgotten at once.
    assert_eq!(store.forget_impressions(noon(OLD + 1)).unwrap(), usize::try_from(OLD).unwrap());
    let mut kept = Vec::new();
    store.remembered(noon(0), 1_000, 1, |article| kept.push(article.impression.is_some())).unwrap();
    assert_eq!(kept.iter().filter(|impression| **impression).count(), 3);
    assert_eq!(store.forget_impressions(noon(OLD + 1)).unwrap(), 0);
}
