//! `cargo xtask bench push`: what Web Push costs beside the bare primitives in the same run, and whole deliveries to a
//! receiver on this machine. Everything on one core, by that thread's own processor time.

mod sink;

use super::core_time;
use crate::score::{keep, print};
use anyhow::{Context, Result, bail};
use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Args;
use deliver::{
    Answer, LARGEST_PAYLOAD, Message, Outcome, Post, PostError, Prepared, Request, Sender, Subscription,
};
use deliver::{Vapid, VapidKey, payload};
use ingest::{FetchSettings, Fetcher};
use news::{
    Channel, DevelopmentId, DevelopmentKind, Language, ReaderId, Receiver, ReceiverId, StoryId, Threshold,
};
use news::{Timestamp, Weight};
use std::fmt::Write;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Measures Web Push: encryptions and whole deliveries
#[derive(Args)]
pub(crate) struct Push {
    /// Devices
    #[arg(long, default_value_t = 10_000)]
    devices: usize,
    /// A node_modules folder with web-push, to be measured in the same run
    #[arg(long)]
    npm: Option<PathBuf>,
    /// Build the crate web-push and measure it in the same run (needs OpenSSL's headers)
    #[arg(long)]
    peer_crate: bool,
    /// Put the figures into docs/scores.md
    #[arg(long)]
    write: bool,
}

/// Share of the primitives' speed that a message with a new key must reach.
const SHARE: f64 = 0.8;

/// Messages a second and core with keys made ahead.
const PREPARED: f64 = 25_000.0;

/// Deliveries under way at once.
const UNDER_WAY: usize = 256;

const PEER: &str = include_str!("push/peer.cjs");
const PEER_CRATE: &str = "xtask/peers/web-push/Cargo.toml";
const PEER_DEVICES: usize = 200;

impl Push {
    pub(crate) fn run(&self) -> Result<()> {
        let figures = self.measure()?;
        print(&figures.text);
        if self.write {
            keep("push", &figures.text)?;
        }
        if figures.share < SHARE || figures.prepared < PREPARED {
            bail!(
                "below the bar: {:.2} of the primitives, {:.0}/s prepared",
                figures.share,
                figures.prepared
            );
        }
        Ok(())
    }

    fn measure(&self) -> Result<Figures> {
        let key = VapidKey::generate()?;
        let (vapid_key, secret) = (key.public().to_owned(), key.secret()?);
        let vapid = Vapid::new(key, Vec::new(), "mailto:desk@news.example".to_owned());
        let devices = devices(self.devices, &vapid_key)?;
        let subscriptions = devices.iter().map(subscription).collect::<Result<Vec<_>>>()?;
        let text = payload(&message(), LARGEST_PAYLOAD);
        let mut out = String::new();
        writeln!(out, "Web Push, one core, {} bytes of text, {} devices", text.len(), devices.len())?;

        let (primitive, fresh) = rates(
            devices.len(),
            |n| primitive(&subscriptions[n].1, &text),
            |n| Ok(Prepared::new(&subscriptions[n].0)?.seal(&text)?.len()),
        )?;
        let ahead =
            subscriptions.iter().map(|(keys, _)| Prepared::new(keys)).collect::<Result<Vec<_>, _>>()?;
        let mut ahead = ahead.into_iter();
        let prepared = rate(devices.len(), |_| Ok(ahead.next().context("a key")?.seal(&text)?.len()))?;
        let share = fresh / primitive;
        writeln!(out, "  the primitives: P-256 key, agreement, AES-GCM {primitive:10.0} messages/s")?;
        writeln!(out, "  encrypted with a new key                      {fresh:10.0} messages/s")?;
        writeln!(out, "  of the primitives                             {share:10.2}")?;
        writeln!(out, "  encrypted with a key made ahead               {prepared:10.0} messages/s")?;
        if self.peer_crate {
            let [encrypted, signed] = peer_crate(&secret, &devices)?;
            writeln!(out, "  the crate web-push, encryption                {encrypted:10.0} messages/s")?;
            writeln!(out, "  the crate web-push, encryption and token      {signed:10.0} messages/s")?;
        }
        if let Some(npm) = &self.npm {
            writeln!(out, "  web-push of npm, encryption and token         {:10.0} messages/s", peer(npm)?)?;
        }

        let deliveries = deliveries(vapid, devices)?;
        for (name, run) in ["new keys", "keys made ahead"].into_iter().zip(deliveries) {
            let (wall, core) = (run.count / run.wall.as_secs_f64(), run.count / run.core.as_secs_f64());
            writeln!(out, "whole deliveries to a local receiver, {name}")?;
            writeln!(out, "  by the clock                                  {wall:10.0} deliveries/s")?;
            writeln!(out, "  of one core                                   {core:10.0} deliveries/s")?;
        }
        Ok(Figures { text: out, share, prepared })
    }
}

