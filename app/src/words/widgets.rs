//! Widgets, and the page that makes their frames.

use super::Plural;
use super::plural::plural;

/// Widgets, and the page that makes their frames.
#[derive(Clone, Copy, Debug)]
pub struct WidgetWords {
    /// Heads of lists, where the words of a tab say too little alone.
    pub entry_pages: &'static str,
    /// Where visits end.
    pub exit_pages: &'static str,
    /// Campaign tags.
    pub utm_sources: &'static str,
    /// Campaign tags.
    pub utm_mediums: &'static str,
    /// Campaign tags.
    pub utm_contents: &'static str,
    /// Campaign tags.
    pub utm_terms: &'static str,
    /// Browsers with their versions.
    pub versions: &'static str,
    /// Screen sizes.
    pub sizes: &'static str,
    /// Pages machines asked for.
    pub machine_pages: &'static str,
    /// All headline numbers.
    pub numbers: &'static str,
    /// One of them, over time.
    pub chart: &'static str,
    /// How many are there now.
    pub live: &'static str,
    /// Behind the number of visitors at this moment.
    pub now: Plural,
    /// What a link to the site's page says: from the domain.
    pub see_all: fn(&str) -> String,
    /// What the mark says.
    pub counted_by: &'static str,
    /// Instead of a widget: there is none.
    pub nothing_here: &'static str,
    /// Why.
    pub nothing_here_why: &'static str,
    /// Instead of a widget: its address says what makes no sense.
    pub bad_address: &'static str,
    /// What, as it was written.
    pub bad_address_why: fn(&str) -> String,
    /// Instead of a widget: not at the moment.
    pub later: &'static str,
    /// Why.
    pub later_why: &'static str,
    /// The list would read very much, and nobody asked for it by name.
    pub name_a_property: &'static str,
    /// The page that makes frames.
    pub builder: BuilderWords,
}

/// The page that makes frames.
#[derive(Clone, Copy, Debug)]
pub struct BuilderWords {
    /// Its title, from the domain.
    pub title: fn(&str) -> String,
    /// What it is for.
    pub hint: &'static str,
    /// The choice of the widget.
    pub widget: &'static str,
    /// Groups of widgets: numbers and chart.
    pub group_numbers: &'static str,
    /// The choice of the period.
    pub period: &'static str,
    /// What a chart shows.
    pub metric: &'static str,
    /// How many rows.
    pub limit: &'static str,
    /// Of which property.
    pub property: &'static str,
    /// Light or dark.
    pub theme: &'static str,
    /// As the reader's system says.
    pub theme_auto: &'static str,
    /// The colour of lines and bars.
    pub accent: &'static str,
    /// How colours are written.
    pub accent_hint: &'static str,
    /// What lies behind.
    pub background: &'static str,
    /// How it is written.
    pub background_hint: &'static str,
    /// The width of the frame.
    pub width: &'static str,
    /// How it is written.
    pub width_hint: &'static str,
    /// The height of the frame.
    pub height: &'static str,
    /// From where the numbers are read.
    pub door: &'static str,
    /// The site itself, which is public.
    pub door_public: &'static str,
    /// A shared link, by its name.
    pub door_link: fn(&str) -> String,
    /// Shows the choice.
    pub show: &'static str,
    /// Above the frame.
    pub preview: &'static str,
    /// Above the HTML.
    pub html: &'static str,
    /// Below it.
    pub html_hint: &'static str,
    /// Nobody but the site's people may see it: the head.
    pub private: &'static str,
    /// The same in sentences.
    pub private_why: &'static str,
    /// The same for who cannot change it.
    pub private_ask: &'static str,
    /// The way to make it public or to make a link.
    pub private_way: &'static str,
    /// What of the choice makes no sense.
    pub wrong: fn(&str) -> String,
    /// The title of the frame: the widget, and the site.
    pub frame_title: fn(&str, &str) -> String,
    /// Only heard: what was chosen is seen in the frame now.
    pub changed: &'static str,
    /// A box: without the mark.
    pub mark: &'static str,
    /// The language of the widget.
    pub language: &'static str,
}

