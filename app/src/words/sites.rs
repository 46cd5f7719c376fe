//! The list of sites, a new site, the wait for its first hit.

use super::Plural;
use super::plural::plural;

/// The list of sites, a new site, the wait for its first hit.
#[derive(Clone, Copy, Debug)]
pub struct SitesWords {
    /// The list: what the search is for.
    pub search: &'static str,
    /// The list: the button of the search.
    pub find: &'static str,
    /// The list: nothing found, from what was searched.
    pub none_found: fn(&str) -> String,
    /// The list: the way back from a search.
    pub show_all: &'static str,
    /// The list: the name of the ways to more of them; only heard.
    pub paging: &'static str,
    /// The list: the page before.
    pub earlier: &'static str,
    /// The list: the page after.
    pub later: &'static str,
    /// The list: no site at all.
    pub none_yet: &'static str,
    /// The list: what to do about it.
    pub none_yet_why: &'static str,
    /// The list: how many there are, beside the number.
    pub sites: Plural,
    /// A card: beside the number of visitors.
    pub visitors_24h: Plural,
    /// A card: beside the change.
    pub change_24h: &'static str,
    /// A card: before its first hit.
    pub waiting: &'static str,
    /// A card: its numbers could not be had now.
    pub no_numbers: &'static str,
    /// A card: puts the site first, from its domain.
    pub pin: fn(&str) -> String,
    /// A card: takes it back.
    pub unpin: fn(&str) -> String,
    /// More pins than fit, from the most.
    pub many_pins: fn(usize) -> String,
    /// A card: its line, as a screen reader says it: from the fewest and the most visitors of an hour.
    pub line: fn(&str, &str) -> String,
    /// A new site: the domain.
    pub domain: &'static str,
    /// Below it.
    pub domain_hint: &'static str,
    /// A new site: below the time zone.
    pub zone_hint: &'static str,
    /// A new site: the button.
    pub add: &'static str,
    /// The wait: above the snippet.
    pub put_line: &'static str,
    /// The wait: below it.
    pub put_line_why: &'static str,
    /// The wait: before `/api/event`.
    pub already_before: &'static str,
    /// The wait: after `/api/event`.
    pub already_after: &'static str,
    /// The wait goes on.
    pub waiting_for_hit: &'static str,
    /// The wait is over.
    pub received: &'static str,
    /// The wait, for who has no scripts.
    pub look_again: &'static str,
}

pub(super) const EN: SitesWords = SitesWords {
    search: "Search sites",
    find: "Search",
    none_found: |words| format!("No site has “{words}” in its name."),
    show_all: "Show all",
    paging: "More sites",
    earlier: "Sites before",
    later: "Sites after",
    none_yet: "No sites yet",
    none_yet_why: "Add the first one. It takes a domain and one line in your pages.",
    sites: plural("site", "sites"),
    visitors_24h: plural("visitor in 24 hours", "visitors in 24 hours"),
    change_24h: "against the 24 hours before",
    waiting: "Waiting for the first hit",
    no_numbers: "No numbers right now",
    pin: |domain| format!("Keep {domain} first"),
    unpin: |domain| format!("Keep {domain} first no longer"),
    many_pins: |most| format!("At most {most} sites can be kept first. Take another one from there before."),
    line: |fewest, most| format!("Visitors by the hour: between {fewest} and {most}"),
    domain: "Domain",
    domain_hint: "Without https:// and www. A subdomain is another site unless you say so in the snippet.",
    zone_hint: "When a day of the site begins and ends. Past days keep theirs when you change it later.",
    add: "Add site",
    put_line: "Put this line into every page",
    put_line_why: "Best in the head. It weighs about a kilobyte, sets no cookie and stores nothing.",
    already_before: "Already counting with a tracker that speaks ",
    already_after: "? Point it to this host, and nothing else has to change.",
    waiting_for_hit: "Waiting for your first hit…",
    received: "Received. Somebody was here.",
    look_again: "Look again",
};

pub(super) const DE: SitesWords = SitesWords {
    search: "Websites durchsuchen",
    find: "Suchen",
    none_found: |words| format!("Keine Website hat „{words}“ im Namen."),
    show_all: "Alle zeigen",
    paging: "Weitere Websites",
    earlier: "Websites davor",
    later: "Websites danach",
    none_yet: "Noch keine Websites",
    none_yet_why: "Fügen Sie die erste hinzu. Es braucht eine Domain und eine Zeile in Ihren Seiten.",
    sites: plural("Website", "Websites"),
    visitors_24h: plural("Besucher in 24 Stunden", "Besucher in 24 Stunden"),
    change_24h: "gegenüber den 24 Stunden davor",
    waiting: "Wartet auf den ersten Zugriff",
    no_numbers: "Gerade keine Zahlen",
    pin: |domain| format!("{domain} zuerst zeigen"),
    unpin: |domain| format!("{domain} nicht mehr zuerst zeigen"),
    many_pins: |most| format!("Höchstens {most} Websites können zuerst stehen. Nehmen Sie vorher eine andere von dort weg."),
    line: |fewest, most| format!("Besucher je Stunde: zwischen {fewest} und {most}"),
    domain: "Domain",
    domain_hint: "Ohne https:// und www. Eine Subdomain ist eine andere Website, wenn der Code zum Einbinden nichts anderes sagt.",
    zone_hint: "Wann ein Tag der Website beginnt und endet. Vergangene Tage behalten ihre Zone bei späteren Änderungen.",
    add: "Website hinzufügen",
    put_line: "Diese Zeile gehört in jede Seite",
    put_line_why: "Am besten in den Kopf. Sie wiegt etwa ein Kilobyte, setzt kein Cookie und speichert nichts.",
    already_before: "Zählt hier schon ein Tracker, der ",
    already_after: " spricht? Richten Sie ihn auf diesen Server; sonst muss sich nichts ändern.",
    waiting_for_hit: "Warten auf den ersten Zugriff …",
    received: "Angekommen. Jemand war hier.",
    look_again: "Noch einmal nachsehen",
};
