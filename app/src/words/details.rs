//! A panel's page of its own.

use super::Plural;
use super::plural::plural;

/// A panel's page of its own.
#[derive(Clone, Copy, Debug)]
pub struct DetailsWords {
    /// The way back to the site page.
    pub back: &'static str,
    /// The field that searches the list; only heard.
    pub search: &'static str,
    /// What may be written into it: `Search pages`.
    pub search_in: fn(&str) -> String,
    /// Its button.
    pub find: &'static str,
    /// Shows everything again.
    pub clear: &'static str,
    /// Rows, as a number of them.
    pub rows: Plural,
    /// The rows that are seen: first, last, of how many.
    pub range: fn(&str, &str, &str) -> String,
    /// The way to the rows before.
    pub earlier: &'static str,
    /// The way to the rows after.
    pub later: &'static str,
    /// The name of these two ways; only heard.
    pub paging: &'static str,
    /// All rows as a file.
    pub csv: &'static str,
    /// Nothing is like what was searched for.
    pub not_found: fn(&str) -> String,
    /// A page number beyond the last.
    pub beyond: &'static str,
    /// The way to the first rows.
    pub to_start: &'static str,
    /// A head of a column that sorts: largest first; only heard.
    pub sort_down: fn(&str) -> String,
    /// The same, smallest first; only heard.
    pub sort_up: fn(&str) -> String,
    /// The pages one machine asked for.
    pub pages_of: fn(&str) -> String,
    /// The machines that asked for one page.
    pub machines_of: fn(&str) -> String,
    /// All of them again.
    pub all_machines: &'static str,
    /// Heads of columns.
    pub columns: ColumnWords,
}

/// Heads of columns.
#[derive(Clone, Copy, Debug)]
pub struct ColumnWords {
    /// Visits.
    pub visits: &'static str,
    /// Visits that began there.
    pub entrances: &'static str,
    /// Visits that ended there.
    pub exits: &'static str,
    /// Page views.
    pub pageviews: &'static str,
    /// Page views of a visit.
    pub views_per_visit: &'static str,
    /// Percent.
    pub bounce_rate: &'static str,
    /// Mean.
    pub visit_duration: &'static str,
    /// Mean.
    pub time_on_page: &'static str,
    /// Percent.
    pub scroll_depth: &'static str,
    /// Sum.
    pub revenue: &'static str,
    /// Mean.
    pub average_revenue: &'static str,
}

pub(super) const EN: DetailsWords = DetailsWords {
    back: "Back to all numbers",
    search: "Search",
    search_in: |panel| format!("Search {}", panel.to_lowercase()),
    find: "Search",
    clear: "Show all",
    rows: plural("row", "rows"),
    range: |first, last, all| format!("{first} to {last} of {all}"),
    earlier: "Rows before",
    later: "Rows after",
    paging: "More rows",
    csv: "Download as CSV",
    not_found: |text| format!("Nothing here has “{text}” in it."),
    beyond: "There are not so many rows.",
    to_start: "To the first",
    sort_down: |column| format!("Sort by {column}, largest first"),
    sort_up: |column| format!("Sort by {column}, smallest first"),
    pages_of: |machine| format!("Pages {machine} asked for"),
    machines_of: |page| format!("Machines that asked for {page}"),
    all_machines: "All machines",
    columns: ColumnWords {
        visits: "Visits",
        entrances: "Entrances",
        exits: "Exits",
        pageviews: "Page views",
        views_per_visit: "Views per visit",
        bounce_rate: "Bounce rate",
        visit_duration: "Visit duration",
        time_on_page: "Time on page",
        scroll_depth: "Scroll depth",
        revenue: "Revenue",
        average_revenue: "Average",
    },
};

pub(super) const DE: DetailsWords = DetailsWords {
    back: "Zurück zu allen Zahlen",
    search: "Suche",
    search_in: |panel| format!("{panel} durchsuchen"),
    find: "Suchen",
    clear: "Alle zeigen",
    rows: plural("Zeile", "Zeilen"),
    range: |first, last, all| format!("{first} bis {last} von {all}"),
    earlier: "Zeilen davor",
    later: "Zeilen danach",
    paging: "Weitere Zeilen",
    csv: "Als CSV laden",
    not_found: |text| format!("Hier enthält nichts „{text}“."),
    beyond: "So viele Zeilen gibt es nicht.",
    to_start: "Zu den ersten",
    sort_down: |column| format!("Nach {column} ordnen, größte zuerst"),
    sort_up: |column| format!("Nach {column} ordnen, kleinste zuerst"),
    pages_of: |machine| format!("Seiten, die {machine} abrief"),
    machines_of: |page| format!("Maschinen, die {page} abriefen"),
    all_machines: "Alle Maschinen",
    columns: ColumnWords {
        visits: "Besuche",
        entrances: "Einstiege",
        exits: "Ausstiege",
        pageviews: "Seitenaufrufe",
        views_per_visit: "Aufrufe je Besuch",
        bounce_rate: "Absprungrate",
        visit_duration: "Besuchsdauer",
        time_on_page: "Zeit auf der Seite",
        scroll_depth: "Scrolltiefe",
        revenue: "Umsatz",
        average_revenue: "Im Mittel",
    },
};
