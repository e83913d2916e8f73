//! `staytuned follow`: a live tail of what is new, in the sources' own words. Beside a running `serve`, or after the
//! fact: it reads the database and changes nothing.

use crate::config::Settings;
use anyhow::{Result, bail};
use clap::Args;
use jiff::tz::TimeZone;
use news::{DevelopmentId, StoryId, Weight};
use std::process::ExitCode;
use std::time::Duration;
use store::Store;
use store::view::{DevelopmentView, Found};

/// How often the database is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Developments read at once.
const AT_ONCE: usize = 200;

#[derive(Debug, Args)]
pub(super) struct Follow {
    /// Only this story; repeat it for several
    #[arg(value_name = "STORY")]
    stories: Vec<i64>,
    /// Begin with so many of the newest developments
    #[arg(long, default_value_t = 10, value_name = "N")]
    last: u32,
    /// Only major developments
    #[arg(long)]
    major: bool,
    /// End after what is there now
    #[arg(long)]
    once: bool,
    /// One JSON object a development
    #[arg(long)]
    json: bool,
}

impl Follow {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let store = super::open_store(settings)?;
        let stories = self.wanted(&store)?;
        let mut last = self.begin(&store, &stories)?;
        loop {
            let new = store.developments_after(last, AT_ONCE)?;
            last = new.last().map_or(last, |newest| newest.id);
            for development in new.iter().filter(|development| self.wants(development, &stories)) {
                super::say(&if self.json {
                    serde_json::to_string(development)?
                } else {
                    shown(development)
                })?;
            }
            match (new.len(), self.once) {
                (AT_ONCE, _) => {}
                (_, true) => return Ok(ExitCode::SUCCESS),
                (_, false) => std::thread::sleep(LOOK_EVERY),
            }
        }
    }

    /// The stories as they are now: one that was merged is followed as what it became.
    fn wanted(&self, store: &Store) -> Result<Vec<StoryId>> {
        let find = |id: &i64| match store.story(StoryId(*id))? {
            Found::Story(story) => Ok(story.card.id),
            Found::MovedTo(into) => Ok(into),
            Found::Nothing => bail!("there is no story {id}"),
        };
        self.stories.iter().map(find).collect()
    }

    fn wants(&self, development: &DevelopmentView, stories: &[StoryId]) -> bool {
        let asked = stories.is_empty() || stories.contains(&development.story);
        asked && (!self.major || development.weight == Weight::Major)
    }

    /// The development before the first one to be shown.
    fn begin(&self, store: &Store, stories: &[StoryId]) -> Result<DevelopmentId> {
        let newest = store.last_development()?;
        if self.last == 0 {
            return Ok(newest);
        }
        let mut found = Vec::new();
        let mut before = newest.0 + 1;
        // Backwards in steps, so that a few of one story are found among many of others.
        while before > 1 && found.len() < self.last as usize {
            let from = (before - i64::try_from(AT_ONCE).unwrap_or(i64::MAX)).max(1);
            let step = store.developments_after(DevelopmentId(from - 1), AT_ONCE)?;
            let inside = step.iter().rev().filter(|one| one.id.0 < before && self.wants(one, stories));
            found.extend(inside.map(|one| one.id.0));
            before = from;
        }
        found.truncate(self.last as usize);
        Ok(DevelopmentId(found.last().map_or(newest.0, |first| first - 1)))
    }
}

/// `14:02  Harbour talks   “We do not…” Ada Moreno · Harbour Herald · 2 independent outlets`
fn shown(development: &DevelopmentView) -> String {
    let words = development.evidence.iter().find(|piece| piece.text != development.story_title);
    let words = words.or(development.evidence.first());
    let at = development.at.to_zoned(TimeZone::system()).strftime("%F %H:%M");
    let mark = if development.weight == Weight::Major { "!" } else { " " };
    let mut whose = Vec::new();
    whose.extend(development.speaker.clone());
    whose.extend(words.map(|piece| piece.outlet.clone()));
    if development.families > 1 {
        whose.push(format!("{} independent outlets", development.families));
    }
    let kind = development.kind.word().replace('_', " ");
    let text = words.map(|piece| super::one_line(&piece.text)).unwrap_or_default();
    format!(
        "{at} {mark} {}  [{}, story {}]\n    {text}\n    {}",
        super::one_line(&development.story_title),
        kind,
        development.story,
        super::one_line(&whose.join(" · "))
    )
}
