//! English, by the learned models.

use crate::{check, told};
use news::{Language, QuoteKind};
use statement::Sheet;

#[test]
fn direct_and_resumed() {
    check(
        "en",
        "\"We will not sign the treaty on Friday,\" said Ada Holm, the harbour minister of Lorvane. \"There is nothing to sign.\"",
        &[
            "Ada Holm | Ada Holm, the harbour minister of Lorvane | said | \"We will not sign the treaty on Friday,\" / \"There is nothing to sign.\"",
        ],
    );
}

#[test]
fn a_quotation_over_paragraphs_is_one() {
    check(
        "en",
        "“The ferry was never safe,” Holm said. “We warned the board twice.\n\n“Nobody listened to us at all.”\n\nThe board met.",
        &[
            "Holm | Holm | said | “The ferry was never safe,” / “We warned the board twice. / “Nobody listened to us at all.”",
        ],
    );
}

#[test]
fn indirect_with_office_and_pronoun() {
    let text = "President Viktor Kern opened the talks. The president said he expects a deal. Ms. Ada Holm left early. She said the ferry would not sail.";
    let found = statement::attribute(text, Language::ENGLISH, &[]);
    assert_eq!(
        told(text, &found),
        [
            "Viktor Kern | The president | said | he expects a deal",
            "Ada Holm | She | said | the ferry would not sail"
        ]
    );
    assert!(found.iter().all(|found| found.kind == QuoteKind::Indirect));
}

#[test]
fn circumstances() {
    let text = "\"There is nothing to sign,\" Holm told reporters in a phone briefing.";
    let found = statement::attribute(text, Language::ENGLISH, &[]);
    assert_eq!(found[0].addressee.map(|span| span.of(text)), Some("reporters"));
    assert_eq!(found[0].occasion.map(|span| span.of(text)), Some("in a phone briefing"));
    let before = "\"There is nothing to sign,\" Holm told reporters ahead of her talks with Kern.";
    let told = statement::attribute(before, Language::ENGLISH, &[]);
    assert_eq!(told[0].addressee.map(|span| span.of(before)), Some("reporters"));
    assert!(!found[0].negated);
    for text in ["Mr. Kern did not say that the ferry would sail.", "Holm never said that it would sail."] {
        assert!(statement::attribute_by_rules(text, Language::ENGLISH, &[])[0].negated, "{text}");
    }
}

#[test]
fn scare_quotes_and_titles_are_nobodys() {
    check("en", "The so-called \"green\" ferry is listed in \"A Guide to Lorvane\" on page two.", &[]);
}

#[test]
fn a_sentence_in_marks_without_a_speaker_stays_unattributed() {
    let text = "The banner hung over the harbour all day. \"No treaty without the people of Lorvane and their boats.\"";
    let found = statement::attribute(text, Language::ENGLISH, &[]);
    assert!(found.iter().all(|found| found.speaker.is_none()), "{:?}", told(text, &found));
}

#[test]
fn ranks_seats_and_shouted_lines_are_no_names() {
    let text = "Secretary of State Ada Holm met reporters. Holm said the ferry sails. Marigold Bank CEO Ivo Karst said that the bank would close its branches. \
                CLICK HERE FOR MORE. Kremlin spokesman Oleg Tarn said that the talks would go on until Friday. Follow us. Palace officials said nothing was signed.";
    let found = statement::read(&Sheet::of(text), Language::ENGLISH, &[]);
    let names: Vec<_> = found.introduced.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(names, ["Ada Holm", "Ivo Karst", "Oleg Tarn"]);
    let speakers: Vec<_> = found.attributions.iter().map(|found| found.speaker.as_deref()).collect();
    assert_eq!(speakers, [Some("Ada Holm"), Some("Ivo Karst"), Some("Oleg Tarn"), None]);
}

#[test]
fn a_knight_goes_by_the_given_name() {
    let text = "Prime Minister Oda Ferrin arrived on Monday. Dame Oda said that the treaty would be signed on Friday.";
    let found = statement::attribute(text, Language::ENGLISH, &[]);
    assert_eq!(found.last().and_then(|found| found.speaker.as_deref()), Some("Oda Ferrin"));
}

