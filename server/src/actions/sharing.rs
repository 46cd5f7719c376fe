//! Who may see a site without an account: the public switch, shared links, hosts that may frame. Caches in front are told
//! where they keep what is not so any more ([`super::sites::amend`]).

use super::audit::note;
use super::sites::amend;
use super::{ActionError, Fault};
use crate::accounts::Token;
use crate::house::House;
use footfall_domain::{LocalDate, SharedLink, Site, SiteId, UnixMillis};
use serde_json::json;

/// The most shared links of a site: all of them stand in the site's row.
pub const MOST_LINKS: usize = 100;
/// The most hosts that may frame: all of them stand in a header of every page that may be framed.
pub const MOST_HOSTS: usize = 50;
/// The longest name of a link, characters.
pub const MOST_NAME_CHARS: usize = 100;
/// Letters of a slug: six bits each, 132 together.
const SLUG_LETTERS: usize = 22;

/// What becomes of a link's password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Password {
    /// It stays as it is; a new link has none.
    Keep,
    /// There is none any more.
    None,
    /// This one, in plain words.
    Set(String),
}

/// How a link is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkChange {
    /// What it is called.
    pub name: String,
    /// Whether it asks for a password.
    pub password: Password,
    /// The number of the site's segment that holds behind it.
    pub segment: Option<u64>,
    /// The last day on which it works, in the site's calendar.
    pub last_day: Option<LocalDate>,
}

/// What is kept of it, once it was looked at.
struct Checked {
    name: String,
    /// `None`: as it was.
    password_hash: Option<Option<String>>,
    segment: Option<u64>,
    expires: Option<UnixMillis>,
}

/// Opens the site's page to anybody, or closes it.
///
/// # Errors
/// There is no such site any more, or the store cannot be written.
pub async fn set_public(house: &House, who: &str, site: SiteId, public: bool) -> Result<Site, ActionError> {
    let before = house.engine.sites().by_id(site).map(|entry| entry.site.sharing.public);
    let changed = amend(house, site, |site| {
        site.sharing.public = public;
        Ok(())
    })
    .await?;
    if before != Some(public) {
        note(house, who, Some(&changed), if public { "public-on" } else { "public-off" }, json!({})).await;
    }
    Ok(changed)
}

/// Makes a shared link.
///
/// # Errors
/// Something about it makes no sense, there is one of its name, or there are too many.
pub async fn add_link(house: &House, who: &str, site: SiteId, wanted: LinkChange) -> Result<SharedLink, ActionError> {
    let checked = checked(house, site, wanted, None).await?;
    let slug: String = Token::new("", &*house.outside.entropy).text().chars().take(SLUG_LETTERS).collect();
    let now = house.now();
    let changed = amend(house, site, |site| {
        free(site, &checked.name, None)?;
        if site.sharing.links.len() >= MOST_LINKS {
            return Err(ActionError::State(Fault::ManyLinks(MOST_LINKS)));
        }
        let link = SharedLink {
            id: site.sharing.next_id(),
            slug: slug.clone(),
            name: checked.name.clone(),
            password_hash: checked.password_hash.clone().flatten(),
            segment: checked.segment,
            created: now,
            expires: checked.expires,
        };
        site.sharing.links.push(link);
        Ok(())
    })
    .await?;
    note(house, who, Some(&changed), "link-added", json!({"name": checked.name})).await;
    let made = changed.sharing.links.iter().find(|link| link.slug == slug).cloned();
    made.ok_or(ActionError::State(Fault::LinkGone))
}

/// Changes a shared link; its address stays.
///
/// # Errors
/// There is none, or as [`add_link`].
pub async fn change_link(house: &House, who: &str, site: SiteId, id: u64, wanted: LinkChange) -> Result<(), ActionError> {
    let present = house.engine.sites().by_id(site).and_then(|entry| entry.site.sharing.links.iter().find(|link| link.id == id).cloned());
    let present = present.ok_or(ActionError::State(Fault::LinkGone))?;
    let checked = checked(house, site, wanted, Some(&present)).await?;
    let changed = amend(house, site, |site| {
        free(site, &checked.name, Some(id))?;
        let link = site.sharing.links.iter_mut().find(|link| link.id == id).ok_or(ActionError::State(Fault::LinkGone))?;
        link.name.clone_from(&checked.name);
        link.segment = checked.segment;
        link.expires = checked.expires;
        if let Some(hash) = &checked.password_hash {
            link.password_hash.clone_from(hash);
        }
        Ok(())
    })
    .await?;
    note(house, who, Some(&changed), "link-changed", changes(&present, &checked)).await;
    Ok(())
}

/// What the log says of a changed link: never a password, and of what ends only that it does.
fn changes(before: &SharedLink, after: &Checked) -> serde_json::Value {
    let now = |is_there: bool| if is_there { "set" } else { "none" };
    let mut about = json!({"name": after.name});
    if before.name != after.name {
        about["from"] = json!(before.name);
    }
    if let Some(hash) = after.password_hash.as_ref().filter(|hash| hash.is_some() || before.password_hash.is_some()) {
        about["password"] = json!(now(hash.is_some()));
    }
    if before.segment != after.segment {
        about["segment"] = json!(now(after.segment.is_some()));
    }
    if before.expires != after.expires {
        about["end"] = json!(now(after.expires.is_some()));
    }
    about
}

