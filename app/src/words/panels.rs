//! The panels and their tabs.

/// The panels and their tabs.
#[derive(Clone, Copy, Debug)]
pub struct PanelWords {
    /// Heads of the panels.
    pub sources: &'static str,
    /// What visitors saw.
    pub pages: &'static str,
    /// Where they are.
    pub places: &'static str,
    /// What they use.
    pub devices: &'static str,
    /// What they did.
    pub goals: &'static str,
    /// What came with it.
    pub properties: &'static str,
    /// Who are no people.
    pub machines: &'static str,

    /// The lists: channels of sources.
    pub channel: ListWords,
    /// Sources.
    pub source: ListWords,
    /// Full addresses of sources.
    pub referrer: ListWords,
    /// Campaign tags.
    pub utm_campaign: ListWords,
    /// Campaign tags.
    pub utm_source: ListWords,
    /// Campaign tags.
    pub utm_medium: ListWords,
    /// Campaign tags.
    pub utm_content: ListWords,
    /// Campaign tags.
    pub utm_term: ListWords,
    /// Pages.
    pub page: ListWords,
    /// Where visits begin.
    pub entry_page: ListWords,
    /// Where visits end.
    pub exit_page: ListWords,
    /// Hosts.
    pub hostname: ListWords,
    /// Hosts where visits begin.
    pub entry_hostname: ListWords,
    /// Hosts where visits end.
    pub exit_hostname: ListWords,
    /// The map of countries.
    pub map: ListWords,
    /// Countries.
    pub country: ListWords,
    /// Regions.
    pub region: ListWords,
    /// Cities.
    pub city: ListWords,
    /// Browsers.
    pub browser: ListWords,
    /// Browsers with their versions.
    pub browser_version: ListWords,
    /// Systems.
    pub os: ListWords,
    /// Systems with their versions.
    pub os_version: ListWords,
    /// Kinds of device.
    pub device: ListWords,
    /// Screen sizes.
    pub screen: ListWords,
    /// Languages.
    pub language: ListWords,
    /// Goals.
    pub goal: ListWords,
    /// Custom events.
    pub event: ListWords,
    /// Segments: no list, but the subject of a filter.
    pub segment: ListWords,
    /// Values of a property.
    pub property_value: &'static str,
    /// Machines of every kind.
    pub machine: ListWords,
    /// Crawlers of models.
    pub ai_crawler: ListWords,
    /// Assistants.
    pub ai_assistant: ListWords,
    /// Pages machines asked for.
    pub machine_page: ListWords,

    /// Heads of columns.
    pub visitors: &'static str,
    /// Share of all visitors.
    pub share: &'static str,
    /// The same in words, for who hears the page.
    pub share_long: &'static str,
    /// Of custom events.
    pub times: &'static str,
    /// Of machines.
    pub views: &'static str,
    /// Where a goal is asked about: who reached it.
    pub conversions: &'static str,
    /// Of those who could.
    pub rate: &'static str,
    /// The same in words.
    pub rate_long: &'static str,

    /// What a machine is for.
    pub class: ClassWords,

    /// The way to all rows.
    pub details: &'static str,
    /// So many rows of more are seen.
    pub first_rows: fn(usize) -> String,
    /// A small link to the page of a row, from the page; only heard.
    pub open_page: fn(&str) -> String,
    /// Takes a filter away again: before the value.
    pub unfilter: fn(&str) -> String,

    /// A country that is not known.
    pub unknown: &'static str,
    /// No value.
    pub not_set: &'static str,
    /// A version that is not known, behind the name of the browser or system.
    pub no_version: &'static str,
    /// No referrer.
    pub direct: &'static str,

