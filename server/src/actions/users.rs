//! People who can sign in.

use super::{ActionError, Fault};
use crate::accounts::{PasswordFault, normal_email};
use crate::house::House;
use footfall_store::{StoreError, User};

/// Adds a user.
///
/// # Errors
/// No address, a bad password, or there is such a user.
pub async fn add(house: &House, email: &str, password: &str) -> Result<User, ActionError> {
    let email = checked_email(email)?;
    let hash = house.passwords.hash(password).await.map_err(bad_password)?;
    house.registry.add_user(&email, &hash, true, house.now()).await.map_err(|error| match error {
        StoreError::Exists(_) => ActionError::State(Fault::UserExists(email.clone())),
        error => error.into(),
    })
}

/// All users, by address.
///
/// # Errors
/// The store cannot be read.
pub async fn list(house: &House) -> Result<Vec<User>, ActionError> {
    Ok(house.registry.users().await?)
}

/// Removes a user with the user's segments and preferences, and ends the user's sign-ins.
///
/// # Errors
/// There is no such user.
pub async fn remove(house: &House, email: &str) -> Result<(), ActionError> {
    let email = checked_email(email)?;
    // First: where it fails, the user is still there, and the removal can be asked for again.
    super::lexicon::forget_person(house, &email).await?;
    house.registry.remove_user(&email).await.map_err(|error| unknown(error, &email))?;
    house.pins.forget();
    Ok(())
}

/// Sets a password and ends the user's sign-ins.
///
/// # Errors
/// There is no such user, or the password is bad.
pub async fn set_password(house: &House, email: &str, password: &str) -> Result<(), ActionError> {
    let email = checked_email(email)?;
    let hash = house.passwords.hash(password).await.map_err(bad_password)?;
    house.registry.set_password(&email, &hash).await.map_err(|error| unknown(error, &email))
}

fn checked_email(email: &str) -> Result<String, ActionError> {
    normal_email(email).map_err(|fault| ActionError::Invalid(Fault::Email(fault)))
}

fn bad_password(fault: PasswordFault) -> ActionError {
    ActionError::Invalid(Fault::Password(fault))
}

fn unknown(error: StoreError, email: &str) -> ActionError {
    match error {
        StoreError::NotFound(_) => ActionError::State(format!("there is no user {email}; `footfall user list` shows all").into()),
        error => error.into(),
    }
}
