//! Where actors stand and what they do: acts, positions, the board, and with whom they appear.

use crate::house::{article, keep, noon};
use news::{
    Act, ActClass, ActorId, ArticleId, Language, Modality, NameKind, Position, Span, Stance, StoryId,
};
use store::view::{ActView, PositionStrip};
use store::{ActsQuery, Alias, Grouped, NewAct, NewPosition, Result, Side, Store, Writer};

const FIRST: &str = "Orrunda accused Selmara of shelling the bridge. Holm rules out foreign troops.";
const SECOND: &str = "Selmara rejects the charge. Holm is ready to discuss foreign troops.";

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// An act in `text`: who, towards whom, by which word.
fn act(text: &str, class: ActClass, who: &str, whom: Option<&str>, cue: &str) -> Act {
    Act {
        class,
        actor: span(text, who),
        target: whom.map(|whom| span(text, whom)),
        cue: span(text, cue),
        negated: false,
        modality: Modality::Did,
        confidence: 0.9,
    }
}

fn position(text: &str, stance: Stance, issue: &str, cue: &str) -> Position {
    Position {
        actor: None,
        office: None,
        stance,
        issue: span(text, issue),
        cue: span(text, cue),
        words: span(text, text.split_once(". ").unwrap().1),
        said: false,
        earlier: false,
    }
}

fn actor(writer: &mut Writer, name: &str, article: ArticleId) -> Result<ActorId> {
    let id = writer.open_actor(name, NameKind::Place, noon(0))?;
    let key = name.to_lowercase();
    let alias = Alias { key: &key, text: name, office: false, article, at: noon(0) };
    writer.know_actor(id, NameKind::Place, &alias)?;
    Ok(id)
}

struct World {
    store: Store,
    story: StoryId,
    articles: Vec<ArticleId>,
    orrunda: ActorId,
    selmara: ActorId,
    holm: ActorId,
}

/// Three reports: the first two tell the same act, the third is a copy of the first; Holm moves in the second.
fn world() -> World {
    let store = Store::in_memory().unwrap();
    let made = store.write(|writer| {
        let story = writer.open_story(None, Language::ENGLISH, noon(0))?;
        let mut articles = Vec::new();
        let texts = [("a.example", FIRST), ("b.example", SECOND), ("c.example", FIRST), ("d.example", FIRST)];
        for (minute, (host, text)) in (0..).zip(texts) {
            let id = keep(writer, host, &article(host, &[text]), minute * 10)?;
            writer.join(story, id, (minute == 2).then(|| articles[0]), noon(minute * 10))?;
            articles.push(id);
        }
        let orrunda = actor(writer, "Orrunda", articles[0])?;
        let selmara = actor(writer, "Selmara", articles[0])?;
        let holm = actor(writer, "Holm", articles[0])?;
        let accuses = act(FIRST, ActClass::Accuse, "Orrunda", Some("Selmara"), "accused");
        for index in [0, 2, 3] {
            writer.keep_acts(
                articles[index],
                &[new_act(&accuses, FIRST, Some((orrunda, "orrunda")), Some((selmara, "selmara")))],
            )?;
        }
        let rejects = act(SECOND, ActClass::Reject, "Selmara", None, "rejects");
        writer.keep_acts(articles[1], &[new_act(&rejects, SECOND, Some((selmara, "selmara")), None)])?;
        let no = position(FIRST, Stance::RulesOut, "foreign troops", "rules out");
        let open = position(SECOND, Stance::Undecided, "foreign troops", "is ready to discuss");
        for (index, told) in [(0, &no), (1, &open)] {
            let new = NewPosition { actor: holm, key: Some("holm"), position: told, in_title: false };
            writer.keep_positions(articles[index], &[new])?;
        }
        let kept = writer.positions_of(story)?;
        let first = kept[0].id;
        let grouped: Vec<Grouped> = kept
            .iter()
            .map(|one| Grouped {
                id: one.id,
                of_issue: first,
                named_by: first,
                begins: true,
                moved_from: (one.id != first).then_some(first),
            })
            .collect();
        writer.group_positions(&grouped)?;
        Ok((story, articles, orrunda, selmara, holm))
    });
    let (story, articles, orrunda, selmara, holm) = made.unwrap();
    World { store, story, articles, orrunda, selmara, holm }
}

fn new_act<'a>(
    act: &'a Act,
    text: &str,
    actor: Option<(ActorId, &'a str)>,
    target: Option<(ActorId, &'a str)>,
) -> NewAct<'a> {
    let words = Span::new(0, text.find(". ").unwrap() + 1);
    NewAct { act, actor, target, claimed: false, teller: None, words, in_title: false }
}

