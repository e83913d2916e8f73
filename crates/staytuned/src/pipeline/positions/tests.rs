//! A move through the store: who is told of it, and how often.

use super::*;
use jiff::SignedDuration;
use news::{Channel, Language, ReaderId, Span, Stance, Target, Threshold};
use store::{Alias, NewArticle, NewReceiver, Store};

const BEFORE: &str = "Ada Holm rules out foreign troops.";
const AFTER: &str = "Ada Holm is ready to accept foreign troops.";

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + minutes * 60).unwrap()
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// An article of the story that tells where somebody stands.
fn tell(
    writer: &mut Writer,
    story: StoryId,
    actor: ActorId,
    text: &str,
    stance: (Stance, &str),
    minutes: i64,
) -> Result<ArticleId> {
    let article = Article::headline("Talks in Lorvane go on").with_paragraphs([text]);
    let outlet = writer.outlet("a.example", "The Herald", "a.example")?;
    let kept = NewArticle { entry: None, outlet, article: &article, at: at(minutes), seen_at: at(minutes) };
    let id = writer.keep_article(&kept)?;
    writer.join(story, id, None, at(minutes))?;
    let position = Position {
        actor: Some("Ada Holm".to_owned()),
        office: None,
        stance: stance.0,
        issue: span(text, "foreign troops"),
        cue: span(text, stance.1),
        words: Span::new(0, text.len()),
        said: false,
        earlier: false,
    };
    let new = NewPosition { actor, key: Some("ada holm"), position: &position, in_title: false };
    writer.keep_positions(id, &[new])?;
    Ok(id)
}

/// A reader with one receiver who follows actors.
fn follower(writer: &mut Writer, name: &str, keys: &[&str]) -> Result<ReaderId> {
    let reader = writer.add_reader(name, at(0))?;
    let channel = Channel::Ntfy { url: format!("https://ntfy.example/{name}"), token: None };
    let new = NewReceiver {
        name: name.to_owned(),
        channel,
        origin: "https://ntfy.example".to_owned(),
        quiet: None,
        zone: None,
        threshold: Threshold::Everything,
        waits: false,
    };
    writer.add_receiver(reader, &new, at(0))?;
    for key in keys {
        writer.follow(reader, &Target::Actor((*key).to_owned()), Threshold::Everything, 1, at(0))?;
    }
    Ok(reader)
}

#[test]
fn a_move_is_told_to_the_followers_of_whoever_moved_once() {
    let store = Store::in_memory().unwrap();
    let grow = |writer: &mut Writer| {
        let story = writer.open_story(None, Language::ENGLISH, at(0))?;
        let holm = writer.open_actor("Ada Holm", NameKind::Person, at(0))?;
        let first = tell(writer, story, holm, BEFORE, (Stance::RulesOut, "rules out"), 0)?;
        for key in ["ada holm", "holm"] {
            let alias = Alias { key, text: "Ada Holm", office: false, article: first, at: at(0) };
            writer.know_actor(holm, NameKind::Person, &alias)?;
        }
        follower(writer, "both", &["ada holm", "holm"])?;
        follower(writer, "other", &["bo berg"])?;
        regroup(writer, story, at(1))?;
        tell(writer, story, holm, AFTER, (Stance::Agrees, "ready to accept"), 2)?;
        regroup(writer, story, at(3))?;
        // The same actor by another number: the move is the same.
        let other = writer.open_actor("A. Holm", NameKind::Person, at(4))?;
        writer.merge_actors(holm, other, at(4))?;
        regroup(writer, story, at(5))?;
        Ok(story)
    };
    let story = store.write(grow).unwrap();
    let told = store.developments(story, 9).unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].kind.word(), told[0].speaker.as_deref()), ("changed_position", Some("Ada Holm")));
    let now = at(6);
    let until = now + SignedDuration::from_mins(1);
    let claimed = store.claim_deliveries(9, now, until, &store::Busy::default(), |_, _| true).unwrap();
    assert_eq!((claimed.len(), claimed[0].waiting.len(), claimed[0].receiver.name.as_str()), (1, 1, "both"));
}
