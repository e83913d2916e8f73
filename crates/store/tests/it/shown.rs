//! The front page and what the story room reads back.

use crate::house::{noon, story};
use news::{Language, Phase, StoryId};
use store::{FrontQuery, Store};

#[test]
fn stories_stand_in_order_of_rank() {
    let store = Store::in_memory().unwrap();
    let ids: Vec<_> =
        ["One", "Two", "Three"].iter().map(|title| story(&store, title, &["a.example"]).0).collect();
    store.write(|writer| writer.open_story(None, Language::ENGLISH, noon(0))).unwrap();
    let rank = |id, rank| store.write(|writer| writer.rank_story(id, Phase::Developing, rank)).unwrap();
    rank(ids[0], 2.0);
    rank(ids[1], 3.0);
    rank(ids[2], f64::NAN);
    let page = |query: FrontQuery| {
        let front = store.front(&query).unwrap();
        (front.stories.iter().map(|card| card.id).collect::<Vec<StoryId>>(), front.total)
    };
    assert_eq!(page(FrontQuery::default()), (vec![ids[1], ids[0], ids[2]], 3), "an empty story is not shown");
    assert_eq!(page(FrontQuery { limit: 1, offset: 1, ..FrontQuery::default() }), (vec![ids[0]], 3));
    let german = Some(Language::parse("de"));
    assert_eq!(page(FrontQuery { language: german, ..FrontQuery::default() }), (vec![], 0));
    let english = Some(Language::ENGLISH);
    assert_eq!(page(FrontQuery { language: english, ..FrontQuery::default() }).1, 3);
    assert_eq!(page(FrontQuery { since: Some(noon(1)), ..FrontQuery::default() }).1, 0);
}

#[test]
fn memory_is_read_back_in_the_order_of_arrival() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example", "c.example"]);
    let recent = |since, limit| {
        let mut ids = Vec::new();
        let given = store.recent_articles(since, limit, |kept| ids.push(kept.id)).unwrap();
        assert_eq!(given, ids.len());
        ids
    };
    assert_eq!(recent(noon(0), 99), articles);
    assert_eq!(recent(noon(0), 2), articles[1..], "the newest");
    assert_eq!(recent(noon(3), 9), articles[2..]);
    let members = store.story_members(id, 1, 1).unwrap();
    assert_eq!(members.iter().map(|member| member.id).collect::<Vec<_>>(), [articles[0], articles[2]]);
    assert_eq!((members[0].story, members[0].family.as_str()), (Some(id), "a.example"));
    let article = &members[0].article;
    assert_eq!(article.paragraphs[1].of(&article.text), "Nobody was hurt, they say.");
    assert_eq!(store.kept_article(articles[0]).unwrap().unwrap().article, *article);
}

#[test]
fn settings_are_kept_by_name() {
    let store = Store::in_memory().unwrap();
    assert_eq!(store.setting("theme").unwrap(), None);
    store.set_setting("theme", "calm").unwrap();
    store.set_setting("theme", "calmer").unwrap();
    assert_eq!(store.setting("theme").unwrap().as_deref(), Some("calmer"));
}
