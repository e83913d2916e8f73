//! Stories: joined, folded, merged, split, moved; their counts and their events.

use crate::house::{article, keep, kinds, noon, of_outlet, story};
use news::{ArticleId, Language, Phase, Span, StoryId, StoryTitle};
use store::view::{Found, StoryView};
use store::{Description, SearchQuery, Store};

fn shown(store: &Store, id: StoryId) -> StoryView {
    match store.story(id).unwrap() {
        Found::Story(story) => *story,
        other => panic!("no story {id}: {other:?}"),
    }
}

fn describe(store: &Store, id: StoryId, lead: Vec<(ArticleId, Span)>, rank: f64) {
    let title = StoryTitle { text: "Ferries stand still".into(), article: lead[0].0 };
    let (phase, language) = (Phase::Breaking, Language::ENGLISH);
    let description = Description { title, lead, phase, rank, language, image: None, related: Vec::new() };
    store.write(|writer| writer.describe_story(id, &description)).unwrap();
}

#[test]
fn copies_are_folded_and_do_not_count_as_independent() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example"]);
    let copy = |minutes, of| {
        let copy = article("Strike in a.example", &["Ferries stand still."]);
        store
            .write(|writer| {
                let copy = keep(writer, "c.example", &copy, minutes)?;
                writer.join(id, copy, Some(of), noon(minutes))?;
                Ok(copy)
            })
            .unwrap()
    };
    let first = copy(70, articles[0]);
    let second = copy(71, first);
    let story = shown(&store, id);
    let card = &story.card;
    assert_eq!((card.articles, card.copies, card.outlets, card.families), (4, 2, 3, 2));
    assert_eq!((card.opened_at, card.updated_at), (noon(0), noon(71)));
    assert_eq!(card.outlet_names, ["The a.example", "The b.example", "The c.example"]);
    assert_eq!((card.pulse[22], card.pulse[23]), (2, 2));
    assert_eq!(story.timeline, [(noon(0), 2, 0), (noon(60), 0, 2)]);
    assert_eq!(story.coverage.len(), 2);
    let folded: Vec<_> = story.coverage[0].articles[0].copies.iter().map(|copy| copy.id).collect();
    assert_eq!(folded, [first, second], "a copy of a copy is a copy of the original");
    assert!(story.coverage[0].articles[0].first);
    assert_eq!(
        kinds(&store),
        ["story_opened", "article_joined", "article_joined", "copy_folded", "copy_folded"]
    );
    let query = |text: &str| SearchQuery { text: text.into(), ..SearchQuery::default() };
    let found = store.search(&query("ferries")).unwrap();
    let hits: Vec<_> = found.hits.iter().map(|hit| (hit.article, hit.copies)).collect();
    assert_eq!(
        (found.total, hits.len()),
        (2, 2),
        "copies stand under their original in a search, too: {hits:?}"
    );
    assert!(hits.contains(&(articles[0], 2)) && hits.contains(&(articles[1], 0)), "{hits:?}");
}

#[test]
fn joining_twice_changes_nothing_and_folding_later_recounts() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example", "c.example"]);
    let before = store.last_event().unwrap();
    store.write(|writer| writer.join(id, articles[1], None, noon(5))).unwrap();
    assert_eq!(store.last_event().unwrap(), before);
    // c is a copy of b; then b turns out to be a copy of a, and c follows.
    store.write(|writer| writer.join(id, articles[2], Some(articles[1]), noon(5))).unwrap();
    store.write(|writer| writer.join(id, articles[1], Some(articles[0]), noon(6))).unwrap();
    let story = shown(&store, id);
    assert_eq!((story.card.articles, story.card.copies, story.card.families), (3, 2, 1));
    assert_eq!(story.coverage[0].articles[0].copies.len(), 2);
}

#[test]
fn merged_ids_redirect_without_chains() {
    let store = Store::in_memory().unwrap();
    let ids: Vec<_> =
        ["One", "Two", "Three"].iter().map(|title| story(&store, title, &["a.example"]).0).collect();
    store.write(|writer| writer.merge_stories(ids[0], ids[1], noon(5))).unwrap();
    store.write(|writer| writer.merge_stories(ids[1], ids[2], noon(6))).unwrap();
    for gone in [ids[0], ids[1]] {
        assert!(matches!(store.story(gone).unwrap(), Found::MovedTo(into) if into == ids[2]));
    }
    assert_eq!(shown(&store, ids[2]).card.articles, 3);
    assert_eq!(shown(&store, ids[2]).card.outlets, 1);
    assert_eq!(store.front(&Default::default()).unwrap().total, 1);
    // A late decision that still names the old id, and merging what is merged.
    store.write(|writer| writer.merge_stories(ids[0], ids[2], noon(7))).unwrap();
    let late = article("Late", &["Late."]);
    store
        .write(|writer| {
            let late = keep(writer, "b.example", &late, 8)?;
            writer.join(ids[0], late, None, noon(8))
        })
        .unwrap();
    assert_eq!(shown(&store, ids[2]).card.articles, 4);
    let merged =
        store.events_since(0, 99).unwrap().into_iter().filter(|event| event.kind == "stories_merged");
    let heard: Vec<_> = merged.filter_map(|event| event.story).collect();
    assert_eq!(heard, [ids[0], ids[1], ids[1], ids[2]], "readers of both stories hear of it");
    assert!(store.next_story_id().unwrap() > ids[2]);
}

