//! `staytuned add URL`: follows a feed, or the feed that a site names. A running `serve` notices by itself.

use crate::config::Settings;
use crate::pipeline::{House, subscribe};
use anyhow::{Context, Result};
use clap::Args;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Addresses of feeds or sites
    #[arg(required = true)]
    urls: Vec<String>,
}

impl Add {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let store = Arc::new(super::open_store(settings)?);
        let house = Arc::new(House::open(settings.clone(), store)?);
        let runtime = tokio::runtime::Runtime::new().context("runtime")?;
        let mut failed = false;
        for url in &self.urls {
            match runtime.block_on(add(&house, url)) {
                Ok(said) => super::say(&said)?,
                Err(error) => {
                    failed = true;
                    super::complain(&format!("{url}: {error:#}"));
                }
            }
        }
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

async fn add(house: &Arc<House>, url: &str) -> Result<String> {
    let found = subscribe::find(house, url).await?;
    let added = subscribe::follow(house, &found).await?;
    let title = found.document.title.as_deref().unwrap_or("untitled");
    let done = if added.already { "followed already" } else { "added" };
    let mut said = format!("{done}: {title} ({}), {} entries", found.url, found.document.entries.len());
    if !found.others.is_empty() {
        said.push_str("\nthe page also names:");
        for other in &found.others {
            said.push_str(&format!("\n  {other}"));
        }
    }
    Ok(said)
}
