//! Moving everything between backends of this machine; `dynamo/copies.rs` does so with DynamoDB.

use footfall_domain::{LocalDate, LogicId, Position, Sharing, Site, SiteId, UnixMillis};
use footfall_store::conformance::{Shape, agrees, made_rollup};
use footfall_store::copy::{CopyProgress, CopySummary, copy, is_unfinished};
use footfall_store::{AuditEntry, DayKey, DayStamp, GenerationRow, MemoryStore, Registry, RollupStore, SqliteStore, Store, StoreError};
use serde_json::json;
use std::sync::Arc;
use tempfile::TempDir;

const SMALL: Shape = Shape { rows: 30, other_rows: 4, live: true, log: true, machines: 5 };
const LARGE: Shape = Shape { rows: 2_500, other_rows: 40, live: true, log: true, machines: 300 };
const NOW: UnixMillis = UnixMillis(2_200_000_000_000);

fn key(site: u64, generation: u32, date: i32) -> DayKey {
    DayKey { site: SiteId(site), generation, date: LocalDate(date) }
}

fn stamp(revision: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: revision * 10 };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}

async fn filled() -> MemoryStore {
    let store = MemoryStore::new();
    store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    store.add_site("b.example", "UTC", NOW, None).await.expect("added");
    store.add_user("a@example.com", "$argon2id$", true, NOW).await.expect("added");
    store.put_setting("a", b"1").await.expect("put");
    let team = store.add_team("Shop").await.expect("added");
    let shared = store.add_site("shared.example", "UTC", NOW, Some("a@example.com")).await.expect("added");
    let sharing = Sharing { public: true, team: Some(team.id), ..shared.sharing.clone() };
    let shared = store.put_site(&Site { sharing, ..shared }).await.expect("put");
    for site in [Some(shared.first_id), None] {
        store
            .note(&AuditEntry { at: NOW, who: "command".into(), site, domain: String::new(), deed: "x".into(), about: json!({}) })
            .await
            .expect("noted");
    }
    for date in 0..6 {
        let shape = if date % 2 == 0 { SMALL } else { LARGE };
        store.put_day(key(1, 0, date), stamp(3), &made_rollup(date as u64, shape)).await.expect("put");
    }
    store.put_day(key(2, 4, 9), stamp(1), &made_rollup(9, SMALL)).await.expect("put");
    store.activate(SiteId(2), 0, GenerationRow::default()).await.expect("activated");
    store.activate(SiteId(2), 1, GenerationRow::default()).await.expect("activated");
    store
}

async fn is_copy(of: &dyn Store, copy: &dyn Store) {
    assert_eq!(copy.days().await, of.days().await);
    for (key, stamp) in of.days().await.expect("days") {
        let (_, rollup) = of.day(key).await.expect("readable").expect("stored");
        agrees(copy, key, stamp, &rollup).await;
    }
    assert_eq!(copy.sites().await, of.sites().await);
    assert_eq!(copy.users().await, of.users().await);
    assert_eq!(copy.teams().await, of.teams().await);
    for site in [Some(SiteId(3)), None] {
        let entries = of.audit(site, None, 9).await.expect("a page");
        assert_eq!((entries.len(), copy.audit(site, None, 9).await), (1, Ok(entries)));
    }
    assert_eq!(copy.generations(SiteId(2)).await.map(|row| row.version), Ok(2));
}

async fn sqlite() -> (TempDir, SqliteStore) {
    let folder = TempDir::new().expect("a folder");
    let store = SqliteStore::open(&folder.path().join("footfall.db")).await.expect("opens");
    (folder, store)
}

#[tokio::test]
async fn everything_is_there_afterwards_and_a_second_run_changes_nothing() {
    let source = filled().await;
    let (_folder, target) = sqlite().await;
    let mut told = Vec::new();
    let done = copy(&source, &target, &mut |progress| told.push(progress)).await.expect("copied");
    assert_eq!(done, CopySummary { written: 7, there: 0, generations: 3, registry_rows: 8, unchanged: false });
    assert_eq!(told, (1..=7).map(|days| CopyProgress { days, of: 7 }).collect::<Vec<_>>());
    is_copy(&source, &target).await;
    let again = copy(&source, &target, &mut |_| {}).await.expect("compared");
    assert_eq!(again, CopySummary { written: 0, there: 7, generations: 3, registry_rows: 8, unchanged: true });
    // And back again, into something else.
    let back = MemoryStore::new();
    copy(&target, &back, &mut |_| {}).await.expect("copied");
    is_copy(&source, &back).await;
}

