//! The site page: head, periods, headline numbers, foot.

use super::Plural;
use super::plural::plural;

/// The site page: head, periods, headline numbers, foot.
#[derive(Clone, Copy, Debug)]
pub struct SiteWords {
    /// Beside the number of visitors at this moment.
    pub current_visitors: Plural,
    /// The way to them; only heard.
    pub see_realtime: &'static str,
    /// Before how long ago the numbers were made: `Updated 3 s ago`.
    pub updated: &'static str,
    /// Before the clock time of the newest hit.
    pub newest_hit: &'static str,
    /// The promise at the foot.
    pub promise: &'static str,
    /// Where counting is behind, from how long: `40 seconds`.
    pub behind: fn(&str) -> String,
    /// A length of time.
    pub seconds: fn(u64) -> String,
    /// A length of time.
    pub minutes: fn(u64) -> String,
    /// Above the list of sites in the menu, a field.
    pub find_site: &'static str,
    /// Below the list of sites in the menu, where there are more: from how many stand there, and how many there are.
    pub more_sites: fn(&str, &str) -> String,
    /// The name of the section with the headline numbers and the chart.
    pub numbers: &'static str,
    /// The name of the headline numbers.
    pub headlines: &'static str,
    /// The headline numbers.
    pub metrics: MetricWords,
    /// Instead of a change, where there was nothing to change from.
    pub nothing_before: &'static str,
    /// Before a change; only heard.
    pub unchanged: &'static str,
    /// Before a change; only heard.
    pub up: &'static str,
    /// Before a change; only heard.
    pub down: &'static str,
    /// Beside revenue: what came in other currencies than its goal's is not in it.
    pub other_currencies: &'static str,
    /// The same in a sentence.
    pub other_currencies_why: &'static str,
    /// Beside revenue there is none of, for it came in several currencies.
    pub several_currencies: &'static str,
    /// The same in a sentence.
    pub several_currencies_why: &'static str,
    /// What a number was before.
    pub before: fn(&str) -> String,
    /// No hit at all yet: the head.
    pub nobody_yet: &'static str,
    /// The same in a sentence.
    pub nobody_yet_hint: &'static str,
    /// The way on.
    pub put_in_snippet: &'static str,
    /// No hit in this period.
    pub nobody_then: &'static str,
    /// No hit that passes the filters.
    pub nobody_such: &'static str,
    /// The way on.
    pub see_all_time: &'static str,
    /// The way to the page without filters.
    pub see_unfiltered: &'static str,
    /// What of the address was left out.
    pub ignored: fn(&str) -> String,
    /// That: all filters.
    pub all_filters: &'static str,
    /// The choice of the period.
    pub period: PeriodWords,
    /// The choice of the comparison.
    pub compare: CompareWords,
}

/// The headline numbers.
#[derive(Clone, Copy, Debug)]
pub struct MetricWords {
    /// Distinct visitors.
    pub visitors: &'static str,
    /// Visits.
    pub visits: &'static str,
    /// Page views.
    pub pageviews: &'static str,
    /// Mean page views of a visit.
    pub views_per_visit: &'static str,
    /// Percent of visits that bounced.
    pub bounce_rate: &'static str,
    /// Mean duration of a visit.
    pub visit_duration: &'static str,
    /// Mean time on the pages of the filter.
    pub time_on_page: &'static str,
    /// Mean depth of scrolling on them.
    pub scroll_depth: &'static str,
    /// Visitors who did what the filter names.
    pub conversions: &'static str,
    /// How often they did.
    pub total_conversions: &'static str,
    /// How many of all visitors did.
    pub conversion_rate: &'static str,
    /// Their revenue.
    pub total_revenue: &'static str,
    /// The mean of it.
    pub average_revenue: &'static str,
}

