//! The form and the chips of filters.

/// The form and the chips of filters.
#[derive(Clone, Copy, Debug)]
pub struct FilterWords {
    /// The button.
    pub add: &'static str,
    /// The name of the menu behind it.
    pub menu: &'static str,
    /// The name of the chips.
    pub active: &'static str,
    /// Takes one away, from what it says; only heard.
    pub remove: fn(&str) -> String,
    /// Changes one, from what it says; only heard.
    pub edit: fn(&str) -> String,
    /// Takes all away.
    pub clear: &'static str,
    /// Keeps them under a name.
    pub save_segment: &'static str,
    /// Puts a segment's filters in its place, to be changed.
    pub open_segment: &'static str,
    /// Above what a segment asks, where no filters of the page can say it.
    pub not_opened: &'static str,
    /// Between values any of which will do.
    pub or: &'static str,
    /// Between filters all of which must hold.
    pub and: &'static str,
    /// Before a filter that must not hold.
    pub not: &'static str,
    /// How a filter compares.
    pub operators: OperatorWords,
    /// The way to the list of properties.
    pub a_property: &'static str,
    /// The groups of the menu.
    pub groups: GroupWords,
    /// The head of the form, from what it is about.
    pub title: fn(&str) -> String,
    /// The head of the list of properties.
    pub choose_property: &'static str,
    /// Where there is none.
    pub no_property: &'static str,
    /// The name of the choice of an operator.
    pub operator: &'static str,
    /// The first field.
    pub value: &'static str,
    /// The others.
    pub or_value: &'static str,
    /// Below the fields.
    pub values_hint: &'static str,
    /// Below them, where they are regular expressions.
    pub pattern_hint: &'static str,
    /// A choice.
    pub ignore_case: &'static str,
    /// The button.
    pub apply: &'static str,
    /// Closes the form.
    pub close: &'static str,
    /// What the form sent makes no sense.
    pub wrong: &'static str,
}

/// How a filter compares.
#[derive(Clone, Copy, Debug)]
pub struct OperatorWords {
    /// One of the values.
    pub is: &'static str,
    /// None of the values.
    pub is_not: &'static str,
    /// Holds one of them.
    pub contains: &'static str,
    /// Holds none of them.
    pub contains_not: &'static str,
    /// A regular expression.
    pub matches: &'static str,
    /// The same, not.
    pub matches_not: &'static str,
    /// Done in the visit.
    pub has_done: &'static str,
    /// Not done in the visit.
    pub has_not_done: &'static str,
}

/// The groups of the menu.
#[derive(Clone, Copy, Debug)]
pub struct GroupWords {
    /// What was seen.
    pub pages: &'static str,
    /// Whence.
    pub sources: &'static str,
    /// Campaign tags.
    pub campaigns: &'static str,
    /// Where.
    pub places: &'static str,
    /// With what.
    pub devices: &'static str,
    /// What was done.
    pub behaviour: &'static str,
    /// What people have kept under a name.
    pub segments: &'static str,
}

pub(super) const EN: FilterWords = FilterWords {
    add: "Filter",
    menu: "Filter by",
    active: "Filters",
    remove: |filter| format!("Remove the filter {filter}"),
    edit: |filter| format!("Change the filter {filter}"),
    clear: "Clear all",
    save_segment: "Save as a segment",
    open_segment: "Show these filters instead, to change them",
    not_opened: "This segment cannot be taken apart into filters here. It asks:",
    or: "or",
    and: "and",
    not: "not",
    operators: OperatorWords {
        is: "is",
        is_not: "is not",
        contains: "contains",
        contains_not: "does not contain",
        matches: "matches",
        matches_not: "does not match",
        has_done: "has done",
        has_not_done: "has not done",
    },
    a_property: "Property …",
    groups: GroupWords {
        pages: "Pages",
        sources: "Sources",
        campaigns: "Campaigns",
        places: "Places",
        devices: "Devices",
        behaviour: "Behaviour",
        segments: "Segments",
    },
    title: |subject| format!("Filter by {subject}"),
    choose_property: "Filter by a property",
    no_property: "No event of this period has a property.",
    operator: "How",
    value: "Value",
    or_value: "or",
    values_hint: "Any of the values will do. The list shows the most frequent ones.",
    pattern_hint: "A pattern is a regular expression, such as ^/blog/\\d+$",
    ignore_case: "Upper and lower case alike",
    apply: "Apply",
    close: "Close",
    wrong: "That filter makes no sense. Give it a value, and a pattern that is a regular expression.",
};

pub(super) const DE: FilterWords = FilterWords {
    add: "Filter",
    menu: "Filtern nach",
    active: "Filter",
    remove: |filter| format!("Filter entfernen: {filter}"),
    edit: |filter| format!("Filter ändern: {filter}"),
    clear: "Alle entfernen",
    save_segment: "Als Segment speichern",
    open_segment: "Stattdessen diese Filter zeigen, um sie zu ändern",
    not_opened: "Dieses Segment lässt sich hier nicht in einzelne Filter zerlegen. Es fragt:",
    or: "oder",
    and: "und",
    not: "nicht",
    operators: OperatorWords {
        is: "ist",
        is_not: "ist nicht",
        contains: "enthält",
        contains_not: "enthält nicht",
        matches: "passt zu",
        matches_not: "passt nicht zu",
        has_done: "getan",
        has_not_done: "nicht getan",
    },
    a_property: "Eigenschaft …",
    groups: GroupWords {
        pages: "Seiten",
        sources: "Quellen",
        campaigns: "Kampagnen",
        places: "Orte",
        devices: "Geräte",
        behaviour: "Verhalten",
        segments: "Segmente",
    },
    title: |subject| format!("Filtern nach: {subject}"),
    choose_property: "Nach einer Eigenschaft filtern",
    no_property: "Kein Ereignis dieses Zeitraums hat eine Eigenschaft.",
    operator: "Wie",
    value: "Wert",
    or_value: "oder",
    values_hint: "Einer der Werte genügt. Die Liste zeigt die häufigsten.",
    pattern_hint: "Ein Muster ist ein regulärer Ausdruck wie ^/blog/\\d+$",
    ignore_case: "Groß- und Kleinschreibung egal",
    apply: "Anwenden",
    close: "Schließen",
    wrong: "Dieser Filter ergibt keinen Sinn. Er braucht einen Wert, und ein Muster muss ein regulärer Ausdruck sein.",
};
