//! Users and their sign-ins. A password has a number that is given once, and a sign-in names the one it was made with: a
//! new password, another number of the same one, or another user of the same email, ends all sign-ins at once with one write.

use super::counters::{KEYS_VERSION, PASSWORD, SITES_VERSION};
use super::failure::Failure;
use super::item::{Item, Name, bytes, check_size, get_flag, get_hash, get_number, get_text, number, text};
use super::many::Range;
use super::stats::Kind;
use super::table::{Expression, Table};
use super::transact::MOST;
use super::{keys, names};
use crate::{SignIn, StoreError, User};
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_domain::UnixMillis;
use std::collections::HashMap;

/// Changes of keys by others met in one call, before we give up.
const MEETINGS: u32 = 12;
/// Keys of one user that can go with the user in one transaction, beside what else goes.
const MOST_KEYS: usize = MOST - 4;

pub(super) async fn all(table: &Table) -> Result<Vec<User>, StoreError> {
    table.query(Kind::Registry, &Range::all(names::USERS), true).await?.iter().map(user).collect()
}

pub(super) async fn get(table: &Table, email: &str) -> Result<Option<User>, StoreError> {
    row(table, email).await?.as_ref().map(user).transpose()
}

pub(super) async fn add(table: &Table, user: &User) -> Result<(), StoreError> {
    let item = item(user, table.next(PASSWORD).await?)?;
    // A transaction, not only for the counter: its token tells an attempt after a lost answer from somebody else's.
    let parts = vec![table.part_put(item, Some(Expression::absent()))?, table.part_raise(SITES_VERSION, None)?];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(()),
        Err(Failure::Cancelled(_)) => Err(StoreError::Exists(format!("the user {}", user.email))),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn set_password(table: &Table, email: &str, password_hash: &str) -> Result<(), StoreError> {
    let number_of = table.next(PASSWORD).await?;
    let update = Expression::new("SET phc = :phc, pass = :pass", [(":phc", text(password_hash)), (":pass", number(number_of))]);
    match table.update(Kind::Registry, &names::user(email), update, Some(Expression::present())).await {
        Ok(_) => forget_sign_ins(table, email).await,
        Err(Failure::Condition) => Err(unknown(email)),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn set_administrator(table: &Table, email: &str, administrator: bool) -> Result<(), StoreError> {
    let update = Expression::new("SET administrator = :yes", [(":yes", AttributeValue::Bool(administrator))]);
    let parts = vec![table.part_update(&names::user(email), update, Some(Expression::present()))?, table.part_raise(SITES_VERSION, None)?];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(()),
        Err(Failure::Cancelled(_)) => Err(unknown(email)),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn remove(table: &Table, email: &str) -> Result<(), StoreError> {
    for _ in 0..MEETINGS {
        let version = table.standing(KEYS_VERSION).await?;
        let mut keys = keys::all(table).await?;
        keys.retain(|(_, key)| key.owner.as_deref() == Some(email));
        if keys.len() > MOST_KEYS {
            let words = format!("the user {email} has {} keys, and at most {MOST_KEYS} go at once: remove some first", keys.len());
            return Err(StoreError::Options(words));
        }
        let mut parts = vec![
            table.part_delete(&names::user(email), Some(Expression::present()))?,
            table.part_delete(&names::preferences(email), None)?,
            table.part_raise(KEYS_VERSION, Some(version))?,
            table.part_raise(SITES_VERSION, None)?,
        ];
        for (hash, _) in keys {
            parts.push(table.part_delete(&names::key(&hash), None)?);
        }
        match table.transact(Kind::Registry, parts).await {
            Ok(()) => return forget_sign_ins(table, email).await,
            Err(Failure::Cancelled(which)) if which.first() == Some(&true) => return Err(unknown(email)),
            // A key was added or removed meanwhile: look again.
            Err(Failure::Cancelled(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(StoreError::Conflict(format!("the user {email}")))
}

pub(super) async fn add_sign_in(table: &Table, token_hash: [u8; 32], sign_in: &SignIn) -> Result<(), StoreError> {
    let row = row(table, &sign_in.email).await?.ok_or_else(|| unknown(&sign_in.email))?;
    let item = sign_in_item(&token_hash, sign_in, get_number(&row, "pass")?);
    table.put(Kind::Registry, item, None).await.map_err(StoreError::from)
}

pub(super) async fn sign_in(table: &Table, token_hash: &[u8; 32], now: UnixMillis) -> Result<Option<SignIn>, StoreError> {
    let Some(item) = table.get(Kind::Registry, &names::sign_in(token_hash), None).await? else { return Ok(None) };
    let (_, sign_in, pass) = read_sign_in(&item)?;
    if now >= sign_in.expires {
        return Ok(None);
    }
    let user = row(table, &sign_in.email).await?;
    let holds = user.map(|user| get_number::<u64>(&user, "pass")).transpose()? == Some(pass);
    Ok(holds.then_some(sign_in))
}

pub(super) async fn remove_sign_in(table: &Table, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    table.delete(Kind::Registry, &names::sign_in(token_hash), None).await.map_err(StoreError::from)
}

/// By another number of the same password.
pub(super) async fn end_sign_ins(table: &Table, email: &str) -> Result<(), StoreError> {
    let update = Expression::new("SET pass = :pass", [(":pass", number(table.next(PASSWORD).await?))]);
    match table.update(Kind::Registry, &names::user(email), update, Some(Expression::present())).await {
        Ok(_) => forget_sign_ins(table, email).await,
        Err(Failure::Condition) => Err(unknown(email)),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn remove_ended_sign_ins(table: &Table, now: UnixMillis) -> Result<u64, StoreError> {
    let ended = Expression::new("expires <= :now", [(":now", number(now.0))]);
    forget(table, Range { filter: Some(ended), ..Range::all(names::SIGN_INS) }).await
}

/// Those that hold, by the hash of their token.
pub(super) async fn sign_ins(table: &Table) -> Result<Vec<([u8; 32], SignIn)>, StoreError> {
    let passes = passes(table).await?;
    let items = table.query(Kind::Registry, &Range::all(names::SIGN_INS), true).await?;
    let all: Result<Vec<_>, _> = items.iter().map(read_sign_in).collect();
    let holds = |email: &String, pass: u64| passes.get(email) == Some(&pass);
    Ok(all?.into_iter().filter(|(_, sign_in, pass)| holds(&sign_in.email, *pass)).map(|(hash, sign_in, _)| (hash, sign_in)).collect())
}

/// The number of each user's password.
pub(super) async fn passes(table: &Table) -> Result<HashMap<String, u64>, StoreError> {
    let items = table.query(Kind::Registry, &Range::all(names::USERS), true).await?;
    items.iter().map(|item| Ok((get_text(item, "sk")?.to_owned(), get_number(item, "pass")?))).collect()
}

/// They have ended already; their rows go.
async fn forget_sign_ins(table: &Table, email: &str) -> Result<(), StoreError> {
    let of_user = Expression::new("email = :email", [(":email", text(email))]);
    let range = Range { filter: Some(of_user), ..Range::all(names::SIGN_INS) };
    // What was made with the new password meanwhile stays.
    let pass = row(table, email).await?.map(|user| get_number::<u64>(&user, "pass")).transpose()?;
    let items = table.query(Kind::Registry, &range, true).await?;
    let mut gone = Vec::new();
    for item in &items {
        if Some(read_sign_in(item)?.2) != pass {
            gone.push(Name::of(item)?);
        }
    }
    table.delete_many(Kind::Registry, gone).await
}

async fn forget(table: &Table, range: Range) -> Result<u64, StoreError> {
    let items = table.query(Kind::Registry, &range, true).await?;
    let found: Result<Vec<Name>, _> = items.iter().map(Name::of).collect();
    table.delete_many(Kind::Registry, found?).await?;
    Ok(items.len() as u64)
}

async fn row(table: &Table, email: &str) -> Result<Option<Item>, StoreError> {
    table.get(Kind::Registry, &names::user(email), None).await
}

pub(super) fn item(user: &User, pass: u64) -> Result<Item, StoreError> {
    let item = names::user(&user.email).row([
        ("phc", text(&user.password_hash)),
        ("created", number(user.created.0)),
        ("pass", number(pass)),
        ("administrator", AttributeValue::Bool(user.administrator)),
    ]);
    check_size(&item, || format!("the user {}", user.email))?;
    Ok(item)
}

fn user(item: &Item) -> Result<User, StoreError> {
    Ok(User {
        email: get_text(item, "sk")?.to_owned(),
        password_hash: get_text(item, "phc")?.to_owned(),
        created: UnixMillis(get_number(item, "created")?),
        // All were before there was a difference.
        administrator: !item.contains_key("administrator") || get_flag(item, "administrator")?,
    })
}

pub(super) fn sign_in_item(token_hash: &[u8; 32], sign_in: &SignIn, pass: u64) -> Item {
    names::sign_in(token_hash).row([
        ("email", text(&sign_in.email)),
        ("csrf", bytes(sign_in.csrf)),
        ("expires", number(sign_in.expires.0)),
        ("pass", number(pass)),
        // The second after its end.
        ("ttl", number(sign_in.expires.0.div_euclid(1000) + 1)),
    ])
}

fn read_sign_in(item: &Item) -> Result<([u8; 32], SignIn, u64), StoreError> {
    let sign_in = SignIn {
        email: get_text(item, "email")?.to_owned(),
        csrf: get_hash(item, "csrf")?,
        expires: UnixMillis(get_number(item, "expires")?),
    };
    Ok((names::read_hash(get_text(item, "sk")?)?, sign_in, get_number(item, "pass")?))
}

fn unknown(email: &str) -> StoreError {
    StoreError::NotFound(format!("the user {email}"))
}