    /// Nothing to show.
    pub nothing: &'static str,
    /// Nothing to show under these filters.
    pub nothing_filtered: &'static str,
    /// No custom events: text around the code that makes one.
    pub no_events: [&'static str; 2],
    /// No campaigns: text around the example.
    pub no_campaigns: [&'static str; 2],
    /// No places finer than countries: text around the setting's name.
    pub no_places: [&'static str; 2],
    /// No goals are defined, to who may make some.
    pub no_goals: &'static str,
    /// The way there.
    pub make_goal: &'static str,
    /// Properties never came: text around the example.
    pub no_properties: [&'static str; 2],
    /// No machines.
    pub no_machines: &'static str,
    /// Why machines do not change under filters.
    pub machines_unfiltered: &'static str,
    /// What must be read for this list is much.
    pub kept_back: &'static str,
    /// Reads it nevertheless.
    pub read_now: &'static str,
    /// The other properties that were seen, behind the first few.
    pub more_properties: &'static str,
    /// The same list as a table, behind the map.
    pub as_table: &'static str,
    /// The name of the tabs below tabs; only heard.
    pub campaign_tags: &'static str,
}

/// What a list is called.
#[derive(Clone, Copy, Debug)]
pub struct ListWords {
    /// On its tab.
    pub tab: &'static str,
    /// One of its rows, for the head of the column and for chips.
    pub one: &'static str,
}

/// What a machine is for.
#[derive(Clone, Copy, Debug)]
pub struct ClassWords {
    /// Indexes for a search engine.
    pub search: &'static str,
    /// Collects for models.
    pub ai_crawler: &'static str,
    /// Fetches because somebody asked an assistant.
    pub ai_assistant: &'static str,
    /// Watches whether a site is up.
    pub monitor: &'static str,
    /// Collects for another purpose.
    pub scraper: &'static str,
    /// A program's HTTP library.
    pub library: &'static str,
}

const fn list(tab: &'static str, one: &'static str) -> ListWords {
    ListWords { tab, one }
}

pub(super) const EN: PanelWords = PanelWords {
    sources: "Sources",
    pages: "Pages",
    places: "Places",
    devices: "Devices",
    goals: "Goals",
    properties: "Properties",
    machines: "Machines",
    channel: list("Channels", "Channel"),
    source: list("Sources", "Source"),
    referrer: list("Referrers", "Referrer"),
    utm_campaign: list("Campaigns", "Campaign"),
    utm_source: list("Sources", "Campaign source"),
    utm_medium: list("Media", "Campaign medium"),
    utm_content: list("Contents", "Campaign content"),
    utm_term: list("Terms", "Campaign term"),
    page: list("Top", "Page"),
    entry_page: list("Entry", "Entry page"),
    exit_page: list("Exit", "Exit page"),
    hostname: list("Hosts", "Host"),
    entry_hostname: list("Entry hosts", "Entry host"),
    exit_hostname: list("Exit hosts", "Exit host"),
    map: list("Map", "Country"),
    country: list("Countries", "Country"),
    region: list("Regions", "Region"),
    city: list("Cities", "City"),
    browser: list("Browsers", "Browser"),
    browser_version: list("Versions", "Browser version"),
    os: list("Systems", "System"),
    os_version: list("System versions", "System version"),
    device: list("Types", "Device"),
    screen: list("Sizes", "Screen size"),
    language: list("Languages", "Language"),
    goal: list("Goals", "Goal"),
    event: list("Events", "Event"),
    segment: list("Segments", "Segment"),
    property_value: "Value",
    machine: list("All", "Machine"),
    ai_crawler: list("AI crawlers", "AI crawler"),
    ai_assistant: list("AI assistants", "AI assistant"),
    machine_page: list("Pages", "Page"),
    visitors: "Visitors",
    share: "%",
    share_long: "Share of visitors",
    times: "Times",
    views: "Requests",
    conversions: "Conversions",
    rate: "Rate",
    rate_long: "Conversion rate",
    class: ClassWords {
        search: "search engine",
        ai_crawler: "AI crawler",
        ai_assistant: "AI assistant",
        monitor: "monitor",
        scraper: "scraper",
        library: "program",
    },
    details: "Details",
    first_rows: |n| format!("The first {n}"),
    open_page: |page| format!("Open {page} in a new tab"),
    unfilter: |value| format!("No longer filter by {value}"),
    unknown: "Unknown",
    not_set: "(not set)",
    no_version: "version unknown",
    direct: "Direct / None",
    nothing: "Nothing in this period.",
    nothing_filtered: "Nothing under these filters.",
    no_events: ["No events in this period. Call ", " in a page, and it shows up here."],
    no_campaigns: ["No campaigns in this period. A link with ", " makes one."],
    no_places: ["Not known. Name a city database in the configuration (", ") to see them."],
    no_goals: "A goal counts who signed up, who bought, who read to the end – last year too.",
    make_goal: "Make a goal",
    no_properties: ["No properties in this period. What comes with a hit, such as ", ", is counted here."],
    no_machines: "No machine asked for a page in this period.",
    machines_unfiltered: "All machines: filters are about people.",
    kept_back: "This reads every hit of the period, and there are many.",
    read_now: "Read them now",
    more_properties: "More",
    as_table: "As a table",
    campaign_tags: "Campaign tags",
};

pub(super) const DE: PanelWords = PanelWords {
    sources: "Quellen",
    pages: "Seiten",
    places: "Orte",
    devices: "Geräte",
    goals: "Ziele",
    properties: "Eigenschaften",
    machines: "Maschinen",
    channel: list("Kanäle", "Kanal"),
    source: list("Quellen", "Quelle"),
    referrer: list("Verweise", "Verweis"),
    utm_campaign: list("Kampagnen", "Kampagne"),
    utm_source: list("Quellen", "Kampagnenquelle"),
    utm_medium: list("Medien", "Kampagnenmedium"),
    utm_content: list("Inhalte", "Kampagneninhalt"),
    utm_term: list("Begriffe", "Kampagnenbegriff"),
    page: list("Meistgesehen", "Seite"),
    entry_page: list("Einstieg", "Einstiegsseite"),
    exit_page: list("Ausstieg", "Ausstiegsseite"),
    hostname: list("Hosts", "Host"),
    entry_hostname: list("Einstiegshosts", "Einstiegshost"),
    exit_hostname: list("Ausstiegshosts", "Ausstiegshost"),
    map: list("Karte", "Land"),
    country: list("Länder", "Land"),
    region: list("Regionen", "Region"),
    city: list("Städte", "Stadt"),
    browser: list("Browser", "Browser"),
    browser_version: list("Versionen", "Browserversion"),
    os: list("Systeme", "System"),
    os_version: list("Systemversionen", "Systemversion"),
    device: list("Arten", "Gerät"),
    screen: list("Größen", "Bildschirmgröße"),
    language: list("Sprachen", "Sprache"),
    goal: list("Ziele", "Ziel"),
    event: list("Ereignisse", "Ereignis"),
    segment: list("Segmente", "Segment"),
    property_value: "Wert",
    machine: list("Alle", "Maschine"),
    ai_crawler: list("KI-Crawler", "KI-Crawler"),
    ai_assistant: list("KI-Assistenten", "KI-Assistent"),
    machine_page: list("Seiten", "Seite"),
    visitors: "Besucher",
    share: "%",
    share_long: "Anteil der Besucher",
    times: "Anzahl",
    views: "Abrufe",
    conversions: "Abschlüsse",
    rate: "Quote",
    rate_long: "Abschlussrate",
    class: ClassWords {
        search: "Suchmaschine",
        ai_crawler: "KI-Crawler",
        ai_assistant: "KI-Assistent",
        monitor: "Überwachung",
        scraper: "Scraper",
        library: "Programm",
    },
    details: "Einzelheiten",
    first_rows: |n| format!("Die ersten {n}"),
    open_page: |page| format!("{page} in einem neuen Tab öffnen"),
    unfilter: |value| format!("Nicht mehr nach {value} filtern"),
    unknown: "Unbekannt",
    not_set: "(keine Angabe)",
    no_version: "Version unbekannt",
    direct: "Direkt / ohne",
    nothing: "Nichts in diesem Zeitraum.",
    nothing_filtered: "Nichts unter diesen Filtern.",
    no_events: ["Keine Ereignisse in diesem Zeitraum. Ein Aufruf von ", " auf einer Seite, und es steht hier."],
    no_campaigns: ["Keine Kampagnen in diesem Zeitraum. Ein Link mit ", " macht eine."],
    no_places: ["Nicht bekannt. Eine Städtedatenbank in der Konfiguration (", ") zeigt sie."],
    no_goals: "Ein Ziel zählt, wer sich anmeldet, kauft, bis zum Ende liest – auch im letzten Jahr.",
    make_goal: "Ein Ziel anlegen",
    no_properties: ["Keine Eigenschaften in diesem Zeitraum. Was mit einem Zugriff kommt, etwa ", ", wird hier gezählt."],
    no_machines: "Keine Maschine hat in diesem Zeitraum eine Seite abgerufen.",
    machines_unfiltered: "Alle Maschinen: Filter gelten für Menschen.",
    kept_back: "Dafür wird jeder Zugriff des Zeitraums gelesen, und es sind viele.",
    read_now: "Jetzt lesen",
    more_properties: "Weitere",
    as_table: "Als Tabelle",
    campaign_tags: "Kampagnenangaben",
};
