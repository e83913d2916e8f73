//! What goes to mail addresses and other places at the word of a stranger: little.

use crate::follows::Reader;
use crate::http::{Answer, PATIENCE};
use crate::site::Site;
use web::{Command, Refused};

/// The question that is sent while the reader's request is made; `None` when the answer comes without one.
async fn asking(
    site: &mut Site,
    request: impl Future<Output = Answer>,
    taken: Result<(), Refused>,
) -> (Answer, Option<String>) {
    let mut request = std::pin::pin!(request);
    let command = tokio::select! {
        answer = &mut request => return (answer, None),
        command = tokio::time::timeout(PATIENCE, site.commands.recv()) => command,
    };
    let Some(Command::AskOwner { page, reply, .. }) = command.unwrap() else { panic!("not a question") };
    reply.send(taken).unwrap();
    (request.await, Some(page))
}

#[tokio::test]
async fn a_mailbox_is_asked_once_a_day_whoever_names_it() {
    let mut site = Site::open().await;
    let reader = Reader::new(&site, "search", "ferry").await;
    let other = Reader::new(&site, "search", "quake").await;
    let add = async |site: &mut Site, reader: &Reader, address: &str, taken| {
        let fields = [("kind", "mail"), ("address", address)];
        asking(site, reader.post("/follows/receivers", &fields), taken).await
    };
    let down = Err(Refused("the mail server did not answer in time".into()));
    let (answer, asked) = add(&mut site, &reader, "ada@mail.example", down).await;
    assert_eq!((answer.status, asked.is_some()), (422, true));
    let (answer, asked) = add(&mut site, &reader, "ada@mail.example", Ok(())).await;
    assert_eq!(answer.header("location"), "/follows?done=asked");
    let page = asked.expect("what could not leave is asked again");

    let id = reader.state().await["receivers"][0]["id"].as_i64().unwrap();
    reader.post(&format!("/follows/receivers/{id}/remove"), &[]).await;
    for (who, address) in [(&reader, "ada@mail.example"), (&other, "Ada+1@Mail.example")] {
        let (answer, asked) = add(&mut site, who, address, Ok(())).await;
        assert_eq!((answer.status, asked), (422, None), "{address}");
        assert!(answer.body.contains("within the last day"), "{}", answer.body);
        assert_eq!(who.state().await["receivers"].as_array().unwrap().len(), 0, "and it is not kept");
    }
    let (_, asked) = add(&mut site, &other, "eve@mail.example", Ok(())).await;
    assert_ne!(asked.unwrap(), page, "somebody else");
}

#[tokio::test]
async fn a_test_goes_to_who_confirmed_and_a_few_times_an_hour() {
    let mut site = Site::open().await;
    let reader = Reader::new(&site, "search", "ferry").await;
    let fields = [("kind", "mail"), ("address", "ada@mail.example")];
    let (_, page) = asking(&mut site, reader.post("/follows/receivers", &fields), Ok(())).await;
    let id = reader.state().await["receivers"][0]["id"].as_i64().unwrap();
    let target = format!("/follows/receivers/{id}/test");
    let refused = reader.post(&target, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("not confirmed it yet"), "{}", refused.body);
    assert!(site.commands.try_recv().is_err(), "nothing is sent");

    let path = page.unwrap().replace("http://news.example", "");
    assert_eq!(crate::http::Ask::post(&path, &[]).send(site.address).await.status, 303);
    let mut sent = 0;
    let last = loop {
        let answer = tokio::select! {
            answer = reader.post(&target, &[]) => answer,
            never = async {
                while let Some(command) = site.commands.recv().await {
                    let Command::TestReceiver { reply, .. } = command else { panic!("not a test") };
                    sent += 1;
                    reply.send(Ok(())).unwrap();
                }
                std::future::pending().await
            } => never,
        };
        if answer.status != 303 {
            break answer;
        }
    };
    assert_eq!((sent, last.status), (6, 422));
    assert!(last.body.contains("within the last hour"), "{}", last.body);
}
