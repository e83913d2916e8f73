//! `staytuned serve`: the main job. Opens the house, starts the stages and the pages, and stops in good order
//! when asked to.

use super::lock::Lock;
use super::logs;
use crate::config::Settings;
use crate::pipeline::deliver::{self, Outbox};
use crate::pipeline::{self, House, Stop, demo, operator, read};
use crate::token::{self, Token};
use anyhow::{Context, Result};
use clap::Args;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};
use url::Url;
use web::{App, Limits, WebSettings};

/// Commands of the operator that wait at once.
const COMMANDS_WAITING: usize = 16;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address and port to listen on, instead of the configured ones
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Show a day of invented news while no feed is followed yet
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) fn run(self, mut settings: Settings) -> Result<ExitCode> {
        logs::start(&settings)?;
        if let Some(listen) = self.listen {
            settings.listen_on(listen);
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("runtime")?;
        runtime.block_on(serve(settings, self.demo))?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn serve(mut settings: Settings, wants_demo: bool) -> Result<()> {
    let _lock = Lock::take(&settings)?;
    let store = Arc::new(super::open_store(&settings)?);
    let token = token::admin(&settings)?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("web.listen: cannot listen on {}", settings.listen))?;
    settings.listen_on(listener.local_addr().context("listening address")?);
    let house = Arc::new(House::open(settings, store)?);
    read::take_over(&house)?;
    deliver::take_over(&house)?;
    let outbox = Arc::new(Outbox::open(&house)?);
    let with_demo = wants_demo && demo::is_wanted(&house)?;
    if with_demo {
        house.demo.send_replace(true);
    }
    let (stop, stopping) = watch::channel(false);
    let (commands, orders) = mpsc::channel(COMMANDS_WAITING);
    let app = App {
        store: Arc::clone(&house.store),
        bell: house.bell.subscribe(),
        commands,
        settings: WebSettings {
            demo: house.demo.subscribe(),
            push_key: outbox.push_key.subscribe(),
            mail: outbox.sends_mail(),
            ..web_settings(&house.settings, &token)
        },
        counters: counters(&outbox),
    };
    let orders =
        tokio::spawn(operator::run(Arc::clone(&house), Arc::clone(&outbox), orders, stopping.clone()));
    let stages = tokio::spawn(pipeline::run(Arc::clone(&house), outbox, with_demo, stop.clone()));
    announce(&house.settings.base_url, &token);
    let pages = tokio::spawn(web::serve(listener, app, stopped(stopping.clone())));
    let asked = tokio::select! {
        asked = asked_to_stop() => asked,
        // A stage failed; what it failed of is said when all have ended.
        () = stopped(stopping) => Ok(()),
    };
    stop.send_replace(true);
    let (pages, orders, stages) = tokio::join!(pages, orders, pipeline::ended(stages));
    stages?;
    pages.context("pages")?.context("pages")?;
    orders.context("operator")?;
    asked
}

/// Waits until everything is to stop. A sender that is gone means the same.
async fn stopped(mut stop: Stop) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// What other rooms count, for `/metrics`.
fn counters(outbox: &Arc<Outbox>) -> web::Counters {
    let outbox = Arc::clone(outbox);
    Arc::new(move || outbox.tally.text())
}

fn web_settings(settings: &Settings, token: &Token) -> WebSettings {
    WebSettings {
        base_url: settings.base_url.clone(),
        admin_token_hash: token.hash(),
        trusted_proxies: settings.trusted_proxies.clone(),
        metrics_from: settings.metrics_from.clone(),
        limits: Limits::default(),
        push_key: watch::channel(None).1,
        mail: false,
        show_followers: settings.show_followers,
        demo: watch::channel(false).1,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Where to look, on standard output; the log goes to standard error.
fn announce(base: &Url, token: &Token) {
    // Whoever started us may have closed the pipe; news goes on all the same.
    let _ = writeln!(
        std::io::stdout(),
        "Staytuned is at      {base}\nSign in as operator  {}",
        token.sign_in(base)
    );
}

async fn asked_to_stop() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("signal")?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.context("signal"),
        _ = terminate.recv() => Ok(()),
    }
}
