//! What every archive does: one function a behaviour.
//!
//! A backend's test calls [`all`] with a factory of fresh, empty archives. A failed behaviour panics.

use crate::{Archive, ArchiveError, SealKey};
use footfall_domain::{Feed, Hit, HitId, LocalDate, Place, Position, Record, Revenue, SiteId, UnixMillis, VisitorId};

/// All behaviours, each with an archive of its own.
pub async fn all<A: Archive>(fresh: impl AsyncFn() -> A) {
    records_come_back_as_they_were(&fresh().await).await;
    sealing_again_replaces(&fresh().await).await;
    a_stray_record_is_refused_and_nothing_changes(&fresh().await).await;
    keys_are_listed_in_order(&fresh().await).await;
    what_is_removed_is_gone(&fresh().await).await;
}

/// A record of a key; `n` makes it unlike others.
pub fn record(key: SealKey, n: u64) -> Record {
    let bucket = u64::from(key.first_bucket) + n % (u64::from(key.last_bucket - key.first_bucket) + 1);
    let hit = Hit {
        id: HitId(u128::MAX - u128::from(n)),
        site: key.site,
        time: UnixMillis(-5 + n as i64 * 1_000),
        date: key.date,
        offset_seconds: -12_600,
        visitor: VisitorId(bucket << 56 | n),
        feed: [Feed::Tracker, Feed::Server, Feed::Log][n as usize % 3],
        name: ["pageview", "engagement", "Größe ändern"][n as usize % 3].into(),
        url: format!("https://example.com/page/{n}?utm_source=news"),
        referrer: if n.is_multiple_of(2) { String::new() } else { "https://search.example/".into() },
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) \u{FFFD}".into(),
        language: "de-CH".into(),
        props: (0..n % 3).map(|at| (format!("p{}", 9 - at), format!("\"{n}\""))).collect(),
        interactive: n.is_multiple_of(2),
        hash_routing: n.is_multiple_of(7),
        engaged_ms: n.is_multiple_of(5).then_some(u32::MAX),
        scroll_depth: n.is_multiple_of(4).then_some(100),
        screen_width: n.is_multiple_of(3).then_some(0),
        revenue: n.is_multiple_of(6).then(|| Revenue { amount: "9.90".into(), currency: String::new() }),
        place: Place { country: "CH".into(), region: String::new(), city: "Zürich".into() },
        address_rules: if n.is_multiple_of(4) { vec![3, n as u32] } else { Vec::new() },
    };
    Record { position: Position { epoch: u64::MAX, partition: u32::MAX, offset: u64::MAX - n }, hit }
}

/// Every field of every record, in the order put; none is a list too.
pub async fn records_come_back_as_they_were(archive: &dyn Archive) {
    let key = key(1, 20_780, 0, 255);
    assert_eq!(archive.get(key).await, Ok(None));
    for count in [0, 1, 2, 500] {
        let records: Vec<Record> = (0..count).map(|n| record(key, n)).collect();
        archive.put(key, records.clone()).await.expect("put");
        assert_eq!(archive.get(key).await, Ok(Some(records)), "{count} records");
    }
}

/// The newest word counts; other keys keep theirs.
pub async fn sealing_again_replaces(archive: &dyn Archive) {
    let (one, other) = (key(1, 5, 0, 127), key(1, 5, 128, 255));
    archive.put(one, vec![record(one, 1)]).await.expect("put");
    archive.put(other, vec![record(other, 2)]).await.expect("put");
    archive.put(one, vec![record(one, 3), record(one, 1)]).await.expect("put");
    assert_eq!(archive.get(one).await, Ok(Some(vec![record(one, 3), record(one, 1)])));
    assert_eq!(archive.get(other).await, Ok(Some(vec![record(other, 2)])));
}

/// A record of another site, day or bucket is a mistake of the caller.
pub async fn a_stray_record_is_refused_and_nothing_changes(archive: &dyn Archive) {
    let home = key(1, 5, 0, 127);
    archive.put(home, vec![record(home, 1)]).await.expect("put");
    for stray in [key(2, 5, 0, 127), key(1, 6, 0, 127), key(1, 5, 128, 255)] {
        let refused = archive.put(home, vec![record(home, 2), record(stray, 3)]).await;
        assert_eq!(refused, Err(ArchiveError::Stray(home)), "{stray}");
    }
    assert_eq!(archive.get(home).await, Ok(Some(vec![record(home, 1)])));
}

/// By site, day (also before 1970) and shard; of one site or of all.
pub async fn keys_are_listed_in_order(archive: &dyn Archive) {
    assert_eq!(archive.list(None).await, Ok(vec![]));
    let keys = [key(2, 5, 0, 127), key(2, 5, 128, 255), key(10, -400, 0, 255), key(10, 20_780, 0, 255)];
    for key in [2, 0, 3, 1].map(|at| keys[at]) {
        archive.put(key, vec![record(key, 1)]).await.expect("put");
    }
    assert_eq!(archive.list(None).await, Ok(keys.to_vec()));
    assert_eq!(archive.list(Some(SiteId(10))).await, Ok(keys[2..].to_vec()));
    assert_eq!(archive.list(Some(SiteId(1))).await, Ok(vec![]), "1 is not the beginning of 10");
}

/// Removal erases one key, and says whether there was anything; the key may be used again.
pub async fn what_is_removed_is_gone(archive: &dyn Archive) {
    let (one, other) = (key(1, 5, 0, 127), key(1, 5, 128, 255));
    for key in [one, other] {
        archive.put(key, vec![record(key, 1)]).await.expect("put");
    }
    assert_eq!(archive.remove(one).await, Ok(true));
    assert_eq!(archive.remove(one).await, Ok(false));
    assert_eq!(archive.get(one).await, Ok(None));
    assert_eq!(archive.list(None).await, Ok(vec![other]));
    assert_eq!(archive.remove(other).await, Ok(true));
    archive.put(one, vec![record(one, 2)]).await.expect("put");
    assert_eq!(archive.list(None).await, Ok(vec![one]));
}

fn key(site: u64, date: i32, first_bucket: u8, last_bucket: u8) -> SealKey {
    SealKey { site: SiteId(site), date: LocalDate(date), first_bucket, last_bucket }
}
