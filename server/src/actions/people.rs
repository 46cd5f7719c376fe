//! Who may do what at a site: roles, invitations, handing over.

use super::audit::note;
use super::sites::amend;
use super::{ActionError, Fault};
use crate::accounts::{Token, normal_email};
use crate::house::House;
use footfall_domain::{Invitation, Role, Site, SiteId, Team, UnixMillis};
use serde_json::json;
use std::collections::BTreeMap;

/// The most people with a role of their own at a site: all of them stand in the site's row.
pub const MOST_MEMBERS: usize = 500;
/// The most open invitations of a site or team.
pub const MOST_INVITATIONS: usize = 50;
/// How long an invitation waits for who is invited.
pub const INVITATION_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Who does something, and what they may at the site or team it is done at: nobody gives or takes more.
#[derive(Clone, Copy, Debug)]
pub struct Doer<'a> {
    /// An email, `key:NUMBER …` or [`super::audit::COMMAND`]: as the audit log has it.
    pub who: &'a str,
    /// What they may.
    pub role: Role,
}

impl Doer<'_> {
    /// Refuses what is beyond the doer's own role.
    pub(super) fn reaches(&self, role: Role) -> Result<(), ActionError> {
        if self.role >= role { Ok(()) } else { Err(ActionError::Invalid(Fault::RoleTooLow)) }
    }
}

/// Gives somebody who has a role at the site another one. `sure`: the doer may lose by it what they may do here.
///
/// # Errors
/// They have none here, the doer may not, or would lose something and is not sure; nobody would own the site any more.
pub async fn set_role(house: &House, doer: Doer<'_>, site: SiteId, email: &str, role: Role, sure: bool) -> Result<Site, ActionError> {
    doer.reaches(role)?;
    change(house, doer, site, email, Some(role), sure).await
}

/// Takes somebody's own role at the site away, with the invitations they made.
///
/// # Errors
/// As [`set_role`].
pub async fn remove(house: &House, doer: Doer<'_>, site: SiteId, email: &str, sure: bool) -> Result<Site, ActionError> {
    change(house, doer, site, email, None, sure).await
}

async fn change(house: &House, doer: Doer<'_>, site: SiteId, email: &str, role: Option<Role>, sure: bool) -> Result<Site, ActionError> {
    let rights = if doer.who == email { Some(house.people.rights(email).await?) } else { None };
    let administrates = house.people.rights(doer.who).await?.is_administrator();
    let teams = house.people.teams().await?;
    let changed = amend(house, site, |site| {
        let present = site.sharing.role_of(email).ok_or(ActionError::State(Fault::MemberGone))?;
        doer.reaches(present)?;
        set(site, email, role);
        // Only the administrators, who own every site, would find it again.
        if present == Role::Owner && !administrates && !owned(site, &teams) {
            return Err(ActionError::Invalid(Fault::LastOwner));
        }
        match &rights {
            Some(rights) if !sure && rights.role(site) < Some(doer.role) => Err(ActionError::Invalid(Fault::NotSure)),
            _ => Ok(()),
        }
    })
    .await?;
    let (deed, about) = match role {
        Some(role) => ("member-role", json!({"email": email, "role": role.name()})),
        None if doer.who == email => ("member-left", json!({})),
        None => ("member-removed", json!({"email": email})),
    };
    note(house, doer.who, Some(&changed), deed, about).await;
    Ok(changed)
}

/// Whether somebody owns a site, with a role of their own or through its team. Administrators of the installation own every
/// site, and do not count.
pub(super) fn owned(site: &Site, teams: &BTreeMap<u64, Team>) -> bool {
    let of_team = site.sharing.team.and_then(|team| teams.get(&team)).map_or(&[][..], |team| &team.members);
    site.sharing.members.iter().chain(of_team).any(|member| member.role == Role::Owner)
}

/// Gives somebody who has an account a role at the site, whether they have one or not, or takes it away.
///
/// # Errors
/// There is no such account or site, or there are too many people.
pub async fn put_role(house: &House, who: &str, site: SiteId, email: &str, role: Option<Role>) -> Result<Site, ActionError> {
    let email = normal_email(email).map_err(|fault| ActionError::Invalid(Fault::Email(fault)))?;
    if role.is_some() && house.registry.user(&email).await?.is_none() {
        return Err(ActionError::State(format!("there is no user {email}; `footfall user add {email} --member` adds one").into()));
    }
    let changed = amend(house, site, |site| {
        set(site, &email, role);
        if site.sharing.members.len() > MOST_MEMBERS { Err(ActionError::Invalid(Fault::ManyMembers(MOST_MEMBERS))) } else { Ok(()) }
    })
    .await?;
    let deed = if role.is_some() { "member-role" } else { "member-removed" };
    note(house, who, Some(&changed), deed, json!({"email": email, "role": role.map(Role::name)})).await;
    Ok(changed)
}

/// Gives or takes a role; invitations that who loses it could not make any more go with it.
pub(super) fn set(site: &mut Site, email: &str, role: Option<Role>) {
    site.sharing.set_role(email, role);
    keep_allowed(&mut site.sharing.invitations, email, role);
}

/// Of the invitations somebody made those they may still make.
pub(super) fn keep_allowed(invitations: &mut Vec<Invitation>, by: &str, role: Option<Role>) {
    let may = |invitation: &Invitation| role.is_some_and(|role| role >= Role::Admin && role >= invitation.role);
    invitations.retain(|invitation| invitation.by != by || may(invitation));
}

/// An invitation that waits to be made: its token is known, its number is not.
pub(super) struct Prepared {
    pub token: Token,
    pub role: Role,
    pub email: Option<String>,
    pub created: UnixMillis,
}

