//! The other channels: where a message goes, and that nothing of an answer comes back.

use crate::scripted::{Scripted, header, message, receiver};
use deliver::{Outcome, Sender};
use news::Channel;

async fn send(channel: Channel, status: u16) -> (Outcome, Scripted) {
    let post = Scripted::new(&[status]);
    let outcome = Sender::new(post.clone(), None).send(&receiver(channel), &message(), 0).await;
    (outcome, post)
}

#[tokio::test]
async fn webhooks_are_signed_and_keep_their_id() {
    let hook = || Channel::Webhook {
        url: "https://desk.example/hook".to_owned(),
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
    };
    let (outcome, post) = send(hook(), 204).await;
    assert_eq!(outcome, Outcome::Accepted);
    let request = &post.heard()[0];
    assert_eq!(header(request, "webhook-id"), Some("development-41"));
    assert!(header(request, "webhook-signature").unwrap().starts_with("v1,"));
    assert!(matches!(send(hook(), 410).await.0, Outcome::Gone { .. }));
    assert!(matches!(send(hook(), 500).await.0, Outcome::Deferred { .. }));
    assert!(matches!(send(hook(), 401).await.0, Outcome::Refused { .. }));
}

#[tokio::test]
async fn ntfy_and_gotify_get_theirs() {
    let ntfy = Channel::Ntfy { url: "https://ntfy.example/desk".to_owned(), token: None };
    let (outcome, post) = send(ntfy, 200).await;
    assert_eq!((outcome, post.heard()[0].url.as_str()), (Outcome::Accepted, "https://ntfy.example/"));
    let gotify = Channel::Gotify { url: "https://push.example/".to_owned(), token: "secret".to_owned() };
    let (outcome, post) = send(gotify, 200).await;
    assert_eq!((outcome, post.heard()[0].url.as_str()), (Outcome::Accepted, "https://push.example/message"));
}

#[tokio::test]
async fn addresses_that_are_none_are_refused() {
    for url in ["", "no address", "https://ntfy.example/"] {
        let (outcome, post) = send(Channel::Ntfy { url: url.to_owned(), token: None }, 200).await;
        assert!(matches!(outcome, Outcome::Refused { .. }) && post.heard().is_empty(), "{url:?}");
    }
}
