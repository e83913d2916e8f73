//! What the binary decides for the web room.

use ipnet::IpNet;
use std::time::Duration;
use tokio::sync::watch;
use url::Url;

/// Everything about serving that is decided outside.
#[derive(Clone, Debug)]
pub struct WebSettings {
    /// The address that readers use. Links that must be absolute are made from it, never from a request.
    pub base_url: Url,
    /// SHA-256 of the admin token. The token itself is never known here.
    pub admin_token_hash: [u8; 32],
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Who may read `/metrics`, judged on the address of the connection itself.
    pub metrics_from: Vec<IpNet>,
    pub limits: Limits,
    /// The public key that browsers subscribe to pushes with, as it is now; `None` when no push can leave.
    pub push_key: watch::Receiver<Option<String>>,
    /// Whether mail can leave.
    pub mail: bool,
    /// Whether anybody may see how many follow a story.
    pub show_followers: bool,
    /// Whether the demo day is shown, as it is now: pages say then that everything in them is invented.
    pub demo: watch::Receiver<bool>,
    pub version: String,
}

impl WebSettings {
    /// The key that a browser is to subscribe with now.
    pub(crate) fn push_key(&self) -> Option<String> {
        self.push_key.borrow().clone()
    }
}

/// How much one peer, and all together, may ask for. A peer is an IPv4 address or an IPv6 /64.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections open at once; further ones wait in the listen queue.
    pub connections: usize,
    /// Connections open at once from one peer that is not a trusted proxy.
    pub connections_per_peer: usize,
    /// Requests a second from one peer, and how many at once before that counts.
    pub requests_per_second: u32,
    pub request_burst: u32,
    /// Changes (POST) a minute from one peer.
    pub writes_per_minute: u32,
    /// Attempts to sign in, a minute, from one peer.
    pub logins_per_minute: u32,
    /// Readers and receivers that one peer may make in an hour: many people may share an address.
    pub readers_per_hour: u32,
    pub receivers_per_hour: u32,
    /// Tests an hour to one receiver.
    pub tests_per_hour: u32,
    /// Live event streams at once, in all and from one peer.
    pub streams: usize,
    pub streams_per_peer: usize,
    /// Silence on a live stream after which a comment is sent.
    pub stream_heartbeat: Duration,
    /// Time for a request's header to arrive, and for the answer to be made.
    pub header_timeout: Duration,
    pub request_timeout: Duration,
    /// Time for a command that goes out to the network (adding a feed).
    pub command_timeout: Duration,
    /// Largest body of an uploaded OPML file, in bytes. Everything else may send 64 KiB.
    pub largest_upload: usize,
    /// Queries of the store under way at once, and beside them changes, and searches: one of each peer.
    pub queries: usize,
    pub changes: usize,
    pub searches: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 50_000,
            connections_per_peer: 1_024,
            requests_per_second: 40,
            request_burst: 200,
            writes_per_minute: 60,
            logins_per_minute: 6,
            readers_per_hour: 60,
            receivers_per_hour: 120,
            tests_per_hour: 6,
            streams: 40_000,
            streams_per_peer: 128,
            stream_heartbeat: Duration::from_secs(25),
            header_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(20),
            command_timeout: Duration::from_secs(60),
            largest_upload: 8 << 20,
            queries: 8,
            changes: 4,
            searches: 2,
        }
    }
}