/// Removes a shared link; it stops working at once. There being none is no error.
///
/// # Errors
/// The store cannot be written.
pub async fn remove_link(house: &House, who: &str, site: SiteId, id: u64) -> Result<(), ActionError> {
    let known = house.engine.sites().by_id(site).and_then(|entry| entry.site.sharing.links.iter().find(|link| link.id == id).cloned());
    let Some(known) = known else { return Ok(()) };
    let changed = amend(house, site, |site| {
        site.sharing.links.retain(|link| link.id != id);
        Ok(())
    })
    .await?;
    note(house, who, Some(&changed), "link-removed", json!({"name": known.name})).await;
    Ok(())
}

/// Says which hosts may frame widgets and shared links, one a line or word; none: any.
///
/// # Errors
/// One of them is none, or there are too many.
pub async fn set_hosts(house: &House, who: &str, site: SiteId, written: &str) -> Result<Site, ActionError> {
    let mut hosts = written
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|text| !text.is_empty())
        .map(|text| frame_host(text).ok_or_else(|| ActionError::Invalid(Fault::NoHost(text.chars().take(100).collect()))))
        .collect::<Result<Vec<String>, ActionError>>()?;
    hosts.sort();
    hosts.dedup();
    if hosts.len() > MOST_HOSTS {
        return Err(ActionError::Invalid(Fault::ManyHosts(MOST_HOSTS)));
    }
    let before = house.engine.sites().by_id(site).map(|entry| entry.site.sharing.frame_hosts.clone());
    let changed = amend(house, site, |site| {
        site.sharing.frame_hosts.clone_from(&hosts);
        Ok(())
    })
    .await?;
    if before.as_ref() != Some(&hosts) {
        note(house, who, Some(&changed), "frame-hosts", json!({"hosts": hosts.join(" ")})).await;
    }
    Ok(changed)
}

/// A host as `frame-ancestors` takes it: `blog.example.com`, `*.example.com`, `https://app.example.com:8443`. What comes
/// out goes into a header, so nothing is taken that is not understood.
fn frame_host(written: &str) -> Option<String> {
    let (scheme, rest) = match written.split_once("://") {
        Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
        None => (None, written),
    };
    let scheme = match scheme.as_deref() {
        None => "",
        Some("http") => "http://",
        Some("https") => "https://",
        Some(_) => return None,
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (wildcard, rest) = rest.strip_prefix("*.").map_or(("", rest), |rest| ("*.", rest));
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse::<u16>().ok().filter(|port| *port > 0)?)),
        None => (rest, None),
    };
    // The parser of addresses knows more spellings of hosts than a header takes.
    let host = url::Host::parse(host).ok().filter(|host| matches!(host, url::Host::Domain(_) | url::Host::Ipv4(_)))?.to_string();
    let plain = host.len() <= 253 && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    plain.then(|| format!("{scheme}{wildcard}{host}{port}"))
}

async fn checked(house: &House, site: SiteId, wanted: LinkChange, present: Option<&SharedLink>) -> Result<Checked, ActionError> {
    let name = wanted.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MOST_NAME_CHARS || name.contains(char::is_control) {
        return Err(ActionError::Invalid(Fault::LinkName(MOST_NAME_CHARS)));
    }
    let expires = wanted.last_day.map(|day| end_of(house, site, day)).transpose()?;
    // A link that has ended may be renamed and stays ended; it is not given an end that is past.
    if expires.is_some_and(|end| end <= house.now()) && expires != present.and_then(|link| link.expires) {
        return Err(ActionError::Invalid(Fault::LinkDay));
    }
    if let Some(id) = wanted.segment.filter(|id| present.and_then(|link| link.segment) != Some(*id)) {
        let named = house.lexicons.of(site).await?;
        if !named.segments.iter().any(|known| known.segment.id == id && known.is_open_to(None)) {
            return Err(ActionError::Invalid(Fault::LinkSegment));
        }
    }
    let password_hash = match wanted.password {
        Password::Keep => None,
        Password::None => Some(None),
        Password::Set(plain) => {
            Some(Some(house.passwords.hash(&plain).await.map_err(|fault| ActionError::Invalid(Fault::Password(fault)))?))
        }
    };
    Ok(Checked { name, password_hash, segment: wanted.segment, expires })
}

/// The first instant after a day at the site.
fn end_of(house: &House, site: SiteId, day: LocalDate) -> Result<UnixMillis, ActionError> {
    let book = house.engine.sites();
    let entry = book.by_id(site).ok_or(ActionError::State(Fault::LinkGone))?;
    Ok(entry.calendar.day_start(day.plus(1)))
}

/// Each name of a site once.
fn free(site: &Site, name: &str, but: Option<u64>) -> Result<(), ActionError> {
    let taken = site.sharing.links.iter().any(|link| link.name == name && Some(link.id) != but);
    if taken { Err(ActionError::State(Fault::LinkExists)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_one_spelling() {
        for (written, host) in [
            ("Blog.Example.com", "blog.example.com"),
            ("*.example.com", "*.example.com"),
            ("https://app.example.com:8443/", "https://app.example.com:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("192.0.2.7", "192.0.2.7"),
        ] {
            assert_eq!(frame_host(written).as_deref(), Some(host), "{written}");
        }
    }

    #[test]
    fn what_would_say_something_else_in_the_header_is_no_host() {
        for written in [
            "*",
            "'self'",
            "https:",
            "data://x",
            "a;b",
            "a.example;script-src",
            "https://a.example/path",
            "*.*.example",
            "a.example:0",
            "[::1]",
            "'none'",
            "a,b",
        ] {
            assert_eq!(frame_host(written), None, "{written}");
        }
    }
}
