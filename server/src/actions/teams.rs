//! Teams: people who have their role at several sites together.

use super::audit::note;
use super::people::{Doer, Prepared, keep_allowed, owned};
use super::{ActionError, Fault, sites};
use crate::accounts::Token;
use crate::house::House;
use footfall_domain::{Invitation, Member, Role, Site, SiteId, Team};
use footfall_store::StoreError;
use serde_json::json;
use std::collections::BTreeMap;

/// The longest name, characters.
const MOST_NAME_CHARS: usize = 100;
/// The most teams somebody may own who does not administer the installation.
const MOST_TEAMS: usize = 50;
/// How often somebody else's change may come in between.
const MEETINGS: usize = 8;

/// Makes a team, whose owner is who makes it.
///
/// # Errors
/// No name, they own as many as they may, or the store cannot be written.
pub async fn add(house: &House, who: &str, name: &str) -> Result<Team, ActionError> {
    let name = checked_name(name)?;
    let rights = house.people.rights(who).await?;
    let owned = || rights.teams().filter(|team| rights.role_in(team.id) == Some(Role::Owner)).count();
    if !rights.is_administrator() && owned() >= MOST_TEAMS {
        return Err(ActionError::Invalid(Fault::ManyTeams(MOST_TEAMS)));
    }
    let team = house.registry.add_team(&name).await?;
    let owner = Member { email: who.to_owned(), role: Role::Owner };
    let team = house.registry.put_team(&Team { members: vec![owner], ..team }).await?;
    house.people.forget();
    note(house, who, None, "team-added", json!({"team": name})).await;
    Ok(team)
}

/// Changes a team as it is now, and again when somebody else was faster. Returns it changed.
///
/// # Errors
/// What `change` says; there is no such team any more; the store cannot be written.
pub async fn amend(house: &House, id: u64, change: impl Fn(&mut Team) -> Result<(), ActionError>) -> Result<Team, ActionError> {
    for _ in 0..MEETINGS {
        let teams = house.registry.teams().await?;
        let mut team = teams.into_iter().find(|team| team.id == id).ok_or(ActionError::State(Fault::MemberGone))?;
        change(&mut team)?;
        let put = house.registry.put_team(&team).await;
        house.people.forget();
        match put {
            Err(StoreError::Conflict(_)) => {}
            other => return Ok(other?),
        }
    }
    Err(StoreError::Conflict(format!("the team of number {id}")).into())
}

/// Another name.
///
/// # Errors
/// The doer may not, or it is none.
pub async fn rename(house: &House, doer: Doer<'_>, id: u64, name: &str) -> Result<(), ActionError> {
    doer.reaches(Role::Admin)?;
    let name = checked_name(name)?;
    amend(house, id, |team| {
        team.name.clone_from(&name);
        Ok(())
    })
    .await?;
    note(house, doer.who, None, "team-renamed", json!({"team": name})).await;
    Ok(())
}

/// Gives somebody of the team another role, or takes theirs away.
///
/// # Errors
/// They are not in it, the doer may not, or would lose something and is not sure; nobody would own the team any more.
pub async fn set_role(house: &House, doer: Doer<'_>, id: u64, email: &str, role: Option<Role>, sure: bool) -> Result<(), ActionError> {
    if let Some(role) = role {
        doer.reaches(role)?;
    }
    let administrates = house.people.rights(doer.who).await?.is_administrator();
    let team = amend(house, id, |team| {
        let member = team.members.iter().find(|member| member.email == email).ok_or(ActionError::State(Fault::MemberGone))?;
        doer.reaches(member.role)?;
        if doer.who == email && role < Some(member.role) && !sure && !administrates {
            return Err(ActionError::Invalid(Fault::NotSure));
        }
        let owned = member.role == Role::Owner;
        set(team, email, role);
        if owned && !administrates && team.members.iter().all(|member| member.role != Role::Owner) {
            return Err(ActionError::Invalid(Fault::LastOwner));
        }
        Ok(())
    })
    .await?;
    let about = json!({"team": team.name, "email": email, "role": role.map(Role::name)});
    let deed = match role {
        Some(_) => "team-role",
        None if doer.who == email => "team-left",
        None => "team-removed",
    };
    note(house, doer.who, None, deed, about).await;
    Ok(())
}

/// Gives or takes a role; invitations that who loses it could not make any more go with it.
pub(super) fn set(team: &mut Team, email: &str, role: Option<Role>) {
    match role {
        Some(role) => team.members.iter_mut().filter(|member| member.email == email).for_each(|member| member.role = role),
        None => team.members.retain(|member| member.email != email),
    }
    keep_allowed(&mut team.invitations, email, role);
}

/// Makes an invitation; see [`super::people::invite`].
///
/// # Errors
/// As there.
pub async fn invite(house: &House, doer: Doer<'_>, id: u64, role: Role, email: Option<&str>) -> Result<(Token, Invitation), ActionError> {
    let prepared = Prepared::new(house, doer, role, email)?;
    let team = amend(house, id, |team| {
        if let Some(known) = team.members.iter().find(|member| Some(&member.email) == prepared.email.as_ref()) {
            return Err(ActionError::Invalid(Fault::MemberExists(known.email.clone())));
        }
        team.last_id += 1;
        prepared.add(&mut team.invitations, team.last_id, doer.who)
    })
    .await?;
    note(house, doer.who, None, "team-invited", json!({"team": team.name, "email": prepared.email, "role": role.name()})).await;
    let made = prepared.of(&team.invitations)?;
    Ok((prepared.token, made))
}

