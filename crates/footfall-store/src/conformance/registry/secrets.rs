//! The secrets of days.

use crate::conformance::Home;
use crate::{SecretRow, SecretUse};
use footfall_domain::{LocalDate, UnixMillis};

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
