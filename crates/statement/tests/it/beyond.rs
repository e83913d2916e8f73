//! What stands beside somebody's words and is none of them; words without a comma in front.

use crate::check;
use news::Language;

/// Content of a text's statements.
fn contents(text: &str) -> Vec<String> {
    let found = statement::attribute(text, Language::ENGLISH, &[]);
    let all = found.into_iter().flat_map(|found| found.content);
    all.map(|span| span.of(text).to_owned()).collect()
}

#[test]
fn what_follows_words_that_are_over_is_not_said() {
    for text in [
        "“We are joined at the hip,” Ada Holm told the state radio before flying to Lorvane to meet Viktor Kern.",
        "“We are joined at the hip,” Ada Holm told Lorvanian state television before flying to Selmara to meet Kern.",
        "“We are joined at the hip,” Ada Holm told a hearing in Port Lorvane.",
    ] {
        assert_eq!(contents(text), ["“We are joined at the hip,”"], "{text}");
    }
    let added = "“It is over,” Ada Holm said, adding that the plan would be dropped before summer.";
    assert_eq!(contents(added), ["“It is over,”", "that the plan would be dropped before summer"]);
}

#[test]
fn what_something_is_called_is_not_said() {
    let text = "In an interview on “Morning Lorvane,” Ada Holm admitted that the name of the dam was wrong.";
    assert_eq!(contents(text), ["that the name of the dam was wrong"]);
}

#[test]
fn who_listens_is_not_said() {
    let text = "Ada Holm defended the dam, telling a hearing that it’s “a small step” that “nobody needs.”";
    let told = contents(text);
    assert!(told.contains(&"that it’s “a small step” that “nobody needs.”".to_owned()), "{told:?}");
}

#[test]
fn an_occasion_is_not_said() {
    for (text, words) in [
        ("Ada Holm ruled out foreign peacekeepers on her country's state radio.", "foreign peacekeepers"),
        (
            "Selmara calls five sunken districts “non-negotiable” on eve of talks",
            "five sunken districts “non-negotiable”",
        ),
        ("Ada Holm said “we will never sell the dam” and left.", "“we will never sell the dam”"),
    ] {
        assert_eq!(contents(text), [words], "{text}");
    }
}

#[test]
fn words_in_marks_need_no_comma_in_front() {
    for (text, told) in [
        (
            "Prime Minister Ada Holm said “we will never surrender” on Monday.",
            "Ada Holm | Prime Minister Ada Holm | said | “we will never surrender”",
        ),
        (
            "Ned Tolliver said \"the stadium will open in May\".",
            "Ned Tolliver | Ned Tolliver | said | \"the stadium will open in May\"",
        ),
        (
            "Ada Holm told reporters “we will never surrender”.",
            "Ada Holm | Ada Holm | told | “we will never surrender”",
        ),
    ] {
        check("en", text, &[told]);
    }
    check(
        "de",
        "Ministerin Ada Holm sagte „wir gehen niemals nach Hause“ am Montag.",
        &["Ada Holm | Ministerin Ada Holm | sagte | „wir gehen niemals nach Hause“"],
    );
    check(
        "fr",
        "La ministre Ada Holm a dit « nous ne partirons jamais » lundi.",
        &["Ada Holm | La ministre Ada Holm | dit | « nous ne partirons jamais »"],
    );
}
