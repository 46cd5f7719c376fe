//! Who may see a site, and who may change it. None of it changes a number.

use crate::UnixMillis;
use serde::{Deserialize, Serialize};

/// What somebody may do at a site; each may what the ones before it may.
///
/// | role | may |
/// |---|---|
/// | viewer | see the numbers, keep segments of their own |
/// | editor | name goals, segments and properties of the site |
/// | admin | change settings, exclusions, keys, shared links, the public switch; invite and remove people |
/// | owner | rename, hand over, empty and delete the site; make owners |
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees the numbers.
    Viewer,
    /// Names things.
    Editor,
    /// Changes settings.
    Admin,
    /// May everything.
    Owner,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Role; 4] = [Role::Viewer, Role::Editor, Role::Admin, Role::Owner];

    /// Its name in forms, on the command line and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Editor => "editor",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }

    /// The role of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Who may see a site besides administrators of the installation, and from where its numbers may be framed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sharing {
    /// The highest number given to an invitation or link. Numbers are never given twice.
    pub last_id: u64,
    /// Whether anybody may see the site's page, widgets and counters.
    pub public: bool,
    /// Hosts that may frame widgets and shared links, as `frame-ancestors` takes them: `https://blog.example.com`,
    /// `*.example.com`. None: any host may.
    pub frame_hosts: Vec<String>,
    /// By email; each email once.
    pub members: Vec<Member>,
    /// The team whose people have their role here too.
    pub team: Option<u64>,
    /// In the order they were made.
    pub invitations: Vec<Invitation>,
    /// In the order they were made.
    pub links: Vec<SharedLink>,
}

/// Somebody with a role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Member {
    /// The name they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// An invitation that nobody has accepted yet. It is a link; only the hash of its token is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Invitation {
    /// Its number.
    pub id: u64,
    /// Hash of the token in the link.
    pub token_hash: [u8; 32],
    /// What who accepts it may do.
    pub role: Role,
    /// The one who may accept it; `None`: whoever has the link, once.
    pub email: Option<String>,
    /// The email of who made it.
    pub by: String,
    /// When it was made.
    pub created: UnixMillis,
    /// When it ends; the instant itself is not included.
    pub expires: UnixMillis,
}

/// An unlisted way to a site's numbers for who has the link.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SharedLink {
    /// Its number.
    pub id: u64,
    /// The secret of its address: 126 random bits or more, in letters that need no escaping. Kept as it is, since
    /// people copy their links again.
    pub slug: String,
    /// What its maker calls it; each name of a site once.
    pub name: String,
    /// Argon2id in PHC form, where the link asks for a password.
    #[serde(default)]
    pub password_hash: Option<String>,
    /// The number of the segment that holds for everything behind the link, and that its reader cannot lift.
    #[serde(default)]
    pub segment: Option<u64>,
    /// When it was made.
    pub created: UnixMillis,
    /// When it ends; the instant itself is not included. `None`: when it is removed.
    #[serde(default)]
    pub expires: Option<UnixMillis>,
}

impl Sharing {
    /// The next number of an invitation or link.
    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// The role somebody has here of their own, whatever teams and the installation say.
    pub fn role_of(&self, email: &str) -> Option<Role> {
        self.members.iter().find(|member| member.email == email).map(|member| member.role)
    }

    /// Gives somebody a role, or takes it away.
    pub fn set_role(&mut self, email: &str, role: Option<Role>) {
        self.members.retain(|member| member.email != email);
        if let Some(role) = role {
            self.members.push(Member { email: email.to_owned(), role });
            self.members.sort_by(|a, b| a.email.cmp(&b.email));
        }
    }

    /// The link of a slug that has not ended. Compares in the same time wherever slugs differ.
    pub fn link(&self, slug: &str, now: UnixMillis) -> Option<&SharedLink> {
        self.links.iter().find(|link| same(&link.slug, slug)).filter(|link| link.expires.is_none_or(|end| now < end))
    }
}

/// Whether two texts are the same, in a time that depends on their lengths alone.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// People who have their role at several sites together.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Team {
    /// Its number; never given twice.
    pub id: u64,
    /// Grows by one with every change.
    #[serde(default)]
    pub version: u64,
    /// What its people call it.
    pub name: String,
    /// The highest number given to an invitation.
    #[serde(default)]
    pub last_id: u64,
    /// By email; each email once.
    #[serde(default)]
    pub members: Vec<Member>,
    /// In the order they were made.
    #[serde(default)]
    pub invitations: Vec<Invitation>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_in_order_and_read_back() {
        assert!(Role::ALL.is_sorted());
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
    }

    #[test]
    fn a_role_is_given_once_and_taken() {
        let mut sharing = Sharing::default();
        sharing.set_role("b@example.com", Some(Role::Viewer));
        sharing.set_role("a@example.com", Some(Role::Owner));
        sharing.set_role("b@example.com", Some(Role::Admin));
        assert_eq!(sharing.members.iter().map(|member| member.email.as_str()).collect::<Vec<_>>(), ["a@example.com", "b@example.com"]);
        assert_eq!(sharing.role_of("b@example.com"), Some(Role::Admin));
        sharing.set_role("b@example.com", None);
        assert_eq!(sharing.role_of("b@example.com"), None);
    }

    #[test]
    fn a_link_ends_when_it_says() {
        let end = UnixMillis(1_000);
        let link = SharedLink {
            id: 1,
            slug: "abc".into(),
            name: "x".into(),
            password_hash: None,
            segment: None,
            created: UnixMillis(0),
            expires: Some(end),
        };
        let sharing = Sharing { links: vec![link], ..Sharing::default() };
        assert!(sharing.link("abc", end.plus(-1)).is_some());
        assert!(
            sharing.link("abc", end).is_none() && sharing.link("abd", UnixMillis(0)).is_none() && sharing.link("", UnixMillis(0)).is_none()
        );
    }

    #[test]
    fn a_site_of_before_has_no_sharing() {
        assert_eq!(serde_json::from_str::<Sharing>("{}").expect("all of it may be missing"), Sharing::default());
    }
}
