//! Web Push: what leaves, and what each answer does.

use crate::scripted::{Scripted, header, message, receiver};
use deliver::{Outcome, Sender, Vapid, VapidKey};
use news::{Channel, Receiver};

/// RFC 8291, appendix A.
const P256DH: &str =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

fn sender(post: &Scripted) -> Sender<Scripted> {
    let contact = "mailto:desk@news.example".to_owned();
    Sender::new(post.clone(), Some(Vapid::new(VapidKey::generate().unwrap(), Vec::new(), contact)))
}

fn device(key: &str) -> Receiver {
    receiver(Channel::Push {
        endpoint: "https://push.example/send/abc".to_owned(),
        p256dh: P256DH.to_owned(),
        auth: AUTH.to_owned(),
        key: key.to_owned(),
    })
}

async fn send(statuses: &[u16]) -> (Outcome, Scripted) {
    let post = Scripted::new(statuses);
    let sender = sender(&post);
    let device = device(&sender.push_key().unwrap());
    (sender.send(&device, &message(), 0).await, post)
}

#[tokio::test]
async fn a_request_says_all_that_push_services_want() {
    let (outcome, post) = send(&[201]).await;
    assert_eq!(outcome, Outcome::Accepted);
    let [request] = &post.heard()[..] else { panic!("one request") };
    assert_eq!(request.url.as_str(), "https://push.example/send/abc");
    assert!(header(request, "authorization").unwrap().starts_with("vapid t="));
    assert_eq!(header(request, "content-encoding"), Some("aes128gcm"));
    assert_eq!((header(request, "ttl"), header(request, "urgency")), (Some("86400"), Some("high")));
    assert_eq!(header(request, "topic").unwrap().len(), 22);
    assert!(request.body.len() < 1_000);
}

#[tokio::test]
async fn too_large_is_told_shorter_once() {
    let (outcome, post) = send(&[413, 201]).await;
    assert_eq!((outcome, post.heard().len()), (Outcome::Accepted, 2));
    let (outcome, post) = send(&[413]).await;
    assert!(matches!(outcome, Outcome::Refused { .. }));
    assert_eq!(post.heard().len(), 2);
    assert_ne!(post.heard()[0].body[21..86], post.heard()[1].body[21..86], "a key of its own");
}

#[tokio::test]
async fn answers_end_defer_or_alert() {
    assert!(matches!(send(&[410]).await.0, Outcome::Gone { .. }));
    assert!(matches!(send(&[503]).await.0, Outcome::Deferred { .. }));
    assert!(matches!(send(&[0]).await.0, Outcome::Deferred { .. }));
    assert!(matches!(send(&[403]).await.0, Outcome::Alert { .. }));
}

#[tokio::test]
async fn nothing_leaves_without_contact_key_or_subscription() {
    let post = Scripted::new(&[201]);
    let ours = sender(&post);
    let key = ours.push_key().unwrap();
    assert!(matches!(ours.send(&device("another key"), &message(), 0).await, Outcome::Alert { .. }));
    let silent = Sender::new(post.clone(), None);
    assert!(matches!(silent.send(&device(&key), &message(), 0).await, Outcome::Alert { .. }));
    let mut broken = device(&key);
    if let Channel::Push { auth, .. } = &mut broken.channel {
        *auth = "short".to_owned();
    }
    assert!(matches!(ours.send(&broken, &message(), 0).await, Outcome::Gone { .. }));
    assert!(post.heard().is_empty());
}

#[tokio::test]
async fn keys_are_made_ahead_for_those_expected_and_those_sent_to() {
    let post = Scripted::new(&[201]);
    let sender = sender(&post);
    let device = device(&sender.push_key().unwrap());
    sender.expect([&device]);
    assert_eq!((sender.refill(100), sender.refill(100)), (1, 0));
    assert_eq!(sender.send(&device, &message(), 0).await, Outcome::Accepted);
    assert_eq!((sender.refill(100), sender.refill(100)), (1, 0));
}