#[test]
fn split_and_moved_articles_are_counted_where_they_are() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example", "c.example"]);
    let split =
        store.write(|writer| writer.split_story(id, &articles[..1], Some(StoryId(40)), noon(9))).unwrap();
    assert_eq!(split, StoryId(40));
    assert_eq!(shown(&store, split).card.title, "Strike in a.example");
    let left = shown(&store, id);
    assert_eq!(
        (left.card.articles, left.card.title.as_str()),
        (2, "Strike in b.example"),
        "its title's article left"
    );
    store.write(|writer| writer.move_article(articles[1], split, noon(10))).unwrap();
    assert_eq!((shown(&store, id).card.articles, shown(&store, split).card.articles), (1, 2));
    assert_eq!(shown(&store, id).card.opened_at, noon(2));
    assert_eq!(store.next_story_id().unwrap(), StoryId(41));
}

#[test]
fn what_comes_out_of_a_muted_story_is_muted() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example", "b.example", "c.example"]);
    let split = |article: usize| {
        store.write(|writer| writer.split_story(id, &articles[article..=article], None, noon(9))).unwrap()
    };
    store.write(|writer| writer.mute_story(id, true, noon(8))).unwrap();
    let silent = split(0);
    assert!(shown(&store, silent).card.muted);
    assert_eq!(store.muted().unwrap(), [id, silent]);
    store.write(|writer| writer.mute_story(id, false, noon(10))).unwrap();
    let heard = split(1);
    assert!(!shown(&store, heard).card.muted && shown(&store, silent).card.muted);
}

#[test]
fn a_lead_sentence_stands_in_its_article_or_goes() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    describe(&store, id, vec![(articles[0], Span::new(0, 20)), (articles[0], Span::new(22, 48))], 1.0);
    let lead =
        |store: &Store| shown(store, id).lead.into_iter().map(|s| (s.text, s.span)).collect::<Vec<_>>();
    assert_eq!(lead(&store)[0], ("Ferries stand still.".to_owned(), Span::new(0, 20)));
    assert_eq!(lead(&store).len(), 2);

    let outlet = store.outlets().unwrap()[0].id;
    let edited =
        article("Strike in a.example", &["Update.", "Ferries stand still.", "Two people were hurt."]);
    store.write(|writer| writer.revise_article(articles[0], &of_outlet(outlet, &edited, 9))).unwrap();
    assert_eq!(lead(&store), [("Ferries stand still.".to_owned(), Span::new(9, 29))]);
    assert_eq!(
        store.front(&Default::default()).unwrap().stories[0].lead.as_ref().unwrap().span,
        Span::new(9, 29)
    );
    describe(&store, id, vec![(articles[0], Span::new(5, 9_000))], 1.0);
    assert!(lead(&store).is_empty(), "a span that does not fit shows nothing");
}

#[test]
fn a_changed_headline_is_kept_before_and_after() {
    let store = Store::in_memory().unwrap();
    let (id, articles) = story(&store, "Strike", &["a.example"]);
    let outlet = store.outlets().unwrap()[0].id;
    let edited = article("Strike called off", &["Ferries stand still.", "Nobody was hurt, they say."]);
    let revise = |minutes| {
        store.write(|writer| writer.revise_article(articles[0], &of_outlet(outlet, &edited, minutes)))
    };
    assert!(revise(20).unwrap());
    assert!(!revise(30).unwrap(), "nothing changed");
    let change = &shown(&store, id).headline_changes[0];
    assert_eq!((change.before.as_str(), change.after.as_str()), ("Strike in a.example", "Strike called off"));
    let told = store.events_since(0, 99).unwrap().pop().unwrap();
    assert_eq!(
        (told.kind.as_str(), told.story, &told.body["after"]),
        ("headline_changed", Some(id), &"Strike called off".into())
    );
}

#[test]
fn nothing_is_made_up_for_what_is_not_there() {
    let store = Store::in_memory().unwrap();
    assert!(matches!(store.story(StoryId(1)).unwrap(), Found::Nothing));
    assert!(store.article(ArticleId(1)).unwrap().is_none());
    assert!(store.write(|writer| writer.join(StoryId(1), ArticleId(1), None, noon(0))).is_err());
    assert_eq!(store.last_event().unwrap(), 0);
}
