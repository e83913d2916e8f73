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
    store.forget_outlets(&["demo.example"]).unwrap();
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
