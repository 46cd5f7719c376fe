//! Every word the pages say, in every language they speak: one catalogue, one file a section.
//!
//! A section is a struct with one constant a language, so a word that is missing somewhere does not compile. What has a
//! hole is a function (`|date| format!("until {date}")`): a hole that is forgotten does not compile either. What depends
//! on a number is a [`Plural`]. Numbers, dates and names of places are no words: [`crate::format`] writes them.

mod lang;

pub use lang::Lang;

#[cfg(feature = "ssr")]
mod account;
#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod common;
#[cfg(feature = "ssr")]
mod details;
#[cfg(feature = "ssr")]
mod doors;
#[cfg(feature = "ssr")]
mod exclusions;
#[cfg(feature = "ssr")]
mod failure;
#[cfg(feature = "ssr")]
mod filter;
#[cfg(feature = "ssr")]
mod goals;
#[cfg(feature = "ssr")]
mod keyboard;
#[cfg(feature = "ssr")]
mod log;
#[cfg(feature = "ssr")]
mod map;
#[cfg(feature = "ssr")]
mod notices;
#[cfg(feature = "ssr")]
mod outside;
#[cfg(feature = "ssr")]
mod panels;
#[cfg(feature = "ssr")]
mod people;
#[cfg(feature = "ssr")]
mod plural;
#[cfg(feature = "ssr")]
mod realtime;
#[cfg(feature = "ssr")]
mod segments;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(feature = "ssr")]
mod sharing;
#[cfg(feature = "ssr")]
mod site;
#[cfg(feature = "ssr")]
mod sites;
#[cfg(feature = "ssr")]
mod social;
#[cfg(feature = "ssr")]
mod values;
#[cfg(feature = "ssr")]
mod widgets;

#[cfg(feature = "ssr")]
pub use catalogue::*;

#[cfg(feature = "ssr")]
mod catalogue {
    pub use super::plural::Plural;
    use super::*;
    pub use account::*;
    pub use chart::*;
    pub use common::*;
    pub use details::*;
    pub use doors::*;
    pub use exclusions::*;
    pub use failure::*;
    pub use filter::*;
    pub use goals::*;
    pub use keyboard::*;
    pub use log::*;
    pub use map::*;
    pub use notices::*;
    pub use outside::*;
    pub use panels::*;
    pub use people::*;
    pub use realtime::*;
    pub use segments::*;
    pub use settings::*;
    pub use sharing::*;
    pub use site::*;
    pub use sites::*;
    pub use social::*;
    pub use values::*;
    pub use widgets::*;

    /// The catalogue of one language.
    #[derive(Clone, Copy, Debug)]
    pub struct Words {
        /// What stands on every page.
        pub common: Common,
        /// Sign-in and first run.
        pub doors: DoorWords,
        /// The signed-in person's own page.
        pub account: AccountWords,
        /// When there is no page to show.
        pub failure: FailureWords,
        /// What just happened, and what is wrong with a form.
        pub notices: NoticeWords,
        /// The list of sites, a new site, the wait for its first hit.
        pub sites: SitesWords,
        /// A site's settings.
        pub settings: SettingsWords,
        /// What it leaves out, and how long it keeps hits.
        pub exclusions: ExclusionWords,
        /// People of a site or team, invitations, teams.
        pub people: PeopleWords,
        /// Who may see a site without an account.
        pub sharing: SharingWords,
        /// Who changed what.
        pub log: LogWords,
        /// A site's goals and custom properties, in its settings.
        pub goals: GoalWords,
        /// Segments, in its settings and on its page.
        pub segments: SegmentWords,
        /// The site page: head, periods, headline numbers, foot.
        pub site: SiteWords,
        /// The form and the chips of filters.
        pub filter: FilterWords,
        /// The main chart and the table behind it.
        pub chart: ChartWords,
        /// Keys, and the dialogue that names them.
        pub keyboard: KeyboardWords,
        /// The panels and their tabs.
        pub panels: PanelWords,
        /// A panel's page of its own.
        pub details: DetailsWords,
        /// The last half hour.
        pub realtime: RealtimeWords,
        /// The map.
        pub map: MapWords,
        /// Channels and devices.
        pub values: ValueWords,
        /// Pages that are read without signing in.
        pub outside: OutsideWords,
        /// Counters and the card of a public site.
        pub social: SocialWords,
        /// Widgets, and the page that makes their frames.
        pub widgets: WidgetWords,
    }

    static EN: Words = Words {
        common: common::EN,
        doors: doors::EN,
        account: account::EN,
        failure: failure::EN,
        notices: notices::EN,
        sites: sites::EN,
        settings: settings::EN,
        exclusions: exclusions::EN,
        people: people::EN,
        sharing: sharing::EN,
        log: log::EN,
        goals: goals::EN,
        segments: segments::EN,
        site: site::EN,
        filter: filter::EN,
        chart: chart::EN,
        keyboard: keyboard::EN,
        panels: panels::EN,
        details: details::EN,
        realtime: realtime::EN,
        map: map::EN,
        values: values::EN,
        outside: outside::EN,
        social: social::EN,
        widgets: widgets::EN,
    };

    static DE: Words = Words {
        common: common::DE,
        doors: doors::DE,
        account: account::DE,
        failure: failure::DE,
        notices: notices::DE,
        sites: sites::DE,
        settings: settings::DE,
        exclusions: exclusions::DE,
        people: people::DE,
        sharing: sharing::DE,
        log: log::DE,
        goals: goals::DE,
        segments: segments::DE,
        site: site::DE,
        filter: filter::DE,
        chart: chart::DE,
        keyboard: keyboard::DE,
        panels: panels::DE,
        details: details::DE,
        realtime: realtime::DE,
        map: map::DE,
        values: values::DE,
        outside: outside::DE,
        social: social::DE,
        widgets: widgets::DE,
    };

    impl Lang {
        /// The catalogue of the language.
        pub fn words(self) -> &'static Words {
            match self {
                Lang::En => &EN,
                Lang::De => &DE,
            }
        }
    }
}
