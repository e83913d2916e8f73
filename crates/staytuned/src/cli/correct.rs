//! `staytuned correct`: what a person decides about stories, and about whose an outlet is. A running `serve` carries it
//! out within a second or two; without one it is kept and carried out by the next program that files articles.

use super::LONGEST_WAIT;
use crate::config::Settings;
use crate::pipeline::correct;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use news::{ArticleId, Correction, DevelopmentId, StoryId};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use store::view::{CorrectionState, CorrectionView};

#[derive(Debug, Args)]
pub(super) struct Correct {
    #[command(subcommand)]
    what: What,
    /// Wait so many seconds for a running `serve` to carry it out
    #[arg(long, global = true, default_value_t = 10, value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(..=LONGEST_WAIT))]
    within: u64,
    /// One JSON object a correction
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Two stories are one: the first ends, its address leads to the second
    Merge { from: i64, into: i64 },
    /// Articles of a story are a story of their own
    Split {
        story: i64,
        #[arg(required = true)]
        articles: Vec<i64>,
    },
    /// Articles of one story belong to another
    Move {
        #[arg(required = true)]
        articles: Vec<i64>,
        #[arg(long, value_name = "STORY")]
        into: i64,
    },
    /// A development is no news: it leaves the lists and goes to nobody, nor does what tells the same
    NotNews {
        development: i64,
        /// It is news after all
        #[arg(long)]
        undo: bool,
    },
    /// A story leaves the front page, and nothing of it is sent
    Mute {
        story: i64,
        /// Bring it back
        #[arg(long)]
        undo: bool,
    },
    /// An outlet belongs to a family: outlets of one family do not confirm each other
    Family {
        /// Its host, as the page of outlets shows it
        outlet: String,
        /// The family's name, or the host of another outlet of it; the outlet's own host for a family of its own
        family: String,
    },
    /// The newest corrections
    List {
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
}

impl Correct {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let store = Arc::new(super::open_store(settings)?);
        let correction = match self.what {
            What::List { limit } => {
                for view in store.corrections(None, limit)?.into_iter().rev() {
                    super::say(&shown(&view, self.json)?)?;
                }
                return Ok(ExitCode::SUCCESS);
            }
            what => what.correction().context("nothing to correct")?,
        };
        let runtime = tokio::runtime::Runtime::new().context("runtime")?;
        let within = Duration::from_secs(self.within);
        let view = runtime.block_on(correct::ask(&store, correction, || {}, within))?;
        super::say(&shown(&view, self.json)?)?;
        let refused = matches!(view.state, CorrectionState::Refused(_));
        Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

impl What {
    /// None for what only looks.
    fn correction(self) -> Option<Correction> {
        let articles = |ids: Vec<i64>| ids.into_iter().map(ArticleId).collect();
        Some(match self {
            Self::Merge { from, into } => Correction::Merge { from: StoryId(from), into: StoryId(into) },
            Self::Split { story, articles: ids } => {
                Correction::Split { story: StoryId(story), articles: articles(ids) }
            }
            Self::Move { articles: ids, into } => {
                Correction::Move { articles: articles(ids), into: StoryId(into) }
            }
            Self::NotNews { development, undo: false } => {
                Correction::NotNews { development: DevelopmentId(development) }
            }
            Self::NotNews { development, undo: true } => {
                Correction::IsNews { development: DevelopmentId(development) }
            }
            Self::Mute { story, undo: false } => Correction::Mute { story: StoryId(story) },
            Self::Mute { story, undo: true } => Correction::Unmute { story: StoryId(story) },
            Self::Family { outlet, family } => Correction::Family { host: outlet, family },
            Self::List { .. } => return None,
        })
    }
}

fn shown(view: &CorrectionView, json: bool) -> Result<String> {
    if json {
        return Ok(serde_json::to_string(view)?);
    }
    let became = match &view.state {
        CorrectionState::Waiting => "waits until `staytuned serve` runs".to_owned(),
        CorrectionState::Refused(why) => format!("refused: {why}"),
        CorrectionState::Done => {
            view.story.map_or_else(|| "done".to_owned(), |story| format!("done, see story {story}"))
        }
    };
    Ok(format!("correction {}: {}; {became}", view.id, words(&view.correction)))
}

fn words(correction: &Correction) -> String {
    let list = |ids: &[ArticleId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match correction {
        Correction::Merge { from, into } => format!("story {from} is story {into}"),
        Correction::Split { story, articles } => {
            format!("articles {} of story {story} are a story of their own", list(articles))
        }
        Correction::Move { articles, into } => {
            format!("articles {} belong to story {into}", list(articles))
        }
        Correction::NotNews { development } => format!("development {development} is no news"),
        Correction::IsNews { development } => format!("development {development} is news after all"),
        Correction::Mute { story } => format!("story {story} is muted"),
        Correction::Unmute { story } => format!("story {story} is muted no more"),
        Correction::Family { host, family } => {
            super::one_line(&format!("outlet {host} belongs to the family {family}"))
        }
    }
}