#[test]
fn a_name_inside_a_description_is_not_who_speaks() {
    let text = "Evidence found in a raid on the harbour shop of the dealer Ivo Karst confirmed that the vases were stolen. \
                Secretary of State Ada Holm said that the vases would be returned.";
    let found = statement::attribute(text, Language::ENGLISH, &[]);
    let speakers: Vec<_> = found.iter().map(|found| found.speaker.as_deref()).collect();
    assert!(!speakers.contains(&Some("Ivo Karst")) && speakers.contains(&Some("Ada Holm")), "{speakers:?}");
}

#[test]
fn offices_stand_before_and_behind_a_name() {
    let text = "Deputy foreign minister Ada Holm spoke. Valdoran Prime Minister Oda Ferrin left. Ivo Karst, the harbour minister of \
                Lorvane, said nothing changes. The prime minister said she would return. Mr. Kern agreed.";
    let found = statement::read(&Sheet::of(text), Language::ENGLISH, &[]);
    let offices: Vec<_> = found
        .introduced
        .iter()
        .map(|named| {
            (named.name.as_str(), named.offices.iter().map(|span| span.of(text)).collect::<Vec<_>>())
        })
        .collect();
    let expected = [
        ("Ada Holm", vec!["Deputy foreign minister"]),
        ("Oda Ferrin", vec!["Valdoran Prime Minister"]),
        ("Ivo Karst", vec!["harbour minister of Lorvane"]),
    ];
    assert_eq!(offices, expected);
    let said = found.attributions.iter().find(|found| found.office.is_some()).unwrap();
    assert_eq!(said.office.map(|span| span.of(text)), Some("prime minister"));
}

#[test]
fn who_is_meant_by_she_and_by_an_office() {
    // A newspaper is no "she", a line in capitals no first name, and a former minister not "the minister".
    let speakers = |text: &str| -> Vec<Option<String>> {
        let found = statement::attribute(text, Language::ENGLISH, &[]);
        found.into_iter().map(|found| found.speaker).collect()
    };
    let text = "Ms. Ada Holm met the Harbour Telegraph on Monday. She said the ferry would sail.";
    assert_eq!(speakers(text), [Some("Ada Holm".to_owned())]);
    let text = "Mr. Ivo Karst was in Lorvane.\nCLICK HERE TO GET THE HARBOUR NEWS APP Karst left. “We will not sail on Friday,” Karst said.";
    assert_eq!(speakers(text).last(), Some(&Some("Ivo Karst".to_owned())));
    let text = "Former Prime Minister Ivo Karst left. Prime Minister Ada Holm stayed. The prime minister said that the ferry would sail.";
    assert_eq!(speakers(text).last(), Some(&Some("Ada Holm".to_owned())));
}

#[test]
fn what_nobody_said_is_no_statement() {
    for text in [
        "Armand Holm, 61, was found guilty of taking bribes over seven years and acquitted of forgery.",
        "Storm Wendeline pushed the sea to its highest level in ten years.",
        "Wendeline passes Cape Merrin; one road closed",
        "Wendeline: Boats doubled up in the inner basin",
        "Shipping shares rise on hopes of end to harbour levy",
        "Amber warning for the east coast as Wendeline nears",
        "Lorvanian PM says he takes no orders from the president",
        "Ms Ellery did not take questions. Asked by the Courier how nine curves could fit 1,412 hooks, she left the room.",
    ] {
        let found = statement::attribute(text, Language::ENGLISH, &[]);
        assert!(found.iter().all(|found| found.speaker.is_none()), "{:?}", told(text, &found));
    }
}

#[test]
fn a_place_holds_no_office_and_a_role_is_no_name() {
    let text = "In Belmorra, the spokesman of President Isaura Quintel, Damar Ozteri, told reporters that the talks would go on. \
                Goalkeeper Ned Tolliver said that he had believed him. The Farmers' League said it would support the plan.";
    let found = statement::read(&Sheet::of(text), Language::ENGLISH, &[]);
    let bears = |named: &&news::Introduced| !named.offices.is_empty();
    assert!(
        found.introduced.iter().filter(bears).all(|named| named.name != "Belmorra"),
        "{:?}",
        found.introduced
    );
    let speakers: Vec<_> = found.attributions.iter().filter_map(|found| found.speaker.as_deref()).collect();
    assert_eq!(speakers, ["Damar Ozteri", "Ned Tolliver"]);
}