impl Prepared {
    /// # Errors
    /// The doer may not give this role, or the email is none.
    pub(super) fn new(house: &House, doer: Doer<'_>, role: Role, email: Option<&str>) -> Result<Self, ActionError> {
        doer.reaches(Role::Admin)?;
        doer.reaches(role)?;
        let email = email.map(str::trim).filter(|email| !email.is_empty());
        let email = email.map(normal_email).transpose().map_err(|fault| ActionError::Invalid(Fault::Email(fault)))?;
        Ok(Self { token: Token::new("", &*house.outside.entropy), role, email, created: house.now() })
    }

    /// Adds it to those that are open, of which those that have ended go.
    pub(super) fn add(&self, invitations: &mut Vec<Invitation>, id: u64, by: &str) -> Result<(), ActionError> {
        invitations.retain(|known| self.created < known.expires);
        if invitations.len() >= MOST_INVITATIONS {
            return Err(ActionError::Invalid(Fault::ManyInvitations(MOST_INVITATIONS)));
        }
        invitations.push(Invitation {
            id,
            token_hash: self.token.hash(),
            role: self.role,
            email: self.email.clone(),
            by: by.to_owned(),
            created: self.created,
            expires: self.created.plus(INVITATION_MS),
        });
        Ok(())
    }

    /// As it was added.
    pub(super) fn of(&self, invitations: &[Invitation]) -> Result<Invitation, ActionError> {
        let hash = self.token.hash();
        invitations.iter().find(|known| known.token_hash == hash).cloned().ok_or(ActionError::State(Fault::NoInvitation))
    }
}

/// Makes an invitation. The token of its link is returned this once; only its hash is kept.
///
/// # Errors
/// The doer may not, the email is none or has a role here already, or there are too many.
pub async fn invite(
    house: &House,
    doer: Doer<'_>,
    site: SiteId,
    role: Role,
    email: Option<&str>,
) -> Result<(Token, Invitation), ActionError> {
    invite_for(house, doer, doer.who, site, role, email).await
}

/// The same on behalf of somebody: `by` is whose rights the doer has, and with theirs the invitation ends.
///
/// # Errors
/// As [`invite`].
pub async fn invite_for(
    house: &House,
    doer: Doer<'_>,
    by: &str,
    site: SiteId,
    role: Role,
    email: Option<&str>,
) -> Result<(Token, Invitation), ActionError> {
    let prepared = Prepared::new(house, doer, role, email)?;
    let changed = amend(house, site, |site| {
        if let Some(email) = prepared.email.as_deref().filter(|email| site.sharing.role_of(email).is_some()) {
            return Err(ActionError::Invalid(Fault::MemberExists(email.to_owned())));
        }
        let id = site.sharing.next_id();
        prepared.add(&mut site.sharing.invitations, id, by)
    })
    .await?;
    let about = json!({"email": prepared.email, "role": role.name()});
    note(house, doer.who, Some(&changed), "invitation-made", about).await;
    let made = prepared.of(&changed.sharing.invitations)?;
    Ok((prepared.token, made))
}

/// Takes an invitation back; its link stops working.
///
/// # Errors
/// The doer may not give its role. There being none any more is no error.
pub async fn withdraw(house: &House, doer: Doer<'_>, site: SiteId, id: u64) -> Result<(), ActionError> {
    let known =
        house.engine.sites().by_id(site).and_then(|entry| entry.site.sharing.invitations.iter().find(|known| known.id == id).cloned());
    let Some(known) = known else { return Ok(()) };
    doer.reaches(known.role)?;
    let changed = amend(house, site, |site| {
        site.sharing.invitations.retain(|known| known.id != id);
        Ok(())
    })
    .await?;
    let about = json!({"email": known.email, "role": known.role.name()});
    note(house, doer.who, Some(&changed), "invitation-removed", about).await;
    Ok(())
}

/// Hands the site over: somebody who has an account becomes its owner; the doer, where they have a role of their own here or
/// own it through its team, stays as admin or leaves. The site leaves its team, whose owners would go on owning it.
///
/// # Errors
/// The doer is no owner, or there is no such account.
pub async fn transfer(house: &House, doer: Doer<'_>, site: SiteId, email: &str, stay: bool) -> Result<Site, ActionError> {
    doer.reaches(Role::Owner)?;
    let email = normal_email(email).map_err(|fault| ActionError::Invalid(Fault::Email(fault)))?;
    if house.registry.user(&email).await?.is_none() {
        return Err(ActionError::Invalid(Fault::NoAccount));
    }
    let team = house.engine.sites().by_id(site).and_then(|entry| entry.site.sharing.team);
    let teams = house.people.teams().await?;
    let owns_team = |team: &Team| team.members.iter().any(|member| member.email == doer.who && member.role == Role::Owner);
    let changed = amend(house, site, |site| {
        let by_team = site.sharing.team.and_then(|team| teams.get(&team)).is_some_and(owns_team);
        if doer.who != email && (by_team || site.sharing.role_of(doer.who).is_some()) {
            set(site, doer.who, stay.then_some(Role::Admin));
        }
        set(site, &email, Some(Role::Owner));
        site.sharing.team = None;
        if site.sharing.members.len() > MOST_MEMBERS {
            return Err(ActionError::Invalid(Fault::ManyMembers(MOST_MEMBERS)));
        }
        Ok(())
    })
    .await?;
    note(house, doer.who, Some(&changed), "site-transferred", json!({"to": email})).await;
    if let Some(team) = team {
        let name = teams.get(&team).map_or_else(|| team.to_string(), |team| team.name.clone());
        note(house, doer.who, Some(&changed), "team-taken", json!({"team": name})).await;
    }
    Ok(changed)
}
