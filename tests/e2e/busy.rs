//! A database that another program holds for long: the program goes on, and so does the news once it is free.

use crate::house::House;
use crate::kept;
use crate::outlets::Outlets;
use news::Timestamp;
use std::sync::mpsc;
use store::{NewFeed, Store};

fn follow(store: &Store, url: String) {
    let feed =
        NewFeed { url, host: "127.0.0.1".to_owned(), outlet_name: "Herald".to_owned(), ..NewFeed::default() };
    store.add_feed(&feed, Timestamp::now()).unwrap();
}

#[test]
fn a_held_database_ends_nothing() {
    let (house, outlets) = (House::new(), Outlets::open());
    outlets.put_feed("/one.xml", "Herald", &[("1", "Ferry Marigold aground", "The ferry ran aground.")]);
    outlets.put_feed(
        "/two.xml",
        "Herald",
        &[("2", "Key rate of Lorvane raised", "The bank raised its rate.")],
    );
    let store = kept::open(&house);
    let running = house.serve(&[]);
    std::thread::scope(|scope| {
        let (release, released) = mpsc::channel::<()>();
        let store = &store;
        let first = format!("{}/one.xml", outlets.address);
        scope.spawn(move || {
            follow(store, first);
            // Held before the look at this feed can be kept, and longer than that waits.
            let hold = |_: &mut store::Writer| {
                let _ = released.recv();
                Ok(())
            };
            store.write(hold).unwrap();
        });
        running.wait_until(|| running.log().contains("look at a feed not kept"));
        assert_eq!(running.get("/healthz").status, 200);
        release.send(()).unwrap();
    });
    follow(&store, format!("{}/two.xml", outlets.address));
    running.wait_for_event(0, |kind, body| kind == "article_joined" && body.to_string().contains("Key rate"));
}
