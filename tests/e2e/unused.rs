//! Devices that nobody used for long: each is warned, and nothing waits for those that do not answer.

use crate::house::{House, PATIENCE};
use crate::kept;
use crate::sink::{Browser, Sink};
use jiff::{SignedDuration, Timestamp};
use news::Channel;
use std::net::TcpListener;
use std::time::Instant;

/// More than can be waited for one after the other.
const SILENT: usize = 8;

#[test]
fn silent_devices_hold_up_neither_the_others_nor_another_push_key() {
    // Takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = (format!("http://{}", silent.local_addr().unwrap()), silent);
    let (sink, house, browser) = (Sink::open(), House::new(), Browser::new());
    house.configure(
        "[ingest]\nallow_networks = [\"127.0.0.0/8\"]\n[deliver]\nallow_networks = [\"127.0.0.0/8\"]\ncontact = \"desk@herald.example\"\n",
    );
    let key = house.ok(&["keys"]).split_whitespace().nth(2).unwrap().to_owned();
    let store = kept::open(&house);
    let device = |host: &str, n: usize| {
        let endpoint = format!("{host}/push/{n}");
        let (p256dh, auth) = (browser.p256dh(), browser.auth(n));
        kept::receiver(Channel::Push { endpoint, p256dh, auth, key: key.clone() }, host)
    };
    let used = |days: i64| Timestamp::now() - SignedDuration::from_hours(24 * days);
    let add = |writer: &mut store::Writer| {
        let reader = writer.add_reader("ada", used(80))?;
        for n in 0..SILENT {
            writer.add_receiver(reader, &device(&silent.0, n), used(58))?;
        }
        writer.add_receiver(reader, &device(&sink.address, 0), used(56))?;
        writer.add_receiver(reader, &device(&sink.address, 1), used(1))?;
        Ok(reader)
    };
    let reader = store.write(add).unwrap();
    let running = house.serve(&[]);
    let shown = browser.read(0, &sink.wait_for("/push/0", 1).body);
    assert_eq!(shown["notification"]["title"], "Are you still there?");
    // The silent ones are still waited for.
    house.ok(&["keys", "rotate"]);
    let fresh = house.ok(&["keys"]).split_whitespace().nth(2).unwrap().to_owned();
    let deadline = Instant::now() + PATIENCE;
    while !running.get("/api/v1/follows").body.contains(&fresh) {
        assert!(Instant::now() < deadline, "{}", running.log());
        std::thread::yield_now();
    }
    let warned = || store.receivers(reader).unwrap().iter().filter(|view| view.warned_at.is_some()).count();
    while warned() < 1 {
        assert!(Instant::now() < deadline, "{}", running.log());
        std::thread::yield_now();
    }
    running.stop();
    assert!(sink.at("/push/1").is_empty(), "it is in use");
}
