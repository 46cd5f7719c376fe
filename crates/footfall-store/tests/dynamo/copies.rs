//! Moving everything to DynamoDB, between two tables, and back.

use super::proxy::{Act, Proxy};
use super::support::{Place, endpoint};
use footfall_domain::{DropReason, LocalDate, LogicId, Position, Site, SiteId, UnixMillis};
use footfall_store::conformance::{Shape, agrees, made_rollup};
use footfall_store::copy::copy;
use footfall_store::dynamo::{DynamoOptions, DynamoStore, Tuning};
use footfall_store::{AuditEntry, DayKey, DayStamp, GenerationRow, ImportProgress, MemoryStore, SecretUse, SqliteStore, Store};
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const SMALL: Shape = Shape { rows: 30, other_rows: 4, live: true, log: true, machines: 5 };
const LARGE: Shape = Shape { rows: 2_500, other_rows: 40, live: true, log: true, machines: 300 };
const NOW: UnixMillis = UnixMillis(2_200_000_000_000);

async fn fill(store: &dyn Store) {
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added").id;
    store.add_site("gone.example", "UTC", NOW, None).await.expect("added");
    store.remove_site("gone.example", None).await.expect("removed");
    store.add_user("a@example.com", "$argon2id$", true, NOW).await.expect("added");
    store.add_sign_in([1; 32], "a@example.com", [2; 32], NOW).await.expect("added");
    store.secret(LocalDate(5), [3; 32], SecretUse::Live).await.expect("a secret");
    store.put_import_progress(site, [1; 32], ImportProgress { import: 1, bytes: 2, lines: 3 }).await.expect("put");
    store.add_refusals(&[(Some(site), LocalDate(5), DropReason::Invalid, 3)]).await.expect("added");
    store.put_setting("a", b"1").await.expect("put");
    store.add_user("b@example.com", "$argon2id$", false, NOW).await.expect("added");
    let shared = store.add_site("shared.example", "UTC", NOW, Some("b@example.com")).await.expect("added");
    store.put_site(&Site { retention_months: Some(24), ..shared.clone() }).await.expect("put");
    store.reset_site("shared.example", None).await.expect("reset");
    store.add_team("Shop").await.expect("added");
    let about = serde_json::json!({"email": "b@example.com"});
    let entry = AuditEntry { at: NOW, who: "command".into(), site: None, domain: String::new(), deed: "x".into(), about };
    store.note(&entry).await.expect("noted");
    store.note(&AuditEntry { site: Some(shared.first_id), ..entry }).await.expect("noted");
    for date in 0..5 {
        let key = DayKey { site, generation: 0, date: LocalDate(date) };
        let through = Position { epoch: 1, partition: 0, offset: 5 };
        let stamp = DayStamp { revision: 2, logic: LogicId([1; 16]), through, newest_hit: None };
        store.put_day(key, stamp, &made_rollup(date as u64, if date % 2 == 0 { SMALL } else { LARGE })).await.expect("put");
    }
    store.activate(site, 0, GenerationRow::default()).await.expect("activated");
}

async fn is_copy(of: &dyn Store, copy: &dyn Store) {
    assert_eq!(copy.days().await, of.days().await);
    for (key, stamp) in of.days().await.expect("days") {
        let (_, rollup) = of.day(key).await.expect("readable").expect("stored");
        agrees(copy, key, stamp, &rollup).await;
    }
    assert!(copy.sign_in(&[1; 32], NOW.plus(-1)).await.expect("sign-in").is_some());
    assert_eq!(copy.secret(LocalDate(5), [9; 32], SecretUse::Live).await, Ok([3; 32]));
    assert_eq!(copy.sites().await, of.sites().await);
    assert_eq!(copy.users().await, of.users().await);
    assert_eq!(copy.teams().await, of.teams().await);
    for site in [Some(SiteId(3)), None] {
        let entries = of.audit(site, None, 9).await.expect("a page");
        assert_eq!((entries.len(), copy.audit(site, None, 9).await), (1, Ok(entries)));
    }
    assert_eq!(copy.generations(SiteId(1)).await.map(|row| row.version), Ok(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn everything_goes_from_files_to_a_table_to_a_table_to_files() {
    let folder = TempDir::new().expect("a folder");
    let sqlite = SqliteStore::open(&folder.path().join("footfall.db")).await.expect("opens");
    fill(&sqlite).await;
    let ((_one, first), (_two, second)) = (Place::made().await, Place::made().await);
    let back = MemoryStore::new();
    let stores: [(&dyn Store, &dyn Store); 3] = [(&sqlite, &*first), (&*first, &*second), (&*second, &back)];
    for (from, to) in stores {
        assert!(!copy(from, to, &mut |_| {}).await.expect("copied").unchanged);
        let again = copy(from, to, &mut |_| {}).await.expect("compared");
        assert!(again.unchanged && again.written == 0, "{again:?}");
        is_copy(&sqlite, to).await;
    }
}

/// The connection breaks after each number of writes in turn; the next run goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_copy_that_broke_anywhere_goes_on() {
    let source = MemoryStore::new();
    fill(&source).await;
    let (place, direct) = Place::made().await;
    let proxy = Proxy::before(endpoint()).await;
    let options = DynamoOptions { endpoint: Some(proxy.endpoint.clone()), ..place.options.clone() };
    let store = DynamoStore::open_with(options, Tuning { attempts: 1, ..place.tuning.clone() }).await.expect("opens");
    let mut broken = 0;
    for writes in [1, 2, 5, 9, 4, 7, 3, 6, 8, 10, 12, 15, 1_000] {
        let seen = AtomicUsize::new(0);
        proxy.rule(move |call| if call.writes() && seen.fetch_add(1, Ordering::SeqCst) >= writes { Act::Drop } else { Act::Pass });
        match copy(&source, &store, &mut |_| {}).await {
            Ok(_) => break,
            Err(_) => broken += 1,
        }
    }
    assert!(broken >= 4, "{broken}");
    proxy.rule(|_| Act::Pass);
    is_copy(&source, &*direct).await;
    assert!(copy(&source, &*direct, &mut |_| {}).await.expect("compared").unchanged);
}
