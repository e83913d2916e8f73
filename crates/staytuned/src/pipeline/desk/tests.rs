//! The desk beside a database that fails, and what is done twice.

use super::{Desk, ReadingRoom};
use crate::pipeline::intake::{self, Arrived};
use crate::pipeline::read::{self, ReadEntry};
use jiff::SignedDuration;
use news::{ArticleId, Correction, Entry, FeedId, Language, Phase, StoryId, StoryTitle, Timestamp};
use std::sync::Arc;
use store::view::{CorrectionState, Found};
use store::{Description, NewFeed, Store, StoreError};
use story::{Dated, Impression};

const MUTING_FAILS: &str = "CREATE TRIGGER broken BEFORE UPDATE OF muted_at ON story
    BEGIN SELECT RAISE (ABORT, 'broken'); END";

/// Fills a disk that has no room left.
const MUTING_IS_LARGE: &str = "CREATE TRIGGER large BEFORE UPDATE OF muted_at ON story
    BEGIN INSERT INTO setting (key, value) VALUES ('large', hex(zeroblob(200000))); END";

struct Rig {
    _folder: tempfile::TempDir,
    store: Arc<Store>,
    room: Arc<ReadingRoom>,
    feed: FeedId,
}

/// A Tuesday.
fn morning() -> Timestamp {
    "2026-03-10T08:00:00Z".parse().unwrap()
}

impl Rig {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(&folder.path().join("staytuned.db")).unwrap());
        let feed = NewFeed {
            url: "recorded:herald".to_owned(),
            host: "herald.example".to_owned(),
            ..NewFeed::default()
        };
        let feed = store.add_feed(&feed, morning()).unwrap().id;
        Self { _folder: folder, store, room: Arc::default(), feed }
    }

    fn desk(&self, now: Timestamp) -> Desk {
        Desk::open(&self.store, &self.room, now).unwrap()
    }

    /// A form of an entry, accepted and read.
    fn read(&self, guid: &str, title: &str, text: &str, at: Timestamp) -> Vec<ReadEntry> {
        let entry = Entry {
            guid: Some(guid.to_owned()),
            title: Some(title.to_owned()),
            content: Some(format!("<p>{text}</p>")),
            published: Some(at),
            language: Some(Language::ENGLISH),
            ..Entry::default()
        };
        let arrived = Arrived::recorded(vec![entry]);
        self.store.write(|writer| intake::take_in(writer, self.feed, arrived, at)).unwrap();
        let entries = self.store.claim_entries(9, at, at + SignedDuration::from_mins(10), &[]).unwrap();
        let articles = entries.into_iter().map(|entry| {
            let article = read::from_feed(&entry).into_article();
            (entry, article)
        });
        let read: Vec<ReadEntry> = read::read_all(&self.room, articles.collect()).collect();
        assert_eq!(read.len(), 1);
        read
    }

    fn state(&self, correction: i64) -> CorrectionState {
        self.store.correction(correction).unwrap().unwrap().state
    }
}

const AGROUND: &str = "Ferry Marigold runs aground off Cape Ness";

#[test]
fn a_form_that_is_read_again_changes_nothing_of_the_later_one() {
    let (rig, noon) = (Rig::new(), morning() + SignedDuration::from_hours(4));
    let mut desk = rig.desk(morning());
    let text = "The ferry Marigold ran aground off Cape Ness on Monday with 212 people on board. Divers come on Thursday.";
    let before = rig.read("1", AGROUND, text, morning());
    desk.file(&before, morning()).unwrap();
    let after =
        rig.read("1", AGROUND, "Corrected: it was the ferry Primrose. It ran aground on Sunday.", noon);
    desk.file(&after, noon).unwrap();
    let told = || {
        let story = rig.store.story(StoryId(1)).unwrap();
        (rig.store.dated(StoryId(1), Dated::VERSION, 9).unwrap(), format!("{story:?}"))
    };
    let kept = told();
    desk.file(&before, noon).unwrap();
    assert_eq!(told(), kept);
    desk.file(&after, noon).unwrap();
    assert_eq!(told(), kept);
}

