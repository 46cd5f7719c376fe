//! What the people of a site have named.

use super::NOW;
use crate::conformance::Home;
use crate::{Lexicon, StoreError, StoredGoal, StoredSegment};
use footfall_domain::SiteId;

/// Of two who change what they have read, the second is told.
pub async fn a_lexicon_is_replaced_by_who_read_it_last(home: &mut dyn Home) {
    let store = home.open().await;
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added").id;
    assert_eq!(store.lexicon(site).await, Ok(Lexicon::default()));
    let wanted = some_lexicon();
    assert_eq!(store.put_lexicon(site, &wanted).await, Ok(1));
    assert_eq!(store.lexicon(site).await, Ok(Lexicon { version: 1, ..wanted.clone() }));
    assert!(matches!(store.put_lexicon(site, &Lexicon::default()).await, Err(StoreError::Conflict(_))));
    let fewer = Lexicon { version: 1, segments: vec![], properties: None, ..wanted.clone() };
    assert_eq!(store.put_lexicon(site, &fewer).await, Ok(2));
    drop(store);
    let store = home.open().await;
    assert_eq!(store.lexicon(site).await, Ok(Lexicon { version: 2, ..fewer }));
    assert_eq!(store.lexicon(SiteId(999)).await, Ok(Lexicon::default()));
    assert!(matches!(store.put_lexicon(SiteId(999), &wanted).await, Err(StoreError::NotFound(_))));
}

/// To the new number of a reset site, and away with a removed one.
pub async fn a_lexicon_goes_where_its_site_goes(home: &mut dyn Home) {
    let store = home.open().await;
    store.add_site("other.example", "UTC", NOW, None).await.expect("added");
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added").id;
    store.put_lexicon(site, &some_lexicon()).await.expect("put");
    let (reset, old) = store.reset_site("a.example", None).await.expect("reset");
    assert_eq!(store.lexicon(old).await, Ok(Lexicon::default()));
    assert!(matches!(store.put_lexicon(old, &some_lexicon()).await, Err(StoreError::NotFound(_))), "what was read before the reset");
    let kept = Lexicon { version: 1, ..some_lexicon() };
    assert_eq!(store.lexicon(reset.id).await, Ok(kept.clone()));
    assert_eq!(store.put_lexicon(reset.id, &kept).await, Ok(2));
    store.remove_site("a.example", None).await.expect("removed");
    assert_eq!(store.lexicon(reset.id).await, Ok(Lexicon::default()));
    assert_eq!(store.contents().await.expect("contents").lexicons, []);
}

pub(super) fn some_lexicon() -> Lexicon {
    let goal = |id, event: &str| StoredGoal { id, goal: serde_json::json!({"name": event, "event": event, "props": {"größe": "xl"}}) };
    let segment = |id, owner: Option<&str>| StoredSegment {
        id,
        name: format!("segment {id}"),
        owner: owner.map(str::to_owned),
        filters: serde_json::json!([["is", "visit:country", ["DE"]]]),
    };
    Lexicon {
        version: 0,
        last_id: 5,
        goals: vec![goal(1, "Buy"), goal(3, "Download")],
        segments: vec![segment(2, None), segment(5, Some("a@example.com"))],
        properties: Some(vec!["author".into()]),
    }
}
