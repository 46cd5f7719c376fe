//! The registry as a whole.

use super::lexicon::some_lexicon;
use super::sharing::some_sharing;
use super::{NOW, new_key};
use crate::conformance::Home;
use crate::{AuditEntry, ImportProgress, KeyScope, NewKey, Preferences, Registry, SecretUse};
use footfall_domain::{DropReason, LocalDate, Site, SiteId, Team};

/// What a registry holds can be put into another one, which then holds that and nothing else.
pub async fn all_of_it_can_be_moved(home: &mut dyn Home) {
    let store = home.open().await;
    assert!(store.contents().await.expect("contents").is_empty());
    let source = filled().await;
    let wanted = source.contents().await.expect("contents");
    assert_eq!(wanted.rows(), 21);

    store.add_site("other.example", "UTC", NOW, None).await.expect("added");
    store.add_user("other@example.com", "x", true, NOW).await.expect("added");
    store.add_sign_in([9; 32], "other@example.com", [1; 32], NOW.plus(1)).await.expect("added");
    store.put_setting("other", b"1").await.expect("put");
    store.put_lexicon(SiteId(1), &some_lexicon()).await.expect("put");
    store.put_preferences("other@example.com", &Preferences::default()).await.expect("put");
    store.put_import_progress(SiteId(1), [9; 32], ImportProgress { import: 1, bytes: 1, lines: 1 }).await.expect("put");
    store.add_team("other").await.expect("added");
    store.note(&note(Some(SiteId(1)), "other")).await.expect("noted");
    for again in [false, true] {
        store.restore(&wanted).await.expect("restored");
        let now_there = store.contents().await.expect("contents");
        assert_eq!(now_there.difference(&wanted), None, "again: {again}");
        assert!(now_there == wanted);
    }
    assert!(store.sign_in(&[5; 32], NOW).await.expect("sign-in").is_some());
    assert!(store.sign_in(&[9; 32], NOW).await.expect("sign-in").is_none());
    assert_eq!(store.secret(LocalDate(100), [7; 32], SecretUse::Live).await, Ok([1; 32]));
    let next = store.add_site("new.example", "UTC", NOW, None).await.expect("added");
    assert!(next.id.0 > wanted.last_site, "numbers go on");
    assert!(store.add_key(new_key(200, None)).await.expect("added").id > wanted.last_key);
    assert!(store.add_team("new").await.expect("added").id > wanted.last_team);
    store.note(&note(None, "new")).await.expect("noted");
    let newest = &store.audit(None, None, 1).await.expect("a page")[0];
    assert!(newest.0 > wanted.last_audit && newest.1.deed == "new");
}

/// A registry with something of everything.
async fn filled() -> crate::MemoryStore {
    let store = crate::MemoryStore::new();
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    let shared = store.add_site("b.example", "Asia/Tokyo", NOW, Some("a@example.com")).await.expect("added");
    store.put_site(&Site { sharing: some_sharing(), retention_months: Some(12), ..shared }).await.expect("put");
    store.reset_site("b.example", None).await.expect("reset");
    store.add_site("gone.example", "UTC", NOW, None).await.expect("added");
    let gone = store.remove_site("gone.example", None).await.expect("removed");
    store.note_erased(gone).await.expect("noted");
    store.add_user("a@example.com", "$argon2id$", true, NOW).await.expect("added");
    store.add_sign_in([5; 32], "a@example.com", [6; 32], NOW.plus(1)).await.expect("added");
    store.add_key(new_key(1, Some(site.id))).await.expect("added");
    store.add_user("b@example.com", "$argon2id$", false, NOW).await.expect("added");
    store.add_key(NewKey { owner: Some("b@example.com".into()), scope: KeyScope::Sites, ..new_key(2, None) }).await.expect("added");
    let team = store.add_team("gone").await.expect("added");
    store.remove_team(team.id).await.expect("removed");
    let team = store.add_team("Shop").await.expect("added");
    store.put_team(&Team { invitations: some_sharing().invitations, ..team }).await.expect("put");
    store.note(&note(Some(site.id), "public-on")).await.expect("noted");
    store.note(&note(None, "user-added")).await.expect("noted");
    store.secret(LocalDate(100), [1; 32], SecretUse::Live).await.expect("a secret");
    store.secret(LocalDate(-5), [2; 32], SecretUse::Import { at: NOW }).await.expect("a secret");
    let progress = ImportProgress { import: 1, bytes: u64::MAX, lines: 3 };
    store.put_import_progress(site.id, [1; 32], progress).await.expect("put");
    let refused = [(Some(site.id), LocalDate(5), DropReason::Invalid, 3), (None, LocalDate(5), DropReason::UnknownSite, 9)];
    store.add_refusals(&refused).await.expect("added");
    store.put_lexicon(site.id, &some_lexicon()).await.expect("put");
    store.put_preferences("a@example.com", &Preferences { pins: vec!["b.example".into()], language: None }).await.expect("put");
    store.put_setting("a", &[0, 255]).await.expect("put");
    store.put_setting("empty", b"").await.expect("put");
    store
}

/// Everything that was answered is there when the registry is opened again.
pub async fn all_of_it_is_there_after_a_restart(home: &mut dyn Home) {
    let store = home.open().await;
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    let user = store.add_user("a@example.com", "x", true, NOW).await.expect("added");
    let key = store.add_key(new_key(1, None)).await.expect("added");
    store.add_sign_in([5; 32], "a@example.com", [0; 32], NOW.plus(1)).await.expect("added");
    store.secret(LocalDate(100), [1; 32], SecretUse::Live).await.expect("a secret");
    store.put_setting("a", b"1").await.expect("put");
    drop(store);
    let store = home.open().await;
    assert_eq!(store.sites().await, Ok(vec![site]));
    assert_eq!(store.users().await, Ok(vec![user]));
    assert_eq!(store.keys().await, Ok(vec![key]));
    assert!(store.sign_in(&[5; 32], NOW).await.expect("sign-in").is_some());
    assert_eq!(store.secret(LocalDate(100), [2; 32], SecretUse::Live).await, Ok([1; 32]));
    assert_eq!(store.setting("a").await, Ok(Some(b"1".to_vec())));
}

fn note(site: Option<SiteId>, deed: &str) -> AuditEntry {
    let about = serde_json::json!({"by": "größe@example.com"});
    AuditEntry { at: NOW, who: "command".into(), site, domain: String::new(), deed: deed.into(), about }
}
