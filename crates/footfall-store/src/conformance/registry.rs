//! What every registry does.

use super::Home;
use crate::{
    ImportProgress, KeyScope, Lexicon, NewKey, Preferences, Registry, RemovedSite, SecretRow, SecretUse, SignIn, StoreError, StoredGoal,
    StoredSegment,
};
use footfall_domain::{DropReason, LocalDate, Site, SiteId, SiteRules, UnixMillis, ZoneChange};

/// All behaviours, each in a home of its own.
pub async fn registry<H: Home>(home: impl Fn() -> H) {
    sites_are_added_changed_and_removed(&mut home()).await;
    numbers_of_sites_are_never_given_twice(&mut home()).await;
    a_reset_site_begins_empty_and_keeps_its_settings_and_keys(&mut home()).await;
    removed_numbers_are_remembered(&mut home()).await;
    counts_of_removed_numbers_are_forgotten(&mut home()).await;
    users_are_added_changed_and_removed(&mut home()).await;
    sign_ins_end(&mut home()).await;
    keys_are_found_by_their_hash(&mut home()).await;
    a_day_has_one_secret_until_it_is_destroyed(&mut home()).await;
    everybody_gets_the_same_secret(&mut home()).await;
    uses_of_secrets_are_remembered(&mut home()).await;
    imports_remember_how_far_they_came(&mut home()).await;
    refusals_add_up(&mut home()).await;
    a_lexicon_is_replaced_by_who_read_it_last(&mut home()).await;
    a_lexicon_goes_where_its_site_goes(&mut home()).await;
    preferences_are_their_users(&mut home()).await;
    settings_are_put_and_read(&mut home()).await;
    all_of_it_can_be_moved(&mut home()).await;
    a_change_of_sites_is_noticed(&mut home()).await;
    all_of_it_is_there_after_a_restart(&mut home()).await;
}

/// Later than any real time, so that a store that forgets what has ended does not while a test runs.
const NOW: UnixMillis = UnixMillis(2_200_000_000_000);

/// Adding, changing, renaming and removing; names are unique.
pub async fn sites_are_added_changed_and_removed(home: &mut dyn Home) {
    let store = home.open().await;
    let second = store.add_site("b.example", "Europe/Berlin", NOW).await.expect("added");
    let mut first = store.add_site("a.example", "UTC", NOW).await.expect("added");
    assert_ne!(first.id, second.id);
    assert_eq!(second.zones, [ZoneChange { from: UnixMillis::MIN, zone: "Europe/Berlin".into() }]);
    assert_eq!((second.created, second.rules.clone()), (NOW, SiteRules::default()));
    assert_eq!(store.sites().await, Ok(vec![first.clone(), second.clone()]), "by domain");
    assert!(matches!(store.add_site("a.example", "UTC", NOW).await, Err(StoreError::Exists(_))));

    first.zones.push(ZoneChange { from: NOW, zone: "Asia/Tokyo".into() });
    first.rules.keep_parameters = vec!["größe".into()];
    store.put_site(&first).await.expect("put");
    assert_eq!(store.sites().await, Ok(vec![first.clone(), second.clone()]));
    let renamed = Site { domain: "c.example".into(), ..first.clone() };
    store.put_site(&renamed).await.expect("renamed");
    assert_eq!(store.sites().await, Ok(vec![second.clone(), renamed.clone()]));
    let taken = Site { domain: "b.example".into(), ..renamed.clone() };
    assert!(matches!(store.put_site(&taken).await, Err(StoreError::Exists(_))));
    let unknown = Site { id: SiteId(999), ..renamed.clone() };
    assert!(matches!(store.put_site(&unknown).await, Err(StoreError::NotFound(_))));

    assert_eq!(store.remove_site("b.example").await, Ok(second.id));
    assert!(matches!(store.remove_site("b.example").await, Err(StoreError::NotFound(_))));
    assert_eq!(store.sites().await, Ok(vec![renamed]));
}

