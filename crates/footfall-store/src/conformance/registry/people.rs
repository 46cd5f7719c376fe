//! People and programs: users, sign-ins, preferences, keys.

use super::{NOW, new_key};
use crate::conformance::Home;
use crate::{ApiKey, KeyScope, NewKey, Preferences, SignIn, StoreError, User};
use footfall_domain::SiteId;

/// Users are known by email.
pub async fn users_are_added_changed_and_removed(home: &mut dyn Home) {
    let store = home.open().await;
    let second = store.add_user("b@example.com", "$argon2id$b", true, NOW).await.expect("added");
    let first = store.add_user("a@example.com", "$argon2id$a", true, NOW).await.expect("added");
    assert_eq!(store.users().await, Ok(vec![first.clone(), second.clone()]), "by email");
    assert_eq!(store.user("a@example.com").await, Ok(Some(first)));
    assert_eq!(store.user("c@example.com").await, Ok(None));
    assert!(matches!(store.add_user("a@example.com", "x", true, NOW).await, Err(StoreError::Exists(_))));
    store.set_password("a@example.com", "$argon2id$new").await.expect("set");
    assert_eq!(store.user("a@example.com").await.expect("user").expect("known").password_hash, "$argon2id$new");
    assert!(matches!(store.set_password("c@example.com", "x").await, Err(StoreError::NotFound(_))));
    store.remove_user("a@example.com").await.expect("removed");
    assert!(matches!(store.remove_user("a@example.com").await, Err(StoreError::NotFound(_))));
    assert_eq!(store.users().await, Ok(vec![second]));
}

/// By time, by signing out, by a new password, by removal of the user.
pub async fn sign_ins_end(home: &mut dyn Home) {
    let store = home.open().await;
    store.add_user("a@example.com", "x", true, NOW).await.expect("added");
    store.add_user("b@example.com", "x", true, NOW).await.expect("added");
    let expires = NOW.plus(1_000);
    for (token, email) in [(1, "a@example.com"), (2, "a@example.com"), (3, "b@example.com"), (4, "b@example.com")] {
        store.add_sign_in([token; 32], email, [token + 100; 32], expires).await.expect("added");
    }
    let kept = SignIn { email: "a@example.com".into(), csrf: [101; 32], expires };
    assert_eq!(store.sign_in(&[1; 32], NOW).await, Ok(Some(kept.clone())));
    assert_eq!(store.sign_in(&[1; 32], expires.plus(-1)).await, Ok(Some(kept)));
    assert_eq!(store.sign_in(&[1; 32], expires).await, Ok(None), "the end is not included");
    assert_eq!(store.sign_in(&[9; 32], NOW).await, Ok(None));
    assert!(matches!(store.add_sign_in([9; 32], "c@example.com", [0; 32], expires).await, Err(StoreError::NotFound(_))));

    let is_in = async |token: u8| store.sign_in(&[token; 32], NOW).await.expect("sign-in").is_some();
    store.remove_sign_in(&[3; 32]).await.expect("signed out");
    store.remove_sign_in(&[3; 32]).await.expect("twice is once");
    assert_eq!([is_in(1).await, is_in(2).await, is_in(3).await, is_in(4).await], [true, true, false, true]);
    store.set_password("a@example.com", "y").await.expect("set");
    assert_eq!([is_in(1).await, is_in(2).await, is_in(4).await], [false, false, true]);
    store.remove_user("b@example.com").await.expect("removed");
    assert!(!is_in(4).await);
    store.add_sign_in([5; 32], "a@example.com", [0; 32], expires).await.expect("added");
    assert_eq!(store.remove_ended_sign_ins(expires.plus(-1)).await, Ok(0));
    assert_eq!(store.remove_ended_sign_ins(expires).await, Ok(1));
}

/// Nobody else is changed by it, and no sign-in ends.
pub async fn administrators_are_made_and_unmade(home: &mut dyn Home) {
    let store = home.open().await;
    let first = store.add_user("a@example.com", "x", true, NOW).await.expect("added");
    let member = store.add_user("b@example.com", "x", false, NOW).await.expect("added");
    assert_eq!((first.administrator, member.administrator), (true, false));
    assert_eq!(store.users().await, Ok(vec![first.clone(), member.clone()]));
    store.add_sign_in([1; 32], "b@example.com", [2; 32], NOW.plus(1)).await.expect("added");
    store.set_administrator("b@example.com", true).await.expect("set");
    store.set_password("b@example.com", "y").await.expect("set");
    store.set_administrator("a@example.com", false).await.expect("set");
    let now = store.users().await.expect("users");
    assert_eq!(now[0], User { administrator: false, ..first });
    assert_eq!(now[1], User { administrator: true, password_hash: "y".into(), ..member });
    store.add_sign_in([1; 32], "b@example.com", [2; 32], NOW.plus(1)).await.expect("added");
    store.set_administrator("b@example.com", false).await.expect("set");
    assert!(store.sign_in(&[1; 32], NOW).await.expect("sign-in").is_some());
    assert!(matches!(store.set_administrator("c@example.com", true).await, Err(StoreError::NotFound(_))));
    assert_eq!(store.users().await.expect("users").len(), 2, "nobody is made by it");
}

