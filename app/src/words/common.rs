//! What stands on every page.

use super::Plural;
use super::plural::plural;

/// What stands on every page.
#[derive(Clone, Copy, Debug)]
pub struct Common {
    /// What this is, for the head of every page.
    pub description: &'static str,
    /// The first link of a page, for who uses no mouse.
    pub skip: &'static str,
    /// The list of sites, in the bar.
    pub sites: &'static str,
    /// The same where a way leads to it.
    pub all_sites: &'static str,
    /// A new site.
    pub add_site: &'static str,
    /// The signed-in person's own page.
    pub account: &'static str,
    /// Ends the sign-in.
    pub sign_out: &'static str,
    /// A way to a site's settings, in the menu.
    pub site_settings: &'static str,
    /// The line to put into pages.
    pub snippet: &'static str,
    /// A way to a site's numbers.
    pub see_numbers: &'static str,
    /// After the site's name on the button that opens the menu; only heard.
    pub menu: &'static str,
    /// The name of that menu; only heard.
    pub menu_label: &'static str,
    /// Light or dark: the name of the choice.
    pub colours: &'static str,
    /// As the system says.
    pub theme_system: &'static str,
    /// Light.
    pub theme_light: &'static str,
    /// Dark.
    pub theme_dark: &'static str,
    /// The name of the choice of a language.
    pub language: &'static str,
    /// As the browser says.
    pub language_browser: &'static str,
    /// A field.
    pub email: &'static str,
    /// A field.
    pub password: &'static str,
    /// A field.
    pub time_zone: &'static str,
    /// A region of the time zone database, from its name there.
    pub zone_region: fn(&str) -> &str,
    /// A button.
    pub save: &'static str,
    /// A way back.
    pub cancel: &'static str,
    /// A button.
    pub remove: &'static str,
    /// A button.
    pub copy: &'static str,
    /// The same, once pressed.
    pub copied: &'static str,
    /// People, as a number of them.
    pub visitors: Plural,
    /// Beside a number of visitors at this moment.
    pub now: &'static str,
    /// A hit that is this old, and younger than two seconds.
    pub just_now: &'static str,
    /// So old, `{n}` being the number: `3 s ago`. A text and no function: it goes to an island in the browser.
    pub seconds_ago: &'static str,
    /// So old.
    pub minutes_ago: &'static str,
    /// So old.
    pub hours_ago: &'static str,
    /// So old; at least two.
    pub days_ago: &'static str,
}

pub(super) const EN: Common = Common {
    description: "Web analytics that counts without cookies and can be replayed.",
    skip: "Skip to content",
    sites: "Sites",
    all_sites: "All sites",
    add_site: "Add a site",
    account: "Account",
    sign_out: "Sign out",
    site_settings: "Settings of this site",
    snippet: "Snippet",
    see_numbers: "See the numbers",
    menu: ", menu",
    menu_label: "Sites and settings",
    colours: "Colours",
    theme_system: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    language: "Language",
    language_browser: "As the browser says",
    email: "E-mail",
    password: "Password",
    time_zone: "Time zone",
    zone_region: |region| region,
    save: "Save",
    cancel: "Cancel",
    remove: "Remove",
    copy: "Copy",
    copied: "Copied",
    visitors: plural("visitor", "visitors"),
    now: "now",
    just_now: "just now",
    seconds_ago: "{n} s ago",
    minutes_ago: "{n} min ago",
    hours_ago: "{n} h ago",
    days_ago: "{n} days ago",
};

pub(super) const DE: Common = Common {
    description: "Webstatistik, die ohne Cookies zählt und sich nachrechnen lässt.",
    skip: "Zum Inhalt",
    sites: "Websites",
    all_sites: "Alle Websites",
    add_site: "Website hinzufügen",
    account: "Konto",
    sign_out: "Abmelden",
    site_settings: "Einstellungen dieser Website",
    snippet: "Code zum Einbinden",
    see_numbers: "Zu den Zahlen",
    menu: ", Menü",
    menu_label: "Websites und Einstellungen",
    colours: "Farben",
    theme_system: "Wie das System",
    theme_light: "Hell",
    theme_dark: "Dunkel",
    language: "Sprache",
    language_browser: "Wie der Browser",
    email: "E-Mail-Adresse",
    password: "Passwort",
    time_zone: "Zeitzone",
    zone_region: |region| match region {
        "Africa" => "Afrika",
        "America" => "Amerika",
        "Antarctica" => "Antarktis",
        "Arctic" => "Arktis",
        "Asia" => "Asien",
        "Atlantic" => "Atlantik",
        "Australia" => "Australien",
        "Europe" => "Europa",
        "Indian" => "Indischer Ozean",
        "Pacific" => "Pazifik",
        other => other,
    },
    save: "Speichern",
    cancel: "Abbrechen",
    remove: "Entfernen",
    copy: "Kopieren",
    copied: "Kopiert",
    visitors: plural("Besucher", "Besucher"),
    now: "jetzt",
    just_now: "gerade eben",
    seconds_ago: "vor {n} s",
    minutes_ago: "vor {n} min",
    hours_ago: "vor {n} h",
    days_ago: "vor {n} Tagen",
};
