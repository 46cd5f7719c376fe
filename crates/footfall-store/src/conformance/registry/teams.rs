//! Teams.

use super::NOW;
use super::sharing::some_sharing;
use crate::StoreError;
use crate::conformance::Home;
use footfall_domain::{Member, Role, Team};
use futures::future::join_all;

/// Under numbers that are never given twice; who has read an older one is told.
pub async fn teams_are_added_changed_and_removed(home: &mut dyn Home) {
    let store = home.open().await;
    let first = store.add_team("Größe").await.expect("added");
    let second = store.add_team("Größe").await.expect("a name is nobody's alone");
    assert!(first.id > 0 && second.id > first.id);
    assert_eq!(first, Team { id: first.id, name: "Größe".into(), ..Team::default() });
    assert_eq!(store.teams().await, Ok(vec![first.clone(), second.clone()]), "by number");

    let members = vec![Member { email: "a@example.com".into(), role: Role::Admin }];
    let invitations = some_sharing().invitations;
    let wanted = Team { name: "Shop".into(), last_id: 5, members, invitations, ..first.clone() };
    let kept = store.put_team(&wanted).await.expect("put");
    assert_eq!(kept, Team { version: 1, ..wanted });
    assert!(matches!(store.put_team(&first).await, Err(StoreError::Conflict(_))));
    assert!(matches!(store.put_team(&Team { id: 999, ..kept.clone() }).await, Err(StoreError::NotFound(_))));
    assert_eq!(store.teams().await, Ok(vec![kept.clone(), second.clone()]));

    store.remove_team(second.id).await.expect("removed");
    assert!(matches!(store.remove_team(second.id).await, Err(StoreError::NotFound(_))));
    assert!(matches!(store.put_team(&second).await, Err(StoreError::NotFound(_))));
    drop(store);
    let store = home.open().await;
    assert_eq!(store.teams().await, Ok(vec![kept]));
    assert!(store.add_team("third").await.expect("added").id > second.id);
}

/// Nobody's change is lost.
pub async fn of_many_who_change_a_team_one_wins(home: &mut dyn Home) {
    let store = home.open().await;
    store.add_site("a.example", "UTC", NOW, None).await.expect("added");
    let read = store.add_team("t").await.expect("added");
    let changes: Vec<Team> = (0..8).map(|n| Team { name: format!("team {n}"), ..read.clone() }).collect();
    let answers = join_all(changes.iter().map(|team| store.put_team(team))).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert!(lost.iter().all(|answer| matches!(answer, Err(StoreError::Conflict(_)))), "{lost:?}");
    let won: Vec<Team> = won.into_iter().flatten().collect();
    assert_eq!((won.len(), won[0].version), (1, 1));
    assert_eq!(store.teams().await, Ok(won));
}