/// The password stays, and signing in again is possible at once.
pub async fn all_sign_ins_of_a_user_end_at_once(home: &mut dyn Home) {
    let store = home.open().await;
    let user = store.add_user("a@example.com", "x", false, NOW).await.expect("added");
    store.add_user("b@example.com", "x", false, NOW).await.expect("added");
    for (token, email) in [(1, "a@example.com"), (2, "a@example.com"), (3, "b@example.com")] {
        store.add_sign_in([token; 32], email, [0; 32], NOW.plus(1)).await.expect("added");
    }
    store.end_sign_ins("a@example.com").await.expect("ended");
    store.end_sign_ins("a@example.com").await.expect("none is no error");
    let is_in = async |token: u8| store.sign_in(&[token; 32], NOW).await.expect("sign-in").is_some();
    assert_eq!([is_in(1).await, is_in(2).await, is_in(3).await], [false, false, true]);
    assert_eq!(store.user("a@example.com").await, Ok(Some(user)));
    store.add_sign_in([4; 32], "a@example.com", [0; 32], NOW.plus(1)).await.expect("added");
    assert!(is_in(4).await);
    assert!(matches!(store.end_sign_ins("c@example.com").await, Err(StoreError::NotFound(_))));
    assert_eq!(store.contents().await.expect("contents").sign_ins.len(), 2);
}

/// A key has the rights of a user who is there; it is never another's of the same email.
pub async fn a_key_goes_with_its_owner(home: &mut dyn Home) {
    let store = home.open().await;
    let of = |n, owner: Option<&str>| NewKey { owner: owner.map(str::to_owned), scope: KeyScope::Sites, ..new_key(n, None) };
    assert!(matches!(store.add_key(of(1, Some("a@example.com"))).await, Err(StoreError::NotFound(_))));
    store.add_user("a@example.com", "x", false, NOW).await.expect("added");
    store.add_user("b@example.com", "x", false, NOW).await.expect("added");
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added").id;
    for n in 1..4 {
        store.add_key(of(n, Some("a@example.com"))).await.expect("added");
    }
    let theirs = store.add_key(NewKey { site: Some(site), ..of(4, Some("b@example.com")) }).await.expect("added");
    let nobodys = store.add_key(of(5, None)).await.expect("added");
    assert_eq!((theirs.owner.as_deref(), theirs.scope, &nobodys.owner), (Some("b@example.com"), KeyScope::Sites, &None));
    assert!(matches!(store.add_key(of(4, Some("a@example.com"))).await, Err(StoreError::Exists(_))));
    let (reset, _) = store.reset_site("a.example", None).await.expect("reset");
    let theirs = ApiKey { site: Some(reset.id), ..theirs };
    store.remove_user("a@example.com").await.expect("removed");
    assert_eq!(store.keys().await, Ok(vec![theirs.clone(), nobodys]));
    assert_eq!(store.key_by_hash(&[1; 32]).await, Ok(None));
    assert_eq!(store.key_by_hash(&[4; 32]).await, Ok(Some(theirs)));
}

/// They go with the user.
pub async fn preferences_are_their_users(home: &mut dyn Home) {
    let store = home.open().await;
    let theirs = Preferences { pins: vec!["b.example".into(), "a.example".into()], language: Some("de".into()) };
    assert!(matches!(store.put_preferences("a@example.com", &theirs).await, Err(StoreError::NotFound(_))));
    store.add_user("a@example.com", "x", true, NOW).await.expect("added");
    assert_eq!(store.preferences("a@example.com").await, Ok(Preferences::default()));
    store.put_preferences("a@example.com", &Preferences::default()).await.expect("put");
    store.put_preferences("a@example.com", &theirs).await.expect("put");
    store.set_password("a@example.com", "y").await.expect("set");
    assert_eq!(store.preferences("a@example.com").await, Ok(theirs));
    store.remove_user("a@example.com").await.expect("removed");
    store.add_user("a@example.com", "x", true, NOW).await.expect("added");
    assert_eq!(store.preferences("a@example.com").await, Ok(Preferences::default()), "of somebody else");
}

/// A key is known by its hash alone.
pub async fn keys_are_found_by_their_hash(home: &mut dyn Home) {
    let store = home.open().await;
    let all = store.add_key(NewKey { scope: KeyScope::Admin, ..new_key(1, None) }).await.expect("added");
    let one = store.add_key(new_key(2, Some(SiteId(7)))).await.expect("added");
    assert_eq!((one.site, one.scope, one.name.as_str(), one.created), (Some(SiteId(7)), KeyScope::Stats, "key 2", NOW));
    assert_eq!(store.keys().await, Ok(vec![all.clone(), one.clone()]));
    assert_eq!(store.key_by_hash(&[2; 32]).await, Ok(Some(one.clone())));
    assert_eq!(store.key_by_hash(&[3; 32]).await, Ok(None));
    assert!(matches!(store.add_key(new_key(2, None)).await, Err(StoreError::Exists(_))));
    store.remove_key(one.id).await.expect("removed");
    assert!(matches!(store.remove_key(one.id).await, Err(StoreError::NotFound(_))));
    assert_eq!(store.key_by_hash(&[2; 32]).await, Ok(None));
    let again = store.add_key(new_key(2, None)).await.expect("added");
    assert!(again.id > one.id, "numbers are never given twice");
}
