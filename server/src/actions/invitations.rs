//! From the link of an invitation to a role.

use super::audit::note;
use super::people::{MOST_MEMBERS, set};
use super::sites::amend;
use super::{ActionError, Fault, keys, teams};
use crate::accounts::Token;
use crate::house::House;
use footfall_domain::{Invitation, Member, Role, Site, SiteId, UnixMillis};
use serde_json::json;

/// What an invitation is to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Into {
    /// A site.
    Site {
        /// Its number.
        id: SiteId,
        /// Its domain.
        domain: String,
    },
    /// A team.
    Team {
        /// Its number.
        id: u64,
        /// What its people call it.
        name: String,
    },
}

impl Into {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Into::Site { domain, .. } => domain,
            Into::Team { name, .. } => name,
        }
    }
}

/// The invitation of a link; `None`: it was used, has ended, or never was.
///
/// # Errors
/// The registry cannot be read.
pub async fn find(house: &House, token: &str) -> Result<Option<(Into, Invitation)>, ActionError> {
    let Some(hash) = Token::presented(token).map(|token| token.hash()) else { return Ok(None) };
    let found = kept(house, &hash).await?;
    Ok(match found {
        Some((into, invitation)) if stands(house, &into, &invitation).await? => Some((into, invitation)),
        _ => None,
    })
}

async fn kept(house: &House, hash: &[u8; 32]) -> Result<Option<(Into, Invitation)>, ActionError> {
    let now = house.now();
    let of_site = |site: &Site| {
        let open = open(&site.sharing.invitations, hash, now)?;
        Some((Into::Site { id: site.id, domain: site.domain.clone() }, open.clone()))
    };
    if let Some(found) = house.engine.sites().iter().find_map(|entry| of_site(&entry.site)) {
        return Ok(Some(found));
    }
    let teams = house.people.teams().await?;
    Ok(teams.values().find_map(|team| {
        let open = open(&team.invitations, hash, now)?;
        Some((Into::Team { id: team.id, name: team.name.clone() }, open.clone()))
    }))
}

/// Whether the person who made it could still make it: what they lost through a team or the installation they give to
/// nobody any more. A key that was removed gives nothing either; of what commands made there is nobody to ask.
async fn stands(house: &House, into: &Into, invitation: &Invitation) -> Result<bool, ActionError> {
    if let Some(key) = invitation.by.strip_prefix("key:") {
        let number = key.split(' ').next().and_then(|number| number.parse::<u64>().ok());
        return Ok(keys::list(house).await?.iter().any(|known| Some(known.id) == number));
    }
    if !invitation.by.contains('@') {
        return Ok(true);
    }
    let rights = house.people.rights(&invitation.by).await?;
    let may = match into {
        Into::Site { id, .. } => house.engine.sites().by_id(*id).and_then(|entry| rights.role(&entry.site)),
        Into::Team { id, .. } => rights.role_in(*id),
    };
    Ok(may >= Some(invitation.role.max(Role::Admin)))
}

/// A token has 256 random bits and only its hash is compared: how long that takes says nothing.
fn open<'a>(invitations: &'a [Invitation], hash: &[u8; 32], now: UnixMillis) -> Option<&'a Invitation> {
    invitations.iter().find(|known| known.token_hash == *hash && now < known.expires)
}

/// Accepts an invitation for somebody who has an account; it is used up, unless they may as much already.
///
/// # Errors
/// It is not, or no longer, valid, or is for somebody else.
pub async fn accept(house: &House, token: &str, email: &str) -> Result<Into, ActionError> {
    let (into, invitation) = find(house, token).await?.ok_or(ActionError::State(Fault::NoInvitation))?;
    if invitation.email.as_deref().is_some_and(|only| only != email) {
        return Err(ActionError::State(Fault::NoInvitation));
    }
    let about = json!({"by": invitation.by, "role": invitation.role.name()});
    match &into {
        Into::Site { id, .. } => {
            let before = house.engine.sites().by_id(*id).and_then(|entry| entry.site.sharing.role_of(email));
            if before >= Some(invitation.role) {
                return Ok(into);
            }
            let changed = amend(house, *id, |site| join_site(site, &invitation, email)).await?;
            note(house, email, Some(&changed), "member-joined", about).await;
        }
        Into::Team { id, .. } => {
            let joined = |members: &mut Vec<Member>, invitations: &mut Vec<Invitation>| {
                take(invitations, &invitation)?;
                raise(members, email, invitation.role);
                if members.len() > MOST_MEMBERS { Err(ActionError::Invalid(Fault::ManyMembers(MOST_MEMBERS))) } else { Ok(()) }
            };
            teams::amend(house, *id, |team| joined(&mut team.members, &mut team.invitations)).await?;
            note(house, email, None, "team-joined", json!({"team": into.name(), "by": invitation.by, "role": invitation.role.name()}))
                .await;
        }
    }
    Ok(into)
}

fn join_site(site: &mut Site, invitation: &Invitation, email: &str) -> Result<(), ActionError> {
    take(&mut site.sharing.invitations, invitation)?;
    let role = site.sharing.role_of(email).max(Some(invitation.role));
    set(site, email, role);
    if site.sharing.members.len() > MOST_MEMBERS { Err(ActionError::Invalid(Fault::ManyMembers(MOST_MEMBERS))) } else { Ok(()) }
}

/// Uses it up. Of two who accept at the same time one is too late.
fn take(invitations: &mut Vec<Invitation>, invitation: &Invitation) -> Result<(), ActionError> {
    let at = invitations.iter().position(|known| known.token_hash == invitation.token_hash);
    invitations.remove(at.ok_or(ActionError::State(Fault::NoInvitation))?);
    Ok(())
}

/// Gives somebody a role, if they have not more already.
fn raise(members: &mut Vec<Member>, email: &str, role: Role) {
    match members.iter_mut().find(|member| member.email == email) {
        Some(member) => member.role = member.role.max(role),
        None => {
            members.push(Member { email: email.to_owned(), role });
            members.sort_by(|a, b| a.email.cmp(&b.email));
        }
    }
}
