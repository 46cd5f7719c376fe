//! The main chart and the table behind it.

/// The main chart and the table behind it.
#[derive(Clone, Copy, Debug)]
pub struct ChartWords {
    /// What the picture shows, from the metric and the interval: `Visitors by day`.
    pub by: fn(&str, &str) -> String,
    /// From the first point to the last.
    pub through: fn(&str, &str) -> String,
    /// With what it is compared.
    pub compared_with: fn(&str) -> String,
    /// The same where there are numbers only from a day on.
    pub known_from: fn(&str, &str) -> String,
    /// The choice of the interval: its name.
    pub interval: &'static str,
    /// An interval.
    pub minute: IntervalWords,
    /// An interval.
    pub hour: IntervalWords,
    /// An interval.
    pub day: IntervalWords,
    /// An interval.
    pub week: IntervalWords,
    /// An interval.
    pub month: IntervalWords,
    /// The present day, under the axis.
    pub today: &'static str,
    /// Opens the table.
    pub as_table: &'static str,
    /// The name of the table.
    pub table: &'static str,
    /// A column: the compared point.
    pub other: &'static str,
    /// A column: its value.
    pub then: &'static str,
    /// A column.
    pub change: &'static str,
    /// The ways to have it elsewhere: their name.
    pub export: &'static str,
    /// Everything on the page, as text.
    pub export_all: &'static str,
    /// The picture.
    pub export_svg: &'static str,
    /// The picture.
    pub export_png: &'static str,
}

/// The words for the length of a point.
#[derive(Clone, Copy, Debug)]
pub struct IntervalWords {
    /// Its name.
    pub name: &'static str,
    /// The head of a column of them.
    pub head: &'static str,
    /// The one that is not over.
    pub so_far: &'static str,
}

pub(super) const EN: ChartWords = ChartWords {
    by: |metric, interval| format!("{metric} by {interval}"),
    through: |first, last| format!("{first} to {last}"),
    compared_with: |period| format!("compared with {period}"),
    known_from: |period, day| format!("{period} (numbers only from {day})"),
    interval: "Length of a point",
    minute: IntervalWords { name: "minute", head: "Minute", so_far: "this minute so far" },
    hour: IntervalWords { name: "hour", head: "Hour", so_far: "this hour so far" },
    day: IntervalWords { name: "day", head: "Day", so_far: "today so far" },
    week: IntervalWords { name: "week", head: "Week from", so_far: "this week so far" },
    month: IntervalWords { name: "month", head: "Month", so_far: "this month so far" },
    today: "Today",
    as_table: "As a table",
    table: "The chart as a table",
    other: "Compared with",
    then: "Then",
    change: "Change",
    export: "Export",
    export_all: "All lists (CSV, zip)",
    export_svg: "Chart (SVG)",
    export_png: "Chart (PNG)",
};

pub(super) const DE: ChartWords = ChartWords {
    by: |metric, interval| format!("{metric} je {interval}"),
    through: |first, last| format!("{first} bis {last}"),
    compared_with: |period| format!("verglichen mit {period}"),
    known_from: |period, day| format!("{period} (Zahlen erst ab {day})"),
    interval: "Intervall",
    minute: IntervalWords { name: "Minute", head: "Minute", so_far: "diese Minute bisher" },
    hour: IntervalWords { name: "Stunde", head: "Stunde", so_far: "diese Stunde bisher" },
    day: IntervalWords { name: "Tag", head: "Tag", so_far: "heute bisher" },
    week: IntervalWords { name: "Woche", head: "Woche ab", so_far: "diese Woche bisher" },
    month: IntervalWords { name: "Monat", head: "Monat", so_far: "dieser Monat bisher" },
    today: "Heute",
    as_table: "Als Tabelle",
    table: "Der Verlauf als Tabelle",
    other: "Verglichen mit",
    then: "Damals",
    change: "Änderung",
    export: "Exportieren",
    export_all: "Alle Listen (CSV, zip)",
    export_svg: "Verlauf (SVG)",
    export_png: "Verlauf (PNG)",
};