/// Neither after removal of the newest, nor after a restart.
pub async fn numbers_of_sites_are_never_given_twice(home: &mut dyn Home) {
    let mut given = Vec::new();
    for _ in 0..3 {
        let store = home.open().await;
        let site = store.add_site("a.example", "UTC", NOW).await.expect("added");
        let (reset, old) = store.reset_site("a.example").await.expect("reset");
        assert_eq!(old, site.id);
        given.extend([old, reset.id]);
        store.remove_site("a.example").await.expect("removed");
    }
    assert!(given.is_sorted_by(|a, b| a < b), "{given:?}");
    assert!(given[0] > SiteId(0), "0 stands for no site");
}

/// Reset changes the number alone; what was counted beside the log goes.
pub async fn a_reset_site_begins_empty_and_keeps_its_settings_and_keys(home: &mut dyn Home) {
    let store = home.open().await;
    let mut site = store.add_site("a.example", "UTC", NOW).await.expect("added");
    site.rules.keep_parameters = vec!["id".into()];
    store.put_site(&site).await.expect("put");
    let key = store.add_key(new_key(1, Some(site.id))).await.expect("added");
    let progress = ImportProgress { import: 1, bytes: 2, lines: 3 };
    store.put_import_progress(site.id, [1; 32], progress).await.expect("put");
    store.add_refusals(&[(Some(site.id), LocalDate(5), DropReason::Invalid, 3)]).await.expect("added");

    let (reset, old) = store.reset_site("a.example").await.expect("reset");
    assert_eq!(old, site.id);
    assert_ne!(reset.id, old);
    assert_eq!(Site { id: old, ..reset.clone() }, site);
    assert_eq!(store.sites().await, Ok(vec![reset.clone()]));
    assert_eq!(store.keys().await.expect("keys")[0].site, Some(reset.id));
    assert_eq!(store.keys().await.expect("keys")[0].id, key.id);
    for id in [old, reset.id] {
        assert_eq!(store.imports(id).await, Ok(vec![]));
        assert_eq!(store.refusals(Some(id), LocalDate(0)..=LocalDate(9)).await, Ok(vec![]));
    }
    assert!(matches!(store.reset_site("b.example").await, Err(StoreError::NotFound(_))));
    store.remove_site("a.example").await.expect("removed");
    assert_eq!(store.keys().await, Ok(vec![]), "a removed site's keys go with it");
}

/// Only such numbers may be erased from a log: they are noted with the removal, and stay.
pub async fn removed_numbers_are_remembered(home: &mut dyn Home) {
    let store = home.open().await;
    assert_eq!(store.removed_sites().await, Ok(vec![]));
    let kept = store.add_site("kept.example", "UTC", NOW).await.expect("added");
    let site = store.add_site("a.example", "UTC", NOW).await.expect("added");
    let (_, reset) = store.reset_site("a.example").await.expect("reset");
    let removed = store.remove_site("a.example").await.expect("removed");
    assert!(store.remove_site("a.example").await.is_err());
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
    let kept = store.add_site("kept.example", "UTC", NOW).await.expect("added").id;
    store.add_site("a.example", "UTC", NOW).await.expect("added");
    let gone = store.remove_site("a.example").await.expect("removed");
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

/// Users are known by email.
pub async fn users_are_added_changed_and_removed(home: &mut dyn Home) {
    let store = home.open().await;
    let second = store.add_user("b@example.com", "$argon2id$b", NOW).await.expect("added");
    let first = store.add_user("a@example.com", "$argon2id$a", NOW).await.expect("added");
    assert_eq!(store.users().await, Ok(vec![first.clone(), second.clone()]), "by email");
    assert_eq!(store.user("a@example.com").await, Ok(Some(first)));
    assert_eq!(store.user("c@example.com").await, Ok(None));
    assert!(matches!(store.add_user("a@example.com", "x", NOW).await, Err(StoreError::Exists(_))));
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
    store.add_user("a@example.com", "x", NOW).await.expect("added");
    store.add_user("b@example.com", "x", NOW).await.expect("added");
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

/// The first candidate is kept; after destruction there is a new first.
pub async fn a_day_has_one_secret_until_it_is_destroyed(home: &mut dyn Home) {
    let store = home.open().await;
    let (today, tomorrow) = (LocalDate(100), LocalDate(101));
    assert_eq!(store.secret(today, [1; 32], SecretUse::Live).await, Ok([1; 32]));
    assert_eq!(store.secret(today, [2; 32], SecretUse::Live).await, Ok([1; 32]));
    assert_eq!(store.secret(tomorrow, [3; 32], SecretUse::Live).await, Ok([3; 32]));
    store.destroy_secrets(&[today, LocalDate(5)]).await.expect("destroyed");
    store.destroy_secrets(&[]).await.expect("nothing to destroy");
    let dates: Vec<_> = store.secrets().await.expect("secrets").into_iter().map(|row| row.date).collect();
    assert_eq!(dates, [tomorrow]);
    assert_eq!(store.secret(today, [4; 32], SecretUse::Live).await, Ok([4; 32]), "a later use makes new visitors");
}

/// Many ask at once, each with a candidate.
pub async fn everybody_gets_the_same_secret(home: &mut dyn Home) {
    let store = home.open().await;
    let asking: Vec<_> = (0..16)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.secret(LocalDate(100), [n; 32], SecretUse::Live).await.expect("a secret") })
        })
        .collect();
    let mut given = Vec::new();
    for answer in asking {
        given.push(answer.await.expect("asked"));
    }
    given.dedup();
    assert_eq!(given.len(), 1);
}

