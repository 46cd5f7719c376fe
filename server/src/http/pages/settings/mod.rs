//! A site's settings: a page each.

pub(super) mod danger;
pub(super) mod embed;
pub(super) mod exclusions;
pub(super) mod general;
pub(super) mod keys;
pub(super) mod log;
pub(super) mod not_counted;
pub(super) mod people;
pub(super) mod retention;
pub(super) mod sharing;

use super::super::App;
use super::answer::Trouble;
use super::form::Form;
use super::gate::{admit, rights};
use super::person::Person;
use crate::actions::people::Doer;
use footfall_app::models::{InvitationRow, MemberRow, NewLink, PeopleList};
use footfall_domain::{Invitation, LocalDate, Member, Role, UnixMillis};
use footfall_processor::SiteEntry;
use std::sync::Arc;

/// A site, and what who asks may do there.
struct Place {
    entry: Arc<SiteEntry>,
    role: Role,
    email: String,
}

impl Place {
    /// # Errors
    /// As [`admit`].
    async fn of(app: &App, person: &Person, domain: &str, least: Role) -> Result<Self, Trouble> {
        let entry = admit(app, person, domain, least).await?;
        let role = rights(app, person).await?.role(&entry.site).unwrap_or(least);
        Ok(Self { entry, role, email: person.member()?.sign_in.email.clone() })
    }

    fn doer(&self) -> Doer<'_> {
        Doer { who: &self.email, role: self.role }
    }
}

/// Whether the form is about this very site; otherwise what is wrong. Since the form was made the domain may have become
/// another site's.
fn same_site(form: &Form, place: &Place) -> Result<(), String> {
    let (site, said) = (&place.entry.site, &form.person.lang.words().notices);
    if form.field("site") == site.first_id.to_string() { Ok(()) } else { Err((said.another_site)(&site.domain)) }
}

/// People and invitations as `doer` sees them. `day` says which day an instant is.
pub(super) fn people_list(
    doer: Doer<'_>,
    members: &[Member],
    invitations: &[Invitation],
    now: UnixMillis,
    day: impl Fn(UnixMillis) -> LocalDate,
) -> PeopleList {
    let row = |member: &Member| MemberRow {
        email: member.email.clone(),
        role: member.role,
        is_reader: member.email == doer.who,
        may_change: member.role <= doer.role,
    };
    let open = invitations.iter().filter(|known| now < known.expires && known.role <= doer.role);
    PeopleList {
        members: members.iter().map(row).collect(),
        may_give: Role::ALL.into_iter().filter(|role| *role <= doer.role).collect(),
        invitations: open
            .map(|known| InvitationRow {
                id: known.id,
                role: known.role,
                email: known.email.clone(),
                by: known.by.clone(),
                ends: day(known.expires.plus(-1)),
            })
            .collect(),
        ..PeopleList::default()
    }
}

/// An invitation just made, with the address to pass on.
pub(super) fn new_link(app: &App, token: &crate::accounts::Token, made: &Invitation) -> NewLink {
    NewLink { address: footfall_app::routes::join(&app.base_url, token.text()), role: made.role, email: made.email.clone() }
}
