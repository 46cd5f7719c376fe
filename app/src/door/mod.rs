//! From where a site's numbers are read.
//!
//! Every address on a page is made from its [`crate::site_page::PageState`], and that knows its door: so a page has no link
//! that leads out of it by accident.

mod dress;

pub use dress::Dress;

use crate::site_page::pairs;
use crate::words::Lang;
use crate::{panels, routes};

/// From where a site's numbers are read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Door {
    /// By who is signed in: `/{domain}`. Language and colours are theirs, and no part of the address.
    #[default]
    Member,
    /// By anybody, where the site is public: the same paths.
    Public(Dress),
    /// By who has a link: `/share/{domain}?auth=…`.
    Shared {
        /// The secret of the link.
        slug: String,
        /// How it looks.
        dress: Dress,
    },
    /// In a frame on another site: `/embed/{domain}/{widget}`. Its links lead out of the frame, to the public page or to
    /// the page of the link.
    Embedded {
        /// The secret of a link, where the site is not public.
        slug: Option<String>,
        /// How it looks.
        dress: Dress,
    },
}

/// The name of a link's secret in the address.
pub const AUTH: &str = "auth";

impl Door {
    /// The public page, dressed as a query string says.
    pub fn public(query: &str) -> Self {
        Self::Public(Dress::of(&pairs(query)))
    }

    /// The page of a link, as a query string says; `None`: it names no link.
    pub fn shared(query: &str) -> Option<Self> {
        let pairs = pairs(query);
        let slug = slug_of(&pairs)?;
        Some(Self::Shared { slug, dress: Dress::of(&pairs) })
    }

    /// A widget, as a query string says.
    pub fn embedded(query: &str) -> Self {
        let pairs = pairs(query);
        Self::Embedded { slug: slug_of(&pairs), dress: Dress::of(&pairs) }
    }

    /// Whether it is the door of who is signed in.
    pub fn is_member(&self) -> bool {
        *self == Self::Member
    }

    /// How the page looks. Of members that is no matter of the address.
    pub fn dress(&self) -> Dress {
        match self {
            Self::Member => Dress::default(),
            Self::Public(dress) | Self::Shared { dress, .. } | Self::Embedded { dress, .. } => *dress,
        }
    }

    /// The same door in another dress.
    pub fn dressed(&self, dress: Dress) -> Self {
        match self {
            Self::Member => Self::Member,
            Self::Public(_) => Self::Public(dress),
            Self::Shared { slug, .. } => Self::Shared { slug: slug.clone(), dress },
            Self::Embedded { slug, .. } => Self::Embedded { slug: slug.clone(), dress },
        }
    }

    /// The same in another language.
    pub fn speaking(&self, lang: Lang) -> Self {
        self.dressed(Dress { lang, ..self.dress() })
    }

    /// The secret of the link.
    pub fn slug(&self) -> Option<&str> {
        match self {
            Self::Shared { slug, .. } => Some(slug),
            Self::Embedded { slug, .. } => slug.as_deref(),
            Self::Member | Self::Public(_) => None,
        }
    }

    /// What addresses behind the door say besides what the page is about: name and value, sorted by name.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.dress().pairs();
        pairs.extend(self.slug().map(|slug| (AUTH, slug.to_owned())));
        pairs.sort_by_key(|(name, _)| *name);
        pairs
    }

    /// Whether a name in an address is the door's.
    pub(crate) fn knows(&self, name: &str) -> bool {
        let with_slug = matches!(self, Self::Shared { .. } | Self::Embedded { .. });
        !self.is_member() && (Dress::NAMES.contains(&name) || with_slug && name == AUTH)
    }

    /// The page with the site's numbers.
    pub fn site(&self, domain: &str) -> String {
        match self.slug() {
            Some(_) => format!("/share/{domain}"),
            None => routes::site(domain),
        }
    }

    /// What lies below it, by a path without a slash at its beginning: `realtime`, `chart.svg`, `export.zip`.
    pub fn below(&self, domain: &str, path: &str) -> String {
        format!("{}/{path}", self.site(domain))
    }

    /// All rows of one panel's list.
    pub fn details(&self, domain: &str, panel: panels::Panel) -> String {
        self.below(domain, &format!("details/{}", panel.name()))
    }

    /// The same rows as a file.
    pub fn list_file(&self, domain: &str, panel: panels::Panel) -> String {
        self.below(domain, &format!("export/{}.csv", panel.name()))
    }

    /// The last half hour as a piece of HTML.
    pub fn realtime(&self, domain: &str) -> String {
        self.below(domain, "realtime")
    }

    /// How many visitors there are now, as JSON.
    pub fn current(&self, domain: &str) -> String {
        let path = routes::current(domain);
        match self.slug() {
            Some(slug) => format!("{path}?{}", crate::site_page::spell([(AUTH, slug.to_owned())])),
            None => path,
        }
    }
}

/// The longest secret that is looked at.
const MAX_SLUG_BYTES: usize = 128;

/// The secret of a link, if it may be one: letters that need no escaping.
fn slug_of(pairs: &[(String, String)]) -> Option<String> {
    let slug = &pairs.iter().find(|(name, _)| name == AUTH)?.1;
    let fits = (1..=MAX_SLUG_BYTES).contains(&slug.len());
    let plain = slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (fits && plain).then(|| slug.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::Theme;
    use crate::panels::Panel;
    use crate::site_page::{Filter, PageState, Period};
    use footfall_domain::Dimension;

    #[test]
    fn who_is_signed_in_has_the_addresses_there_always_were() {
        let state = PageState::default();
        assert_eq!(state.href("example.org"), "/example.org?period=28d");
        assert_eq!(Door::Member.details("example.org", Panel::Pages), "/example.org/details/pages");
        assert_eq!(Door::Member.current("example.org"), "/api/sites/example.org/current");
    }

    #[test]
    fn behind_other_doors_the_usual_is_left_out() {
        let public = PageState { door: Door::public(""), ..PageState::default() };
        assert_eq!(public.href("example.org"), "/example.org");
        assert_eq!(public.with_period(Period::Days(7, None)).href("example.org"), "/example.org?period=7d");
        let dark = PageState { door: Door::public("theme=dark&lang=de&embed=false&width=auto"), ..PageState::default() };
        assert_eq!(
            dark.with_filter(Filter::is(Dimension::Country, "DE")).href("example.org"),
            "/example.org?f=is,country,DE&lang=de&theme=dark"
        );
        assert_eq!(dark.door.dress().theme, Theme::Dark);
    }

    #[test]
    fn a_link_stays_on_every_address() {
        let door = Door::shared("auth=aB-_9&embed=true&background=%23FFF&width=manual").expect("a link");
        let state = PageState { door: door.clone(), ..PageState::default() };
        assert_eq!(state.href("example.org"), "/share/example.org?auth=aB-_9&background=ffffff&embed=true&width=manual");
        let more = state.href_at(&door.details("example.org", Panel::Pages), [("q", "a".to_owned())]);
        assert_eq!(more, "/share/example.org/details/pages?auth=aB-_9&background=ffffff&embed=true&q=a&width=manual");
        assert_eq!(door.current("example.org"), "/api/sites/example.org/current?auth=aB-_9");
        assert!(["", "auth=", "auth=a%20b", "auth=../x"].iter().all(|query| Door::shared(query).is_none()));
        assert_eq!(Door::embedded("auth=x").site("example.org"), "/share/example.org");
    }
}
