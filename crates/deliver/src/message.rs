//! One development as it is told: everything that a channel needs, in the source's own words.

use news::{DevelopmentId, DevelopmentKind, Language, StoryId, Timestamp, Weight};

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// [`NOTE`] for the program's own words about a receiver.
    pub development: DevelopmentId,
    pub story: StoryId,
    pub kind: DevelopmentKind,
    pub weight: Weight,
    /// Independent families that report it.
    pub families: u32,
    /// When it was published by us.
    pub at: Timestamp,
    /// The story's title.
    pub title: String,
    /// What is new: verbatim, as it stands in an article.
    pub words: String,
    /// Whose words they are, when somebody is quoted.
    pub speaker: Option<String>,
    /// Where the words stand.
    pub outlet: String,
    /// Of the words.
    pub language: Language,
    /// The page of the story, at what is new.
    pub url: String,
    /// Earlier developments of the story that this one takes along.
    pub folded: u32,
    /// Developments of the story that the receiver was told before.
    pub told: u32,
    /// A page where one press ends the follow (no confirmation: RFC 8058 for mail).
    pub unfollow: Option<String>,
}

/// Stands in the place of a development in what is no news: a test, a question, a warning.
pub const NOTE: DevelopmentId = DevelopmentId(0);

impl Message {
    /// Names what is told, the same in every attempt. Each note is one of its own.
    pub(crate) fn identity(&self) -> String {
        match self.development {
            NOTE => format!("note-{}", self.at.as_millisecond()),
            development => format!("development-{development}"),
        }
    }

    /// What a device shows as one notification.
    pub fn tag(&self) -> String {
        format!("story-{}", self.story)
    }

    /// Developments told by this message, itself included.
    pub fn count(&self) -> u32 {
        self.folded.saturating_add(1)
    }

    /// Developments of the story that the receiver was told in all, those of this message included.
    pub fn told_in_all(&self) -> u32 {
        self.told.saturating_add(self.count())
    }
}

#[cfg(test)]
pub(crate) fn example() -> Message {
    Message {
        development: DevelopmentId(41),
        story: StoryId(7),
        kind: DevelopmentKind::NewStatement,
        weight: Weight::Ordinary,
        families: 2,
        at: Timestamp::from_second(1_790_000_000).expect("a time"),
        title: "Harbour talks go into a third day".to_owned(),
        words: "“We do not take orders from across the bay”, the prime minister said.".to_owned(),
        speaker: Some("Ada Moreno".to_owned()),
        outlet: "Harbour Herald".to_owned(),
        language: Language::ENGLISH,
        url: "https://news.example/story/7?new=41".to_owned(),
        folded: 2,
        told: 4,
        unfollow: Some("https://news.example/unfollow/abc".to_owned()),
    }
}
