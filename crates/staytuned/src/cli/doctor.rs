//! `staytuned doctor`: looks everything over and says in plain words what is well, what could be better and what must
//! be mended, with what to do. Exit code 1 when something must be mended.

use super::logs;
use crate::config::Settings;
use crate::push_keys::PushKeys;
use anyhow::Result;
use clap::Args;
use deliver::Mailer;
use language::models::MODELS;
use serde::Serialize;
use std::net::TcpListener;
use std::process::ExitCode;
use store::view::FeedHealth;
use store::{Check, Store};

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// One JSON object a finding
    #[arg(long)]
    json: bool,
}

/// Receivers with trouble that are listed.
const SHOWN: usize = 20;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Grade {
    Well,
    Advice,
    Mend,
}

/// One thing looked at.
#[derive(Debug, Serialize)]
struct Finding {
    grade: Grade,
    what: &'static str,
    says: String,
}

impl Doctor {
    pub(super) fn run(self, settings: &Settings) -> Result<ExitCode> {
        let looks = [log, address, token, contact, push, mail];
        let mut findings: Vec<Finding> = looks.iter().map(|look| look(settings)).collect();
        findings.extend(models(settings));
        match super::open_store(settings) {
            Ok(store) => {
                findings.extend(kept(&store));
                findings.extend(keys(settings, &store));
            }
            Err(error) => findings.push(finding(Grade::Mend, "database", format!("{error:#}"))),
        }
        for finding in &findings {
            super::say(&if self.json { serde_json::to_string(finding)? } else { line(finding) })?;
        }
        let ill = findings.iter().any(|finding| finding.grade == Grade::Mend);
        Ok(if ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn line(finding: &Finding) -> String {
    let mark = match finding.grade {
        Grade::Well => "well  ",
        Grade::Advice => "advice",
        Grade::Mend => "MEND  ",
    };
    format!("{mark}  {}: {}", finding.what, finding.says)
}

fn finding(grade: Grade, what: &'static str, says: impl Into<String>) -> Finding {
    Finding { grade, what, says: says.into() }
}

fn log(settings: &Settings) -> Finding {
    match logs::filter(&settings.log_level) {
        Ok(filter) => finding(Grade::Well, "log", format!("lines from {filter} on are written")),
        Err(error) => finding(Grade::Mend, "log", format!("{error:#}")),
    }
}

fn address(settings: &Settings) -> Finding {
    match TcpListener::bind(settings.listen) {
        Ok(_) => finding(Grade::Well, "address", format!("{} is free to listen on", settings.listen)),
        Err(error) => finding(
            Grade::Advice,
            "address",
            format!(
                "{} cannot be listened on now ({error}); that is well when Staytuned runs already",
                settings.listen
            ),
        ),
    }
}

fn token(settings: &Settings) -> Finding {
    match (crate::token::check(settings), &settings.admin_token) {
        (Err(error), _) => finding(Grade::Mend, "token", error.to_string()),
        (Ok(()), Some(_)) => finding(Grade::Well, "token", "web.admin_token is long enough"),
        (Ok(()), None) if crate::token::is_kept(settings) => {
            finding(Grade::Well, "token", "the one in the data folder signs you in")
        }
        (Ok(()), None) => finding(Grade::Well, "token", "the first start makes one"),
    }
}

fn contact(settings: &Settings) -> Finding {
    match &settings.contact {
        Some(contact) => finding(Grade::Well, "contact", format!("publishers can reach you at {contact}")),
        None => finding(
            Grade::Advice,
            "contact",
            "set ingest.contact, so that publishers can reach you instead of blocking you",
        ),
    }
}

fn push(settings: &Settings) -> Finding {
    match &settings.push_contact {
        Some(contact) => finding(Grade::Well, "push", format!("push services can reach you at {contact}")),
        None => finding(
            Grade::Advice,
            "push",
            "set deliver.contact: push services ask for it, and no push leaves without",
        ),
    }
}

/// Nothing to say while no device was subscribed with a key that is not here.
fn keys(settings: &Settings, store: &Store) -> Option<Finding> {
    let look = || -> Result<Option<String>> {
        let keys = PushKeys::read(settings)?;
        Ok(PushKeys::missing(keys.as_ref(), settings, &store.push_keys_in_use()?))
    };
    let says = look().unwrap_or_else(|error| Some(format!("{error:#}")))?;
    Some(finding(Grade::Mend, "push keys", says))
}

/// Whether mail could be sent by way of this server. The mailer keeps its connections on a runtime.
fn can_be_used(server: &str, from: &str) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let _entered = runtime.enter();
    Mailer::new(server, from)?;
    Ok(())
}

/// The server's address may hold a password, so it is not shown.
fn mail(settings: &Settings) -> Finding {
    match (&settings.smtp, &settings.mail_from) {
        (Some(server), Some(from)) => match can_be_used(server, from) {
            Ok(()) => finding(Grade::Well, "mail", format!("e-mail goes out from {from}")),
            Err(error) => finding(Grade::Mend, "mail", format!("deliver.smtp, deliver.mail_from: {error:#}")),
        },
        (None, None) => finding(Grade::Well, "mail", "no mail server is set, so no e-mail goes out"),
        _ => finding(Grade::Advice, "mail", "set both deliver.smtp and deliver.mail_from, or neither"),
    }
}

fn models(settings: &Settings) -> Vec<Finding> {
    let look = |model: &language::models::Model| match model
        .is_present(&settings.models)
        .then(|| model.check(&settings.models))
    {
        None => finding(
            Grade::Advice,
            "models",
            format!(
                "{} is missing; without it, {}. `staytuned models fetch` gets it",
                model.name, model.without
            ),
        ),
        Some(Ok(())) => finding(Grade::Well, "models", format!("{} is there and whole", model.name)),
        Some(Err(error)) => {
            finding(Grade::Mend, "models", format!("{error}; delete it and run `staytuned models fetch`"))
        }
    };
    MODELS.iter().map(look).collect()
}

fn kept(store: &Store) -> Vec<Finding> {
    let mut findings = match store.check() {
        Ok(check) => vec![database(&check), waiting(&check)],
        Err(error) => vec![finding(Grade::Mend, "database", error.to_string())],
    };
    findings.push(feeds(store));
    findings.push(receivers(store));
    findings
}

/// Devices and other receivers: those that wait for the operator must be mended, others mend themselves or are their
/// reader's.
fn receivers(store: &Store) -> Finding {
    let look = || Ok::<_, store::StoreError>((store.receiver_counts()?, store.troubled_receivers(SHOWN)?));
    let (counts, troubled) = match look() {
        Ok(found) => found,
        Err(error) => return finding(Grade::Mend, "receivers", error.to_string()),
    };
    let active: Vec<String> = counts.iter().map(|count| format!("{} {}", count.active, count.kind)).collect();
    let (ill, alerts) =
        counts.iter().fold((0, 0), |(ill, alerts), count| (ill + count.troubled, alerts + count.alerts));
    if ill == 0 {
        let says = if active.is_empty() {
            "none yet".to_owned()
        } else {
            format!("all well: {}", active.join(", "))
        };
        return finding(Grade::Well, "receivers", says);
    }
    let lines: String = troubled
        .iter()
        .map(|one| {
            let mark = if one.alert { " (yours to mend)" } else { "" };
            format!("\n          {} at {}: {}{mark}", one.kind, one.origin, one.trouble)
        })
        .collect();
    let grade = if alerts > 0 { Grade::Mend } else { Grade::Advice };
    finding(grade, "receivers", format!("{ill} have trouble, {alerts} of them wait for you:{lines}"))
}

fn database(check: &Check) -> Finding {
    if let Some(damage) = check.damages.first() {
        let says = format!("damaged ({damage}, {} findings); go back to a backup", check.damages.len());
        return finding(Grade::Mend, "database", says);
    }
    let rows: Vec<String> = check.rows.iter().map(|(table, rows)| format!("{rows} {table}")).collect();
    let size = check.file_bytes / 1_000_000;
    finding(
        Grade::Well,
        "database",
        format!("whole, version {}, {size} MB: {}", check.version, rows.join(", ")),
    )
}

fn waiting(check: &Check) -> Finding {
    match check.pending {
        0 => finding(Grade::Well, "entries", "none waits to be read"),
        some => {
            finding(Grade::Advice, "entries", format!("{some} wait to be read; `staytuned serve` reads them"))
        }
    }
}

fn feeds(store: &Store) -> Finding {
    let feeds = match store.fetched_feeds() {
        Ok(feeds) => feeds,
        Err(error) => return finding(Grade::Mend, "feeds", error.to_string()),
    };
    let ill: Vec<String> = feeds
        .iter()
        .filter(|feed| matches!(feed.health, FeedHealth::Failing | FeedHealth::Gone))
        .map(|feed| {
            format!("\n          {}: {}", feed.url, feed.last_error.as_deref().unwrap_or("no reason kept"))
        })
        .collect();
    match (feeds.len(), ill.len()) {
        (0, _) => finding(Grade::Advice, "feeds", "none is followed; `staytuned add URL` adds one"),
        (all, 0) => finding(Grade::Well, "feeds", format!("{all} followed, all answer")),
        (all, some) => {
            finding(Grade::Advice, "feeds", format!("{some} of {all} do not answer:{}", ill.concat()))
        }
    }
}
