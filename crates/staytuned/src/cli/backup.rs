//! `staytuned backup FILE`: a whole copy of the database while everything else goes on. The keys that pushes are
//! signed with lie in a file of their own. It is named and not copied: a private key goes only where somebody put it.

use super::progress::Progress;
use crate::config::Settings;
use crate::push_keys::PushKeys;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; must not be there yet
    to: PathBuf,
}

impl Backup {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        if self.to.exists() {
            bail!("{} is there already; name a new file", self.to.display());
        }
        let store = super::open_store(settings)?;
        let mut progress = Progress::new("pages", None);
        let mut told = 0;
        store
            .backup(&self.to, |done, total| {
                progress.expect(total);
                progress.add(done.saturating_sub(told));
                told = done;
            })
            .with_context(|| format!("backup to {}", self.to.display()))?;
        progress.finish();
        super::say(&format!("{} holds the whole database", self.to.display()))?;
        if let Some(keys) = PushKeys::file(settings) {
            let keys = keys.display();
            super::complain(&format!(
                "copy {keys} too: without it no device that follows is reached any more"
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}
