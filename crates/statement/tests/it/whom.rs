//! Whom "he" and "she" mean, and who is nobody's speaker.

use news::{Language, Name, NameKind};

/// Speakers of a text's statements in order; those in `known` are known for people.
fn speakers(text: &str, known: &[&str]) -> Vec<Option<String>> {
    let person = |name: &&str| Name {
        text: (*name).to_owned(),
        key: name.to_lowercase(),
        kind: NameKind::Person,
        mentions: 1,
        in_title: false,
        by_word: false,
    };
    let names: Vec<Name> = known.iter().map(person).collect();
    let found = statement::attribute(text, Language::ENGLISH, &names);
    found.into_iter().map(|found| found.speaker).collect()
}

/// The last speaker of a text.
#[track_caller]
fn last(text: &str, known: &[&str], speaker: Option<&str>) {
    let found = speakers(text, known).pop().flatten();
    assert_eq!(found.as_deref(), speaker, "{text}");
}

#[test]
fn whose_view_a_sentence_tells_is_who_goes_on() {
    for opening in ["For Karst", "According to Karst", "As for Karst"] {
        let text = format!(
            "“We want a deal,” Tolliver told reporters before his lunch with Viktor Kern.\n\n\
            {opening}, the talks between Kern and Tolliver could hit a rock. “A dam would be the end of it,” he said."
        );
        last(&text, &["Viktor Kern"], Some("Karst"));
    }
    last("For Ada Holm, the dam may break. “It will be wet,” she said.", &[], Some("Ada Holm"));
    last("For years, Viktor Kern waited. “It will be wet,” he said.", &[], Some("Viktor Kern"));
}

#[test]
fn company_is_not_who_speaks() {
    for text in [
        "A lunch with Viktor Kern was long. “It was cold,” he said.",
        "The trial of President Viktor Kern went on. “It was cold,” he said.",
        "The war between Ivo Karst and Viktor Kern went on. “It was cold,” he said.",
    ] {
        last(text, &["Viktor Kern"], None);
    }
    let told = "Neo Tarrant, an analyst, looked on. The talks between Viktor Kern and Ivo Karst went on. “It was cold,” he said.";
    last(told, &["Viktor Kern", "Ivo Karst"], Some("Neo Tarrant"));
}

#[test]
fn of_whom_the_last_sentence_tells_comes_before_who_is_known() {
    let text = "The dam of Lorvane drew Viktor Kern to the river. Neo Tarrant was there too. “It was cold,” he said.";
    last(text, &["Viktor Kern"], Some("Neo Tarrant"));
}

#[test]
fn who_holds_no_name_is_not_told_of() {
    let text = "The Sarn County Republican club was full. Viktor Kern was seen. The Republican nominee flew to the dam. “It was cold,” he said.";
    last(text, &["Viktor Kern"], Some("Viktor Kern"));
}

#[test]
fn who_took_a_picture_says_nothing() {
    for credit in
        ["Ned Tolliver/Meridian Pictures", "Photo by Ned Tolliver", "(Ned Tolliver / Meridian Pictures)"]
    {
        let text = format!("The dam broke on Monday. {credit}\n\n“It was loud,” he said.");
        last(&text, &["Ned Tolliver"], None);
    }
    let shown =
        "President Viktor Kern at the dam. (Ned Tolliver/Meridian Pictures)\n\n“It was loud,” she said.";
    last(shown, &["Viktor Kern"], None);
}

#[test]
fn part_of_a_place_and_of_a_label_is_nobody() {
    last("A senator in Port Lorvane, D.C., said the dam was old.", &[], None);
    let text = "MEMBER: Why did the dam break?\nVIKTOR KERN: It was old.\nMEMBER: Who will pay?";
    assert!(speakers(text, &[]).iter().flatten().all(|name| name != "MEMBER"), "{:?}", speakers(text, &[]));
}

#[test]
fn a_headline_in_capitals_names_who_speaks_and_no_more() {
    for (headline, speaker) in [
        ("Kern Tells Lorvane He Is Open to Talks on the Dam", Some("Kern")),
        ("Supreme Court Orders Ex-President Kern to Be Put Under House Arrest", Some("Supreme Court")),
        ("Harbour Board Says Ferries Will Sail on Friday", Some("Harbour Board")),
        ("Ada Holm Says ‘We Will Never Sell the Dam’", Some("Ada Holm")),
        ("United States Says It Will Leave Talks", Some("United States")),
        ("Dam Will Fail, Warns Ada Holm", Some("Ada Holm")),
        ("L.R. Report Finds Widespread Rot in Dams", None),
    ] {
        last(headline, &[], speaker);
    }
}

#[test]
fn one_person_is_one_speaker() {
    let text = "Ada Maria Holm said that the dam was old. Ada Holm said that it would break. Viktor Holm said that it would not.";
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(speakers(text, &[]), [named("Ada Maria Holm"), named("Ada Maria Holm"), named("Viktor Holm")]);
    let praised = "Billionaire Ada Holm was at the dam. Ada Holm praised it. “It is a good dam,” Holm said.";
    last(praised, &[], Some("Ada Holm"));
    last("PM Holm said the dam will stay.", &[], Some("Holm"));
}