#[tokio::test]
async fn a_target_that_holds_other_data_is_refused_untouched() {
    let source = filled().await;
    let other_site = MemoryStore::new();
    other_site.add_site("other.example", "UTC", NOW, None).await.expect("added");
    let other_day = MemoryStore::new();
    other_day.put_day(key(1, 0, 1), stamp(9), &made_rollup(1, SMALL)).await.expect("put");
    let other_setting = MemoryStore::new();
    other_setting.put_setting("a", b"2").await.expect("put");
    let in_use = MemoryStore::new();
    copy(&source, &in_use, &mut |_| {}).await.expect("copied");
    in_use.add_user("new@example.com", "x", true, NOW).await.expect("added");
    let undone = MemoryStore::new();
    copy(&source, &undone, &mut |_| {}).await.expect("copied");
    undone.activate(SiteId(2), 2, GenerationRow::default()).await.expect("activated");
    for (target, words) in [
        (other_site, "sites are not"),
        (other_day, "day 1970-01-02 of site 1"),
        (other_setting, "are not the source's"),
        (in_use, "users are not"),
        (undone, "generations of site 2"),
    ] {
        let before = (target.contents().await.expect("contents"), target.days().await.expect("days"));
        let error = copy(&source, &target, &mut |_| {}).await.expect_err(words);
        assert!(matches!(&error, StoreError::NotEmpty(_)), "{error}");
        assert!(error.to_string().contains(words) || words == "sites are not", "{error}");
        assert!((target.contents().await.expect("contents"), target.days().await.expect("days")) == before, "{words}");
    }
}

/// The target's owner pulled the plug in the middle, and the source went on meanwhile.
#[tokio::test]
async fn an_interrupted_copy_goes_on() {
    let source = Arc::new(filled().await);
    let (_folder, target) = sqlite().await;
    let interrupted = {
        let (source, target) = (source.clone(), &target);
        let mut copying = Box::pin(async move { copy(&*source, target, &mut |_| {}).await });
        // It is dropped at the first days it waits for.
        let mut days = 0;
        loop {
            tokio::select! {
                done = &mut copying => break done.is_ok(),
                () = tokio::task::yield_now() => {
                    days = target.days().await.expect("days").len();
                    if days >= 2 { break false; }
                }
            }
        }
        .then_some(days)
    };
    assert_eq!(interrupted, None, "it was interrupted");
    let there = target.days().await.expect("days").len() as u64;
    assert!((2..7).contains(&there), "{there}");
    assert_eq!(is_unfinished(&target).await, Ok(true));
    source.add_user("later@example.com", "x", true, NOW).await.expect("added");
    source.put_day(key(1, 0, 0), stamp(8), &made_rollup(77, SMALL)).await.expect("put");
    let done = copy(&*source, &target, &mut |_| {}).await.expect("copied");
    assert_eq!(done.written + done.there, 7);
    // What was on its way when it was interrupted may have arrived since.
    assert!(done.there >= 1 && done.written >= 1, "{done:?}");
    is_copy(&*source, &target).await;
    assert_eq!(is_unfinished(&target).await, Ok(false));
}

/// A table deletes sign-ins that have ended by itself, at a time of its own choosing: the copy was then called damaged, or
/// a complete one somebody else's.
#[tokio::test]
async fn sign_ins_that_have_ended_are_neither_copied_nor_missed() {
    let source = filled().await;
    source.add_sign_in([1; 32], "a@example.com", [2; 32], UnixMillis(1)).await.expect("added");
    source.add_sign_in([3; 32], "a@example.com", [4; 32], NOW).await.expect("added");
    let target = MemoryStore::new();
    copy(&source, &target, &mut |_| {}).await.expect("copied");
    let there = target.contents().await.expect("contents").sign_ins;
    assert_eq!(there.iter().map(|(hash, _)| *hash).collect::<Vec<_>>(), [[3; 32]]);
    assert!(copy(&source, &target, &mut |_| {}).await.expect("compared").unchanged);
}

/// A flush that an interrupted copy had brought closed at the source without another hit: the same numbers under a new
/// revision, which the target refused for ever as having nothing new, and with it the copy.
#[tokio::test]
async fn a_day_put_again_with_the_same_hits_does_not_stop_a_copy_that_goes_on() {
    let source = filled().await;
    let target = MemoryStore::new();
    target.put_setting("store-copy", b"unfinished").await.expect("put");
    let before = DayStamp { revision: 2, ..stamp(3) };
    target.put_day(key(1, 0, 0), before, &made_rollup(0, SMALL)).await.expect("put");
    let done = copy(&source, &target, &mut |_| {}).await.expect("copied");
    assert_eq!((done.written, done.there), (6, 1));
    agrees(&target, key(1, 0, 0), before, &made_rollup(0, SMALL)).await;
    // Other numbers under the same hits are no copy.
    let target = MemoryStore::new();
    target.put_setting("store-copy", b"unfinished").await.expect("put");
    target.put_day(key(1, 0, 0), before, &made_rollup(5, SMALL)).await.expect("put");
    assert!(matches!(copy(&source, &target, &mut |_| {}).await, Err(StoreError::Conflict(_))));
}