/// The choice of the period.
#[derive(Clone, Copy, Debug)]
pub struct PeriodWords {
    /// Its name.
    pub label: &'static str,
    /// The period before.
    pub earlier: &'static str,
    /// The period after.
    pub later: &'static str,
    /// The last half hour.
    pub realtime: &'static str,
    /// This hour and the 23 before it.
    pub hours24: &'static str,
    /// The present day.
    pub today: &'static str,
    /// The day before.
    pub yesterday: &'static str,
    /// So many days through today.
    pub days: fn(u16) -> String,
    /// This month until today.
    pub month: &'static str,
    /// The month before this one.
    pub last_month: &'static str,
    /// This year until today.
    pub year: &'static str,
    /// So many months, this one included.
    pub months: fn(u8) -> String,
    /// From the first hit.
    pub all: &'static str,
    /// Two dates of one's own.
    pub custom: &'static str,
    /// The first of them.
    pub from: &'static str,
    /// The last of them.
    pub to: &'static str,
    /// The button.
    pub show: &'static str,
}

/// The choice of the comparison.
#[derive(Clone, Copy, Debug)]
pub struct CompareWords {
    /// Its name.
    pub label: &'static str,
    /// Before what is chosen, on the button.
    pub versus: &'static str,
    /// The period before.
    pub previous: &'static str,
    /// The same days a year before.
    pub year: &'static str,
    /// Two dates of one's own.
    pub custom: &'static str,
    /// Nothing.
    pub off: &'static str,
    /// The same dates of the calendar.
    pub exact: &'static str,
    /// The same days of the week.
    pub weekday: &'static str,
}

pub(super) const EN: SiteWords = SiteWords {
    current_visitors: plural("current visitor", "current visitors"),
    see_realtime: "see them in real time",
    updated: "Updated ",
    newest_hit: "Newest hit ",
    promise: "No cookies, no addresses kept, exact counts",
    behind: |time| format!("Counting is {time} behind. Every hit is safe in the log and will appear here."),
    seconds: |n| format!("{n} seconds"),
    minutes: |n| if n == 1 { "1 minute".to_owned() } else { format!("{n} minutes") },
    find_site: "Find a site",
    more_sites: |shown, all| format!("{shown} of {all} sites. The search finds the others."),
    numbers: "Numbers",
    headlines: "Numbers of the period; each shows itself in the chart",
    metrics: MetricWords {
        visitors: "Visitors",
        visits: "Visits",
        pageviews: "Page views",
        views_per_visit: "Views per visit",
        bounce_rate: "Bounce rate",
        visit_duration: "Visit duration",
        time_on_page: "Time on page",
        scroll_depth: "Scroll depth",
        conversions: "Conversions",
        total_conversions: "Total conversions",
        conversion_rate: "Conversion rate",
        total_revenue: "Revenue",
        average_revenue: "Average revenue",
    },
    nothing_before: "nothing before",
    unchanged: "unchanged, ",
    up: "up ",
    down: "down ",
    other_currencies: "without other currencies",
    other_currencies_why: "Some came in another currency than that of its goal. It is not converted, and not in the revenue shown.",
    several_currencies: "several currencies",
    several_currencies_why: "Some revenue came in several currencies. They are not added up: filter by goals of one currency to see it.",
    before: |value| format!("before: {value}"),
    nobody_yet: "Nobody was here yet",
    nobody_yet_hint: "The first visit shows up here within two seconds.",
    put_in_snippet: "Put in the snippet",
    nobody_then: "Nobody was here in this period.",
    nobody_such: "Nobody in this period passes the filters.",
    see_all_time: "See all time",
    see_unfiltered: "Clear all filters",
    ignored: |what| format!("Part of this address was not understood and is left out: {what}"),
    all_filters: "all filters, for they ask too much together",
    period: PeriodWords {
        label: "Period",
        earlier: "Earlier",
        later: "Later",
        realtime: "Realtime",
        hours24: "Last 24 hours",
        today: "Today",
        yesterday: "Yesterday",
        days: |n| format!("Last {n} days"),
        month: "Month to date",
        last_month: "Last month",
        year: "Year to date",
        months: |n| format!("Last {n} months"),
        all: "All time",
        custom: "Custom period",
        from: "From",
        to: "to",
        show: "Show",
    },
    compare: CompareWords {
        label: "Compare with",
        versus: "vs ",
        previous: "the period before",
        year: "a year before",
        custom: "other days",
        off: "nothing",
        exact: "Same dates",
        weekday: "Same days of the week",
    },
};