/// Speakers of a text's statements in order.
fn speakers(text: &str) -> Vec<Option<String>> {
    let found = statement::attribute(text, news::Language::ENGLISH, &[]);
    found.into_iter().map(|found| found.speaker).collect()
}

fn named(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn whose_party_is_his_is_not_she() {
    let text = "Viktor Kern conceded defeat after his Citizens' Bloc fell to second place.\n\n\
        “The voters have spoken,” Kern told supporters.\n\n\
        The Labour Alliance of Ada Holm won. Holm needs two partners. She has ruled out a deal with the Citizens' Bloc.\n\n\
        “We will knock on every door,” she said.";
    let kern = named("Viktor Kern");
    assert_eq!(speakers(text), [kern.clone(), kern, named("Ada Holm"), named("Ada Holm")]);
}

#[test]
fn a_pronoun_between_two_people_is_nobody() {
    let text = "“The harbour closes,” Viktor Kern said. The trial of Ada Holm opened on Monday.\n\n“It is a farce,” she said.";
    assert_eq!(speakers(text), [named("Viktor Kern"), None]);
    let unnamed = "“We go,” Viktor Kern told reporters. A docker who saw the fire said it began at noon. “It was loud,” he said.";
    assert_eq!(speakers(unnamed).last(), Some(&None));
    let same = "“We go,” Viktor Kern told reporters. “It was loud,” he said.";
    assert_eq!(speakers(same), [named("Viktor Kern"), named("Viktor Kern")]);
}

#[test]
fn a_paragraph_that_runs_on_is_whose_cue_ends_it() {
    let text = "Viktor Kern has refused the offer.\n\n“I take no orders,” Kern told reporters. He had waited, he said.\n\n\
        His minister, Ada Holm, said that the neighbours had “answered as friends answer”.\n\n\
        “We were told to wait. We waited.\n\n“This time I want to see it,” he added.";
    let found = statement::attribute(text, news::Language::ENGLISH, &[]);
    let waited =
        found.iter().filter(|found| found.content.iter().any(|span| span.of(text).contains("told to wait")));
    let told: Vec<_> = waited.map(|found| (found.content.len(), found.speaker.as_deref())).collect();
    assert!(matches!(told.as_slice(), [(2, None | Some("Viktor Kern"))]), "{told:?}");
}

#[test]
fn the_narrator_between_two_quotations_is_no_part_of_them() {
    let text = "“We have considered long enough,” Ada Holm said to some laughter from the benches behind her. “We will be on the river.”";
    let found = statement::attribute(text, news::Language::ENGLISH, &[]);
    let words: Vec<Vec<&str>> =
        found.iter().map(|found| found.content.iter().map(|span| span.of(text)).collect()).collect();
    assert_eq!(words, [["“We have considered long enough,”", "“We will be on the river.”"]]);
}

#[test]
fn what_somebody_speaks_about_is_not_said() {
    let text = "Orrunda speaks about land and Selmara about soldiers.";
    assert!(statement::attribute(text, news::Language::ENGLISH, &[]).is_empty());
}

#[test]
fn what_is_done_is_not_said() {
    for text in [
        "The port also summoned Selmara's ambassador.",
        "The port has suspended talks on a trade deal with Selmara.",
        "The port also targeted the shadow fleet with 100 new sanctions.",
        "The port also issued sanctions on several prominent settlers.",
        "Lorvane recalled its ambassador on Friday.",
        "Holm also seemed perplexed by Kern's tariffs strategy.",
    ] {
        let found = statement::attribute(text, Language::ENGLISH, &[]);
        assert!(found.is_empty(), "{:?}", told(text, &found));
    }
    for (text, words) in [
        ("Ada Holm recalled that the dam had been old.", "that the dam had been old"),
        ("The port threatened to suspend talks on a trade deal.", "to suspend talks on a trade deal"),
    ] {
        let found = statement::attribute(text, Language::ENGLISH, &[]);
        let said: Vec<_> = found.iter().flat_map(|found| &found.content).map(|span| span.of(text)).collect();
        assert_eq!(said, [words], "{text}");
    }
}