struct Figures {
    text: String,
    share: f64,
    prepared: f64,
}

/// Two things side by side, in turns, so that a busy neighbour slows both.
fn rates(
    calls: usize,
    mut one: impl FnMut(usize) -> Result<usize>,
    mut other: impl FnMut(usize) -> Result<usize>,
) -> Result<(f64, f64)> {
    const ROUND: usize = 1_000;
    let (mut of_one, mut of_other) = (0.0, 0.0);
    let mut done = 0;
    while done < calls {
        let round = ROUND.min(calls - done);
        of_one += round as f64 / rate(round, |n| one(done + n))?;
        of_other += round as f64 / rate(round, |n| other(done + n))?;
        done += round;
    }
    Ok((calls as f64 / of_one, calls as f64 / of_other))
}

/// Calls a second of this core.
fn rate(calls: usize, mut call: impl FnMut(usize) -> Result<usize>) -> Result<f64> {
    let started = core_time()?;
    let mut bytes = 0;
    for n in 0..calls {
        bytes += call(n)?;
    }
    let spent = core_time()?.saturating_sub(started);
    // The sum keeps the work from being optimised away.
    if bytes == 0 {
        bail!("nothing was written")
    }
    Ok(calls as f64 / spent.as_secs_f64())
}

/// What no message with a key of its own can do without.
fn primitive(peer: &[u8], text: &[u8]) -> Result<usize> {
    let key = PrivateKey::generate(&ECDH_P256).ok().context("key")?;
    let public = key.compute_public_key().ok().context("key")?;
    let secret = agree(&key, UnparsedPublicKey::new(&ECDH_P256, peer), (), |secret| Ok(secret.to_vec()));
    let secret = secret.ok().context("agreement")?;
    let seal = UnboundKey::new(&AES_128_GCM, secret.get(..16).context("secret")?).ok().context("key")?;
    let mut body = text.to_vec();
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    LessSafeKey::new(seal).seal_in_place_append_tag(nonce, Aad::empty(), &mut body).ok().context("seal")?;
    Ok(body.len() + public.as_ref().len())
}

/// Devices with keys of their own, as a browser would make them.
fn devices(count: usize, key: &str) -> Result<Vec<Receiver>> {
    (0..count).map(|n| device(n, key)).collect()
}

fn device(n: usize, key: &str) -> Result<Receiver> {
    let public =
        PrivateKey::generate(&ECDH_P256).and_then(|key| key.compute_public_key()).ok().context("key")?;
    let mut auth = [0; 16];
    aws_lc_rs::rand::fill(&mut auth).ok().context("randomness")?;
    let id = i64::try_from(n)?;
    Ok(Receiver {
        id: ReceiverId(id),
        reader: ReaderId(id),
        name: String::new(),
        channel: Channel::Push {
            // The sink's port is put in when it is known.
            endpoint: String::new(),
            p256dh: URL_SAFE_NO_PAD.encode(public),
            auth: URL_SAFE_NO_PAD.encode(auth),
            key: key.to_owned(),
        },
        quiet: None,
        zone: None,
        threshold: Threshold::Everything,
        since: Timestamp::UNIX_EPOCH,
        used: Timestamp::UNIX_EPOCH,
    })
}

/// The keys of a device, and its public key's bytes for the primitive.
fn subscription(device: &Receiver) -> Result<(Subscription, Vec<u8>)> {
    let Channel::Push { p256dh, auth, .. } = &device.channel else { bail!("not a device") };
    Ok((Subscription::read(p256dh, auth)?, URL_SAFE_NO_PAD.decode(p256dh)?))
}

