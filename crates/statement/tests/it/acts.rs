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

/// `actor | class | target`, with `not` and, for a claim, whose it is.
fn of_somebody(text: &str) -> Vec<String> {
    let sheet = statement::Sheet::of(text);
    let said = statement::read(&sheet, news::Language::ENGLISH, &[]).attributions;
    let name = |party: &Option<news::Party>| match party {
        Some(news::Party::Named(name)) => name.clone(),
        Some(news::Party::Office(span)) => format!("({})", span.of(text)),
        None => "-".to_owned(),
    };
    let one = |told: &news::ToldAct| {
        let not = if told.act.negated { "not " } else { "" };
        let claim = if told.claimed { format!(" by {}", name(&told.teller)) } else { String::new() };
        format!("{} | {not}{} | {}{claim}", name(&told.actor), told.act.class.word(), name(&told.target))
    };
    statement::acts::told(&sheet, &said, &[]).iter().map(one).collect()
}

#[track_caller]
fn check_told(text: &str, expected: &[&str]) {
    assert_eq!(of_somebody(text), expected, "{text}");
}

#[test]
fn acts_of_somebody() {
    check_told("Orrunda accuses Selmara of shelling the bridge", &["Orrunda | accuse | Selmara"]);
    check_told("The Kremlin rejected the plan on Monday.", &["Russia | reject | -"]);
    check_told(
        "Prime Minister Jorun Talvik has rejected Orrunda's demand and said he would sign nothing.",
        &["Jorun Talvik | reject | Orrunda"],
    );
}

#[test]
fn a_claim_stays_its_tellers() {
    check_told("“Orrunda has attacked our ferries,” Ada Holm said.", &["Orrunda | assault | - by Ada Holm"]);
}

#[test]
fn what_is_not_sure_is_told_of_nobody() {
    for text in [
        // Places, not states that act.
        "The earthquake in Valdoire killed nine people.",
        "Hauliers had hoped the talks in Lindenwerth would free the port of Dunhalt.",
        // Supposed, not done.
        "Renwick will send observers if Orrunda attacks Selmara.",
        // Nouns, and headlines' passives.
        "Norrick shares closed 31 per cent lower.",
        "Lifeboat maker Norrick accused of copying safety tests",
        // Nobody is named.
        "Police arrested a man on Monday.",
    ] {
        check_told(text, &[]);
    }
}