#[test]
fn an_article_that_is_edited_in_place_tells_each_toll_once() {
    let rig = Rig::new();
    let mut desk = rig.desk(morning());
    let published = || rig.store.developments_known(StoryId(1), 99).unwrap();
    let hour = |hour| morning() + SignedDuration::from_hours(hour);
    let text =
        |dead: u32| format!("At least {dead} people were killed when the ferry Marigold sank off Cape Ness.");
    for (at, dead) in [(0, 12), (1, 19), (2, 40)] {
        let form = rig.read("1", "Ferry Marigold sinks off Cape Ness", &text(dead), hour(at));
        desk.file(&form, hour(at)).unwrap();
        desk.file(&form, hour(at)).unwrap();
        let told = published();
        let said = |piece: &store::view::EvidenceView| piece.text.contains(&dead.to_string());
        let of_it = told.iter().filter(|development| development.evidence.iter().any(said)).count();
        assert_eq!(of_it, 1, "{dead}: {told:?}");
    }
}

#[test]
fn a_report_that_its_outlet_withdraws_is_news_once() {
    let rig = Rig::new();
    let mut desk = rig.desk(morning());
    let hour = |hour| morning() + SignedDuration::from_hours(hour);
    let told = |rig: &Rig| {
        let told = rig.store.developments_known(StoryId(1), 99).unwrap();
        told.iter().filter(|one| one.kind == news::DevelopmentKind::Correction).count()
    };
    let forms = [
        (
            "Warden Oda Ferrin sold the lamps of Cape Ness",
            "The warden Oda Ferrin sold the lamps of Cape Ness light for her own purse.",
            0,
        ),
        (
            "Warden Oda Ferrin sold lamps of Cape Ness light",
            "The warden Oda Ferrin sold the lamps of Cape Ness light for her own purse. She withdrew on Monday.",
            0,
        ),
        (
            "Withdrawn: our report on Oda Ferrin",
            "The Herald has withdrawn the article that stood here. Nobody sold a lamp.",
            1,
        ),
        (
            "Withdrawn: our report on warden Ferrin",
            "The Herald has withdrawn the article that stood here. It apologises to the warden.",
            1,
        ),
    ];
    for (at, (title, text, corrections)) in (0..).zip(forms) {
        let form = rig.read("1", title, text, hour(at));
        desk.file(&form, hour(at)).unwrap();
        assert_eq!(told(&rig), corrections, "{title}");
    }
    let first = rig.store.developments_known(StoryId(1), 99).unwrap().pop().unwrap();
    assert!(first.evidence.iter().all(|piece| piece.gone), "{first:?}");
}

#[test]
fn a_story_opens_with_what_its_first_article_says_first() {
    let rig = Rig::new();
    let mut desk = rig.desk(morning());
    let text = "KESSEL (Agency) — The Kessel valley spent the small hours of Monday out of doors. The prefecture asks \
        everybody to stay at home. A chimney collapsed on the market and killed two dogs.";
    desk.file(rig.read("1", "Quake in the Kessel valley", text, morning()), morning()).unwrap();
    let told = rig.store.developments_known(StoryId(1), 9).unwrap();
    let opening = &told[0].evidence[0].text;
    assert_eq!(opening, "The Kessel valley spent the small hours of Monday out of doors.");
}

