//! Where actors stand.

use news::Language;

/// `actor | stance | issue`, with `<` for what is told as taken before; an office in angle brackets.
fn told(text: &str) -> Vec<String> {
    let said = statement::attribute(text, Language::ENGLISH, &[]);
    statement::positions::positions(&statement::Sheet::of(text), news::Language::ENGLISH, &said, &[])
        .iter()
        .map(|position| {
            let office = position.office.map(|office| format!("<{}>", office.of(text)));
            let who = position.actor.clone().or(office).unwrap_or_default();
            let earlier = if position.earlier { "< " } else { "" };
            format!("{who} | {earlier}{} | {}", position.stance.label(), position.issue.of(text))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn headlines() {
    check("Orrunda rules out foreign peacekeepers", &["Orrunda | rules out | foreign peacekeepers"]);
    check(
        "Orrunda calls five annexed districts “non-negotiable” on eve of talks",
        &["Orrunda | rules out | five annexed districts"],
    );
    check("Selmara won't give up the western bank", &["Selmara | rejects | give up the western bank"]);
    check(
        "Valdoire ready to send 2,000 troops to Uplands",
        &["Valdoire | offers | send 2,000 troops to Uplands"],
    );
    check(
        "Lorvane, Valdoire and Brennmark demand a ceasefire",
        &[
            "Brennmark | demands | ceasefire",
            "Valdoire | demands | ceasefire",
            "Lorvane | demands | ceasefire",
        ],
    );
}

#[test]
fn sentences() {
    check(
        "Two days earlier the foreign minister, Leonor Vasquen, had rejected a freeze along the line and ruled out foreign peacekeepers.",
        &[
            "Leonor Vasquen | < rejects | freeze along the line",
            "Leonor Vasquen | < rules out | foreign peacekeepers",
        ],
    );
    check(
        "“Soldiers from countries that did not arm Selmara can be discussed,” said Leonor Vasquen.",
        &["Leonor Vasquen | undecided | Soldiers from countries that did not arm Selmara"],
    );
    check("Lorvane has not committed to observers.", &["Lorvane | undecided | observers"]);
}

#[test]
fn what_is_no_position() {
    for text in [
        "If Orrunda accepts the plan, the talks go on.",
        "The mayor backed away from the microphone.",
        "Orrunda's demands were read out by the mediator.",
        "Renwick welcomed President Isaura Quintel to Port Anselm.",
        "“Orrunda wants to start a war,” said Jorun Talvik.",
        "Jorun Talvik said Orrunda seeks an escalation.",
        "The reading room reopens on Thursday.",
        "The talks are about guarantees that Orrunda will not sign the treaty.",
        "Hurricane Oda threatens the coast of Lorvane",
        "",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_done_on_terms_is_neither_offered_nor_refused() {
    check(
        "Orrunda will withdraw its soldiers only if Selmara disarms.",
        &["Orrunda | conditions | withdraw its soldiers"],
    );
    check(
        "Selmara will not sign the treaty unless the bridge reopens.",
        &["Selmara | conditions | sign the treaty"],
    );
    check(
        "Orrunda agrees to a ceasefire on condition that prisoners are freed",
        &["Orrunda | conditions | ceasefire"],
    );
    check("Orrunda will withdraw its soldiers on Friday.", &[]);
}

#[test]
fn a_demand_that_is_dropped_stands_open() {
    check("Orrunda drops its demand for a buffer zone", &["Orrunda | undecided | buffer zone"]);
    check(
        "Selmara no longer insists on foreign peacekeepers.",
        &["Selmara | undecided | foreign peacekeepers"],
    );
}

#[test]
fn a_welcome_that_leaves_something_open_is_on_terms() {
    check(
        "Talvik welcomed the offer of observers but said it did not meet his demand.",
        &["Talvik | conditions | observers"],
    );
    check("Talvik welcomed the offer of observers.", &["Talvik | agrees | observers"]);
}

#[test]
fn what_happened_or_could_be_said_is_no_position() {
    for text in [
        "In Lorvane, Ada Holm said that the incident was unacceptable.",
        "“The killing of two ferrymen was unacceptable,” said Ada Holm.",
        "Ada Holm said: \"I could say, 'no, no, we want to pay you a billion for the dam,' or I could say, 'thank you.'\"",
    ] {
        check(text, &[]);
    }
    check("Ada Holm said that the freeze was unacceptable.", &["Ada Holm | rules out | freeze"]);
}

#[test]
fn an_issue_is_never_cut_in_the_middle() {
    check(
        "Ada Holm agreed to pay the farmers a billion crowns or whatever it costs.",
        &["Ada Holm | agrees | pay the farmers a billion crowns"],
    );
    check("Lorvane will not allow a bomb to get here.", &["Lorvane | rejects | allow a bomb to get here"]);
    check(
        "Lorvane demands a full return of all captured ferries and crews to the old eastern harbour of Sarn Valley",
        &["Lorvane | demands | full return of all captured ferries and crews"],
    );
}
