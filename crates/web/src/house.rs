//! What all handlers share, and the one door to the store: questions on blocking threads, so many at once,
//! each with a deadline.

use crate::limits::Budgets;
use crate::live::Tail;
use crate::metrics::Metrics;
use crate::session::Sessions;
use crate::shelf::Shelf;
use crate::{App, Command, Counters, Problem, Refused, Reply, ServeError, WebSettings};
use std::sync::Arc;
use std::time::Duration;
use store::{Store, StoreError};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use url::Host;

/// Setting under which sign-ins are kept.
const SESSIONS: &str = "web.sessions";
/// Longest wait for the store's answer, the turn included.
const DEADLINE: Duration = Duration::from_secs(10);

/// The shared state, behind an `Arc`.
pub(crate) struct House {
    pub(crate) settings: WebSettings,
    pub(crate) sessions: Sessions,
    pub(crate) budgets: Budgets,
    pub(crate) metrics: Metrics,
    pub(crate) tail: Tail,
    pub(crate) shelf: Shelf,
    /// Becomes true when the server is to stop.
    stopping: watch::Receiver<bool>,
    store: Arc<Store>,
    turns: Arc<Semaphore>,
    commands: mpsc::Sender<Command>,
    /// What other rooms count.
    pub(crate) counters: Counters,
}

impl House {
    /// Reads sign-ins and the end of the event log; called on a blocking thread.
    pub(crate) fn open(app: App, stopping: watch::Receiver<bool>) -> Result<Self, ServeError> {
        let App { store, bell: _, commands, counters, settings } = app;
        let written = store.setting(SESSIONS)?;
        Ok(Self {
            sessions: Sessions::new(settings.admin_token_hash, written.as_deref()),
            budgets: Budgets::new(&settings.limits),
            metrics: Metrics::default(),
            tail: Tail::new(store.last_event()?),
            shelf: Shelf::default(),
            stopping,
            store,
            turns: Arc::new(Semaphore::new(settings.limits.queries.max(1))),
            commands,
            counters,
            settings,
        })
    }

    /// Asks the store on a blocking thread when its turn comes. The turn ends with the answer, not with the wait,
    /// so a reader who gives up does not let another one in too early.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let (store, turns) = (Arc::clone(&self.store), Arc::clone(&self.turns));
        let answer = async {
            let turn = turns.acquire_owned().await.map_err(|_| Problem::Busy)?;
            let work = tokio::task::spawn_blocking(move || {
                let _turn = turn;
                question(&store)
            });
            work.await.map_err(|_| Problem::Busy)?.map_err(Problem::Store)
        };
        tokio::time::timeout(DEADLINE, answer).await.unwrap_or(Err(Problem::Busy))
    }

    /// Keeps the sign-ins for the next start. Failure is told, not fatal: the sign-in holds until then.
    pub(crate) async fn keep_sessions(&self) {
        let written = self.sessions.written();
        if let Err(error) = self.ask(move |store| store.set_setting(SESSIONS, &written)).await {
            tracing::warn!(%error, "sign-ins not kept");
        }
    }

    /// Hands a command to the binary and waits for its answer.
    pub(crate) async fn command<T>(&self, make: impl FnOnce(Reply<T>) -> Command) -> Result<T, Problem> {
        let (reply, answer) = oneshot::channel();
        self.commands.try_send(make(reply)).map_err(|_| Problem::Busy)?;
        match tokio::time::timeout(self.settings.limits.command_timeout, answer).await {
            Ok(Ok(Ok(done))) => Ok(done),
            Ok(Ok(Err(Refused(why)))) => Err(Problem::Refused(why)),
            Ok(Err(_)) | Err(_) => Err(Problem::Busy),
        }
    }

    /// Ready when the server is to stop.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        // A sender that is gone has stopped as well.
        let _ = stopping.wait_for(|stop| *stop).await;
    }

    /// Whether the server is to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Whether the configured base can be reached by others: it is no address of this machine alone.
    pub(crate) fn is_public(&self) -> bool {
        match self.settings.base_url.host() {
            Some(Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => !address.is_loopback() && !address.is_unspecified(),
            Some(Host::Ipv6(address)) => !address.is_loopback() && !address.is_unspecified(),
            None => false,
        }
    }

    /// An absolute address on this site, from the configured base.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.settings.base_url.as_str().trim_end_matches('/'))
    }
}
