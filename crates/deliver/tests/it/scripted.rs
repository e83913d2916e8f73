//! A way outward that answers as it is told and remembers what it was given.

use deliver::{Answer, Message, Post, PostError, Request};
use news::{
    Channel, DevelopmentId, DevelopmentKind, Language, ReaderId, Receiver, ReceiverId, StoryId, Threshold,
    Timestamp, Weight,
};
use std::sync::{Arc, Mutex};

/// Gives its answers in order, the last for ever; a status of zero is no answer.
#[derive(Clone, Default)]
pub(crate) struct Scripted {
    answers: Arc<Mutex<Vec<Answer>>>,
    pub(crate) heard: Arc<Mutex<Vec<Request>>>,
}

impl Scripted {
    pub(crate) fn new(statuses: &[u16]) -> Self {
        let answers = statuses.iter().map(|status| Answer { status: *status, ..Answer::default() }).collect();
        Self { answers: Arc::new(Mutex::new(answers)), ..Self::default() }
    }

    pub(crate) fn heard(&self) -> Vec<Request> {
        self.heard.lock().unwrap().clone()
    }
}

impl Post for Scripted {
    async fn post(&self, request: Request) -> Result<Answer, PostError> {
        self.heard.lock().unwrap().push(request);
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        match answer.status {
            0 => Err(PostError { why: "no address is known".to_owned(), passes: true }),
            _ => Ok(answer),
        }
    }
}

/// A header of a request.
pub(crate) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(of, _)| *of == name).map(|(_, value)| value.as_str())
}

pub(crate) fn receiver(channel: Channel) -> Receiver {
    Receiver {
        id: ReceiverId(3),
        reader: ReaderId(2),
        name: "test".to_owned(),
        channel,
        quiet: None,
        zone: None,
        threshold: Threshold::Everything,
        since: Timestamp::UNIX_EPOCH,
        used: Timestamp::UNIX_EPOCH,
    }
}

pub(crate) fn message() -> Message {
    Message {
        development: DevelopmentId(41),
        story: StoryId(7),
        kind: DevelopmentKind::FigureChanged,
        weight: Weight::Major,
        families: 3,
        at: Timestamp::from_second(1_790_000_000).unwrap(),
        title: "Ferry aground off the northern cape".to_owned(),
        words: "Nine people are still on board, the coast guard said.".to_owned(),
        speaker: None,
        outlet: "Cape Courier".to_owned(),
        language: Language::ENGLISH,
        url: "https://news.example/story/7?new=41".to_owned(),
        folded: 0,
        told: 0,
        unfollow: None,
    }
}