#[test]
fn related_stories_stay_related_through_a_restart() {
    let (rig, now) = (Rig::new(), morning());
    let mut desk = rig.desk(now);
    desk.file(rig.read("1", AGROUND, "Tugs are on their way.", now), now).unwrap();
    desk.file(rig.read("2", "Minister resigns over pensions", "He leaves on Friday.", now), now).unwrap();
    let description = Description {
        title: StoryTitle { text: AGROUND.to_owned(), article: ArticleId(1) },
        lead: Vec::new(),
        phase: Phase::Breaking,
        rank: 0.0,
        language: Language::ENGLISH,
        image: None,
        related: vec![StoryId(2)],
    };
    rig.store.write(|writer| writer.describe_story(StoryId(1), &description)).unwrap();
    drop(desk);
    let mut desk = rig.desk(now);
    let more = "Ferry Marigold runs aground off Cape Ness, tugs on their way";
    desk.file(rig.read("3", more, "Tugs are near.", now), now).unwrap();
    assert_eq!(rig.store.story_articles(StoryId(1)).unwrap().len(), 2);
    let Found::Story(shown) = rig.store.story(StoryId(1)).unwrap() else { panic!("no story") };
    assert_eq!(shown.related.iter().map(|story| story.id).collect::<Vec<_>>(), [StoryId(2)]);
}

#[test]
fn what_is_read_again_at_a_start_is_kept_for_the_next() {
    let (rig, now) = (Rig::new(), morning());
    let mut desk = rig.desk(now);
    desk.file(rig.read("1", AGROUND, "Tugs are on their way.", now), now).unwrap();
    let kept = || {
        let mut kept = Vec::new();
        rig.store.remembered(now, 9, Impression::VERSION, |one| kept.push(one.impression)).unwrap();
        kept
    };
    let first = kept();
    assert!(first.len() == 1 && first[0].is_some());
    let older = Impression::VERSION - 1;
    rig.store.write(|writer| writer.keep_impression(ArticleId(1), older, b"of another shape")).unwrap();
    assert_eq!(kept(), [None]);
    drop(desk);
    rig.desk(now);
    assert_eq!(kept(), first);
}

#[test]
fn days_that_were_not_made_before_a_restart_are_made_after_it() {
    let (rig, next) = (Rig::new(), morning() + SignedDuration::from_hours(24));
    let mut desk = rig.desk(morning());
    let text = "The ferry Marigold ran aground off Cape Ness on Monday with 212 people on board, the coast guard said.";
    desk.file(rig.read("1", AGROUND, text, morning()), morning()).unwrap();
    let title = "Ferry Marigold runs aground off Cape Ness, tugs on their way";
    let text =
        "Tugs towed the ferry Marigold off the rocks of Cape Ness on Wednesday. It ran aground on Monday.";
    desk.file(rig.read("2", title, text, next), next).unwrap();
    assert_eq!(rig.store.story_articles(StoryId(1)).unwrap().len(), 2);
    drop(desk);
    assert!(rig.store.days(StoryId(1), 9).unwrap().is_empty());
    rig.desk(next).grow_old(next).unwrap();
    let days = rig.store.days(StoryId(1), 9).unwrap();
    assert!(!days.is_empty());
    assert!(rig.store.undated(9).unwrap().is_empty(), "once");
}

#[test]
fn a_correction_waits_while_the_database_cannot() {
    let (rig, now) = (Rig::new(), morning());
    let story = rig.store.write(|writer| writer.open_story(None, Language::ENGLISH, now)).unwrap();
    let mut desk = rig.desk(now);
    let muted = rig.store.ask_correction(&Correction::Mute { story }, now).unwrap();
    let db = rusqlite::Connection::open(rig.store.path().unwrap()).unwrap();
    db.execute_batch(MUTING_IS_LARGE).unwrap();
    let pages = db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    rig.store.limit_pages(pages).unwrap();
    assert!(matches!(desk.correct(now), Err(StoreError::Full)));
    assert_eq!(rig.state(muted), CorrectionState::Waiting);
    rig.store.limit_pages(u32::MAX - 1).unwrap();
    assert_eq!(desk.correct(now).unwrap(), 1);
    assert_eq!(rig.state(muted), CorrectionState::Done);

    db.execute_batch(MUTING_FAILS).unwrap();
    let unmuted = rig.store.ask_correction(&Correction::Unmute { story }, now).unwrap();
    assert!(desk.correct(now).is_err());
    assert!(matches!(rig.state(unmuted), CorrectionState::Refused(_)), "it would fail again");
}
