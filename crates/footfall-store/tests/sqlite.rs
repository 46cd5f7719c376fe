//! What only files can show: destroyed secrets, sizes of pieces, older and newer files, who may read them.

use footfall_domain::{LocalDate, LogicId, Position, SiteId, UnixMillis};
use footfall_store::conformance::{Shape, made_rollup};
use footfall_store::layout::MAX_PIECE_BYTES;
use footfall_store::{DayKey, DayStamp, OpenOptions, Registry, RollupStore, SecretUse, SqliteStore, StoreError};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("footfall.db");
    (folder, path)
}

async fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path).await.expect("opens")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect()
}

fn holds(folder: &Path, wanted: &[u8]) -> bool {
    files(folder).into_iter().any(|file| {
        let bytes = std::fs::read(file).expect("readable");
        bytes.windows(wanted.len()).any(|window| window == wanted)
    })
}

/// Bytes that occur nowhere by chance, another sixteen at each end.
fn secret(n: u64) -> [u8; 32] {
    let word = |at: u64| (n * 4 + at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
    [word(0), word(1), word(2), word(3)].concat().try_into().expect("four times eight bytes")
}

#[tokio::test]
async fn a_destroyed_secret_is_in_no_file_while_the_store_is_open() {
    let (folder, path) = folder();
    let store = open(&path).await;
    for n in 0..3 {
        store.secret(LocalDate(n), secret(n as u64), SecretUse::Live).await.expect("a secret");
    }
    assert!(holds(folder.path(), &secret(1)), "the test can see it");
    store.destroy_secrets(&[LocalDate(1)]).await.expect("destroyed");
    assert!(!holds(folder.path(), &secret(1)));
    for half in [&secret(1)[..16], &secret(1)[16..]] {
        assert!(!holds(folder.path(), half), "not even a half of it");
    }
    assert!(holds(folder.path(), &secret(0)) && holds(folder.path(), &secret(2)), "the others stay");
}

/// Imports make many secrets, in any order: rows move between pages, and no copy may stay behind.
#[tokio::test]
async fn no_trace_of_any_of_many_destroyed_secrets_stays() {
    const SECRETS: u64 = 200;
    let (folder, path) = folder();
    let store = open(&path).await;
    let import = SecretUse::Import { at: UnixMillis(5) };
    for n in 0..SECRETS {
        // 7 and 200 have no common divisor: every date once, scattered.
        let date = n * 7 % SECRETS;
        store.secret(LocalDate(date as i32), secret(date), import).await.expect("a secret");
    }
    let destroyed: Vec<u64> = (0..SECRETS).filter(|n| n % 3 != 0).collect();
    for some in destroyed.chunks(50) {
        let dates: Vec<LocalDate> = some.iter().map(|n| LocalDate(*n as i32)).collect();
        store.destroy_secrets(&dates).await.expect("destroyed");
    }
    let bytes: Vec<u8> = files(folder.path()).into_iter().flat_map(|file| std::fs::read(file).expect("readable")).collect();
    let beginnings: std::collections::HashSet<&[u8]> = bytes.windows(8).collect();
    for n in &destroyed {
        assert!(!beginnings.contains(&secret(*n)[..8]), "secret {n}");
    }
    for n in (0..SECRETS).step_by(3) {
        assert_eq!(store.secret(LocalDate(n as i32), [0; 32], import).await, Ok(secret(n)));
    }
}

#[tokio::test]
async fn every_piece_fits_an_item_even_when_nothing_compresses() {
    let (_folder, path) = folder();
    let store = open(&path).await;
    let mut rollup = made_rollup(1, Shape { rows: 9_000, other_rows: 3, live: true, log: true, machines: 9_000 });
    // 2,000 values of 2,000 bytes that have nothing in common.
    let long = |n: u64| (0..125).map(|at| format!("{:016x}", (n * 125 + at).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect::<String>();
    let counts = *rollup.live.dimensions[0].values().next().expect("a row");
    rollup.live.dimensions[1] = (0..2_000).map(|n| (long(n), counts)).collect();
    let key = DayKey { site: SiteId(1), generation: 0, date: LocalDate(1) };
    let stamp = |revision| DayStamp {
        revision,
        logic: LogicId([1; 16]),
        through: Position { epoch: 1, partition: 0, offset: revision },
        newest_hit: None,
    };
    for revision in [1, 2] {
        store.put_day(key, stamp(revision), &rollup).await.expect("put");
    }
    assert_eq!(store.day(key).await, Ok(Some((stamp(2), rollup))));

    let file = rusqlite::Connection::open(&path).expect("opens");
    let (pieces, largest, revisions): (i64, usize, i64) = file
        .query_row("SELECT count(*), max(length(payload)), count(DISTINCT revision) FROM pieces", [], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? as usize, row.get(2)?))
        })
        .expect("read");
    assert!(pieces > 40, "{pieces}");
    assert!(largest < MAX_PIECE_BYTES, "{largest}");
    assert_eq!(revisions, 1, "the pieces of the revision before are gone");
}