/// Live use stays; of imports the newest counts.
pub async fn uses_of_secrets_are_remembered(home: &mut dyn Home) {
    let store = home.open().await;
    let import = |at| SecretUse::Import { at: UnixMillis(at) };
    for (date, usage) in [(1, SecretUse::Live), (2, import(50)), (2, import(70)), (2, import(60)), (3, import(10)), (3, SecretUse::Live)] {
        store.secret(LocalDate(date), [date as u8; 32], usage).await.expect("a secret");
    }
    let row = |date, live, last: Option<i64>| SecretRow { date: LocalDate(date), live, last_import_use: last.map(UnixMillis) };
    assert_eq!(store.secrets().await, Ok(vec![row(1, true, None), row(2, false, Some(70)), row(3, true, Some(10))]));
}

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

/// Of two who change what they have read, the second is told.
pub async fn a_lexicon_is_replaced_by_who_read_it_last(home: &mut dyn Home) {
    let store = home.open().await;
    let site = store.add_site("a.example", "UTC", NOW).await.expect("added").id;
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
    store.add_site("other.example", "UTC", NOW).await.expect("added");
    let site = store.add_site("a.example", "UTC", NOW).await.expect("added").id;
    store.put_lexicon(site, &some_lexicon()).await.expect("put");
    let (reset, old) = store.reset_site("a.example").await.expect("reset");
    assert_eq!(store.lexicon(old).await, Ok(Lexicon::default()));
    assert!(matches!(store.put_lexicon(old, &some_lexicon()).await, Err(StoreError::NotFound(_))), "what was read before the reset");
    let kept = Lexicon { version: 1, ..some_lexicon() };
    assert_eq!(store.lexicon(reset.id).await, Ok(kept.clone()));
    assert_eq!(store.put_lexicon(reset.id, &kept).await, Ok(2));
    store.remove_site("a.example").await.expect("removed");
    assert_eq!(store.lexicon(reset.id).await, Ok(Lexicon::default()));
    assert_eq!(store.contents().await.expect("contents").lexicons, []);
}