/// `actor class target: words (reports)`.
fn told(acts: &[ActView]) -> Vec<String> {
    let one = |act: &ActView| {
        let name = |party: &store::view::PartyView| {
            party.actor.as_ref().map_or("?".to_owned(), |actor| actor.name.clone())
        };
        let target = act.target.as_ref().map_or("-".to_owned(), name);
        format!(
            "{} {} {target}: {} ({})",
            name(&act.actor),
            act.class.word(),
            act.report.words,
            1 + act.others.len()
        )
    };
    acts.iter().map(one).collect()
}

fn acts(store: &Store, of: ActorId, query: ActsQuery) -> (Vec<String>, u64) {
    let page = store.actor_acts(of, &ActsQuery { limit: 9, ..query }).unwrap();
    (told(&page.acts), page.total)
}

const ACCUSES: &str = "Orrunda accuse Selmara: Orrunda accused Selmara of shelling the bridge. (2)";
const REJECTS: &str = "Selmara reject -: Selmara rejects the charge. (1)";

#[test]
fn an_act_of_several_reports_is_told_once_and_copies_do_not_count() {
    let World { store, orrunda, selmara, .. } = world();
    assert_eq!(acts(&store, orrunda, ActsQuery::default()), (vec![ACCUSES.to_owned()], 1));
    let both = (vec![REJECTS.to_owned(), ACCUSES.to_owned()], 2);
    assert_eq!(acts(&store, selmara, ActsQuery::default()), both);
    let did = ActsQuery { side: Side::Did, ..ActsQuery::default() };
    assert_eq!(acts(&store, selmara, did).0, [REJECTS]);
    let met = ActsQuery { side: Side::Met, ..ActsQuery::default() };
    assert_eq!(acts(&store, selmara, met).0, [ACCUSES]);
    let class = ActsQuery { class: Some(ActClass::Reject), ..ActsQuery::default() };
    assert_eq!(acts(&store, selmara, class).0, [REJECTS]);
    let with = ActsQuery { with: Some(orrunda), ..ActsQuery::default() };
    assert_eq!(acts(&store, selmara, with).0, [ACCUSES]);
    let second = ActsQuery { offset: 1, ..ActsQuery::default() };
    assert_eq!(acts(&store, selmara, second), (vec![ACCUSES.to_owned()], 2));
}

#[test]
fn an_act_that_does_not_stand_in_its_article_is_refused() {
    let World { store, articles, orrunda, .. } = world();
    for wrong in [Span::new(0, 4_000), Span::new(5, 5)] {
        let mut act = act(FIRST, ActClass::Accuse, "Orrunda", None, "accused");
        act.cue = wrong;
        let new = new_act(&act, FIRST, Some((orrunda, "orrunda")), None);
        assert!(store.write(|writer| writer.keep_acts(articles[0], &[new])).is_err(), "{wrong:?}");
    }
    assert_eq!(acts(&store, orrunda, ActsQuery::default()).1, 1, "what was kept stays");
    store.write(|writer| writer.keep_acts(articles[0], &[])).unwrap();
    store.write(|writer| writer.keep_acts(articles[3], &[])).unwrap();
    assert_eq!(acts(&store, orrunda, ActsQuery::default()).1, 0, "an article without acts has none");
}

#[test]
fn the_board_shows_the_move_with_both_sentences() {
    let World { store, story, holm, .. } = world();
    let board = store.board(story).unwrap();
    assert_eq!(board.issues.iter().map(|issue| issue.name.as_str()).collect::<Vec<_>>(), ["foreign troops"]);
    let cell = board.rows[0].cells[0].as_ref().unwrap();
    assert_eq!((board.rows[0].actor.id, cell.moved), (holm, true));
    assert_eq!((cell.now.stance, cell.before[0].stance), (Stance::Undecided, Stance::RulesOut));
    assert_eq!(cell.now.words, "Holm is ready to discuss foreign troops.");
    assert_eq!(cell.before[0].words, "Holm rules out foreign troops.");
    let strips: Vec<PositionStrip> = store.actor_positions(holm).unwrap();
    let steps: Vec<_> = strips[0].steps.iter().map(|step| (step.position.stance, step.moved)).collect();
    assert_eq!(steps, [(Stance::RulesOut, false), (Stance::Undecided, true)]);
}

