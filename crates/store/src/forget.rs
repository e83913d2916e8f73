//! Forgetting an outlet whole: its feeds, entries, articles, and the stories that nobody else reports. For the demo
//! day, which never happened; news is never forgotten this way.

use crate::Writer;
use crate::error::Result;
use rusqlite::params;

/// The stories of the outlets in `?1` (a JSON array of hosts), noted before anything goes.
const NOTE: &str = "CREATE TEMP TABLE forgotten AS
    SELECT DISTINCT article.story AS id FROM article JOIN outlet ON outlet.id = article.outlet
    WHERE article.story IS NOT NULL AND host IN (SELECT value FROM json_each(?1))";
const ARTICLES: &str = "(SELECT article.id FROM article JOIN outlet ON outlet.id = article.outlet
    WHERE host IN (SELECT value FROM json_each(?1)))";
const ENTRIES: &str =
    "(SELECT entry.id FROM entry JOIN feed ON feed.id = entry.feed JOIN outlet ON outlet.id = feed.outlet
    WHERE host IN (SELECT value FROM json_each(?1)))";
const OUTLETS: &str = "(SELECT id FROM outlet WHERE host IN (SELECT value FROM json_each(?1)))";
/// Developments that stand on what is forgotten: noted first, since their evidence goes before them.
const NOTE_DEVELOPMENTS: &str = "CREATE TEMP TABLE forgotten_development AS
    SELECT DISTINCT development AS id FROM evidence JOIN article ON article.id = evidence.article
        JOIN outlet ON outlet.id = article.outlet WHERE host IN (SELECT value FROM json_each(?1))";
const DEVELOPMENTS: &str = "(SELECT id FROM forgotten_development)";
const EMPTY: &str =
    "(SELECT id FROM forgotten WHERE NOT EXISTS (SELECT 1 FROM article WHERE story = forgotten.id))";

/// Tables with rows of a development, an article (each after what refers to it) and a story, which go with it. A test sets them
/// beside the schema.
const OF_DEVELOPMENTS: [&str; 5] = ["delivery", "concern", "evidence", "gist", "twin"];
const OF_ARTICLES: [&str; 11] = [
    "quote",
    "position",
    "act",
    "mention",
    "figure",
    "headline_change",
    "article_revision",
    "body",
    "dated",
    "story_day",
    "impression",
];
const OF_STORIES: [&str; 6] = ["told", "looked", "story_outlet", "story_hour", "story_day", "undated"];

/// Places that nothing names any more.
const PLACES: &str = "DELETE FROM place WHERE id NOT IN (SELECT place FROM mention WHERE place IS NOT NULL)";
const UNDENIED: &str =
    "UPDATE quote SET denies = NULL WHERE denies NOT IN (SELECT saying FROM quote) AND denies IS NOT NULL";
const SAYINGS: &str = "DELETE FROM saying WHERE id NOT IN (SELECT saying FROM quote)";
/// Actors that nothing speaks of any more.
const MERGED_ACTORS: &str = "DELETE FROM actor WHERE redirect_to NOT IN (SELECT actor FROM actor_alias)
    AND redirect_to NOT IN (SELECT actor FROM position)
    AND redirect_to NOT IN (SELECT actor FROM act WHERE actor IS NOT NULL)
    AND redirect_to NOT IN (SELECT target FROM act WHERE target IS NOT NULL)
    AND redirect_to NOT IN (SELECT teller FROM act WHERE teller IS NOT NULL)
    AND redirect_to NOT IN (SELECT actor FROM quote WHERE actor IS NOT NULL)";
const ACTORS: &str =
    "DELETE FROM actor WHERE redirect_to IS NULL AND id NOT IN (SELECT actor FROM actor_alias)
    AND id NOT IN (SELECT actor FROM position)
    AND id NOT IN (SELECT actor FROM act WHERE actor IS NOT NULL)
    AND id NOT IN (SELECT target FROM act WHERE target IS NOT NULL)
    AND id NOT IN (SELECT teller FROM act WHERE teller IS NOT NULL)
    AND id NOT IN (SELECT actor FROM quote WHERE actor IS NOT NULL)";

