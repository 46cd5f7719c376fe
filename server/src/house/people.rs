//! Who may do what, at hand.

use super::remembered::Remembered;
use footfall_domain::{Role, Site, Team};
use footfall_store::{ApiKey, KeyScope, Registry, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Administrators and teams asked for lately ([`Remembered`]). Members of sites are in the sites themselves.
pub struct People {
    registry: Arc<dyn Registry>,
    administrators: Remembered<String, bool>,
    teams: Remembered<(), Arc<BTreeMap<u64, Team>>>,
}

/// What somebody may do, at all sites.
#[derive(Clone, Debug)]
pub struct Rights {
    email: String,
    administrator: bool,
    teams: Arc<BTreeMap<u64, Team>>,
}

impl Rights {
    /// What they may do at a site: the most that the installation, the site and its team give. `None`: nothing, not even
    /// know of it.
    pub fn role(&self, site: &Site) -> Option<Role> {
        if self.administrator {
            return Some(Role::Owner);
        }
        let in_team = site.sharing.team.and_then(|team| self.role_in(team));
        site.sharing.role_of(&self.email).max(in_team)
    }

    /// Whether they may at least what a role may.
    pub fn may(&self, site: &Site, least: Role) -> bool {
        self.role(site).is_some_and(|role| role >= least)
    }

    /// What they are in a team. `None`: nothing.
    pub fn role_in(&self, team: u64) -> Option<Role> {
        let team = self.teams.get(&team)?;
        if self.administrator {
            return Some(Role::Owner);
        }
        team.members.iter().find(|member| member.email == self.email).map(|member| member.role)
    }

    /// Whether they administer the installation.
    pub fn is_administrator(&self) -> bool {
        self.administrator
    }

    /// The teams they belong to; all of them for an administrator.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values().filter(|team| self.role_in(team.id).is_some())
    }
}

impl People {
    /// Knows nothing yet.
    pub fn new(registry: Arc<dyn Registry>) -> Self {
        Self { registry, administrators: Remembered::default(), teams: Remembered::default() }
    }

    /// What somebody may do. Somebody who is no user may nothing.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn rights(&self, email: &str) -> Result<Rights, StoreError> {
        let read = async { Ok(self.registry.user(email).await?.is_some_and(|user| user.administrator)) };
        let administrator = self.administrators.of(email, read).await?;
        Ok(Rights { email: email.to_owned(), administrator, teams: self.teams().await? })
    }

    /// Whether a key opens a site for something: it is a site's own, somebody's, or the installation's. A key of somebody
    /// opens what they may see themselves at that moment.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn opens(&self, key: &ApiKey, site: &Site, least: Role) -> Result<bool, StoreError> {
        if key.site.is_some_and(|of| of != site.id) {
            return Ok(false);
        }
        match &key.owner {
            Some(owner) => Ok(self.rights(owner).await?.may(site, least)),
            None => Ok(key.scope == KeyScope::Admin || key.scope == KeyScope::Sites || least == Role::Viewer),
        }
    }

    /// All teams, by number.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn teams(&self) -> Result<Arc<BTreeMap<u64, Team>>, StoreError> {
        let read = async { Ok(Arc::new(self.registry.teams().await?.into_iter().map(|team| (team.id, team)).collect())) };
        self.teams.of(&(), read).await
    }

    /// Forgets everything; called after any change of users or teams.
    pub fn forget(&self) {
        self.administrators.forget();
        self.teams.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::{Member, SiteId, UnixMillis};
    use footfall_store::MemoryStore;

    const NOW: UnixMillis = UnixMillis(0);

    fn site(sharing: impl FnOnce(&mut footfall_domain::Sharing)) -> Site {
        let mut site = Site::new(SiteId(1), "a.example", "UTC", NOW);
        sharing(&mut site.sharing);
        site
    }

    #[tokio::test]
    async fn the_most_of_installation_site_and_team_holds() {
        let store = Arc::new(MemoryStore::new());
        for (email, administrator) in [("root@x.example", true), ("ada@x.example", false), ("bob@x.example", false)] {
            store.add_user(email, "x", administrator, NOW).await.expect("added");
        }
        let team = store.add_team("Shop").await.expect("added");
        let members = vec![Member { email: "ada@x.example".into(), role: Role::Editor }];
        store.put_team(&Team { members, ..team.clone() }).await.expect("put");
        let people = People::new(store);
        let role = async |email: &str, site: &Site| people.rights(email).await.expect("readable").role(site);
        let alone = site(|sharing| sharing.set_role("ada@x.example", Some(Role::Viewer)));
        let with_team = site(|sharing| {
            sharing.set_role("ada@x.example", Some(Role::Viewer));
            sharing.team = Some(team.id);
        });
        assert_eq!(role("root@x.example", &alone).await, Some(Role::Owner));
        assert_eq!(role("ada@x.example", &alone).await, Some(Role::Viewer));
        assert_eq!(role("ada@x.example", &with_team).await, Some(Role::Editor));
        for (email, site) in [("bob@x.example", &alone), ("bob@x.example", &with_team), ("nobody@x.example", &alone)] {
            assert_eq!(role(email, site).await, None, "{email}");
        }
    }

    #[tokio::test]
    async fn a_key_opens_what_its_owner_may_see() {
        let store = Arc::new(MemoryStore::new());
        store.add_user("ada@x.example", "x", false, NOW).await.expect("added");
        let people = People::new(store);
        let here = site(|sharing| sharing.set_role("ada@x.example", Some(Role::Viewer)));
        let there = Site { id: SiteId(2), ..site(|_| ()) };
        let key = |owner: Option<&str>, site, scope| ApiKey {
            id: 1,
            site,
            scope,
            name: String::new(),
            created: NOW,
            owner: owner.map(str::to_owned),
        };
        let hers = key(Some("ada@x.example"), None, KeyScope::Stats);
        for (key, site, least, opens) in [
            (&hers, &here, Role::Viewer, true),
            (&hers, &here, Role::Editor, false),
            (&hers, &there, Role::Viewer, false),
            (&key(None, None, KeyScope::Stats), &there, Role::Viewer, true),
            (&key(None, None, KeyScope::Stats), &there, Role::Editor, false),
            (&key(None, Some(SiteId(1)), KeyScope::Stats), &there, Role::Viewer, false),
            (&key(None, None, KeyScope::Sites), &there, Role::Owner, true),
        ] {
            assert_eq!(people.opens(key, site, least).await, Ok(opens), "{key:?} {least:?}");
        }
    }
}
