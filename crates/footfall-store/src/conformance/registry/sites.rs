//! Sites: their names, their numbers, and what goes with them.

use super::{NOW, new_key};
use crate::conformance::Home;
use crate::{ImportProgress, RemovedSite, StoreError};
use footfall_domain::{DropReason, LocalDate, Site, SiteId, SiteRules, UnixMillis, ZoneChange};

/// Adding, changing, renaming and removing; names are unique.
pub async fn sites_are_added_changed_and_removed(home: &mut dyn Home) {
    let store = home.open().await;
    let second = store.add_site("b.example", "Europe/Berlin", NOW, None).await.expect("added");
    let mut first = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    assert_ne!(first.id, second.id);
    assert_eq!(second.zones, [ZoneChange { from: UnixMillis::MIN, zone: "Europe/Berlin".into() }]);
    assert_eq!((second.created, second.rules.clone()), (NOW, SiteRules::default()));
    assert_eq!(store.sites().await, Ok(vec![first.clone(), second.clone()]), "by domain");
    assert!(matches!(store.add_site("a.example", "UTC", NOW, None).await, Err(StoreError::Exists(_))));

    first.zones.push(ZoneChange { from: NOW, zone: "Asia/Tokyo".into() });
    first.rules.keep_parameters = vec!["größe".into()];
    let first = store.put_site(&first).await.expect("put");
    assert_eq!(store.sites().await, Ok(vec![first.clone(), second.clone()]));
    let renamed = Site { domain: "c.example".into(), ..first.clone() };
    let renamed = store.put_site(&renamed).await.expect("renamed");
    assert_eq!(store.sites().await, Ok(vec![second.clone(), renamed.clone()]));
    let taken = Site { domain: "b.example".into(), ..renamed.clone() };
    assert!(matches!(store.put_site(&taken).await, Err(StoreError::Exists(_))));
    let unknown = Site { id: SiteId(999), ..renamed.clone() };
    assert!(matches!(store.put_site(&unknown).await, Err(StoreError::NotFound(_))));

    assert!(matches!(store.remove_site("b.example", Some(renamed.id)).await, Err(StoreError::NotFound(_))), "another is meant");
    assert!(matches!(store.reset_site("b.example", Some(renamed.id)).await, Err(StoreError::NotFound(_))), "another is meant");
    assert_eq!(store.sites().await, Ok(vec![second.clone(), renamed.clone()]));
    let (second, old) = store.reset_site("b.example", Some(second.id)).await.expect("reset");
    assert!(matches!(store.remove_site("b.example", Some(old)).await, Err(StoreError::NotFound(_))), "it was emptied meanwhile");
    assert_eq!(store.remove_site("b.example", Some(second.id)).await, Ok(second.id));
    assert!(matches!(store.remove_site("b.example", None).await, Err(StoreError::NotFound(_))));
    assert_eq!(store.sites().await, Ok(vec![renamed]));
}

/// Neither after removal of the newest, nor after a restart.
pub async fn numbers_of_sites_are_never_given_twice(home: &mut dyn Home) {
    let mut given = Vec::new();
    for _ in 0..3 {
        let store = home.open().await;
        let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
        let (reset, old) = store.reset_site("a.example", None).await.expect("reset");
        assert_eq!(old, site.id);
        given.extend([old, reset.id]);
        store.remove_site("a.example", None).await.expect("removed");
    }
    assert!(given.is_sorted_by(|a, b| a < b), "{given:?}");
    assert!(given[0] > SiteId(0), "0 stands for no site");
}

