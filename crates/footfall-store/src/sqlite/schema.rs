//! The tables of both files, and how older files become newer ones.

use crate::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// A file's schema: one step a version, oldest first. Never change a step that was released.
pub(super) struct Schema {
    migrations: &'static [&'static str],
}

/// Of the main file.
pub(super) const STORE: Schema = Schema { migrations: &[STORE_1, STORE_2, STORE_3, STORE_4, STORE_5] };
/// Of the secrets' file.
pub(super) const SECRETS: Schema = Schema { migrations: &[SECRETS_1] };

const STORE_1: &str = "
    -- Numbers are never given twice: hits of a removed site must not become another's.
    CREATE TABLE sites (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        domain  TEXT NOT NULL UNIQUE,
        created INTEGER NOT NULL,
        zones   TEXT NOT NULL,
        rules   TEXT NOT NULL
    ) STRICT;
    CREATE TABLE users (
        email         TEXT PRIMARY KEY,
        password_hash TEXT NOT NULL,
        created       INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sign_ins (
        token_hash BLOB PRIMARY KEY,
        email      TEXT NOT NULL REFERENCES users (email) ON DELETE CASCADE,
        csrf       BLOB NOT NULL,
        expires    INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sign_ins_by_email ON sign_ins (email);
    CREATE TABLE keys (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        hash    BLOB NOT NULL UNIQUE,
        site    INTEGER,
        scope   TEXT NOT NULL,
        name    TEXT NOT NULL,
        created INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE imports (
        site        INTEGER NOT NULL,
        fingerprint BLOB NOT NULL,
        import      INTEGER NOT NULL,
        bytes       INTEGER NOT NULL,
        lines       INTEGER NOT NULL,
        PRIMARY KEY (site, fingerprint)
    ) STRICT, WITHOUT ROWID;
    -- Site 0 stands for hits of no known site.
    CREATE TABLE refusals (
        site   INTEGER NOT NULL,
        date   INTEGER NOT NULL,
        reason TEXT NOT NULL,
        hits   INTEGER NOT NULL,
        PRIMARY KEY (site, date, reason)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE generations (site INTEGER PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    -- The one row that makes a day's pieces visible.
    CREATE TABLE days (
        site       INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        date       INTEGER NOT NULL,
        revision   INTEGER NOT NULL,
        logic      BLOB NOT NULL,
        epoch      INTEGER NOT NULL,
        partition  INTEGER NOT NULL,
        position   INTEGER NOT NULL,
        newest_hit INTEGER,
        summary    BLOB NOT NULL,
        PRIMARY KEY (site, generation, date)
    ) STRICT, WITHOUT ROWID;
    -- Never changed once written. Which numbers `part` and `kind` take: `layout`.
    CREATE TABLE pieces (
        site       INTEGER NOT NULL,
        part       INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        date       INTEGER NOT NULL,
        revision   INTEGER NOT NULL,
        kind       INTEGER NOT NULL,
        first      BLOB NOT NULL,
        payload    BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX pieces_by_name ON pieces (site, generation, date, revision, part, kind, first);
";

const STORE_2: &str = "
    -- Numbers that were a site's and are no more: the only ones that may be erased from a log. They stay, since a hit
    -- that was on its way may still arrive.
    CREATE TABLE removed_sites (id INTEGER PRIMARY KEY, erased INTEGER NOT NULL) STRICT;
    -- Every number ever given that is no site's now was removed.
    WITH RECURSIVE given (id, last) AS (
        SELECT 1, seq FROM sqlite_sequence WHERE name = 'sites' AND seq >= 1
        UNION ALL
        SELECT id + 1, last FROM given WHERE id < last
    )
    INSERT INTO removed_sites (id, erased) SELECT id, 0 FROM given WHERE id NOT IN (SELECT id FROM sites);
";

const STORE_3: &str = "
    -- Numbers of open days between two flushes.
    CREATE TABLE totals (
        site       INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        date       INTEGER NOT NULL,
        revision   INTEGER NOT NULL,
        logic      BLOB NOT NULL,
        epoch      INTEGER NOT NULL,
        partition  INTEGER NOT NULL,
        position   INTEGER NOT NULL,
        newest_hit INTEGER,
        payload    BLOB NOT NULL,
        PRIMARY KEY (site, generation, date)
    ) STRICT, WITHOUT ROWID;
";

const STORE_4: &str = "
    -- Goals, segments and shown properties of a site: JSON.
    CREATE TABLE lexicons (site INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
    -- What a user prefers: JSON.
    CREATE TABLE preferences (
        email TEXT PRIMARY KEY REFERENCES users (email) ON DELETE CASCADE,
        body  TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
";

const STORE_5: &str = "
    -- Who could sign in until now could do everything.
    ALTER TABLE users ADD COLUMN administrator INTEGER NOT NULL DEFAULT 1;
    -- The user whose rights a key has.
    ALTER TABLE keys ADD COLUMN owner TEXT;
    ALTER TABLE sites ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
    -- The number a site was given first. Of a site that was emptied before now the one it has today: nothing is kept by an
    -- earlier one.
    ALTER TABLE sites ADD COLUMN first_id INTEGER NOT NULL DEFAULT 0;
    UPDATE sites SET first_id = id;
    -- Who may see it: JSON.
    ALTER TABLE sites ADD COLUMN sharing TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE sites ADD COLUMN retention_months INTEGER;
    -- JSON. Numbers are never given twice: a site may name a team that is gone.
    CREATE TABLE teams (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
    -- Who changed what: JSON. Site 0 stands for none.
    CREATE TABLE audit (
        id   INTEGER PRIMARY KEY AUTOINCREMENT,
        at   INTEGER NOT NULL,
        site INTEGER NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audit_by_site ON audit (site, id);
";

const SECRETS_1: &str = "
    CREATE TABLE secrets (
        date            INTEGER PRIMARY KEY,
        secret          BLOB NOT NULL,
        live            INTEGER NOT NULL,
        last_import_use INTEGER
    ) STRICT;
";

impl Schema {
    /// The version of a file, 0 for an empty one; refuses what a newer or another program wrote before anything changes.
    pub fn check(&self, connection: &Connection, path: &Path) -> Result<u32, StoreError> {
        let known = self.migrations.len() as u32;
        let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if found > known {
            return Err(StoreError::NewerSchema { found, known });
        }
        let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if found == 0 && tables > 0 {
            return Err(StoreError::Foreign(path.display().to_string()));
        }
        Ok(found)
    }

    /// Brings a file of version `found` to the newest, all steps or none.
    pub fn migrate(&self, connection: &mut Connection, found: u32) -> Result<(), StoreError> {
        let missing = &self.migrations[found as usize..];
        if missing.is_empty() {
            return Ok(());
        }
        let transaction = connection.transaction()?;
        for step in missing {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", self.migrations.len() as u32)?;
        transaction.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_file_is_brought_forward_with_what_it_holds() {
        const TWO: Schema = Schema { migrations: &["CREATE TABLE a (n INTEGER)", "ALTER TABLE a ADD COLUMN m INTEGER DEFAULT 5"] };
        const ONE: Schema = Schema { migrations: &["CREATE TABLE a (n INTEGER)"] };
        let mut connection = Connection::open_in_memory().expect("opens");
        ONE.migrate(&mut connection, 0).expect("migrates");
        connection.execute("INSERT INTO a (n) VALUES (3)", []).expect("written");
        let found = TWO.check(&connection, Path::new("x")).expect("known");
        assert_eq!(found, 1);
        TWO.migrate(&mut connection, found).expect("migrates");
        let row: (i64, i64) = connection.query_row("SELECT n, m FROM a", [], |row| Ok((row.get(0)?, row.get(1)?))).expect("a row");
        assert_eq!(row, (3, 5));
        assert_eq!(TWO.check(&connection, Path::new("x")), Ok(2));
        assert_eq!(ONE.check(&connection, Path::new("x")), Err(StoreError::NewerSchema { found: 2, known: 1 }));
    }

    /// The tables as the first version made them: what was in them is there for the newest.
    #[tokio::test]
    async fn a_store_of_the_first_version_is_brought_forward() {
        use crate::{ImportProgress, Registry, RemovedSite, SqliteStore};
        use footfall_domain::{DropReason, LocalDate, SiteId};
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("footfall.db");
        let mut first = Connection::open(&path).expect("opens");
        Schema { migrations: &[STORE_1] }.migrate(&mut first, 0).expect("made");
        let rows = r#"
            INSERT INTO sites VALUES (1, 'gone.example', 1, '[]', '{}'), (3, 'a.example', 1, '[]', '{}'), (4, 'last.example', 1, '[]', '{}');
            DELETE FROM sites WHERE id IN (1, 4);
            INSERT INTO users VALUES ('ada@example.com', '$argon2id$', 5);
            INSERT INTO imports VALUES (3, zeroblob(32), 1, 2, 3);
            INSERT INTO refusals VALUES (3, 9, 'invalid', 4);
            INSERT INTO settings VALUES ('a', x'01');
        "#;
        let site = footfall_domain::Site {
            zones: vec![],
            ..footfall_domain::Site::new(SiteId(3), "a.example", "UTC", footfall_domain::UnixMillis(1))
        };
        let rules = serde_json::to_string(&site.rules).expect("JSON");
        first.execute_batch(&rows.replace("{}", &rules)).expect("written");
        drop(first);

        let store = SqliteStore::open(&path).await.expect("brought forward");
        assert_eq!(store.sites().await, Ok(vec![site]));
        let user = store.user("ada@example.com").await.expect("readable").expect("known");
        assert_eq!((user.password_hash.as_str(), user.administrator), ("$argon2id$", true));
        let progress = ImportProgress { import: 1, bytes: 2, lines: 3 };
        assert_eq!(store.import_progress(SiteId(3), &[0; 32]).await, Ok(Some(progress)));
        let dates = LocalDate(0)..=LocalDate(99);
        assert_eq!(store.refusals(Some(SiteId(3)), dates).await, Ok(vec![(LocalDate(9), DropReason::Invalid, 4)]));
        assert_eq!(store.setting("a").await, Ok(Some(vec![1])));
        let removed = [1, 2, 4].map(|id| RemovedSite { id: SiteId(id), erased: false });
        assert_eq!(store.removed_sites().await, Ok(removed.to_vec()), "every number that was given and is no site's");
        drop(store);
        let again = SqliteStore::open(&path).await.expect("opens");
        assert_eq!(again.removed_sites().await, Ok(removed.to_vec()), "once");
    }

    /// The tables as they were when everybody who could sign in could do everything.
    #[tokio::test]
    async fn a_store_of_before_there_were_roles_is_brought_forward() {
        use crate::{ApiKey, KeyScope, Registry, SqliteStore};
        use footfall_domain::{Site, SiteId, SiteRules, UnixMillis};
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("footfall.db");
        let mut fourth = Connection::open(&path).expect("opens");
        Schema { migrations: &[STORE_1, STORE_2, STORE_3, STORE_4] }.migrate(&mut fourth, 0).expect("made");
        let rules = serde_json::to_string(&SiteRules::default()).expect("JSON");
        let zones = r#"[{"from": -9223372036854775808, "zone": "UTC"}]"#.replace("-9223372036854775808", &UnixMillis::MIN.0.to_string());
        let rows = format!(
            "INSERT INTO sites (id, domain, created, zones, rules) VALUES (7, 'a.example', 1, '{zones}', '{rules}');
             INSERT INTO users VALUES ('ada@example.com', '$argon2id$', 5), ('bob@example.com', '$argon2id$', 6);
             INSERT INTO keys (id, hash, site, scope, name, created) VALUES (3, zeroblob(32), 7, 'stats', 'k', 2);"
        );
        fourth.execute_batch(&rows).expect("written");
        drop(fourth);

        let store = SqliteStore::open(&path).await.expect("brought forward");
        let site = Site::new(SiteId(7), "a.example", "UTC", UnixMillis(1));
        assert_eq!(store.sites().await, Ok(vec![site.clone()]), "nobody is named at it, its number is its first");
        assert!(store.users().await.expect("users").iter().all(|user| user.administrator), "nobody loses anything");
        let (name, created) = ("k".to_owned(), UnixMillis(2));
        let key = ApiKey { id: 3, site: Some(SiteId(7)), scope: KeyScope::Stats, name, created, owner: None };
        assert_eq!(store.keys().await, Ok(vec![key]), "the installation's");
        assert_eq!(store.put_site(&site).await, Ok(Site { version: 1, ..site }));
        assert_eq!(store.add_site("b.example", "UTC", UnixMillis(1), None).await.map(|site| site.first_id), Ok(SiteId(8)));
    }

    #[test]
    fn a_failed_step_leaves_the_file_as_it_was() {
        const BROKEN: Schema = Schema { migrations: &["CREATE TABLE a (n INTEGER)", "no SQL at all"] };
        let mut connection = Connection::open_in_memory().expect("opens");
        assert!(BROKEN.migrate(&mut connection, 0).is_err());
        assert_eq!(BROKEN.check(&connection, Path::new("x")), Ok(0));
    }
}
