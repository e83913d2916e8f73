//! Who said what: kept with the article, found again as places in its text; actors merged, split, renamed.

use crate::house::{article, keep, noon, of_outlet};
use news::{ActorId, ArticleId, Attribution, Language, NameKind, QuoteKind, SayingId, Span, StoryId};
use store::view::SayingView;
use store::{ActorQuery, Alias, NewQuote, Result, SayingsQuery, Store, Writer};

/// The attribution of `words` in `text` to `source`.
fn said(text: &str, words: &str, source: &str) -> Attribution {
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    Attribution {
        content: vec![span(words)],
        source: vec![span(source)],
        cue: Vec::new(),
        kind: QuoteKind::Direct,
        speaker: Some(source.to_owned()),
        office: None,
        addressee: None,
        occasion: None,
        negated: false,
        confidence: 0.9,
    }
}

const FIRST: &str = "“The five regions are not for sale,” Ada Holm said.";
const SECOND: &str =
    "Holm said “the five regions are not for sale, today or ever”. “We sign nothing,” Kern said.";

struct House {
    store: Store,
    story: StoryId,
    articles: Vec<ArticleId>,
    holm: ActorId,
    kern: ActorId,
    saying: SayingId,
}

fn quote<'a>(
    attribution: &'a Attribution,
    actor: ActorId,
    key: &'a str,
    saying: Option<SayingId>,
) -> NewQuote<'a> {
    NewQuote {
        attribution,
        in_title: false,
        saying,
        same_as: None,
        actor: Some(actor),
        key: Some(key),
        prints: &[7, 8],
        denies: None,
    }
}

fn actor(writer: &mut Writer, name: &str, article: ArticleId) -> Result<ActorId> {
    let id = writer.open_actor(name, NameKind::Person, noon(0))?;
    know(writer, id, name, article)?;
    Ok(id)
}

fn know(writer: &mut Writer, actor: ActorId, name: &str, article: ArticleId) -> Result<()> {
    let key = name.to_lowercase();
    let alias = Alias { key: &key, text: name, office: false, article, at: noon(0) };
    writer.know_actor(actor, NameKind::Person, &alias)
}

fn house() -> House {
    let store = Store::in_memory().unwrap();
    let made = store.write(|writer| {
        let story = writer.open_story(None, Language::ENGLISH, noon(0))?;
        let mut articles = Vec::new();
        for (minute, (host, text)) in
            (0..).zip([("a.example", FIRST), ("b.example", SECOND), ("c.example", FIRST)])
        {
            let id = keep(writer, host, &article(host, &[text]), minute)?;
            writer.join(story, id, (minute == 2).then(|| articles[0]), noon(minute))?;
            articles.push(id);
        }
        let (holm, kern) = (actor(writer, "Ada Holm", articles[0])?, actor(writer, "Kern", articles[1])?);
        know(writer, holm, "Holm", articles[1])?;
        let first = said(FIRST, "“The five regions are not for sale,”", "Ada Holm");
        writer.keep_quotes(articles[0], &[quote(&first, holm, "ada holm", None)])?;
        let saying = writer.said_before(&[8, 9], |_| true)?[0].saying;
        let second = said(SECOND, "“the five regions are not for sale, today or ever”", "Holm");
        let third = said(SECOND, "“We sign nothing,”", "Kern");
        let others = [quote(&second, holm, "holm", Some(saying)), quote(&third, kern, "kern", None)];
        writer.keep_quotes(articles[1], &others)?;
        writer.keep_quotes(articles[2], &[quote(&first, holm, "ada holm", Some(saying))])?;
        Ok((story, articles, holm, kern, saying))
    });
    let (story, articles, holm, kern, saying) = made.unwrap();
    House { store, story, articles, holm, kern, saying }
}

fn of_story(store: &Store, story: StoryId) -> Vec<SayingView> {
    store.story_sayings(story, 100).unwrap().sayings
}

fn told(sayings: &[SayingView]) -> Vec<String> {
    let name =
        |said: &SayingView| said.speaker.as_ref().map_or("-".to_owned(), |speaker| speaker.name.clone());
    sayings.iter().map(|said| format!("{}: {}", name(said), said.content.join(" / "))).collect()
}

