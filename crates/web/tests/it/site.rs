//! A running site over a store in memory, and its operator's browser.

use crate::http::{Answer, Ask, PATIENCE};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::sync::Arc;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use web::{App, Command, ServeError, WebSettings};

pub(crate) const TOKEN: &str = "a-token-for-tests";

/// A point on P-256: what browsers would subscribe with.
pub(crate) const PUSH_KEY: &str =
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";

pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<Store>,
    pub(crate) commands: mpsc::Receiver<Command>,
    bell: watch::Sender<i64>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<Result<(), ServeError>>,
}

pub(crate) fn settings() -> WebSettings {
    WebSettings {
        base_url: "http://news.example/".parse().unwrap(),
        admin_token_hash: Sha256::digest(TOKEN).into(),
        trusted_proxies: Vec::new(),
        metrics_from: vec!["127.0.0.0/8".parse().unwrap()],
        limits: web::Limits {
            request_burst: 1_000_000,
            requests_per_second: 1_000_000,
            logins_per_minute: 1000,
            writes_per_minute: 1000,
            readers_per_hour: 1000,
            receivers_per_hour: 1000,
            ..web::Limits::default()
        },
        push_key: tokio::sync::watch::channel(Some(PUSH_KEY.to_owned())).1,
        mail: true,
        show_followers: true,
        demo: watch::channel(false).1,
        version: "1.2.3".into(),
    }
}

impl Site {
    pub(crate) async fn open() -> Self {
        Self::with(Store::in_memory().unwrap(), settings()).await
    }

    pub(crate) async fn with(store: Store, settings: WebSettings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let store = Arc::new(store);
        let (bell, hears) = watch::channel(0);
        let (sender, commands) = mpsc::channel(4);
        let (stop, stopped) = oneshot::channel::<()>();
        let app = App {
            store: Arc::clone(&store),
            bell: hears,
            commands: sender,
            counters: Arc::new(String::new),
            settings,
        };
        let served = tokio::spawn(web::serve(listener, app, async {
            let _ = stopped.await;
        }));
        Self { address, store, commands, bell, stop, served }
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        Ask::get(target).send(self.address).await
    }

    /// Says that the event log grew.
    pub(crate) fn ring(&self) {
        self.bell.send_replace(self.store.last_event().unwrap());
    }

    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(PATIENCE, self.served).await.expect("stops in time").unwrap().unwrap();
    }

    /// Signs in.
    pub(crate) async fn operator(&self) -> Operator {
        let answer = Ask::post("/login", &[("token", TOKEN)]).send(self.address).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        let mut operator = Operator { address: self.address, cookie, form_token: String::new() };
        let page = operator.get("/feeds").await;
        let token = page.body.split("name=\"token\" value=\"").nth(1).unwrap();
        operator.form_token = token.split('"').next().unwrap().to_owned();
        operator
    }
}

/// A browser that is signed in.
pub(crate) struct Operator {
    pub(crate) address: SocketAddr,
    pub(crate) cookie: String,
    pub(crate) form_token: String,
}

impl Operator {
    pub(crate) async fn get(&self, target: &str) -> Answer {
        Ask::get(target).with("cookie", &self.cookie).send(self.address).await
    }

    pub(crate) fn post(&self, target: &str, fields: &[(&str, &str)]) -> Ask {
        let mut all = vec![("token", self.form_token.as_str())];
        all.extend_from_slice(fields);
        Ask::post(target, &all).with("cookie", &self.cookie)
    }
}
