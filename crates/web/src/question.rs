//! The question to the owner of a mail address, whether the mails are wanted: the one mail that goes to somebody who did
//! not ask for it, and so once a day at most.

use crate::house::House;
use crate::session::hash;
use crate::{Command, Problem};
use news::{Channel, ReceiverId};

/// What tells one mailbox from another; only mail has owners to ask. `Ada+news@Mail.example` is `ada@mail.example`: what
/// stands behind the plus is the owner's own, and a stranger could write anything there.
pub(crate) fn mailbox(channel: &Channel) -> Option<String> {
    let Channel::Mail { address, .. } = channel else { return None };
    let address = address.to_lowercase();
    let (name, domain) = address.rsplit_once('@')?;
    let name = name.split('+').next().unwrap_or(name);
    Some(hash(&format!("{name}@{domain}")))
}

/// Sends the question that was taken for a mailbox. One that cannot leave is given back.
pub(crate) async fn ask(house: &House, id: ReceiverId, mailbox: String) -> Result<(), Problem> {
    let code = house.ask(move |store| store.receiver_code(id)).await?;
    let page = house.address(&format!("/mail/{code}"));
    let asked = house.command(|reply| Command::AskOwner { id, page, reply }).await;
    if let Err(Problem::Refused(_) | Problem::Full) = asked {
        house.change(move |store| store.give_back_question(&mailbox)).await?;
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_is_one_however_it_is_written() {
        let of = |address: &str| mailbox(&Channel::Mail { address: address.to_owned(), digest_hour: None });
        let ada = of("ada@mail.example").unwrap();
        assert!(!ada.contains("ada"));
        for same in ["Ada@Mail.example", "ada+news@mail.example", "ADA+1+2@mail.example"] {
            assert_eq!(of(same).as_ref(), Some(&ada), "{same}");
        }
        for other in ["eve@mail.example", "ada@mail.example.org"] {
            assert_ne!(of(other).as_ref(), Some(&ada), "{other}");
        }
        let hook = Channel::Webhook { url: "https://hook.example/".to_owned(), secret: String::new() };
        assert_eq!(mailbox(&hook), None);
    }
}