#[test]
fn two_are_compared_though_the_board_has_no_room_for_them() {
    let World { store, story, articles, holm, .. } = world();
    let crowd = store.write(|writer| {
        let told = position(FIRST, Stance::RulesOut, "foreign troops", "rules out");
        let more = position(FIRST, Stance::Demands, "the bridge", "rules out");
        let mut crowd = Vec::new();
        for n in 0..12 {
            let id = actor(writer, &format!("Member {n}"), articles[3])?;
            crowd.push(id);
        }
        let new: Vec<NewPosition> = crowd
            .iter()
            .flat_map(|id| {
                [&told, &more].map(|position| NewPosition {
                    actor: *id,
                    key: None,
                    position,
                    in_title: false,
                })
            })
            .collect();
        writer.keep_positions(articles[3], &new)?;
        let kept = writer.positions_of(story)?;
        let first_of = |issue: &str| kept.iter().find(|one| one.issue == issue).unwrap().id;
        let grouped: Vec<Grouped> = kept
            .iter()
            .map(|one| Grouped {
                id: one.id,
                of_issue: first_of(&one.issue),
                named_by: first_of(&one.issue),
                begins: true,
                moved_from: None,
            })
            .collect();
        writer.group_positions(&grouped)?;
        Ok(crowd)
    });
    let crowd = crowd.unwrap();
    let board = store.board(story).unwrap();
    assert!(
        board.rows.len() < 13 && board.rows.iter().all(|row| row.actor.id != holm),
        "Holm stands on one issue only"
    );
    let compared = store.compare(story, [holm, crowd[11]]).unwrap();
    let rows: Vec<_> = compared.rows.iter().map(|row| row.actor.id).collect();
    assert_eq!(rows, [crowd[11], holm]);
    assert_eq!(compared.issues.len(), 2);
    assert!(store.compare(story, [holm, ActorId(999)]).unwrap().rows.len() < 2);
}

#[test]
fn companions_are_counted_and_lead_to_what_is_between_them() {
    let World { store, story, orrunda, selmara, holm, .. } = world();
    let beside = |of| {
        let one = |beside: store::view::Companion| {
            (beside.actor.id, beside.stories, beside.articles, beside.acts, beside.both_stand.is_some())
        };
        store.companions(of, 9).unwrap().into_iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(beside(orrunda), [(selmara, 1, 2, 1, false), (holm, 1, 1, 0, false)]);
    assert_eq!(beside(holm), [(selmara, 1, 2, 0, false), (orrunda, 1, 1, 0, false)]);
    assert_eq!(store.companions(orrunda, 1).unwrap()[0].newest.id, story);
    assert_eq!(store.companions(ActorId(999), 9).unwrap().len(), 0);
}

#[test]
fn people_merge_and_split_those_who_act_and_stand() {
    let World { store, orrunda, selmara, holm, .. } = world();
    store.write(|writer| writer.merge_actors(holm, selmara, noon(90))).unwrap();
    assert_eq!(store.actor_positions(selmara).unwrap().len(), 1);
    let apart = store.write(|writer| writer.split_actor(selmara, "holm", noon(91))).unwrap();
    assert_eq!(store.actor_positions(apart).unwrap().len(), 1, "positions go with the name");
    assert_eq!(store.actor_positions(selmara).unwrap().len(), 0);
    store.write(|writer| writer.merge_actors(selmara, orrunda, noon(92))).unwrap();
    let apart = store.write(|writer| writer.split_actor(orrunda, "selmara", noon(93))).unwrap();
    assert_eq!(acts(&store, apart, ActsQuery::default()).0, [REJECTS, ACCUSES], "and acts, on both sides");
    assert_eq!(store.check().unwrap().damages, Vec::<String>::new());
}

#[test]
fn acts_go_out_and_in_again_and_are_forgotten_with_their_outlet() {
    let World { store, selmara, .. } = world();
    let mut export = Vec::new();
    store.export(&mut export).unwrap();
    let other = Store::in_memory().unwrap();
    other.import(export.as_slice()).unwrap();
    assert_eq!(acts(&other, selmara, ActsQuery::default()), acts(&store, selmara, ActsQuery::default()));
    store
        .write(|writer| writer.forget_outlets(&["a.example", "b.example", "c.example", "d.example"]))
        .unwrap();
    let rows = store.counts().unwrap();
    let count = |table: &str| rows.iter().find(|(name, _)| *name == table).unwrap().1;
    assert_eq!((count("act"), count("position"), count("actor")), (0, 0, 0));
}