/// Reset changes the number alone; what was counted beside the log goes.
pub async fn a_reset_site_begins_empty_and_keeps_its_settings_and_keys(home: &mut dyn Home) {
    let store = home.open().await;
    let mut site = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    site.rules.keep_parameters = vec!["id".into()];
    let site = store.put_site(&site).await.expect("put");
    let key = store.add_key(new_key(1, Some(site.id))).await.expect("added");
    let progress = ImportProgress { import: 1, bytes: 2, lines: 3 };
    store.put_import_progress(site.id, [1; 32], progress).await.expect("put");
    store.add_refusals(&[(Some(site.id), LocalDate(5), DropReason::Invalid, 3)]).await.expect("added");

    let (reset, old) = store.reset_site("a.example", None).await.expect("reset");
    assert_eq!(old, site.id);
    assert_ne!(reset.id, old);
    assert_eq!(Site { id: old, version: site.version, ..reset.clone() }, site);
    assert!(reset.version > site.version, "who read it before is told");
    assert_eq!(store.sites().await, Ok(vec![reset.clone()]));
    assert_eq!(store.keys().await.expect("keys")[0].site, Some(reset.id));
    assert_eq!(store.keys().await.expect("keys")[0].id, key.id);
    for id in [old, reset.id] {
        assert_eq!(store.imports(id).await, Ok(vec![]));
        assert_eq!(store.refusals(Some(id), LocalDate(0)..=LocalDate(9)).await, Ok(vec![]));
    }
    assert!(matches!(store.reset_site("b.example", None).await, Err(StoreError::NotFound(_))));
    store.remove_site("a.example", None).await.expect("removed");
    assert_eq!(store.keys().await, Ok(vec![]), "a removed site's keys go with it");
}

/// Only such numbers may be erased from a log: they are noted with the removal, and stay.
pub async fn removed_numbers_are_remembered(home: &mut dyn Home) {
    let store = home.open().await;
    assert_eq!(store.removed_sites().await, Ok(vec![]));
    let kept = store.add_site("kept.example", "UTC", NOW, None).await.expect("added");
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    let (_, reset) = store.reset_site("a.example", None).await.expect("reset");
    let removed = store.remove_site("a.example", None).await.expect("removed");
    assert!(store.remove_site("a.example", None).await.is_err());
    assert_eq!(reset, site.id);
    let row = |id, erased| RemovedSite { id, erased };
    assert_eq!(store.removed_sites().await, Ok(vec![row(reset, false), row(removed, false)]));
    store.note_erased(reset).await.expect("noted");
    store.note_erased(kept.id).await.expect("a site that is there is not touched");
    drop(store);
    let store = home.open().await;
    assert_eq!(store.removed_sites().await, Ok(vec![row(reset, true), row(removed, false)]));
    assert_eq!(store.sites().await, Ok(vec![kept]));
}

/// What was on its way when a site was removed goes too; what belongs to others stays.
pub async fn counts_of_removed_numbers_are_forgotten(home: &mut dyn Home) {
    let store = home.open().await;
    let kept = store.add_site("kept.example", "UTC", NOW, None).await.expect("added").id;
    store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    let gone = store.remove_site("a.example", None).await.expect("removed");
    let progress = ImportProgress { import: 1, bytes: 2, lines: 3 };
    for site in [kept, gone] {
        store.put_import_progress(site, [1; 32], progress).await.expect("put");
    }
    let counts = [Some(kept), Some(gone), None].map(|site| (site, LocalDate(5), DropReason::Invalid, 3));
    store.add_refusals(&counts).await.expect("added");
    assert_eq!(store.forget_counts_of_removed_sites().await, Ok(2));
    assert_eq!(store.forget_counts_of_removed_sites().await, Ok(0));
    assert_eq!(store.imports(gone).await, Ok(vec![]));
    assert_eq!(store.imports(kept).await, Ok(vec![([1; 32], progress)]));
    for (site, left) in [(Some(gone), 0), (Some(kept), 1), (None, 1)] {
        assert_eq!(store.refusals(site, LocalDate(0)..=LocalDate(9)).await.expect("refusals").len(), left);
    }
}

/// Who sees the number unchanged need not read the sites again.
pub async fn a_change_of_sites_is_noticed(home: &mut dyn Home) {
    let store = home.open().await;
    let Some(mut last) = store.sites_version().await.expect("a version") else { return };
    let mut site = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    for step in 0..3 {
        let now = store.sites_version().await.expect("a version").expect("as before");
        assert!(now > last, "step {step}");
        last = now;
        assert_eq!(store.sites_version().await, Ok(Some(last)), "reading changes nothing");
        match step {
            0 => site = store.put_site(&site).await.expect("put"),
            1 => site = store.reset_site("a.example", None).await.expect("reset").0,
            _ => assert_eq!(store.remove_site(&site.domain, None).await, Ok(site.id)),
        }
    }
}
