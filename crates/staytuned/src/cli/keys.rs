//! `staytuned keys`: the key that pushes are signed with. `rotate` makes a new one without losing a follower.

use crate::config::Settings;
use crate::push_keys::PushKeys;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a new key; devices that use the old one are reached until their next visit renews them
    Rotate,
}

impl Keys {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let data = &settings.data;
        std::fs::create_dir_all(data).with_context(|| format!("data folder {}", data.display()))?;
        let keys = match self.verb {
            Some(Verb::Rotate) => {
                let in_use: Vec<_> = super::open_store(settings)?.push_keys_in_use()?;
                PushKeys::rotate(settings, &in_use)?
            }
            None => PushKeys::open(settings)?,
        };
        super::say(&format!("push key         {}", keys.current.public()))?;
        for before in &keys.before {
            super::say(&format!("one before       {} (still served)", before.public()))?;
        }
        if self.verb.is_some() {
            super::say("A running program takes it up by itself; each device renews at its next visit.")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