#[tokio::test]
async fn a_small_day_is_one_item() {
    let (_folder, path) = folder();
    let store = open(&path).await;
    let rollup = made_rollup(1, Shape { rows: 30, other_rows: 5, live: true, log: true, machines: 5 });
    let key = DayKey { site: SiteId(1), generation: 0, date: LocalDate(1) };
    let through = Position { epoch: 1, partition: 0, offset: 1 };
    store.put_day(key, DayStamp { revision: 1, logic: LogicId([1; 16]), through, newest_hit: None }, &rollup).await.expect("put");
    let file = rusqlite::Connection::open(&path).expect("opens");
    let pieces: i64 = file.query_row("SELECT count(*) FROM pieces", [], |row| row.get(0)).expect("read");
    assert_eq!(pieces, 1);
}

#[tokio::test]
async fn a_damaged_piece_is_an_error_and_not_a_number() {
    let (_folder, path) = folder();
    let store = open(&path).await;
    let rollup = made_rollup(1, Shape { rows: 2_500, other_rows: 5, live: true, log: false, machines: 5 });
    let key = DayKey { site: SiteId(1), generation: 0, date: LocalDate(1) };
    let through = Position { epoch: 1, partition: 0, offset: 1 };
    store.put_day(key, DayStamp { revision: 1, logic: LogicId([1; 16]), through, newest_hit: None }, &rollup).await.expect("put");
    let file = rusqlite::Connection::open(&path).expect("opens");
    for damage in ["substr(payload, 1, length(payload) - 3)", "x''", "x'09'", "x'01'"] {
        file.execute(&format!("UPDATE pieces SET payload = {damage}"), []).expect("damaged");
        assert!(matches!(store.day(key).await, Err(StoreError::Damaged(_))), "{damage}");
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused_in_words_and_left_alone() {
    let (folder, path) = folder();
    drop(open(&path).await);
    let secrets = folder.path().join("footfall-secrets.db");
    for (file, known) in [(&path, 5), (&secrets, 1)] {
        let connection = rusqlite::Connection::open(file).expect("opens");
        connection.pragma_update(None, "user_version", 7).expect("written");
        drop(connection);
        let before = std::fs::read(file).expect("readable");
        let refusal = SqliteStore::open(&path).await.err().expect("refused");
        assert_eq!(refusal, StoreError::NewerSchema { found: 7, known });
        let words = format!("this data folder was written by a newer Footfall (schema 7, this one knows {known}): install that version");
        assert!(refusal.to_string().starts_with(&words), "{refusal}");
        assert_eq!(std::fs::read(file).expect("readable"), before);
        rusqlite::Connection::open(file).expect("opens").pragma_update(None, "user_version", known).expect("written");
    }
    open(&path).await;
}

#[tokio::test]
async fn a_file_of_another_program_is_refused() {
    let (_folder, path) = folder();
    rusqlite::Connection::open(&path).expect("opens").execute_batch("CREATE TABLE orders (n)").expect("written");
    assert_eq!(SqliteStore::open(&path).await.err(), Some(StoreError::Foreign(path.display().to_string())));
    let missing = path.with_file_name("none").join("footfall.db");
    assert!(matches!(SqliteStore::open(&missing).await, Err(StoreError::Unavailable(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder();
    let store = open(&path).await;
    store.add_site("a.example", "UTC", UnixMillis(1), None).await.expect("added");
    store.secret(LocalDate(1), [1; 32], SecretUse::Live).await.expect("a secret");
    let files = files(folder.path());
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn stores_are_named_by_url() {
    let (_folder, path) = folder();
    let store = footfall_store::open(&format!("sqlite:{}", path.display()), &OpenOptions::default()).await.expect("opens");
    store.put_setting("a", b"1").await.expect("put");
    assert!(path.exists());
    footfall_store::open("memory:", &OpenOptions::default()).await.expect("opens");
    for unknown in ["kafka://table", "footfall.db", "sqlite:", ""] {
        assert_eq!(footfall_store::open(unknown, &OpenOptions::default()).await.err(), Some(StoreError::UnknownUrl(unknown.to_owned())));
    }
}
