//! One actor under several names.

use super::{Article, NameKind, Register, Timestamp};
use store::{NewArticle, Result, Store};

#[test]
fn a_state_is_one_actor_under_its_short_and_its_full_name() {
    let store = Store::in_memory().unwrap();
    let at = Timestamp::from_second(1_790_000_000).unwrap();
    let named = |register: &mut Register, name: &str| -> Result<_> {
        Ok(register.named(name, NameKind::Place)?.unwrap())
    };
    store
        .write(|writer| {
            let article = Article::headline("The dam of Lorvane stays");
            let outlet = writer.outlet("a.example", "The Herald", "a.example")?;
            let kept = NewArticle { entry: None, outlet, article: &article, at, seen_at: at };
            let id = writer.keep_article(&kept)?;
            let mut register = Register::open(writer, id, None, at)?;
            let short = named(&mut register, "UK")?;
            assert_eq!(named(&mut register, "United Kingdom")?, short);
            assert_eq!(named(&mut register, "Britain")?, short);
            let full = named(&mut register, "European Union")?;
            assert_eq!(register.known("EU")?, Some(full), "nobody called it so yet");
            assert_eq!(named(&mut register, "EU")?, full);
            assert_ne!(full, short);
            assert_eq!(register.known("USA")?, None);
            Ok(())
        })
        .unwrap();
}
