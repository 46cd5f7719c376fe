//! Segments.

/// Segments.
#[derive(Clone, Copy, Debug)]
pub struct SegmentWords {
    /// The head of it.
    pub title: &'static str,
    /// The title of the page, from the domain.
    pub page_title: fn(&str) -> String,
    /// What segments are.
    pub why: &'static str,
    /// Nothing yet.
    pub none: &'static str,
    /// A field.
    pub name: &'static str,
    /// Before whose it is.
    pub whose: &'static str,
    /// The reader's own.
    pub personal: &'static str,
    /// The site's.
    pub of_site: &'static str,
    /// Shows the numbers of one, from its name; only heard.
    pub open: fn(&str) -> String,
    /// Changes a name.
    pub rename: &'static str,
    /// The same, from the segment's name; only heard.
    pub rename_one: fn(&str) -> String,
    /// Removes one, from its name; only heard.
    pub remove_one: fn(&str) -> String,
    /// The head of the form that keeps filters.
    pub save: &'static str,
    /// Above the filters.
    pub these: &'static str,
    /// The legend of the choice.
    pub for_whom: &'static str,
    /// A choice.
    pub for_me: &'static str,
    /// A choice.
    pub for_all: &'static str,
    /// Above the choice of a segment in whose place they come.
    pub or_instead: &'static str,
    /// The name of that choice.
    pub instead: &'static str,
    /// Its button.
    pub replace: &'static str,
    /// The way back to the numbers.
    pub back: &'static str,
    /// What is wrong with a name, from the most characters.
    pub wrong_name: fn(usize) -> String,
    /// The filters cannot be kept.
    pub wrong_filters: &'static str,
    /// Something in the filters is not known, from what.
    pub unknown_filters: fn(&str) -> String,
    /// Everybody's segment cannot become one's own.
    pub stays: &'static str,
    /// A shared link shows the site under it, from the link's name; it cannot be removed.
    pub linked: fn(&str) -> String,
    /// There is one of this name.
    pub exists: &'static str,
    /// There are as many as fit, from the limit.
    pub full: fn(usize) -> String,
    /// Goals and segments take more room than there is, from the kilobytes.
    pub no_room: fn(usize) -> String,
    /// Where people have removed what a form is about.
    pub gone: &'static str,
    /// A shared link stands on it, from the link's name.
    pub of_link: fn(&str) -> String,
}

pub(super) const EN: SegmentWords = SegmentWords {
    title: "Segments",
    page_title: |domain| format!("Segments of {domain}"),
    why: "Filters kept under a name. To make one, set filters on the numbers and choose “Save as a segment” there.",
    none: "No segments yet.",
    name: "Name",
    whose: "For",
    personal: "me",
    of_site: "everybody",
    open: |name| format!("Show the numbers of {name}"),
    rename: "Rename",
    rename_one: |name| format!("Rename the segment {name}"),
    remove_one: |name| format!("Remove the segment {name}"),
    save: "Save as a segment",
    these: "All of these hold:",
    for_whom: "For whom",
    for_me: "for me",
    for_all: "for everybody who sees the numbers",
    or_instead: "Or change a segment there is: it keeps its name, and asks this from now on.",
    instead: "Segment",
    replace: "Put in its place",
    back: "Back to the numbers",
    wrong_name: |most| format!("Write a name of one line, at most {most} characters."),
    wrong_filters: "These filters cannot be kept: a segment has 1 to 20 filters.",
    unknown_filters: |what| {
        format!("Nothing was kept: there is no such filter, or its goal or segment is gone: {what}. What is left stands above.")
    },
    stays: "This segment is everybody’s and stays so, for others use it. Set its filters on the numbers to make one of your own.",
    linked: |link| {
        format!("The shared link “{link}” shows the site under this segment. Remove the link first, or give it another segment.")
    },
    exists: "There is a segment of this name already.",
    full: |most| format!("At most {most} segments fit. Remove one first."),
    no_room: |kilobytes| {
        format!("Goals, segments and properties of a site take {kilobytes} KB at most. Remove one first, or name fewer values.")
    },
    gone: "This is not there any more.",
    of_link: |link| {
        format!("The shared link “{link}” shows what this segment lets through. Only who may share the site changes or removes it.")
    },
};

pub(super) const DE: SegmentWords = SegmentWords {
    title: "Segmente",
    page_title: |domain| format!("Segmente von {domain}"),
    why: "Filter unter einem Namen. Um eins anzulegen, bei den Zahlen Filter setzen und dort „Als Segment speichern“ wählen.",
    none: "Noch keine Segmente.",
    name: "Name",
    whose: "Für",
    personal: "mich",
    of_site: "alle",
    open: |name| format!("Die Zahlen von {name} zeigen"),
    rename: "Umbenennen",
    rename_one: |name| format!("Das Segment {name} umbenennen"),
    remove_one: |name| format!("Das Segment {name} entfernen"),
    save: "Als Segment speichern",
    these: "All dies gilt:",
    for_whom: "Für wen",
    for_me: "für mich",
    for_all: "für alle, die die Zahlen sehen",
    or_instead: "Oder ein vorhandenes Segment ändern: Es behält seinen Namen und fragt von nun an dies.",
    instead: "Segment",
    replace: "An seine Stelle setzen",
    back: "Zurück zu den Zahlen",
    wrong_name: |most| format!("Einen Namen in einer Zeile angeben, höchstens {most} Zeichen."),
    wrong_filters: "Diese Filter lassen sich nicht speichern: Ein Segment hat 1 bis 20 Filter.",
    unknown_filters: |what| {
        format!(
            "Nichts wurde gespeichert: Diesen Filter gibt es nicht, oder sein Ziel oder Segment ist entfernt: {what}. Was übrig ist, steht oben."
        )
    },
    stays: "Dieses Segment gehört allen und bleibt es, denn andere nutzen es. Für ein eigenes bei den Zahlen dieselben Filter setzen.",
    linked: |link| {
        format!(
            "Der geteilte Link „{link}“ zeigt die Website unter diesem Segment. Zuerst den Link entfernen oder ihm ein anderes Segment geben."
        )
    },
    exists: "Ein Segment dieses Namens gibt es schon.",
    full: |most| format!("Mehr als {most} Segmente passen nicht. Zuerst eins entfernen."),
    no_room: |kilobytes| {
        format!(
            "Ziele, Segmente und Eigenschaften einer Website haben zusammen in {kilobytes} KB Platz. Zuerst eins entfernen, oder weniger Werte nennen."
        )
    },
    gone: "Das gibt es nicht mehr.",
    of_link: |link| {
        format!(
            "Der geteilte Link „{link}“ zeigt, was dieses Segment durchlässt. Ändern und entfernen kann es nur, wer die Website teilen darf."
        )
    },
};
