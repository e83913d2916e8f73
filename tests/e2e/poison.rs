//! One entry that cannot be processed: it is put off by itself, and holds up neither its neighbours nor the program.

use crate::house::House;
use crate::kept;

const POISON: &str = "CREATE TRIGGER poison BEFORE INSERT ON article WHEN NEW.title = 'Quake in Upper Tarn'
    BEGIN SELECT RAISE (ABORT, 'poisoned'); END";
const PUT_OFF: &str =
    "SELECT last_error FROM entry WHERE state = 0 AND attempts = 1 AND next_try_at > first_seen";
const NOW: &str = "DROP TRIGGER poison; UPDATE entry SET next_try_at = first_seen WHERE attempts = 1";

#[test]
fn an_article_that_cannot_be_filed_holds_up_no_other() {
    let house = House::new();
    let store = kept::open(&house);
    let feed = kept::feed(&store, "herald.example");
    let reports =
        ["Ferry Marigold runs aground", "Quake in Upper Tarn", "Central bank of Karsk raises key rate"];
    let entries = reports.map(|title| (title.to_owned(), format!("{title}. The mayor said so on Tuesday.")));
    kept::accept(&store, feed, &entries);
    let db = rusqlite::Connection::open(store.path().unwrap()).unwrap();
    db.execute_batch(POISON).unwrap();

    let running = house.serve(&[]);
    let joined = |words: &'static str| {
        move |kind: &str, body: &serde_json::Value| {
            kind == "article_joined" && body.to_string().contains(words)
        }
    };
    running.wait_for_event(0, joined("Marigold"));
    running.wait_for_event(0, joined("Karsk"));
    let why = || db.query_row(PUT_OFF, [], |row| row.get::<_, String>(0)).unwrap_or_default();
    running.wait_until(|| why().contains("cannot be filed"));
    assert_eq!(running.get("/healthz").status, 200);
    running.stop();

    // Its time comes, and nothing is wrong with it any more.
    db.execute_batch(NOW).unwrap();
    let running = house.serve(&[]);
    running.wait_for_event(0, joined("Upper Tarn"));
}
