//! Who may see a site, and several who change it at once.

use super::NOW;
use crate::StoreError;
use crate::conformance::Home;
use footfall_domain::{Invitation, Member, Role, SharedLink, Sharing, Site};
use futures::future::{join, join_all};

/// Of a site that nobody is named for, administrators are the only owners.
pub async fn a_site_belongs_to_who_adds_it(home: &mut dyn Home) {
    let store = home.open().await;
    let hers = store.add_site("a.example", "UTC", NOW, Some("ada@example.com")).await.expect("added");
    let nobodys = store.add_site("b.example", "UTC", NOW, None).await.expect("added");
    assert_eq!(hers.sharing.members, [Member { email: "ada@example.com".into(), role: Role::Owner }]);
    assert_eq!(nobodys.sharing, Sharing::default());
    for site in [&hers, &nobodys] {
        assert_eq!((site.version, site.first_id, site.retention_months), (0, site.id, None));
    }
    assert_eq!(store.sites().await, Ok(vec![hers, nobodys]));
}

/// A site is kept whole, under a version that grows; who has read an older one is told, and changes nothing.
pub async fn a_site_is_changed_by_who_read_it_last(home: &mut dyn Home) {
    let store = home.open().await;
    let read = store.add_site("a.example", "UTC", NOW, Some("ada@example.com")).await.expect("added");
    let wanted = Site { sharing: some_sharing(), retention_months: Some(24), ..read.clone() };
    let kept = store.put_site(&wanted).await.expect("put");
    assert_eq!(kept, Site { version: 1, ..wanted });
    assert_eq!(store.sites().await, Ok(vec![kept.clone()]));

    let renamed = Site { domain: "b.example".into(), ..read.clone() };
    for late in [&read, &renamed, &Site { version: 9, ..kept.clone() }] {
        assert!(matches!(store.put_site(late).await, Err(StoreError::Conflict(_))), "version {}", late.version);
    }
    assert_eq!(store.sites().await, Ok(vec![kept.clone()]), "not even the name");

    let renamed = Site { domain: "b.example".into(), retention_months: None, first_id: footfall_domain::SiteId(77), ..kept.clone() };
    let renamed = store.put_site(&renamed).await.expect("renamed");
    assert_eq!((renamed.version, renamed.first_id), (2, read.id), "the first number cannot be changed");
    drop(store);
    assert_eq!(home.open().await.sites().await, Ok(vec![Site { domain: "b.example".into(), retention_months: None, version: 2, ..kept }]));
}

/// Nobody's change is lost: who was not first is told to read again.
pub async fn of_many_who_change_a_site_one_wins(home: &mut dyn Home) {
    let store = home.open().await;
    let read = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    let changes = (0..8_u16).map(|n| Site { retention_months: Some(n), ..read.clone() });
    let changes: Vec<Site> = changes.collect();
    let answers = join_all(changes.iter().map(|site| store.put_site(site))).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 7));
    assert!(lost.iter().all(|answer| matches!(answer, Err(StoreError::Conflict(_)))), "{lost:?}");
    let won = won.into_iter().next().expect("one").expect("put");
    assert_eq!(won.version, 1);
    assert_eq!(store.sites().await, Ok(vec![won.clone()]));

    let (emptied, changed) = join(store.reset_site("a.example", None), store.put_site(&won)).await;
    let (emptied, _) = emptied.expect("reset");
    let before = changed.as_ref().map_or(won.version, |changed| changed.version);
    assert!(matches!(changed, Ok(_) | Err(StoreError::Conflict(_) | StoreError::NotFound(_))), "{changed:?}");
    assert_eq!(emptied.version, before + 1, "what was put before it is in it");
    assert_eq!(store.sites().await, Ok(vec![emptied]));
}

