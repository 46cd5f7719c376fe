//! Users and their sign-ins.

use crate::{SignIn, StoreError, User};
use footfall_domain::UnixMillis;
use rusqlite::{OptionalExtension, Row, Transaction};

pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<User>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT email, password_hash, created, administrator FROM users ORDER BY email")?;
    Ok(statement.query_map([], user)?.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn get(transaction: &Transaction<'_>, email: &str) -> Result<Option<User>, StoreError> {
    let sql = "SELECT email, password_hash, created, administrator FROM users WHERE email = ?1";
    Ok(transaction.prepare_cached(sql)?.query_row([email], user).optional()?)
}

pub(super) fn add(transaction: &Transaction<'_>, user: &User) -> Result<(), StoreError> {
    if get(transaction, &user.email)?.is_some() {
        return Err(StoreError::Exists(format!("the user {}", user.email)));
    }
    let sql = "INSERT INTO users (email, password_hash, created, administrator) VALUES (?1, ?2, ?3, ?4)";
    transaction.execute(sql, (&user.email, &user.password_hash, user.created.0, user.administrator))?;
    Ok(())
}

pub(super) fn set_administrator(transaction: &Transaction<'_>, email: &str, administrator: bool) -> Result<(), StoreError> {
    changed(transaction.execute("UPDATE users SET administrator = ?2 WHERE email = ?1", (email, administrator))?, email)
}

pub(super) fn set_password(transaction: &Transaction<'_>, email: &str, password_hash: &str) -> Result<(), StoreError> {
    let changed = transaction.execute("UPDATE users SET password_hash = ?2 WHERE email = ?1", (email, password_hash))?;
    self::changed(changed, email)?;
    transaction.execute("DELETE FROM sign_ins WHERE email = ?1", [email])?;
    Ok(())
}

pub(super) fn remove(transaction: &Transaction<'_>, email: &str) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM sign_ins WHERE email = ?1", [email])?;
    transaction.execute("DELETE FROM preferences WHERE email = ?1", [email])?;
    transaction.execute("DELETE FROM keys WHERE owner = ?1", [email])?;
    changed(transaction.execute("DELETE FROM users WHERE email = ?1", [email])?, email)
}

pub(super) fn add_sign_in(transaction: &Transaction<'_>, token_hash: [u8; 32], sign_in: &SignIn) -> Result<(), StoreError> {
    known(transaction, &sign_in.email)?;
    let sql = "INSERT OR REPLACE INTO sign_ins (token_hash, email, csrf, expires) VALUES (?1, ?2, ?3, ?4)";
    transaction.execute(sql, (token_hash, &sign_in.email, sign_in.csrf, sign_in.expires.0))?;
    Ok(())
}

pub(super) fn sign_in(transaction: &Transaction<'_>, token_hash: [u8; 32], now: UnixMillis) -> Result<Option<SignIn>, StoreError> {
    let sql = "SELECT email, csrf, expires FROM sign_ins WHERE token_hash = ?1 AND expires > ?2";
    let sign_in = |row: &Row<'_>| Ok(SignIn { email: row.get(0)?, csrf: row.get(1)?, expires: UnixMillis(row.get(2)?) });
    Ok(transaction.prepare_cached(sql)?.query_row((token_hash, now.0), sign_in).optional()?)
}

pub(super) fn remove_sign_in(transaction: &Transaction<'_>, token_hash: [u8; 32]) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM sign_ins WHERE token_hash = ?1", [token_hash])?;
    Ok(())
}

pub(super) fn end_sign_ins(transaction: &Transaction<'_>, email: &str) -> Result<(), StoreError> {
    known(transaction, email)?;
    transaction.execute("DELETE FROM sign_ins WHERE email = ?1", [email])?;
    Ok(())
}

pub(super) fn remove_ended_sign_ins(transaction: &Transaction<'_>, now: UnixMillis) -> Result<u64, StoreError> {
    Ok(transaction.execute("DELETE FROM sign_ins WHERE expires <= ?1", [now.0])? as u64)
}

/// That there is such a user.
pub(super) fn known(transaction: &Transaction<'_>, email: &str) -> Result<(), StoreError> {
    changed(usize::from(get(transaction, email)?.is_some()), email)
}

fn changed(found: usize, email: &str) -> Result<(), StoreError> {
    if found == 0 { Err(StoreError::NotFound(format!("the user {email}"))) } else { Ok(()) }
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User { email: row.get(0)?, password_hash: row.get(1)?, created: UnixMillis(row.get(2)?), administrator: row.get(3)? })
}
