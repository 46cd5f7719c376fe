//! The audit log.

use super::NOW;
use crate::AuditEntry;
use crate::conformance::Home;
use footfall_domain::SiteId;
use futures::future::join_all;
use serde_json::json;

/// Of a site, or of the installation; the newest first, each page where the one before ended.
pub async fn the_audit_log_is_read_backwards_in_pages(home: &mut dyn Home) {
    let store = home.open().await;
    let (one, other) = (Some(SiteId(1)), Some(SiteId(12)));
    assert_eq!(store.audit(one, None, 10).await, Ok(vec![]));
    for n in 0..25 {
        store.note(&entry(one, n)).await.expect("noted");
        if n % 5 == 0 {
            store.note(&entry(other, 100 + n)).await.expect("noted");
            store.note(&entry(None, 200 + n)).await.expect("noted");
        }
    }
    drop(store);
    let store = home.open().await;
    let (mut read, mut before) = (Vec::new(), None);
    for wanted in [10, 10, 5, 0] {
        let page = store.audit(one, before, 10).await.expect("a page");
        assert_eq!(page.len(), wanted);
        before = page.last().map(|(number, _)| *number);
        read.extend(page);
    }
    assert!(read.is_sorted_by(|a, b| a.0 > b.0), "by number");
    let entries: Vec<AuditEntry> = read.iter().map(|(_, entry)| entry.clone()).collect();
    assert_eq!(entries, (0..25).rev().map(|n| entry(one, n)).collect::<Vec<_>>());
    let deeds = async |of| {
        let page = store.audit(of, None, usize::MAX).await.expect("a page");
        page.into_iter().map(|(_, entry)| entry.about["n"].as_i64().expect("a number")).collect::<Vec<_>>()
    };
    assert_eq!(deeds(other).await, [120, 115, 110, 105, 100]);
    assert_eq!(deeds(None).await, [220, 215, 210, 205, 200]);
    let oldest = read.last().expect("entries").0;
    for nothing in [store.audit(one, Some(oldest), 9), store.audit(one, Some(0), 9), store.audit(one, None, 0)] {
        assert_eq!(nothing.await, Ok(vec![]));
    }
    assert_eq!(store.audit(one, Some(u64::MAX), 1).await.expect("a page").len(), 1);

    join_all((0..8).map(async |n| store.note(&entry(None, n)).await.expect("noted"))).await;
    assert_eq!(deeds(None).await.len(), 13, "of many at once none is lost");
}

/// Who removed a site, and what was done to it before, is known afterwards.
pub async fn the_audit_log_outlives_a_site(home: &mut dyn Home) {
    let store = home.open().await;
    let first = store.add_site("a.example", "UTC", NOW, None).await.expect("added").first_id;
    store.note(&entry(Some(first), 1)).await.expect("noted");
    let (reset, _) = store.reset_site("a.example", None).await.expect("reset");
    store.note(&entry(Some(reset.first_id), 2)).await.expect("noted");
    assert_eq!(store.audit(Some(reset.first_id), None, 9).await.expect("a page").len(), 2);
    store.remove_site("a.example", None).await.expect("removed");
    assert_eq!(store.audit(Some(first), None, 9).await.expect("a page").len(), 2);
}

/// By when they were made, wherever they belong: to a site, to one that is gone, to none.
pub async fn old_entries_of_the_audit_log_are_forgotten(home: &mut dyn Home) {
    let store = home.open().await;
    let kept = store.add_site("kept.example", "UTC", NOW, None).await.expect("added").first_id;
    store.reset_site("kept.example", None).await.expect("reset");
    let gone = store.add_site("gone.example", "UTC", NOW, None).await.expect("added").first_id;
    store.remove_site("gone.example", None).await.expect("removed");
    let places = [Some(kept), Some(gone), None];
    for (place, n) in places.into_iter().flat_map(|place| (0..4).map(move |n| (place, n))) {
        store.note(&entry(place, n)).await.expect("noted");
    }
    assert_eq!(store.remove_audit_before(NOW).await, Ok(0));
    assert_eq!(store.remove_audit_before(NOW.plus(3)).await, Ok(9));
    assert_eq!(store.remove_audit_before(NOW.plus(3)).await, Ok(0));
    for place in places {
        let left = store.audit(place, None, 9).await.expect("a page");
        assert_eq!(left.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>(), [entry(place, 3)], "the instant itself stays");
    }
}

fn entry(site: Option<SiteId>, n: i64) -> AuditEntry {
    AuditEntry {
        at: NOW.plus(n),
        who: "ada@example.com".into(),
        site,
        domain: site.map(|site| format!("{site}.example")).unwrap_or_default(),
        deed: "member-role".into(),
        about: json!({"n": n, "email": "größe@example.com", "role": "viewer"}),
    }
}