#[test]
fn the_same_words_are_shown_once_at_their_longest() {
    let House { store, story, saying, .. } = house();
    let sayings = of_story(&store, story);
    assert_eq!(
        told(&sayings),
        ["Kern: “We sign nothing,”", "Ada Holm: “the five regions are not for sale, today or ever”"]
    );
    let shown = &sayings[1];
    assert_eq!((shown.id, shown.copies, shown.families, shown.at), (saying, 1, 2, noon(0)));
    assert_eq!(shown.place.outlet_name, "The b.example");
    assert_eq!(shown.others.len(), 1);
    assert_eq!(
        shown.others[0].differs.as_deref(),
        Some(&["“The five regions are not for sale,”".to_owned()][..])
    );
}

#[test]
fn a_quote_that_does_not_stand_in_its_article_is_refused() {
    let House { store, articles, holm, story, .. } = house();
    let mut wrong = said(FIRST, "“The five regions are not for sale,”", "Ada Holm");
    for span in [Span::new(1, 9), Span::new(0, 4_000), Span::new(5, 5)] {
        wrong.content = vec![span];
        let kept =
            store.write(|writer| writer.keep_quotes(articles[0], &[quote(&wrong, holm, "holm", None)]));
        assert!(kept.is_err(), "{span:?}");
    }
    assert_eq!(of_story(&store, story).len(), 2, "what was kept stays");
}

#[test]
fn a_changed_article_changes_its_quotes_and_empty_sayings_go() {
    let House { store, story, articles, kern, .. } = house();
    let outlet = store.outlets().unwrap()[0].id;
    let text = "“We sign nothing at all,” Kern said.";
    let changed = article("b.example", &[text]);
    store
        .write(|writer| {
            writer.revise_article(articles[1], &of_outlet(outlet, &changed, 9))?;
            let said = said(text, "“We sign nothing at all,”", "Kern");
            writer.keep_quotes(articles[1], &[quote(&said, kern, "kern", None)])
        })
        .unwrap();
    let sayings = of_story(&store, story);
    assert_eq!(
        told(&sayings),
        ["Kern: “We sign nothing at all,”", "Ada Holm: “The five regions are not for sale,”"]
    );
    assert_eq!(store.check().unwrap().damages, Vec::<String>::new());
}

#[test]
fn quotes_follow_a_merged_story() {
    let House { store, story, .. } = house();
    let (into, _) = crate::house::story(&store, "Talks", &["d.example"]);
    store.write(|writer| writer.merge_stories(story, into, noon(5))).unwrap();
    assert_eq!(of_story(&store, into).len(), 2);
    assert_eq!(of_story(&store, story).len(), 0);
}

#[test]
fn people_merge_split_and_rename_actors() {
    let House { store, holm, kern, .. } = house();
    let sayings =
        |actor| store.actor_sayings(actor, &SayingsQuery { limit: 9, ..Default::default() }).unwrap().total;
    store.write(|writer| writer.merge_actors(kern, holm, noon(5))).unwrap();
    assert_eq!(store.actor(kern).unwrap().unwrap().actor.id, holm, "the old id leads there");
    assert_eq!(sayings(holm), 2);
    let apart = store.write(|writer| writer.split_actor(holm, "kern", noon(6))).unwrap();
    assert_eq!((sayings(holm), sayings(apart)), (1, 1));
    store.write(|writer| writer.rename_actor(apart, " Viktor Kern ", noon(7))).unwrap();
    assert!(store.write(|writer| writer.rename_actor(apart, " ", noon(7))).is_err());
    assert!(store.write(|writer| writer.split_actor(holm, "nobody", noon(7))).is_err());
    let found = |name: &str| {
        let query = ActorQuery { name: name.to_owned(), limit: 9 };
        store.actors(&query).unwrap().into_iter().map(|card| card.actor.name).collect::<Vec<_>>()
    };
    assert_eq!(found("kern"), ["Viktor Kern"]);
    assert_eq!(found("olm"), ["Ada Holm"]);
    assert_eq!(found("%"), Vec::<String>::new());
    assert_eq!(found(""), ["Ada Holm", "Viktor Kern"]);
    store
        .write(|writer| {
            assert!(writer.known_actor(apart)?.decided.contains(&"kern".to_owned()));
            Ok(())
        })
        .unwrap();
}

#[test]
fn an_actors_words_are_searched_in_the_quotes_alone() {
    let House { store, holm, .. } = house();
    let found = |text: &str| {
        let query = SayingsQuery { text: text.to_owned(), limit: 9, ..Default::default() };
        store.actor_sayings(holm, &query).unwrap().total
    };
    assert_eq!(found("regions sale"), 1);
    assert_eq!(found("sign"), 0, "somebody else's words in the same article");
}