/// They go with the user.
pub async fn preferences_are_their_users(home: &mut dyn Home) {
    let store = home.open().await;
    let theirs = Preferences { pins: vec!["b.example".into(), "a.example".into()], language: Some("de".into()) };
    assert!(matches!(store.put_preferences("a@example.com", &theirs).await, Err(StoreError::NotFound(_))));
    store.add_user("a@example.com", "x", NOW).await.expect("added");
    assert_eq!(store.preferences("a@example.com").await, Ok(Preferences::default()));
    store.put_preferences("a@example.com", &Preferences::default()).await.expect("put");
    store.put_preferences("a@example.com", &theirs).await.expect("put");
    store.set_password("a@example.com", "y").await.expect("set");
    assert_eq!(store.preferences("a@example.com").await, Ok(theirs));
    store.remove_user("a@example.com").await.expect("removed");
    store.add_user("a@example.com", "x", NOW).await.expect("added");
    assert_eq!(store.preferences("a@example.com").await, Ok(Preferences::default()), "of somebody else");
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

/// What a registry holds can be put into another one, which then holds that and nothing else.
pub async fn all_of_it_can_be_moved(home: &mut dyn Home) {
    let store = home.open().await;
    assert!(store.contents().await.expect("contents").is_empty());
    let source = filled().await;
    let wanted = source.contents().await.expect("contents");
    assert_eq!(wanted.rows(), 16);

    store.add_site("other.example", "UTC", NOW).await.expect("added");
    store.add_user("other@example.com", "x", NOW).await.expect("added");
    store.add_sign_in([9; 32], "other@example.com", [1; 32], NOW.plus(1)).await.expect("added");
    store.put_setting("other", b"1").await.expect("put");
    store.put_lexicon(SiteId(1), &some_lexicon()).await.expect("put");
    store.put_preferences("other@example.com", &Preferences::default()).await.expect("put");
    store.put_import_progress(SiteId(1), [9; 32], ImportProgress { import: 1, bytes: 1, lines: 1 }).await.expect("put");
    for again in [false, true] {
        store.restore(&wanted).await.expect("restored");
        let now_there = store.contents().await.expect("contents");
        assert_eq!(now_there.difference(&wanted), None, "again: {again}");
        assert!(now_there == wanted);
    }
    assert!(store.sign_in(&[5; 32], NOW).await.expect("sign-in").is_some());
    assert!(store.sign_in(&[9; 32], NOW).await.expect("sign-in").is_none());
    assert_eq!(store.secret(LocalDate(100), [7; 32], SecretUse::Live).await, Ok([1; 32]));
    let next = store.add_site("new.example", "UTC", NOW).await.expect("added");
    assert!(next.id.0 > wanted.last_site, "numbers go on");
    assert!(store.add_key(new_key(200, None)).await.expect("added").id > wanted.last_key);
}

/// A registry with something of everything.
async fn filled() -> crate::MemoryStore {
    let store = crate::MemoryStore::new();
    let site = store.add_site("a.example", "UTC", NOW).await.expect("added");
    store.add_site("b.example", "Asia/Tokyo", NOW).await.expect("added");
    store.add_site("gone.example", "UTC", NOW).await.expect("added");
    let gone = store.remove_site("gone.example").await.expect("removed");
    store.note_erased(gone).await.expect("noted");
    store.add_user("a@example.com", "$argon2id$", NOW).await.expect("added");
    store.add_sign_in([5; 32], "a@example.com", [6; 32], NOW.plus(1)).await.expect("added");
    store.add_key(new_key(1, Some(site.id))).await.expect("added");
    store.add_key(new_key(2, None)).await.expect("added");
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

/// Who sees the number unchanged need not read the sites again.
pub async fn a_change_of_sites_is_noticed(home: &mut dyn Home) {
    let store = home.open().await;
    let Some(mut last) = store.sites_version().await.expect("a version") else { return };
    let mut site = store.add_site("a.example", "UTC", NOW).await.expect("added");
    for step in 0..3 {
        let now = store.sites_version().await.expect("a version").expect("as before");
        assert!(now > last, "step {step}");
        last = now;
        assert_eq!(store.sites_version().await, Ok(Some(last)), "reading changes nothing");
        match step {
            0 => store.put_site(&site).await.expect("put"),
            1 => site = store.reset_site("a.example").await.expect("reset").0,
            _ => assert_eq!(store.remove_site(&site.domain).await, Ok(site.id)),
        }
    }
}

/// Everything that was answered is there when the registry is opened again.
pub async fn all_of_it_is_there_after_a_restart(home: &mut dyn Home) {
    let store = home.open().await;
    let site = store.add_site("a.example", "UTC", NOW).await.expect("added");
    let user = store.add_user("a@example.com", "x", NOW).await.expect("added");
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

fn some_lexicon() -> Lexicon {
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

fn new_key(n: u8, site: Option<SiteId>) -> NewKey {
    NewKey { hash: [n; 32], site, scope: KeyScope::Stats, name: format!("key {n}"), created: NOW }
}
