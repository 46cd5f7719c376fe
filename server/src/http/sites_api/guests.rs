//! Guests of a site: its viewers and editors, and who was invited to be one.

use super::call::{Call, Told};
use super::page::{Entry, newest_first, page};
use super::refusal::Refusal;
use crate::accounts::normal_email;
use crate::actions::people::{self, Doer};
use footfall_app::routes;
use footfall_domain::{Invitation, Member, Role, Site, UnixMillis};
use serde_json::{Value, json};

/// Members first, by email, then those invited, the latest first.
pub(super) async fn list(call: Call) -> Told {
    let entry = call.site(Role::Admin).await?;
    let members = members(&entry.site).map(|member| Entry { place: format!("0{}", member.email), told: accepted(member) });
    let invitations = invitations(&entry.site, call.app.house.now());
    let invitations = invitations.map(|(invitation, email)| {
        let place = format!("1{}", newest_first(invitation.id));
        Entry { place, told: invited(email, invitation.role) }
    });
    page("guests", members.chain(invitations).collect(), &call.params)
}

/// The guest of an address; invited where there is none. Whoever is one already stays what they are.
pub(super) async fn put(call: Call) -> Told {
    let (_, email) = (call.params.needed("site_id")?, call.params.needed("email")?);
    let role = call.params.needed("role")?;
    let role = Role::from_name(&role).filter(|role| *role <= Role::Editor);
    let role = role.ok_or_else(|| Refusal::Wrong("role: this is `viewer` or `editor`".to_owned()))?;
    let email = normal_email(&email).map_err(|fault| Refusal::Wrong(format!("email: {fault}")))?;
    let entry = call.site(Role::Admin).await?;
    if let Some(member) = entry.site.sharing.members.iter().find(|member| member.email == email) {
        return Ok(accepted(member));
    }
    if let Some((invitation, email)) = invitations(&entry.site, call.app.house.now()).find(|(_, known)| **known == *email) {
        return Ok(invited(email, invitation.role));
    }
    let (who, may) = (call.who(), call.role(&entry.site).await?);
    // What a key of somebody gives ends with what they may give.
    let by = call.key.owner.as_deref().unwrap_or(&who);
    let doer = Doer { who: &who, role: may };
    let (token, invitation) = people::invite_for(&call.app.house, doer, by, entry.site.id, role, Some(&email)).await?;
    let mut told = invited(&email, invitation.role);
    // Footfall sends no mail: the link is passed on by who asked. It is told this once; only a hash of it is kept.
    told["url"] = json!(routes::join(&call.app.base_url, token.text()));
    Ok(told)
}

/// One guest or invitation less. Admins and owners are no guests, and stay.
pub(super) async fn remove(call: Call) -> Told {
    let email = call.params.needed("email")?;
    let entry = call.site(Role::Admin).await?;
    let (house, who, may, site) = (&call.app.house, call.who(), call.role(&entry.site).await?, entry.site.id);
    let doer = || Doer { who: &who, role: may };
    let Ok(email) = normal_email(&email) else { return Ok(json!({"deleted": true})) };
    if members(&entry.site).any(|member| member.email == email) {
        people::remove(house, doer(), site, &email, true).await?;
    }
    for invitation in
        entry.site.sharing.invitations.iter().filter(|known| known.role <= Role::Editor && known.email.as_ref() == Some(&email))
    {
        people::withdraw(house, doer(), site, invitation.id).await?;
    }
    Ok(json!({"deleted": true}))
}

fn members(site: &Site) -> impl Iterator<Item = &Member> {
    site.sharing.members.iter().filter(|member| member.role <= Role::Editor)
}

/// Those for an address that have not ended.
fn invitations(site: &Site, now: UnixMillis) -> impl Iterator<Item = (&Invitation, &String)> {
    let open = site.sharing.invitations.iter().filter(move |invitation| invitation.role <= Role::Editor && now < invitation.expires);
    open.filter_map(|invitation| Some((invitation, invitation.email.as_ref()?)))
}

fn accepted(member: &Member) -> Value {
    json!({"email": member.email, "role": member.role.name(), "status": "accepted"})
}

fn invited(email: &str, role: Role) -> Value {
    json!({"email": email, "role": role.name(), "status": "invited"})
}