impl Writer<'_> {
    /// Forgets the outlets of these hosts with everything that came from them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_outlets(&mut self, hosts: &[&str]) -> Result<()> {
        let hosts = crate::column::to_json("hosts", &hosts)?;
        let tx = &self.tx;
        tx.execute(NOTE, [&hosts])?;
        tx.execute(NOTE_DEVELOPMENTS, [&hosts])?;
        tx.execute(&format!("DELETE FROM twin WHERE other IN {DEVELOPMENTS}"), [])?;
        for table in OF_DEVELOPMENTS {
            tx.execute(&format!("DELETE FROM {table} WHERE development IN {DEVELOPMENTS}"), [])?;
        }
        tx.execute(&format!("DELETE FROM development WHERE id IN {DEVELOPMENTS}"), [])?;
        for statement in [
            format!("UPDATE article SET copy_of = NULL WHERE copy_of IN {ARTICLES}"),
            format!(
                "DELETE FROM quote_print WHERE quote IN (SELECT id FROM quote WHERE article IN {ARTICLES})"
            ),
            format!("DELETE FROM actor_alias WHERE article IN {ARTICLES} AND decided = 0"),
            format!("UPDATE actor_alias SET article = NULL WHERE article IN {ARTICLES}"),
        ] {
            tx.execute(&statement, params![hosts])?;
        }
        for table in OF_ARTICLES {
            tx.execute(&format!("DELETE FROM {table} WHERE article IN {ARTICLES}"), params![hosts])?;
        }
        for statement in [
            format!("DELETE FROM article WHERE id IN {ARTICLES}"),
            format!("DELETE FROM entry_revision WHERE entry IN {ENTRIES}"),
            format!("DELETE FROM entry WHERE id IN {ENTRIES}"),
            format!("DELETE FROM feed WHERE outlet IN {OUTLETS}"),
            format!("DELETE FROM story_outlet WHERE outlet IN {OUTLETS}"),
            format!("DELETE FROM outlet WHERE id IN {OUTLETS}"),
        ] {
            tx.execute(&statement, params![hosts])?;
        }
        for table in OF_STORIES {
            tx.execute(&format!("DELETE FROM {table} WHERE story IN {EMPTY}"), [])?;
        }
        for statement in [
            format!("DELETE FROM follow WHERE kind = 'story' AND CAST(target AS INTEGER) IN {EMPTY}"),
            format!(
                "DELETE FROM event WHERE story_id IN {EMPTY} OR story_id IN
                    (SELECT id FROM story WHERE redirect_to IN {EMPTY})"
            ),
            format!("DELETE FROM story WHERE redirect_to IN {EMPTY}"),
            format!("DELETE FROM story WHERE id IN {EMPTY}"),
            PLACES.to_owned(),
            UNDENIED.to_owned(),
            SAYINGS.to_owned(),
            MERGED_ACTORS.to_owned(),
            ACTORS.to_owned(),
            "DROP TABLE forgotten".to_owned(),
            "DROP TABLE forgotten_development".to_owned(),
        ] {
            tx.execute(&statement, [])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{OF_ARTICLES, OF_DEVELOPMENTS, OF_STORIES};
    use crate::Store;

    /// A table that refers to what is forgotten, and that no statement names, keeps all of it from being forgotten.
    #[test]
    fn no_table_is_left_out() {
        let store = Store::in_memory().unwrap();
        let sql = "SELECT DISTINCT tables.name FROM sqlite_schema AS tables
            JOIN pragma_foreign_key_list(tables.name) AS keys WHERE keys.\"table\" = ?1";
        let left_out = |to: &str, named: &[&str], by_themselves: &[&str]| -> Vec<String> {
            let referring: Vec<String> = store
                .read(|connection| {
                    let mut statement = connection.prepare(sql)?;
                    let names = statement.query_map([to], |row| row.get(0))?;
                    Ok(names.collect::<Result<_, _>>()?)
                })
                .unwrap();
            assert!(!referring.is_empty(), "{to}");
            let is_named = |table: &String| named.iter().chain(by_themselves).any(|known| known == table);
            referring.into_iter().filter(|table| !is_named(table)).collect()
        };
        let none = Vec::<String>::new();
        assert_eq!(left_out("article", &OF_ARTICLES, &["actor_alias", "article", "evidence"]), none);
        assert_eq!(left_out("development", &OF_DEVELOPMENTS, &[]), none);
        assert_eq!(left_out("story", &OF_STORIES, &["article", "development", "story"]), none);
        assert_eq!(left_out("outlet", &[], &["article", "feed", "story_outlet"]), none);
        assert_eq!(left_out("feed", &[], &["entry"]), none);
        assert_eq!(left_out("entry", &[], &["article", "entry_revision"]), none);
        assert_eq!(left_out("quote", &[], &["quote_print"]), none);
    }
}