/// Takes an invitation back.
///
/// # Errors
/// The doer may not give its role. There being none any more is no error.
pub async fn withdraw(house: &House, doer: Doer<'_>, id: u64, invitation: u64) -> Result<(), ActionError> {
    let teams = house.registry.teams().await?;
    let of_team = teams.iter().filter(|team| team.id == id).flat_map(|team| &team.invitations);
    let known = of_team.into_iter().find(|known| known.id == invitation).cloned();
    let Some(known) = known else { return Ok(()) };
    doer.reaches(known.role)?;
    let team = amend(house, id, |team| {
        team.invitations.retain(|known| known.id != invitation);
        Ok(())
    })
    .await?;
    let about = json!({"team": team.name, "email": known.email, "role": known.role.name()});
    note(house, doer.who, None, "team-withdrawn", about).await;
    Ok(())
}

/// Gives a site to a team, or takes it from one. Who does it owns the site and administers the team that gets it.
///
/// # Errors
/// The doer may not, there is no such team, or nobody would own the site any more.
pub async fn give(house: &House, doer: Doer<'_>, site: SiteId, team: Option<u64>) -> Result<Site, ActionError> {
    doer.reaches(Role::Owner)?;
    let rights = house.people.rights(doer.who).await?;
    if team.is_some_and(|team| rights.role_in(team) < Some(Role::Admin)) {
        return Err(ActionError::Invalid(Fault::RoleTooLow));
    }
    put(house, doer.who, site, team, rights.is_administrator()).await
}

/// The same for a program, of which is known already that it may.
///
/// # Errors
/// The store cannot be written.
pub async fn hand(house: &House, who: &str, site: SiteId, team: Option<u64>) -> Result<Site, ActionError> {
    put(house, who, site, team, true).await
}

/// `ownerless`: whether nobody may own the site afterwards but administrators, who own every one.
async fn put(house: &House, who: &str, site: SiteId, team: Option<u64>, ownerless: bool) -> Result<Site, ActionError> {
    let before = house.engine.sites().by_id(site).and_then(|entry| entry.site.sharing.team);
    let teams = house.people.teams().await?;
    let changed = sites::amend(house, site, |site| {
        site.sharing.team = team;
        if ownerless || owned(site, &teams) { Ok(()) } else { Err(ActionError::Invalid(Fault::NoOwner(site.domain.clone()))) }
    })
    .await?;
    for (deed, team) in [("team-taken", before.filter(|_| before != team)), ("team-given", team.filter(|_| before != team))] {
        if let Some(team) = team {
            let name = teams.get(&team).map_or_else(|| team.to_string(), |team| team.name.clone());
            note(house, who, Some(&changed), deed, json!({"team": name})).await;
        }
    }
    Ok(changed)
}

/// Dissolves a team; its sites have none any more.
///
/// # Errors
/// The doer does not own it, nobody would own one of its sites any more, or the store cannot be written.
pub async fn remove(house: &House, doer: Doer<'_>, id: u64) -> Result<(), ActionError> {
    doer.reaches(Role::Owner)?;
    let ownerless = house.people.rights(doer.who).await?.is_administrator();
    let mut teams = BTreeMap::clone(&*house.people.teams().await?);
    let name = teams.remove(&id).map(|team| team.name).unwrap_or_default();
    let kept = |site: &Site| {
        // Without the team, which is not among them any more.
        if ownerless || owned(site, &teams) { Ok(()) } else { Err(ActionError::Invalid(Fault::NoOwner(site.domain.clone()))) }
    };
    let of_team: Vec<_> = house.engine.sites().iter().filter(|entry| entry.site.sharing.team == Some(id)).cloned().collect();
    // All of them, or none.
    of_team.iter().try_for_each(|entry| kept(&entry.site))?;
    for entry in of_team {
        let changed = sites::amend(house, entry.site.id, |site| {
            site.sharing.team = None;
            kept(site)
        })
        .await?;
        note(house, doer.who, Some(&changed), "team-taken", json!({"team": name})).await;
    }
    let removed = house.registry.remove_team(id).await;
    house.people.forget();
    match removed {
        // Somebody else was faster.
        Ok(()) | Err(StoreError::NotFound(_)) => {}
        Err(error) => return Err(error.into()),
    }
    note(house, doer.who, None, "team-dissolved", json!({"team": name})).await;
    Ok(())
}

fn checked_name(name: &str) -> Result<String, ActionError> {
    let name = name.trim();
    let sound = !name.is_empty() && name.chars().count() <= MOST_NAME_CHARS && !name.contains(char::is_control);
    if sound { Ok(name.to_owned()) } else { Err(ActionError::Invalid(Fault::TeamName)) }
}