pub(super) const EN: WidgetWords = WidgetWords {
    entry_pages: "Entry pages",
    exit_pages: "Exit pages",
    utm_sources: "Campaign sources",
    utm_mediums: "Campaign media",
    utm_contents: "Campaign contents",
    utm_terms: "Campaign terms",
    versions: "Browser versions",
    sizes: "Screen sizes",
    machine_pages: "Pages machines asked for",
    numbers: "All numbers",
    chart: "Chart",
    live: "Visitors now",
    now: plural("visitor now", "visitors now"),
    see_all: |domain| format!("All numbers of {domain}"),
    counted_by: "Counted by Footfall",
    nothing_here: "Nothing here",
    nothing_here_why: "There is no such widget, or it may not be seen.",
    bad_address: "This address makes no sense",
    bad_address_why: |what| format!("Nobody understands: {what}"),
    later: "Not at the moment",
    later_why: "The numbers cannot be read right now. Try again in a minute.",
    name_a_property: "Name a property to see its values.",
    builder: BuilderWords {
        title: |domain| format!("Embed · {domain}"),
        hint: "Numbers of this site as a frame in any other page: no script needed, no cookie set.",
        widget: "Widget",
        group_numbers: "Numbers and charts",
        period: "Period",
        metric: "Number in the chart",
        limit: "Rows of a list",
        property: "Property",
        theme: "Colours",
        theme_auto: "As the reader’s system says",
        accent: "Accent",
        accent_hint: "Hexadecimal, such as 17614f. What would be hard to read is made darker or lighter.",
        background: "Background",
        background_hint: "Hexadecimal, or transparent.",
        width: "Width",
        width_hint: "Pixels, or 100%.",
        height: "Height in pixels",
        door: "Read from",
        door_public: "The public page",
        door_link: |name| format!("The shared link “{name}”"),
        show: "Show",
        preview: "Preview",
        html: "HTML to copy",
        html_hint: "The script is optional: it makes the frame as high as what is in it. Without it the height above stays.",
        private: "Nobody else may see this site",
        private_why: "A frame shows what its readers may see. Make the site public, or make a shared link without a password; with a segment it shows only part of the numbers.",
        private_ask: "A frame shows what its readers may see. Ask an administrator of the site to make it public, or to make a shared link without a password.",
        private_way: "Sharing",
        wrong: |what| format!("This makes no sense and was left out: {what}"),
        frame_title: |widget, domain| format!("{widget}: {domain}"),
        changed: "The preview and the HTML have changed.",
        mark: "Without the mark of Footfall",
        language: "Language",
    },
};

pub(super) const DE: WidgetWords = WidgetWords {
    entry_pages: "Einstiegsseiten",
    exit_pages: "Ausstiegsseiten",
    utm_sources: "Kampagnenquellen",
    utm_mediums: "Kampagnenmedien",
    utm_contents: "Kampagneninhalte",
    utm_terms: "Kampagnenbegriffe",
    versions: "Browserversionen",
    sizes: "Bildschirmgrößen",
    machine_pages: "Seiten, die Maschinen abriefen",
    numbers: "Alle Zahlen",
    chart: "Verlauf",
    live: "Besucher jetzt",
    now: plural("Besucher jetzt", "Besucher jetzt"),
    see_all: |domain| format!("Alle Zahlen von {domain}"),
    counted_by: "Gezählt von Footfall",
    nothing_here: "Hier ist nichts",
    nothing_here_why: "Dieses Widget gibt es nicht, oder es ist nicht zu sehen.",
    bad_address: "Diese Adresse ergibt keinen Sinn",
    bad_address_why: |what| format!("Nicht zu verstehen: {what}"),
    later: "Im Augenblick nicht",
    later_why: "Die Zahlen sind gerade nicht zu lesen. In einer Minute geht es vielleicht wieder.",
    name_a_property: "Mit dem Namen einer Eigenschaft sind ihre Werte zu sehen.",
    builder: BuilderWords {
        title: |domain| format!("Einbetten · {domain}"),
        hint: "Zahlen dieser Website als Rahmen in jeder anderen Seite: ohne Skript und ohne Cookie.",
        widget: "Widget",
        group_numbers: "Zahlen und Verlauf",
        period: "Zeitraum",
        metric: "Zahl im Verlauf",
        limit: "Zeilen einer Liste",
        property: "Eigenschaft",
        theme: "Farben",
        theme_auto: "Wie das System der Lesenden",
        accent: "Akzent",
        accent_hint: "Hexadezimal, etwa 17614f. Was schwer zu lesen wäre, wird dunkler oder heller.",
        background: "Hintergrund",
        background_hint: "Hexadezimal, oder transparent.",
        width: "Breite",
        width_hint: "In Pixeln, oder 100%.",
        height: "Höhe in Pixeln",
        door: "Gelesen aus",
        door_public: "der öffentlichen Seite",
        door_link: |name| format!("dem geteilten Link „{name}“"),
        show: "Zeigen",
        preview: "Vorschau",
        html: "HTML zum Kopieren",
        html_hint: "Das Skript ist nicht nötig: Es macht den Rahmen so hoch wie seinen Inhalt. Ohne es bleibt die Höhe von oben.",
        private: "Niemand sonst darf diese Website sehen",
        private_why: "Ein Rahmen zeigt, was seine Lesenden sehen dürfen. Dafür braucht es eine öffentliche Website oder einen geteilten Link ohne Passwort; mit einem Segment zeigt er nur einen Teil der Zahlen.",
        private_ask: "Ein Rahmen zeigt, was seine Lesenden sehen dürfen. Eine Person, die die Website verwaltet, kann sie öffentlich machen oder einen geteilten Link ohne Passwort anlegen.",
        private_way: "Teilen",
        wrong: |what| format!("Das ergibt keinen Sinn und blieb weg: {what}"),
        frame_title: |widget, domain| format!("{widget}: {domain}"),
        changed: "Vorschau und HTML haben sich geändert.",
        mark: "Ohne das Zeichen von Footfall",
        language: "Sprache",
    },
};
