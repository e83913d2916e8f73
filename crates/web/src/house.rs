//! What all handlers share, and the one door to the store: questions on blocking threads, so many at once,
//! each with a deadline. Searches, whose work depends on what was typed, wait for each other and for nobody else, and so do
//! changes, which wait for whoever writes; what must be answered whatever happens has a turn of its own.

use crate::limits::{Budgets, Lanes};
use crate::live::Tail;
use crate::metrics::Metrics;
use crate::peer::Peer;
use crate::session::Sessions;
use crate::shelf::Shelf;
use crate::{App, Command, Counters, Limits, Problem, Refused, Reply, ServeError, WebSettings};
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
    turns: Turns,
    commands: mpsc::Sender<Command>,
    /// What other rooms count.
    pub(crate) counters: Counters,
}

/// Who may ask the store at once.
struct Turns {
    pages: Arc<Semaphore>,
    /// What writes waits for the one writer, and no page waits with it.
    changes: Arc<Semaphore>,
    searches: Arc<Semaphore>,
    /// One search at a time from each peer.
    lanes: Lanes,
    /// Whether the store answers, and the event log that everybody waits for.
    first: Arc<Semaphore>,
}

impl Turns {
    fn new(limits: &Limits) -> Self {
        let turns = |n: usize| Arc::new(Semaphore::new(n.max(1)));
        Self {
            pages: turns(limits.queries),
            changes: turns(limits.changes),
            searches: turns(limits.searches),
            lanes: Lanes::default(),
            first: turns(1),
        }
    }
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
            turns: Turns::new(&settings.limits),
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
        self.in_turn([&self.turns.pages], question).await
    }

    /// Asks for what changes something: it waits for whoever writes, and for other changes.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.in_turn([&self.turns.changes], question).await
    }

    /// Asks what takes as long as what was typed makes it: a peer's searches come one after the other.
    pub(crate) async fn search<T: Send + 'static>(
        &self,
        peer: Peer,
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let lane = self.turns.lanes.of(peer);
        self.in_turn([&lane, &self.turns.searches], question).await
    }

    /// Asks what must be answered however many others ask.
    pub(crate) async fn ask_first<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.in_turn([&self.turns.first], question).await
    }

    async fn in_turn<const N: usize, T: Send + 'static>(
        &self,
        turns: [&Arc<Semaphore>; N],
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = Arc::clone(&self.store);
        let answer = async {
            let mut held = Vec::with_capacity(N);
            for turn in turns {
                held.push(Arc::clone(turn).acquire_owned().await.map_err(|_| Problem::Busy)?);
            }
            let work = tokio::task::spawn_blocking(move || {
                let _held = held;
                question(&store)
            });
            match work.await.map_err(|_| Problem::Busy)? {
                Err(error @ StoreError::TooLong) => Err(Problem::Refused(error.to_string())),
                answer => answer.map_err(Problem::Store),
            }
        };
        tokio::time::timeout(DEADLINE, answer).await.unwrap_or(Err(Problem::Busy))
    }

    /// Keeps the sign-ins for the next start. Failure is told, not fatal: the sign-in holds until then.
    pub(crate) async fn keep_sessions(&self) {
        let written = self.sessions.written();
        if let Err(error) = self.change(move |store| store.set_setting(SESSIONS, &written)).await {
            tracing::warn!(%error, "sign-ins not kept");
        }
    }

    /// Hands a command to the binary and waits for its answer: [`Problem::Full`] where it is not carried out.
    pub(crate) async fn command<T>(&self, make: impl FnOnce(Reply<T>) -> Command) -> Result<T, Problem> {
        let (reply, answer) = oneshot::channel();
        self.commands.try_send(make(reply)).map_err(|_| Problem::Full)?;
        match tokio::time::timeout(self.settings.limits.command_timeout, answer).await {
            Ok(Ok(Ok(done))) => Ok(done),
            Ok(Ok(Err(Refused(why)))) => Err(Problem::Refused(why)),
            Ok(Err(_)) => Err(Problem::Full),
            Err(_) => Err(Problem::Busy),
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use store::Store;
    use tokio::task::JoinSet;

    /// How long what must be answered may take, on a busy machine.
    const PATIENCE: Duration = Duration::from_secs(8);

    fn house() -> (Arc<House>, watch::Sender<bool>) {
        let (stop, stopping) = watch::channel(false);
        let settings = WebSettings {
            base_url: "http://news.example/".parse().unwrap(),
            admin_token_hash: [0; 32],
            trusted_proxies: Vec::new(),
            metrics_from: Vec::new(),
            limits: Limits::default(),
            push_key: watch::channel(None).1,
            mail: false,
            show_followers: false,
            demo: watch::channel(false).1,
            version: String::new(),
        };
        let app = App {
            store: Arc::new(Store::in_memory().unwrap()),
            bell: watch::channel(0).1,
            commands: mpsc::channel(1).0,
            counters: Arc::new(String::new),
            settings,
        };
        (Arc::new(House::open(app, stopping).unwrap()), stop)
    }

    /// Many who ask, each of whom keeps its turn until all go.
    struct Crowd {
        begin: Sender<()>,
        /// Hears of each that has its turn.
        begun: Receiver<()>,
        holds: Vec<Sender<()>>,
        asking: JoinSet<Result<(), Problem>>,
    }

    impl Default for Crowd {
        fn default() -> Self {
            let (begin, begun) = channel();
            Self { begin, begun, holds: Vec::new(), asking: JoinSet::new() }
        }
    }

    impl Crowd {
        /// A question of one of them.
        fn question(&mut self) -> impl FnOnce(&Store) -> Result<(), StoreError> + Send + 'static {
            let (hold, held): (Sender<()>, Receiver<()>) = channel();
            self.holds.push(hold);
            let begin = self.begin.clone();
            move |_| {
                let _ = begin.send(());
                let _ = held.recv();
                Ok(())
            }
        }

        fn wait_for(&self, turns: usize) {
            (0..turns).for_each(|_| self.begun.recv_timeout(PATIENCE).unwrap());
        }

        async fn go(mut self) {
            self.holds.clear();
            while let Some(answered) = self.asking.join_next().await {
                answered.unwrap().unwrap();
            }
        }
    }

    fn peer(last: u8) -> Peer {
        Peer::of([192, 0, 2, last].into())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn searches_keep_nobody_else_waiting_and_a_peer_has_one_at_a_time() {
        let (house, _stop) = house();
        let mut crowd = Crowd::default();
        for _ in 0..24 {
            let (question, house) = (crowd.question(), Arc::clone(&house));
            crowd.asking.spawn(async move { house.search(peer(1), question).await });
        }
        crowd.wait_for(1);
        let other = house.search(peer(2), |store| store.last_event());
        assert_eq!(tokio::time::timeout(PATIENCE, other).await.unwrap().unwrap(), 0);
        let page = house.ask(|store| store.last_event());
        assert_eq!(tokio::time::timeout(PATIENCE, page).await.unwrap().unwrap(), 0);
        assert!(crowd.begun.try_recv().is_err(), "one of one peer");
        crowd.go().await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_page_waits_with_those_who_wait_for_the_writer() {
        let (house, _stop) = house();
        let mut crowd = Crowd::default();
        for _ in 0..24 {
            let (question, house) = (crowd.question(), Arc::clone(&house));
            crowd.asking.spawn(async move { house.change(question).await });
        }
        crowd.wait_for(house.settings.limits.changes);
        let page = house.ask(|store| store.last_event());
        assert_eq!(tokio::time::timeout(PATIENCE, page).await.unwrap().unwrap(), 0);
        assert!(crowd.begun.try_recv().is_err(), "all turns of changes are taken");
        crowd.go().await;
    }

    #[tokio::test]
    async fn a_search_that_was_given_up_is_refused_in_plain_words() {
        let (house, _stop) = house();
        let given_up = house.search(peer(1), |_| Err::<(), _>(StoreError::TooLong)).await.unwrap_err();
        assert_eq!(given_up.status(), 422);
        assert_eq!(given_up.to_string(), "this search takes too long; ask for longer or rarer words");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_comes_first_waits_for_no_page() {
        let (house, _stop) = house();
        let mut crowd = Crowd::default();
        for _ in 0..24 {
            let (question, house) = (crowd.question(), Arc::clone(&house));
            crowd.asking.spawn(async move { house.ask(question).await });
        }
        crowd.wait_for(house.settings.limits.queries);
        let first = house.ask_first(|store| store.last_event());
        assert_eq!(tokio::time::timeout(PATIENCE, first).await.unwrap().unwrap(), 0);
        assert!(crowd.begun.try_recv().is_err(), "all other turns are taken");
        crowd.go().await;
    }
}
