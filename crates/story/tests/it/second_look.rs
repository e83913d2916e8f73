//! What a second look sees, and what people decided before it.

use crate::newsroom::{Story, assign, at, experienced, headline, told, with_arrival};
use news::{ArticleId, StoryId};
use story::{Arrival, Impression, Place, Revision, Stories};

/// Reports of two happenings, three each.
fn two() -> Vec<Story> {
    let strait = [
        "Varnia closes Kessel Strait to tankers",
        "Kessel Strait closed to tankers by Varnia",
        "Tankers wait as Varnia closes Kessel Strait",
    ];
    let museum = [
        "Museum in Holmgard finds ship from bronze age",
        "Bronze age ship found under museum in Holmgard",
        "Ship from bronze age surprises museum in Holmgard",
    ];
    (0_i64..).zip(strait.into_iter().chain(museum)).map(|(n, title)| headline(100 + n * 7, title)).collect()
}

/// Stories in which all of `stream` was put into one.
fn glued(stream: &[Story]) -> Stories {
    let mut stories = experienced();
    stories.revise(at(90));
    for (article, id) in stream.iter().zip(1_i64..) {
        with_arrival(article, id, |arrival| stories.remember(arrival, StoryId(900), None));
    }
    stories
}

#[test]
fn two_happenings_in_one_story_are_parted() {
    let revisions = glued(&two()).revise(at(200));
    let parted: Vec<&Revision> =
        revisions.iter().filter(|revision| matches!(revision, Revision::Split { .. })).collect();
    let [Revision::Split { from, articles, .. }] = parted.as_slice() else { panic!("{revisions:?}") };
    let mut numbers: Vec<i64> = articles.iter().map(|article| article.0).collect();
    numbers.sort_unstable();
    assert_eq!(*from, StoryId(900));
    assert!(numbers == [1, 2, 3] || numbers == [4, 5, 6], "{numbers:?}");
}

#[test]
fn what_was_looked_at_before_a_restart_is_left_as_it_is() {
    let mut stories = glued(&two());
    stories.settle();
    assert!(stories.is_settled());
    assert!(stories.revise(at(200)).is_empty());
    assign(&mut stories, &[headline(201, "Varnia closes Kessel Strait to all tankers")]);
    assert!(!stories.is_settled(), "new evidence");
    assert!(!stories.revise(at(202)).is_empty());
}

#[test]
fn a_stranger_moves_to_its_own_story() {
    let stream = two();
    let mut stories = glued(&stream[..4]);
    for (article, id) in stream[4..].iter().zip(5_i64..) {
        with_arrival(article, id, |arrival| stories.remember(arrival, StoryId(901), None));
    }
    let moved = Revision::Move { from: StoryId(900), into: StoryId(901), articles: vec![ArticleId(4)] };
    assert!(stories.revise(at(200)).contains(&moved));
    assert!(stories.revise(at(201)).is_empty(), "once is enough");
}

#[test]
fn what_people_put_together_stays_together() {
    let stream = two();
    let mut stories = glued(&stream[..3]);
    for (article, id) in stream[3..].iter().zip(4_i64..) {
        with_arrival(article, id, |arrival| stories.remember(arrival, StoryId(901), None));
    }
    stories.unite(StoryId(901), StoryId(900));
    assert_eq!(stories.revise(at(200)), []);
}

#[test]
fn what_people_parted_stays_apart() {
    let mut stories = glued(&two()[..3]);
    stories.put(&[ArticleId(3)], StoryId(900), StoryId(950));
    assert!(stories.revise(at(200)).is_empty(), "it would have come back");
    let mut stories = glued(&two()[..2]);
    with_arrival(&two()[2], 3, |arrival| stories.remember(arrival, StoryId(901), None));
    let mut free = stories.clone();
    stories.keep_apart(StoryId(901), StoryId(900));
    assert_eq!(free.revise(at(200)), [Revision::Merge { from: StoryId(901), into: StoryId(900) }]);
    assert!(stories.revise(at(200)).is_empty());
}

#[test]
fn what_is_muted_and_what_is_not_stay_two() {
    let mut free = glued(&two()[..2]);
    with_arrival(&two()[2], 3, |arrival| free.remember(arrival, StoryId(901), None));
    let merged = [Revision::Merge { from: StoryId(901), into: StoryId(900) }];
    let mut one = free.clone();
    one.mute(StoryId(901), true);
    let mut both = one.clone();
    both.mute(StoryId(900), true);
    let mut heard_again = one.clone();
    heard_again.mute(StoryId(901), false);
    assert!(one.revise(at(200)).is_empty());
    for mut alike in [free, both, heard_again] {
        assert_eq!(alike.revise(at(200)), merged);
    }
}

#[test]
fn an_impression_is_the_article() {
    let text = "Varnia shut the Kessel Strait to all tankers on Monday, the navy said. Oil prices jumped within minutes of \
        the announcement, and forty ships turned back before noon. LEMBURG (AP)";
    let stream: Vec<Story> =
        two().into_iter().chain([told("b.example", 150, "Varnia shuts the 2nd strait", text)]).collect();
    let (mut read, mut kept) = (experienced(), experienced());
    for (article, id) in stream.iter().zip(1_i64..) {
        with_arrival(article, id, |arrival: &Arrival| {
            let bytes = Impression::of(arrival).to_bytes();
            let impression = Impression::from_bytes(&bytes).expect("what was written can be read");
            assert_eq!(impression.to_bytes(), bytes);
            assert_eq!(read.assign(arrival), kept.assign_impression(&Place::from(arrival), impression));
            for end in 0..bytes.len() {
                // A part of it is no impression, or one without a meaning; it never does harm.
                let _ = Impression::from_bytes(&bytes[..end]);
            }
        });
    }
    assert!(assign(&mut read, &two()).iter().all(|decision| !decision.opened));
}

/// Three reports each of two steps of one affair, and of a second quake of another strength far away.
#[test]
fn splinters_of_an_affair_come_together_and_look_alikes_do_not() {
    let strait = [
        "Varnia closes Kessel Strait to tankers",
        "Tankers turn back as Varnia closes Kessel Strait",
        "Kessel Strait closed: Varnia stops forty tankers",
    ];
    let oil = [
        "Oil price jumps after Varnia closes Kessel Strait",
        "Closed Kessel Strait drives oil price up, Varnia unmoved",
        "Varnia's closed Kessel Strait: oil at highest price in years",
    ];
    let near = [
        "Magnitude 6.1 quake shakes Lemburg",
        "Lemburg hit by 6.1 magnitude quake",
        "Quake of magnitude 6.1 in Lemburg, roofs fall",
    ];
    let far = [
        "Magnitude 5.4 quake shakes Ostrava Bay",
        "Ostrava Bay hit by 5.4 magnitude quake",
        "Quake of magnitude 5.4 in Ostrava Bay, no one hurt",
    ];
    let mut stories = experienced();
    stories.revise(at(90));
    let told = [strait, oil, near, far].into_iter().zip(900_i64..);
    let reports = told.flat_map(|(titles, story)| titles.map(|title| (title, StoryId(story))));
    for ((title, story), id) in reports.zip(1_i64..) {
        with_arrival(&headline(100 + id * 7, title), id, |arrival| stories.remember(arrival, story, None));
    }
    let merged = Revision::Merge { from: StoryId(901), into: StoryId(900) };
    assert_eq!(stories.revise(at(200)), [merged]);
}
