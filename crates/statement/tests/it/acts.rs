//! Who did what to whom.

use news::Modality;

/// `actor | class | target | cue`, with `not` and a modality other than "did".
fn told(text: &str) -> Vec<String> {
    let one = |act: &news::Act| {
        let target = act.target.map_or("-", |target| target.of(text));
        let not = if act.negated { " not" } else { "" };
        let how = if act.modality == Modality::Did { "" } else { act.modality.word() };
        format!("{} | {}{not} {how}| {target} | {}", act.actor.of(text), act.class.word(), act.cue.of(text))
    };
    statement::acts(text).iter().map(one).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn headlines() {
    check("Quintel rejects Talvik's demands", &["Quintel | reject | Talvik | rejects"]);
    check("Orrunda accuses Selmara of shelling the bridge", &["Orrunda | accuse | Selmara | accuses"]);
    check(
        "Ferry strike goes on as Orrunda threatens to expel the mediators",
        &["Orrunda | threaten | the mediators | threatens"],
    );
}

#[test]
fn sentences() {
    check(
        "The Lorvane government condemned Orrunda on Friday.",
        &["The Lorvane government | accuse | Orrunda | condemned"],
    );
    check(
        "The mayor of Tavrin was arrested by Orrundan police.",
        &["Orrundan police | coerce | The mayor of Tavrin | arrested"],
    );
    check(
        "Selmara says it will not accept Orrundan soldiers.",
        &["Selmara | reject not will| Orrundan soldiers | accept"],
    );
}

#[test]
fn nothing_happens() {
    check("The reading room reopens on Thursday after two years of repairs to its dome.", &[]);
    check("", &[]);
}

#[test]
fn between_marked_actors() {
    let (sentence, actor, target) =
        statement::acts::unmarked("<s>Orrunda</s> has expelled <t>two Lorvane envoys</t>.");
    let act = statement::act_between(&sentence, actor.unwrap(), target);
    assert_eq!((act.class.word(), act.cue.of(&sentence)), ("sanction", "expelled"));
    assert_eq!(sentence, "Orrunda has expelled two Lorvane envoys.");
}

#[test]
fn nouns_that_two_share() {
    check(
        "Peace talks between Lorvane and Valdoire opened on Monday.",
        &["Lorvane | consult | Valdoire | talks"],
    );
}
