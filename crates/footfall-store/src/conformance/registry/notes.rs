//! What is noted beside: imports, refusals, settings.

use crate::ImportProgress;
use crate::conformance::Home;
use footfall_domain::{DropReason, LocalDate, SiteId};

/// By site and fingerprint; the newest word counts.
pub async fn imports_remember_how_far_they_came(home: &mut dyn Home) {
    let store = home.open().await;
    let progress = |import, bytes| ImportProgress { import, bytes, lines: bytes / 10 };
    assert_eq!(store.import_progress(SiteId(1), &[1; 32]).await, Ok(None));
    for (site, fingerprint, at) in [(1, 1, progress(9, 100)), (1, 2, progress(8, 5)), (2, 1, progress(3, 7)), (1, 1, progress(9, u64::MAX))]
    {
        store.put_import_progress(SiteId(site), [fingerprint; 32], at).await.expect("put");
    }
    assert_eq!(store.import_progress(SiteId(1), &[1; 32]).await, Ok(Some(progress(9, u64::MAX))));
    assert_eq!(store.import_progress(SiteId(2), &[2; 32]).await, Ok(None));
    let imports = store.imports(SiteId(1)).await;
    assert_eq!(imports, Ok(vec![([2; 32], progress(8, 5)), ([1; 32], progress(9, u64::MAX))]), "by number");
}

/// Numbers of one site, day and reason are summed; hits of no known site have a place of their own.
pub async fn refusals_add_up(home: &mut dyn Home) {
    let store = home.open().await;
    let (site, day) = (Some(SiteId(1)), LocalDate(-3));
    store.add_refusals(&[(site, day, DropReason::Invalid, 2), (None, day, DropReason::UnknownSite, 5)]).await.expect("added");
    store
        .add_refusals(&[
            (site, day, DropReason::Invalid, 3),
            (site, day, DropReason::Overloaded, 1),
            (site, LocalDate(4), DropReason::TooLarge, 7),
            (site, LocalDate(2), DropReason::TooLarge, 0),
        ])
        .await
        .expect("added");
    let all = LocalDate(-9)..=LocalDate(9);
    let expected = vec![(day, DropReason::Invalid, 5), (day, DropReason::Overloaded, 1), (LocalDate(4), DropReason::TooLarge, 7)];
    assert_eq!(store.refusals(site, all.clone()).await, Ok(expected.clone()));
    assert_eq!(store.refusals(site, day..=day).await, Ok(expected[..2].to_vec()));
    assert_eq!(store.refusals(None, all.clone()).await, Ok(vec![(day, DropReason::UnknownSite, 5)]));
    assert_eq!(store.refusals(Some(SiteId(2)), all).await, Ok(vec![]));
}

/// The newest value of a name.
pub async fn settings_are_put_and_read(home: &mut dyn Home) {
    let store = home.open().await;
    assert_eq!(store.setting("a").await, Ok(None));
    store.put_setting("a", b"1").await.expect("put");
    store.put_setting("b", b"").await.expect("put");
    store.put_setting("a", &[0, 255]).await.expect("put");
    assert_eq!(store.setting("a").await, Ok(Some(vec![0, 255])));
    assert_eq!(store.setting("b").await, Ok(Some(vec![])));
}