fn message() -> Message {
    Message {
        development: DevelopmentId(41),
        story: StoryId(7),
        kind: DevelopmentKind::NewStatement,
        weight: Weight::Ordinary,
        families: 2,
        at: Timestamp::UNIX_EPOCH,
        title: "Harbour talks go into a third day".to_owned(),
        words: "“We do not take orders from across the bay”, the prime minister said on Monday evening."
            .to_owned(),
        speaker: Some("Ada Moreno".to_owned()),
        outlet: "Harbour Herald".to_owned(),
        language: Language::ENGLISH,
        url: "https://news.example/story/7?new=41".to_owned(),
        folded: 2,
        told: 0,
        unfollow: None,
    }
}

/// The fetcher as the program's way outward.
struct Outward(Fetcher);

impl Post for Outward {
    async fn post(&self, request: Request) -> Result<Answer, PostError> {
        let Request { url, headers, body, within } = request;
        match self.0.send(ingest::Post { url, headers, body, within }).await {
            Ok(posted) => {
                Ok(Answer { status: posted.status, retry_after: posted.retry_after, body: posted.body })
            }
            Err(error) => Err(PostError { why: error.to_string(), passes: error.passes() }),
        }
    }
}

struct Burst {
    count: f64,
    wall: Duration,
    core: Duration,
}

/// One development to every device, first with nothing prepared, then with keys made in between.
fn deliveries(vapid: Vapid, mut devices: Vec<Receiver>) -> Result<[Burst; 2]> {
    let sink = sink::open()?;
    for (n, device) in devices.iter_mut().enumerate() {
        if let Channel::Push { endpoint, .. } = &mut device.channel {
            *endpoint = format!("http://{sink}/send/{n}");
        }
    }
    let message_networks = vec!["127.0.0.1/32".parse()?];
    let fetcher = Fetcher::new(FetchSettings { message_networks, ..FetchSettings::default() })?;
    let sender = Arc::new(Sender::new(Outward(fetcher), Some(vapid)));
    let devices: Arc<[Receiver]> = devices.into();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let fresh = runtime.block_on(burst(&sender, &devices))?;
    while sender.refill(1_000) > 0 {}
    let prepared = runtime.block_on(burst(&sender, &devices))?;
    Ok([fresh, prepared])
}

async fn burst(sender: &Arc<Sender<Outward>>, devices: &Arc<[Receiver]>) -> Result<Burst> {
    let (wall, core) = (Instant::now(), core_time()?);
    let message = Arc::new(message());
    let mut under_way = JoinSet::new();
    let check = |outcome: Outcome| match outcome {
        Outcome::Accepted => Ok(()),
        other => bail!("not delivered: {other:?}"),
    };
    for n in 0..devices.len() {
        if under_way.len() >= UNDER_WAY {
            check(under_way.join_next().await.context("a delivery")??)?;
        }
        let (sender, devices, message) = (Arc::clone(sender), Arc::clone(devices), Arc::clone(&message));
        under_way.spawn(async move { sender.send(&devices[n], &message, 0).await });
    }
    while let Some(outcome) = under_way.join_next().await {
        check(outcome?)?;
    }
    let core = core_time()?.saturating_sub(core);
    Ok(Burst { count: devices.len() as f64, wall: wall.elapsed(), core })
}

/// Messages a second of the crate web-push, without and with a token, by its own thread's processor time.
fn peer_crate(key: &str, devices: &[Receiver]) -> Result<[f64; 2]> {
    let mut peer = Command::new("cargo")
        .args(["run", "--quiet", "--release", "--locked", "--manifest-path", PEER_CRATE, "--", key])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo")?;
    let mut lines = String::new();
    for device in devices.iter().take(PEER_DEVICES) {
        if let Channel::Push { p256dh, auth, .. } = &device.channel {
            writeln!(lines, "{p256dh} {auth}")?;
        }
    }
    peer.stdin.take().context("its input")?.write_all(lines.as_bytes()).context("the crate web-push")?;
    let output = peer.wait_with_output().context("the crate web-push")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let rates: Vec<f64> = printed.split_whitespace().filter_map(|rate| rate.parse().ok()).collect();
    rates.try_into().ok().filter(|_| output.status.success()).context("the crate web-push")
}

/// Messages a second of npm's web-push, by its own process's processor time.
fn peer(modules: &std::path::Path) -> Result<f64> {
    let output =
        Command::new("node").arg("-e").arg(PEER).env("NODE_PATH", modules).output().context("node")?;
    if !output.status.success() {
        bail!("web-push of npm: {}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8_lossy(&output.stdout).trim().parse().context("web-push of npm")
}
