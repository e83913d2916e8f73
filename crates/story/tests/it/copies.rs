//! Copies are folded under their original.

use crate::newsroom::{Story, assign, experienced, told};
use news::ArticleId;

const AGENCY: &str = "LEMBURG (AP) - Delegates of Varnia and Lemberia left the table on Thursday without a word to the press. \
    The mediator, Ilse Tarn, said that both sides had asked for a pause until the weekend. \
    A draft on the five border districts, seen by this agency, leaves open who would police them. \
    In the streets of Lemburg shopkeepers took down the flags that they had put up for the opening. \
    The last round ended in March after a dispute over the order of speakers and the shape of the map.";

const OWN: &str = "The talks in Lemburg have come to a halt. Three delegates told our reporter in the lobby that a paper on the \
    border districts had been withdrawn at noon. Ilse Tarn, who leads the talks, wants to try again on Saturday, and \
    flags were being rolled up in the old town as the evening came.";

fn stream() -> Vec<Story> {
    let edited = AGENCY.replace("Thursday", "Thursday evening").replace("LEMBURG (AP) - ", "");
    let longer = format!("{AGENCY}\nOur readers can write to the desk about the talks at any time.");
    vec![
        told("first.example", 100, "Delegates leave talks in Lemburg", &edited),
        told("apnews.com", 104, "Varnia and Lemberia delegates leave table in Lemburg", AGENCY),
        told("second.example", 110, "Lemburg talks pause until weekend", &longer),
        told("third.example", 120, "Talks in Lemburg halted as paper on border districts is withdrawn", OWN),
    ]
}

#[test]
fn reprints_are_copies_and_reports_are_not() {
    let decisions = assign(&mut experienced(), &stream());
    assert!(decisions.iter().all(|d| d.story == decisions[0].story), "{decisions:?}");
    assert_eq!(decisions[0].original, None);
    assert_eq!(decisions[1].original, Some(ArticleId(1)), "it came second, even if it is the agency's");
    assert_eq!(decisions[3].original, None, "an own report is no copy");
}

#[test]
fn the_credited_agency_is_the_original_if_it_came_before() {
    let mut stream = stream();
    stream.swap(0, 1);
    let decisions = assign(&mut experienced(), &stream);
    assert_eq!(decisions[0].original, None);
    assert_eq!(decisions[1].original, Some(ArticleId(1)));
    assert_eq!(decisions[2].original, Some(ArticleId(1)));
}

#[test]
fn a_copy_is_turned_round_when_its_original_comes_later() {
    let credits = AGENCY.replace("Thursday", "Thursday evening");
    let stream = [
        told("first.example", 100, "Delegates leave talks in Lemburg", &credits),
        told("second.example", 110, "Lemburg talks pause until weekend", &credits),
        told("apnews.com", 104, "Varnia and Lemberia delegates leave table in Lemburg", AGENCY),
        told("third.example", 120, "Lemburg talks come to a halt", &credits),
    ];
    let decisions = assign(&mut experienced(), &stream);
    let originals: Vec<_> = decisions.iter().map(|decision| decision.original).collect();
    assert_eq!(originals, [None, Some(ArticleId(1)), None, Some(ArticleId(3))]);
    let turned: Vec<_> = decisions.iter().map(|decision| decision.turned).collect();
    assert_eq!(turned, [None, None, Some(ArticleId(1)), None], "the agency's own text");
}

#[test]
fn of_two_papers_the_one_that_published_first_is_the_original() {
    let own = AGENCY.replace("LEMBURG (AP) - ", "");
    let stream = [
        told("second.example", 110, "Lemburg talks pause until weekend", &own),
        told("first.example", 100, "Delegates leave talks in Lemburg", &own),
        told("third.example", 120, "Lemburg talks come to a halt", &own),
    ];
    let decisions = assign(&mut experienced(), &stream);
    let found: Vec<_> = decisions.iter().map(|decision| (decision.original, decision.turned)).collect();
    assert_eq!(found, [(None, None), (None, Some(ArticleId(1))), (Some(ArticleId(2)), None)]);
}

#[test]
fn a_teaser_is_a_copy_of_the_same_words_in_its_story_only() {
    const TEASER: &str = "Delegates of Varnia and Lemberia left the table on Thursday without a word to the press, the mediator said.";
    let edited = TEASER.replace("Thursday", "Friday");
    let stream = [
        told("a.example", 0, "Talks in Lemburg halted as delegates leave", TEASER),
        told("b.example", 5, "Talks in Lemburg halted as delegates leave", TEASER),
        told("c.example", 9, "Talks in Lemburg halted as delegates leave", &edited),
    ];
    let decisions = assign(&mut experienced(), &stream);
    let originals: Vec<_> = decisions.iter().map(|decision| decision.original).collect();
    assert_eq!(originals, [None, Some(ArticleId(1)), None]);
}

#[test]
fn the_same_headline_over_another_text_is_no_copy() {
    let stream = [
        told("a.example", 0, "Talks in Lemburg halted", AGENCY),
        told("b.example", 5, "Talks in Lemburg halted", OWN),
    ];
    let decisions = assign(&mut experienced(), &stream);
    assert_eq!(decisions[0].story, decisions[1].story);
    assert_eq!(decisions[1].original, None);
}
