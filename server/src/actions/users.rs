//! People who can sign in.

use super::audit::note;
use super::{ActionError, Fault, people, sites, teams};
use crate::accounts::{PasswordFault, normal_email};
use crate::house::House;
use footfall_store::{StoreError, User};
use serde_json::json;

/// Adds a user; an administrator may everything at every site, others what sites and teams give them.
///
/// # Errors
/// No address, a bad password, or there is such a user.
pub async fn add(house: &House, who: &str, email: &str, password: &str, administrator: bool) -> Result<User, ActionError> {
    let email = checked_email(email)?;
    let hash = house.passwords.hash(password).await.map_err(bad_password)?;
    let added = house.registry.add_user(&email, &hash, administrator, house.now()).await;
    house.people.forget();
    let user = added.map_err(|error| match error {
        StoreError::Exists(_) => ActionError::State(Fault::UserExists(email.clone())),
        error => error.into(),
    })?;
    note(house, who, None, "user-added", json!({"email": email, "administrator": administrator})).await;
    Ok(user)
}

/// Makes somebody an administrator of the installation, or no longer.
///
/// # Errors
/// There is no such user.
pub async fn set_administrator(house: &House, who: &str, email: &str, administrator: bool) -> Result<(), ActionError> {
    let email = checked_email(email)?;
    let set = house.registry.set_administrator(&email, administrator).await;
    house.people.forget();
    set.map_err(|error| unknown(error, &email))?;
    let deed = if administrator { "administrator-on" } else { "administrator-off" };
    note(house, who, None, deed, json!({"email": email})).await;
    Ok(())
}

/// Ends all sign-ins of a user.
///
/// # Errors
/// The store cannot be written.
pub async fn sign_out_everywhere(house: &House, email: &str) -> Result<(), ActionError> {
    house.registry.end_sign_ins(email).await?;
    note(house, email, None, "signed-out-everywhere", json!({})).await;
    Ok(())
}

/// All users, by address.
///
/// # Errors
/// The store cannot be read.
pub async fn list(house: &House) -> Result<Vec<User>, ActionError> {
    Ok(house.registry.users().await?)
}

/// Removes a user with the user's segments, preferences and keys, all roles at sites and in teams and the invitations they
/// made, and ends the user's sign-ins.
///
/// # Errors
/// There is no such user.
pub async fn remove(house: &House, who: &str, email: &str) -> Result<(), ActionError> {
    let email = checked_email(email)?;
    // First: where it fails, the user is still there, and the removal can be asked for again. Who gets an account of this
    // address one day must not find anything of it.
    super::lexicon::forget_person(house, &email).await?;
    take_roles(house, who, &email).await?;
    let removed = house.registry.remove_user(&email).await;
    house.pins.forget();
    house.keys.forget();
    // An invitation may have been accepted in between: without an account that cannot happen any more.
    take_roles(house, who, &email).await?;
    removed.map_err(|error| unknown(error, &email))?;
    note(house, who, None, "user-removed", json!({"email": email})).await;
    Ok(())
}

/// At all sites and in all teams as they are now, whoever changed them last.
async fn take_roles(house: &House, who: &str, email: &str) -> Result<(), ActionError> {
    house.engine.reload_sites().await?;
    house.people.forget();
    let all = house.engine.sites();
    for site in all.iter().map(|entry| &entry.site) {
        let changed = sites::amend(house, site.id, |site| {
            people::set(site, email, None);
            Ok(())
        })
        .await?;
        if site.sharing.role_of(email).is_some() {
            note(house, who, Some(&changed), "member-removed", json!({"email": email})).await;
        }
    }
    let teams = house.people.teams().await?;
    let of_person = teams
        .values()
        .filter(|team| team.members.iter().any(|member| member.email == email) || team.invitations.iter().any(|known| known.by == email));
    for team in of_person {
        teams::amend(house, team.id, |team| {
            teams::set(team, email, None);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Sets a password and ends the user's sign-ins.
///
/// # Errors
/// There is no such user, or the password is bad.
pub async fn set_password(house: &House, who: &str, email: &str, password: &str) -> Result<(), ActionError> {
    let email = checked_email(email)?;
    let hash = house.passwords.hash(password).await.map_err(bad_password)?;
    house.registry.set_password(&email, &hash).await.map_err(|error| unknown(error, &email))?;
    note(house, who, None, "password-set", json!({"email": email})).await;
    Ok(())
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