/// Whether they add a site or rename theirs.
pub async fn of_many_who_take_a_name_one_gets_it(home: &mut dyn Home) {
    let store = home.open().await;
    let mut sites = Vec::new();
    for n in 0..3 {
        sites.push(store.add_site(&format!("{n}.example"), "UTC", NOW, None).await.expect("added"));
    }
    let renamed: Vec<Site> = sites.iter().map(|site| Site { domain: "a.example".into(), ..site.clone() }).collect();
    let renaming = join_all(renamed.iter().map(|site| store.put_site(site)));
    let (renaming, adding) = join(renaming, store.add_site("a.example", "UTC", NOW, None)).await;
    let answers: Vec<Result<Site, StoreError>> = renaming.into_iter().chain([adding]).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| matches!(answer, Ok(_) | Err(StoreError::Exists(_)))), "{answers:?}");
    let named = store.sites().await.expect("sites").into_iter().filter(|site| site.domain == "a.example").count();
    assert_eq!(named, 1);
}

/// Members, links and the rest are the site's, not its hits'.
pub async fn what_belongs_to_a_site_stays_when_it_is_emptied(home: &mut dyn Home) {
    let store = home.open().await;
    let site = store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    let site = store.put_site(&Site { sharing: some_sharing(), retention_months: Some(3), ..site }).await.expect("put");
    let (once, _) = store.reset_site("a.example", None).await.expect("reset");
    let (twice, old) = store.reset_site("a.example", None).await.expect("reset");
    assert_eq!(old, once.id);
    assert_eq!(twice.first_id, site.id, "the first of all");
    assert_eq!(twice, Site { id: twice.id, version: twice.version, ..site.clone() });
    assert!(site.version < once.version && once.version < twice.version);
    assert!(matches!(store.put_site(&site).await, Err(StoreError::NotFound(_))), "who read it before writes into no emptied site");
    let kept = store.put_site(&twice).await.expect("put");
    assert_eq!(store.sites().await, Ok(vec![kept]));
}

/// Who may what is at hand everywhere; a change is noticed as one of sites is.
pub async fn a_change_of_who_may_what_is_noticed(home: &mut dyn Home) {
    let store = home.open().await;
    let Some(mut last) = store.sites_version().await.expect("a version") else { return };
    store.add_user("a@example.com", "x", true, NOW).await.expect("added");
    let team = store.add_team("t").await.expect("added");
    let grown = async |last: &mut u64, what: &str| {
        let now = store.sites_version().await.expect("a version").expect("as before");
        assert!(now > *last, "{what}");
        *last = now;
    };
    grown(&mut last, "a team").await;
    store.put_team(&team).await.expect("put");
    grown(&mut last, "a changed team").await;
    store.remove_team(team.id).await.expect("removed");
    grown(&mut last, "a removed team").await;
    store.set_administrator("a@example.com", false).await.expect("set");
    grown(&mut last, "an administrator").await;
    store.remove_user("a@example.com").await.expect("removed");
    grown(&mut last, "a removed user").await;
}

/// Everything that sharing can be.
pub(super) fn some_sharing() -> Sharing {
    let invitation = |id, email: Option<&str>| Invitation {
        id,
        token_hash: [id as u8; 32],
        role: Role::Editor,
        email: email.map(str::to_owned),
        by: "ada@example.com".into(),
        created: NOW,
        expires: NOW.plus(1),
    };
    let link = |id, password: Option<&str>, segment, expires| SharedLink {
        id,
        slug: format!("slug-{id}"),
        name: format!("for group {id}"),
        password_hash: password.map(str::to_owned),
        segment,
        created: NOW,
        expires,
    };
    Sharing {
        last_id: 9,
        public: true,
        frame_hosts: vec!["https://blog.example".into(), "*.example.org".into()],
        members: vec![Member { email: "größe@example.com".into(), role: Role::Viewer }],
        team: Some(u64::MAX),
        invitations: vec![invitation(3, None), invitation(5, Some("bob@example.com"))],
        links: vec![link(4, None, None, None), link(9, Some("$argon2id$"), Some(2), Some(NOW.plus(5)))],
    }
}
