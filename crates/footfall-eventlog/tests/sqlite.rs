//! What only a file can show: sudden ends, full disks, erased bytes, older and newer files.

use footfall_domain::{Entropy, LocalDate, Position, SiteId};
use footfall_eventlog::conformance::{everything, hit, hits};
use footfall_eventlog::{EventLog, LogError, LogOptions, SqliteLog};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

async fn open(path: &Path) -> SqliteLog {
    SqliteLog::open(path, LogOptions::default()).await.expect("opens")
}

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("log.db");
    (folder, path)
}

/// The bytes of all files in a folder.
fn bytes_in(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    files.flat_map(|file| std::fs::read(file).expect("readable")).collect()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A copy of the files while the log is open is what a killed process leaves behind.
#[tokio::test]
async fn files_of_a_killed_process_hold_everything_answered() {
    let (folder, path) = folder();
    let log = open(&path).await;
    for round in 0..5 {
        let last = log.append(hits(1, 100, round * 100..round * 100 + 100)).await.expect("appended");
        let left_behind = TempDir::new().expect("a folder");
        for file in ["log.db", "log.db-wal"] {
            std::fs::copy(folder.path().join(file), left_behind.path().join(file)).expect("copied");
        }
        let again = open(&left_behind.path().join("log.db")).await;
        assert_eq!(*again.newest().borrow(), Some(last));
        assert_eq!(everything(&again).await, everything(&log).await, "all of it, and nothing else");
    }
}

/// A torn end of the write-ahead log, as a power cut leaves it, costs only what was not answered.
#[tokio::test]
async fn a_torn_last_commit_is_forgotten_whole() {
    let (folder, path) = folder();
    let log = open(&path).await;
    log.append(hits(1, 100, 0..10)).await.expect("appended");
    let answered = std::fs::metadata(folder.path().join("log.db-wal")).expect("a file").len();
    log.append(hits(1, 100, 10..400)).await.expect("appended");
    let left_behind = TempDir::new().expect("a folder");
    for file in ["log.db", "log.db-wal"] {
        std::fs::copy(folder.path().join(file), left_behind.path().join(file)).expect("copied");
    }
    let wal = std::fs::OpenOptions::new().write(true).open(left_behind.path().join("log.db-wal")).expect("a file");
    let whole = wal.metadata().expect("a file").len();
    assert!(whole > answered + 100);
    wal.set_len(whole - 100).expect("cut");
    let again = open(&left_behind.path().join("log.db")).await;
    let kept: Vec<_> = everything(&again).await.into_iter().map(|record| record.hit).collect();
    assert_eq!(kept, hits(1, 100, 0..10));
}

#[tokio::test]
async fn a_full_disk_is_unavailable_and_the_log_recovers_when_there_is_space() {
    let (_folder, path) = folder();
    let options = LogOptions { max_file_bytes: Some(1 << 20), ..LogOptions::default() };
    let log = SqliteLog::open(&path, options).await.expect("opens");
    let kept = log.append(hits(1, 100, 0..20)).await.expect("appended");
    let mut filled = 0;
    let refusal = loop {
        match log.append(unlike_any_other(filled * 1_000, 200)).await {
            Ok(_) => filled += 1,
            Err(refusal) => break refusal,
        }
    };
    assert!(filled > 0, "there was some space");
    assert!(matches!(refusal, LogError::Unavailable(_)), "{refusal:?}");
    let answered = everything(&log).await;
    assert_eq!(answered.len() as u64, 20 + filled * 200, "all that was answered and nothing that was refused");
    assert_eq!(answered[19].position, kept);
    assert_eq!(log.stats().waiting_hits, 0);
    assert_eq!(log.stats().failed_commits, 1);

    log.remove_site(SiteId(2)).await.expect("removing makes space");
    let after = log.append(unlike_any_other(90_000, 200)).await.expect("the log works again by itself");
    assert!(answered.iter().all(|record| record.position.offset < after.offset));
    assert_eq!(everything(&log).await.len(), 220);
}

/// Hits of site 2 that cannot be compressed to nothing.
fn unlike_any_other(from: u64, count: u64) -> Vec<footfall_domain::Hit> {
    let scrambled = |n: u64| (0..40).map(|word| format!("{:x}", (n * 64 + word).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect::<String>();
    (from..from + count).map(|n| footfall_domain::Hit { referrer: scrambled(n), ..hit(2, 100, n) }).collect()
}

#[tokio::test]
async fn a_folder_that_goes_away_is_unavailable_and_comes_back() {
    let (folder, path) = folder();
    let elsewhere = folder.path().with_extension("moved");
    let missing = folder.path().join("none").join("log.db");
    assert!(matches!(SqliteLog::open(&missing, LogOptions::default()).await, Err(LogError::Unavailable(_))));
    let log = open(&path).await;
    log.append(hits(1, 100, 0..3)).await.expect("appended");
    drop(log);
    std::fs::rename(folder.path(), &elsewhere).expect("moved");
    assert!(SqliteLog::open(&path, LogOptions::default()).await.is_err(), "no new log is made in place of the one that is gone");
    std::fs::rename(&elsewhere, folder.path()).expect("moved back");
    assert_eq!(everything(&open(&path).await).await.len(), 3);
}

/// The writer holds still while somebody else has the write lock; callers beyond the bounds are sent away at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_is_behind_refuses_and_its_memory_does_not_grow() {
    let (_folder, path) = folder();
    let options = LogOptions { max_waiting_hits: 10, ..LogOptions::default() };
    let log = Arc::new(SqliteLog::open(&path, options).await.expect("opens"));
    let blocker = rusqlite::Connection::open(&path).expect("opens");
    blocker.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let waiting: Vec<_> = (0..30)
        .map(|n| {
            let log = log.clone();
            tokio::spawn(async move { log.append(vec![hit(1, 100, n)]).await })
        })
        .collect();
    while log.stats().waiting_hits < 10 {
        tokio::task::yield_now().await;
    }
    let refused = log.append(vec![hit(1, 100, 99)]).await;
    assert!(matches!(refused, Err(LogError::Behind { retry_after }) if !retry_after.is_zero()), "{refused:?}");
    assert_eq!(log.stats().waiting_hits, 10);
    blocker.execute_batch("ROLLBACK").expect("unlocks");
    let (mut kept, mut refused) = (0, 0);
    for answer in waiting {
        match answer.await.expect("a caller") {
            Ok(_) => kept += 1,
            Err(LogError::Behind { .. }) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(kept + refused, 30);
    assert!(kept >= 10, "who was taken was answered");
    assert_eq!(everything(&*log).await.len(), kept);
    log.append(vec![hit(1, 100, 100)]).await.expect("there is room again");
}

#[tokio::test]
async fn many_waiting_callers_share_one_commit() {
    let (_folder, path) = folder();
    let log = Arc::new(open(&path).await);
    let blocker = rusqlite::Connection::open(&path).expect("opens");
    blocker.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let waiting: Vec<_> = (0..200)
        .map(|n| {
            let log = log.clone();
            tokio::spawn(async move { log.append(vec![hit(1, 100, n)]).await })
        })
        .collect();
    while log.stats().waiting_hits < 200 {
        tokio::task::yield_now().await;
    }
    blocker.execute_batch("ROLLBACK").expect("unlocks");
    for answer in waiting {
        answer.await.expect("a caller").expect("appended");
    }
    let stats = log.stats();
    assert!(stats.commits <= 2, "{} commits", stats.commits);
    assert_eq!(stats.hits, 200);
    assert_eq!(stats.commit_buckets.iter().sum::<u64>(), stats.commits);
}

#[tokio::test]
async fn no_byte_of_a_removed_site_stays_in_the_files() {
    let (folder, path) = folder();
    let log = open(&path).await;
    let mut secret = hit(1, 100, 1);
    secret.url = "https://example.com/never-to-be-seen-again".into();
    log.append(vec![secret]).await.expect("appended");
    log.append(hits(2, 100, 0..5)).await.expect("appended");
    assert!(contains(&bytes_in(folder.path()), "never-to-be-seen-again"), "the test can see it");
    log.remove_site(SiteId(1)).await.expect("removed");
    assert!(!contains(&bytes_in(folder.path()), "never-to-be-seen-again"));
    assert_eq!(everything(&log).await.len(), 5);
}

#[tokio::test]
async fn an_interrupted_removal_goes_on_at_the_next_start() {
    let (_folder, path) = folder();
    let log = open(&path).await;
    log.append(hits(1, 100, 0..5)).await.expect("appended");
    let kept = log.append(hits(2, 100, 0..5)).await.expect("appended");
    log.close().await;
    // What a removal writes down before it begins.
    let file = rusqlite::Connection::open(&path).expect("opens");
    file.execute("INSERT INTO removals (site, before) VALUES (1, ?1)", [kept.offset.cast_signed()]).expect("written");
    drop(file);
    let log = open(&path).await;
    let newest = log.newest();
    while everything(&log).await.len() > 5 {
        tokio::task::yield_now().await;
    }
    assert_eq!(*newest.borrow(), Some(kept));
}

#[tokio::test]
async fn so_does_a_removal_of_days_and_no_byte_of_them_stays() {
    let (folder, path) = folder();
    let log = open(&path).await;
    let mut secret = hit(1, 99, 1);
    secret.url = "https://example.com/never-to-be-seen-again".into();
    log.append(vec![secret]).await.expect("appended");
    let kept = log.append(hits(1, 100, 0..5)).await.expect("appended");
    log.close().await;
    // What a removal writes down before it begins.
    let file = rusqlite::Connection::open(&path).expect("opens");
    file.execute("INSERT INTO day_removals (site, before, until) VALUES (1, ?1, 100)", [kept.offset.cast_signed()]).expect("written");
    drop(file);
    let log = open(&path).await;
    while everything(&log).await.len() > 5 {
        tokio::task::yield_now().await;
    }
    log.close().await;
    assert!(!contains(&bytes_in(folder.path()), "never-to-be-seen-again"));
}

#[tokio::test]
async fn a_log_of_the_first_schema_goes_on() {
    let (_folder, path) = folder();
    let log = open(&path).await;
    log.append(hits(1, 100, 0..5)).await.expect("appended");
    log.close().await;
    let file = rusqlite::Connection::open(&path).expect("opens");
    file.execute_batch("DROP TABLE day_removals; PRAGMA user_version = 1").expect("as it was");
    drop(file);
    let log = open(&path).await;
    assert_eq!(everything(&log).await.len(), 5);
    assert_eq!(log.remove_days(SiteId(1), LocalDate(101)).await, Ok(5));
}

#[tokio::test]
async fn a_log_restored_from_an_older_copy_begins_a_new_epoch() {
    let (folder, path) = folder();
    let log = open(&path).await;
    log.append(hits(1, 100, 0..5)).await.expect("appended");
    log.close().await;
    let copy = folder.path().join("copy.db");
    std::fs::copy(&path, &copy).expect("copied");
    let log = open(&path).await;
    let known = log.append(hits(1, 100, 5..8)).await.expect("appended");
    drop(log);

    let options = |known| LogOptions { known: vec![known], ..LogOptions::default() };
    let same = SqliteLog::open(&path, options(known)).await.expect("opens");
    assert_eq!(same.newest().borrow().map(|newest| newest.epoch), Some(known.epoch), "nothing was lost, nothing begins");
    let restored = SqliteLog::open(&copy, options(known)).await.expect("opens");
    let newest: Position = restored.newest().borrow().expect("hits");
    assert_ne!(newest.epoch, known.epoch);
    assert_eq!(restored.read(Some(known), 10).await, Err(LogError::OtherEpoch));
}

#[tokio::test]
async fn every_new_log_has_an_epoch_of_its_own() {
    struct Fixed(u8);
    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }
    let (folder, _) = folder();
    for byte in [0x01, 0xff] {
        let options = LogOptions { entropy: Arc::new(Fixed(byte)), ..LogOptions::default() };
        let log = SqliteLog::open(&folder.path().join(format!("{byte}.db")), options).await.expect("opens");
        let first = log.append(hits(1, 100, 0..1)).await.expect("appended");
        assert_eq!(first, Position { epoch: u64::from_le_bytes([byte; 8]), partition: 0, offset: 0 });
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused_in_words_and_left_alone() {
    let (_folder, path) = folder();
    open(&path).await.close().await;
    let file = rusqlite::Connection::open(&path).expect("opens");
    file.pragma_update(None, "user_version", 7).expect("written");
    drop(file);
    let before = std::fs::read(&path).expect("readable");
    let refusal = SqliteLog::open(&path, LogOptions::default()).await.err().expect("refused");
    assert_eq!(refusal, LogError::NewerSchema { found: 7, known: 2 });
    assert!(refusal.to_string().starts_with("this data folder was written by a newer Footfall (log schema 7, this one knows 2): install"));
    assert_eq!(std::fs::read(&path).expect("readable"), before);
}

#[tokio::test]
async fn a_database_of_another_program_is_refused() {
    let (_folder, path) = folder();
    rusqlite::Connection::open(&path).expect("opens").execute_batch("CREATE TABLE orders (n)").expect("written");
    assert!(matches!(SqliteLog::open(&path, LogOptions::default()).await, Err(LogError::Damaged(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder();
    let log = open(&path).await;
    log.append(hits(1, 100, 0..5)).await.expect("appended");
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").map(|file| file.expect("a file").path()).collect();
    assert_eq!(files.len(), 3, "{files:?}");
    for file in files {
        let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn logs_are_named_by_url() {
    let (_folder, path) = folder();
    let log = footfall_eventlog::open(&format!("sqlite:{}", path.display()), LogOptions::default()).await.expect("opens");
    log.append(hits(1, 100, 0..5)).await.expect("appended");
    assert!(path.exists());
    footfall_eventlog::open("memory:", LogOptions::default()).await.expect("opens");
    for unknown in ["kafka://broker/topic", "log.db", "sqlite:", ""] {
        let refusal = footfall_eventlog::open(unknown, LogOptions::default()).await.err().expect("refused");
        assert_eq!(refusal, LogError::UnknownUrl(unknown.to_owned()));
    }
}
