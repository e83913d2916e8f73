//! A stop in good order: what is under way is brought to its end and recorded.

use crate::house::House;
use crate::kept;
use crate::sink::Sink;
use news::{Channel, Target};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

fn report(title: &str) -> (String, String) {
    (title.to_owned(), format!("{title}. The harbour master of Quillmouth said so on Tuesday."))
}

#[test]
fn a_delivery_under_way_is_recorded_and_not_sent_again() {
    let ((came, coming), (answer, answering)) = (mpsc::channel(), mpsc::channel::<()>());
    let (came, answering) = (Mutex::new(came), Mutex::new(answering));
    let sink = Sink::answering(move |_, before| {
        if before == 0 {
            came.lock().unwrap().send(()).unwrap();
            answering.lock().unwrap().recv().unwrap();
        }
        (201, String::new())
    });
    let house = House::new();
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
    let hook = Channel::Webhook { url: format!("{}/hook", sink.address), secret };
    let follows = [Target::Search("Marigold".to_owned()), Target::Search("Brackwater".to_owned())];
    kept::reader(&store, "ada", &[kept::receiver(hook, &sink.address)], &follows);
    kept::accept(&store, feed, &[report("Ferry Marigold runs aground off Cape Ness")]);

    let mut running = house.serve(&[]);
    coming.recv_timeout(crate::house::PATIENCE).unwrap();
    running.ask_to_stop();
    assert!(!running.ends_within(Duration::from_secs(1)), "it does not wait for the answer");
    answer.send(()).unwrap();
    running.wait_until_ended();
    assert_eq!(store.deliveries_due().unwrap().pending, 0, "it was taken, and that is known");

    kept::accept(&store, feed, &[report("Central bank of Brackwater raises its key rate")]);
    let running = house.serve(&[]);
    sink.wait_for("/hook", 2);
    running.stop();
    let titles: Vec<_> =
        sink.at("/hook").iter().map(|posted| posted.json()["data"]["title"].clone()).collect();
    assert!(
        titles[0].as_str().unwrap().contains("Marigold")
            && titles[1].as_str().unwrap().contains("Brackwater"),
        "{titles:?}"
    );
}
