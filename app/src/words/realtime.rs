//! The last half hour.

use super::Plural;
use super::plural::plural;

/// The last half hour.
#[derive(Clone, Copy, Debug)]
pub struct RealtimeWords {
    /// The name of the page.
    pub title: &'static str,
    /// Beside the number of visitors at this moment.
    pub current: &'static str,
    /// What that number means.
    pub current_means: &'static str,
    /// Visitors of the half hour.
    pub visitors: &'static str,
    /// Page views of the half hour.
    pub pageviews: &'static str,
    /// When these two were.
    pub half_hour: &'static str,
    /// The head of the chart.
    pub by_minute: &'static str,
    /// Under its right end.
    pub now: &'static str,
    /// Under its left end.
    pub begin: &'static str,
    /// A minute's bar: the clock time, then page views.
    pub minute: fn(&str, &str) -> String,
    /// Page views, as a number of them.
    pub views: Plural,
    /// The head of the table's first column.
    pub time: &'static str,
    /// Nobody was there.
    pub nobody: &'static str,
    /// With scripts the page refreshes by itself.
    pub refreshes: &'static str,
    /// Without, this link does.
    pub refresh: &'static str,
    /// The server does not answer any more.
    pub lost: &'static str,
    /// The server asks who the reader is.
    pub signed_out: &'static str,
    /// The table behind the chart.
    pub as_table: &'static str,
}

pub(super) const EN: RealtimeWords = RealtimeWords {
    title: "Realtime",
    current: "Current visitors",
    current_means: "active in the last 5 minutes",
    visitors: "Visitors",
    pageviews: "Page views",
    half_hour: "in the last 30 minutes",
    by_minute: "Page views by minute",
    now: "now",
    begin: "30 minutes ago",
    minute: |time, views| format!("{time}: {views}"),
    views: plural("page view", "page views"),
    time: "Minute",
    nobody: "Nobody was here in the last 30 minutes.",
    refreshes: "Refreshes every 10 seconds",
    refresh: "Refresh",
    lost: "The server does not answer: these numbers stand still. Trying again every 10 seconds.",
    signed_out: "You are signed out: these numbers stand still. “Refresh” leads to the sign-in.",
    as_table: "As a table",
};

pub(super) const DE: RealtimeWords = RealtimeWords {
    title: "Echtzeit",
    current: "Besucher jetzt",
    current_means: "in den letzten 5 Minuten aktiv",
    visitors: "Besucher",
    pageviews: "Seitenaufrufe",
    half_hour: "in den letzten 30 Minuten",
    by_minute: "Seitenaufrufe je Minute",
    now: "jetzt",
    begin: "vor 30 Minuten",
    minute: |time, views| format!("{time}: {views}"),
    views: plural("Seitenaufruf", "Seitenaufrufe"),
    time: "Minute",
    nobody: "In den letzten 30 Minuten war niemand hier.",
    refreshes: "Erneuert sich alle 10 Sekunden",
    refresh: "Aktualisieren",
    lost: "Der Server antwortet nicht: Diese Zahlen stehen still. Neuer Versuch alle 10 Sekunden.",
    signed_out: "Sie sind abgemeldet: Diese Zahlen stehen still. „Aktualisieren“ führt zur Anmeldung.",
    as_table: "Als Tabelle",
};
