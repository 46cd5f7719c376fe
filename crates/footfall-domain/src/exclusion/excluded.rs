//! What a rule leaves out.

use super::Network;
use serde::{Deserialize, Serialize};

/// Longest text of a rule, in bytes.
const MAX_TEXT_BYTES: usize = 1_000;

/// The hits a rule leaves out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Excluded {
    /// Those of pages (definition 21) that match a pattern; `*` stands for any characters, none among them.
    Path(String),
    /// Those of hostnames (definition 20) that match a pattern.
    Hostname(String),
    /// Those of hostnames that match no pattern of this kind.
    OnlyHostname(String),
    /// Those from a country, ISO 3166-1 alpha-2.
    Country(String),
    /// Those from an address or network; `None` once the rule was taken back.
    Address(Option<Network>),
}

/// The kinds of rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ExclusionKind {
    /// [`Excluded::Path`].
    Path,
    /// [`Excluded::Hostname`].
    Hostname,
    /// [`Excluded::OnlyHostname`].
    OnlyHostname,
    /// [`Excluded::Country`].
    Country,
    /// [`Excluded::Address`].
    Address,
}

impl ExclusionKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Address, Self::Path, Self::Country, Self::Hostname, Self::OnlyHostname];

    /// Its name in forms and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Hostname => "hostname",
            Self::OnlyHostname => "only-hostname",
            Self::Country => "country",
            Self::Address => "address",
        }
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Why a text makes no rule. Holds nothing of the text: it may be an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotARule {
    /// No path begins like that.
    #[error("a path begins with / or *, such as /admin/**")]
    Path,
    /// No hostname looks like that.
    #[error("a hostname is written without scheme, port and path, such as staging.example.com or *.example.com")]
    Hostname,
    /// No country is called so.
    #[error("a country is written as its two letters, such as DE")]
    Country,
    /// Neither an address nor a network.
    #[error("write an address or a network, such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32")]
    Address,
    /// Longer than any page.
    #[error("that is too long")]
    TooLong,
}

impl Excluded {
    /// Reads a rule as people write it. Hostnames must be in punycode.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(kind: ExclusionKind, text: &str) -> Result<Self, NotARule> {
        let text = text.trim();
        if text.len() > MAX_TEXT_BYTES {
            return Err(NotARule::TooLong);
        }
        match kind {
            ExclusionKind::Path if text.starts_with(['/', '*']) => Ok(Self::Path(text.to_owned())),
            ExclusionKind::Path => Err(NotARule::Path),
            ExclusionKind::Hostname => hostname(text).map(Self::Hostname).ok_or(NotARule::Hostname),
            ExclusionKind::OnlyHostname => hostname(text).map(Self::OnlyHostname).ok_or(NotARule::Hostname),
            ExclusionKind::Country => country(text).map(Self::Country).ok_or(NotARule::Country),
            ExclusionKind::Address => Network::parse(text).map(|network| Self::Address(Some(network))).ok_or(NotARule::Address),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> ExclusionKind {
        match self {
            Self::Path(_) => ExclusionKind::Path,
            Self::Hostname(_) => ExclusionKind::Hostname,
            Self::OnlyHostname(_) => ExclusionKind::OnlyHostname,
            Self::Country(_) => ExclusionKind::Country,
            Self::Address(_) => ExclusionKind::Address,
        }
    }

    /// As it was written; empty for an address that was forgotten.
    pub fn text(&self) -> String {
        match self {
            Self::Path(text) | Self::Hostname(text) | Self::OnlyHostname(text) | Self::Country(text) => text.clone(),
            Self::Address(network) => network.map(Network::written).unwrap_or_default(),
        }
    }
}

/// As definition 20 writes hostnames, with stars. `(none)` is the word for hits without one.
fn hostname(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let text = text.strip_prefix("www.").unwrap_or(&text).trim_end_matches('.');
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'*');
    let is_address = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(|inner| inner.contains(':'));
    let fine = text == crate::labels::NONE || is_address || (!text.is_empty() && text.bytes().all(allowed));
    fine.then(|| text.to_owned())
}

fn country(text: &str) -> Option<String> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: ExclusionKind, text: &str) -> Option<String> {
        Excluded::parse(kind, text).ok().map(|rule| rule.text())
    }

    #[test]
    fn rules_are_kept_in_one_spelling() {
        for (kind, text, kept) in [
            (ExclusionKind::Path, " /Admin/** ", "/Admin/**"),
            (ExclusionKind::Path, "*/draft", "*/draft"),
            (ExclusionKind::Hostname, "WWW.Example.com.", "example.com"),
            (ExclusionKind::Hostname, "*.example.com", "*.example.com"),
            (ExclusionKind::Hostname, "(none)", "(none)"),
            (ExclusionKind::OnlyHostname, "localhost", "localhost"),
            (ExclusionKind::Country, "de", "DE"),
            (ExclusionKind::Address, "::ffff:192.0.2.7", "192.0.2.7"),
            (ExclusionKind::Address, "192.0.2.7/24", "192.0.2.0/24"),
        ] {
            assert_eq!(read(kind, text).as_deref(), Some(kept), "{text}");
            assert_eq!(read(kind, kept).as_deref(), Some(kept), "{kept}");
        }
    }

    #[test]
    fn what_makes_no_rule() {
        for (kind, text) in [
            (ExclusionKind::Path, ""),
            (ExclusionKind::Path, "admin"),
            (ExclusionKind::Path, "https://example.com/admin"),
            (ExclusionKind::Hostname, ""),
            (ExclusionKind::Hostname, "https://example.com"),
            (ExclusionKind::Hostname, "example.com/a"),
            (ExclusionKind::Hostname, "bücher.example"),
            (ExclusionKind::Country, "Germany"),
            (ExclusionKind::Country, "d1"),
            (ExclusionKind::Address, "example.com"),
            (ExclusionKind::Address, "0.0.0.0/0"),
        ] {
            assert_eq!(read(kind, text), None, "{text}");
        }
        assert_eq!(Excluded::parse(ExclusionKind::Path, &"/".repeat(1_001)), Err(NotARule::TooLong));
    }

    #[test]
    fn kinds_have_names() {
        for kind in ExclusionKind::ALL {
            assert_eq!(ExclusionKind::from_name(kind.name()), Some(kind));
        }
    }
}
