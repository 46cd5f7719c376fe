//! The dimensions a hit or visit has, beside time and properties.

use serde::{Deserialize, Serialize};

macro_rules! dimensions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $visit:literal;)*) => {
        /// A dimension with one value per hit (event dimensions) or per visit (visit dimensions).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum Dimension { $($(#[$doc])* $variant,)* }

        impl Dimension {
            /// All of them, in a fixed order: a stored rollup keeps one table for each.
            pub const ALL: &'static [Dimension] = &[$(Dimension::$variant,)*];

            /// The name the v2 query schema gives it, such as `visit:source`.
            pub fn name(self) -> &'static str {
                match self { $(Dimension::$variant => $name,)* }
            }

            /// Whether it belongs to the visit; otherwise to the hit.
            pub fn of_visit(self) -> bool {
                match self { $(Dimension::$variant => $visit,)* }
            }
        }
    };
}

dimensions! {
    /// The page's path.
    Page = "event:page", false;
    /// The host visited.
    Hostname = "event:hostname", false;
    /// The event's name.
    Name = "event:name", false;
    /// Path of the visit's first pageview.
    EntryPage = "visit:entry_page", true;
    /// Path of the visit's last pageview.
    ExitPage = "visit:exit_page", true;
    /// Host of the visit's first pageview.
    EntryPageHostname = "visit:entry_page_hostname", true;
    /// Host of the visit's last pageview.
    ExitPageHostname = "visit:exit_page_hostname", true;
    /// Where the visit came from, by name.
    Source = "visit:source", true;
    /// Where the visit came from, host and path.
    Referrer = "visit:referrer", true;
    /// The channel grouping.
    Channel = "visit:channel", true;
    /// Campaign tag.
    UtmMedium = "visit:utm_medium", true;
    /// Campaign tag.
    UtmSource = "visit:utm_source", true;
    /// Campaign tag.
    UtmCampaign = "visit:utm_campaign", true;
    /// Campaign tag.
    UtmContent = "visit:utm_content", true;
    /// Campaign tag.
    UtmTerm = "visit:utm_term", true;
    /// Device class from the user agent.
    Device = "visit:device", true;
    /// Browser name.
    Browser = "visit:browser", true;
    /// Browser's major version.
    BrowserVersion = "visit:browser_version", true;
    /// System name.
    Os = "visit:os", true;
    /// System version.
    OsVersion = "visit:os_version", true;
    /// ISO 3166-1 alpha-2.
    Country = "visit:country", true;
    /// Region.
    Region = "visit:region", true;
    /// City.
    City = "visit:city", true;
    /// Screen class from the window's width.
    Screen = "visit:screen", true;
    /// First language of the browser.
    Language = "visit:language", true;
}

impl Dimension {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Its place in [`Dimension::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The dimension of a v2 name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dimension| dimension.name() == name)
    }
}