pub(super) const DE: SiteWords = SiteWords {
    current_visitors: plural("Besucher jetzt", "Besucher jetzt"),
    see_realtime: "in Echtzeit ansehen",
    updated: "Aktualisiert ",
    newest_hit: "Neuester Zugriff ",
    promise: "Keine Cookies, keine gespeicherten Adressen, genaue Zahlen",
    behind: |time| format!("Die Zählung liegt {time} zurück. Jeder Zugriff ist im Protokoll sicher und wird hier erscheinen."),
    seconds: |n| format!("{n} Sekunden"),
    minutes: |n| if n == 1 { "1 Minute".to_owned() } else { format!("{n} Minuten") },
    find_site: "Website suchen",
    more_sites: |shown, all| format!("{shown} von {all} Websites. Die Suche findet die anderen."),
    numbers: "Zahlen",
    headlines: "Zahlen des Zeitraums; jede zeigt sich im Verlauf",
    metrics: MetricWords {
        visitors: "Besucher",
        visits: "Besuche",
        pageviews: "Seitenaufrufe",
        views_per_visit: "Aufrufe je Besuch",
        bounce_rate: "Absprungrate",
        visit_duration: "Besuchsdauer",
        time_on_page: "Zeit auf der Seite",
        scroll_depth: "Scrolltiefe",
        conversions: "Abschlüsse",
        total_conversions: "Abschlüsse gesamt",
        conversion_rate: "Abschlussrate",
        total_revenue: "Umsatz",
        average_revenue: "Umsatz im Mittel",
    },
    nothing_before: "vorher nichts",
    unchanged: "unverändert, ",
    up: "mehr um ",
    down: "weniger um ",
    other_currencies: "ohne andere Währungen",
    other_currencies_why: "Ein Teil kam in einer anderen Währung als der seines Ziels. Er wird nicht umgerechnet und ist im gezeigten Umsatz nicht enthalten.",
    several_currencies: "mehrere Währungen",
    several_currencies_why: "Ein Teil des Umsatzes kam in mehreren Währungen. Sie werden nicht zusammengezählt: nach Zielen einer Währung filtern, um ihn zu sehen.",
    before: |value| format!("vorher: {value}"),
    nobody_yet: "Noch war niemand hier",
    nobody_yet_hint: "Der erste Besuch erscheint hier innerhalb von zwei Sekunden.",
    put_in_snippet: "Code einbinden",
    nobody_then: "In diesem Zeitraum war niemand hier.",
    nobody_such: "In diesem Zeitraum passt niemand zu den Filtern.",
    see_all_time: "Gesamten Zeitraum ansehen",
    see_unfiltered: "Alle Filter entfernen",
    ignored: |what| format!("Ein Teil dieser Adresse war nicht zu verstehen und bleibt weg: {what}"),
    all_filters: "alle Filter, denn zusammen fragen sie zu viel",
    period: PeriodWords {
        label: "Zeitraum",
        earlier: "Früher",
        later: "Später",
        realtime: "Echtzeit",
        hours24: "Letzte 24 Stunden",
        today: "Heute",
        yesterday: "Gestern",
        days: |n| format!("Letzte {n} Tage"),
        month: "Dieser Monat",
        last_month: "Voriger Monat",
        year: "Dieses Jahr",
        months: |n| format!("Letzte {n} Monate"),
        all: "Gesamter Zeitraum",
        custom: "Eigener Zeitraum",
        from: "Von",
        to: "bis",
        show: "Zeigen",
    },
    compare: CompareWords {
        label: "Vergleichen mit",
        versus: "vgl. ",
        previous: "Zeitraum davor",
        year: "Jahr davor",
        custom: "andere Tage",
        off: "nichts",
        exact: "Gleiche Kalendertage",
        weekday: "Gleiche Wochentage",
    },
};
