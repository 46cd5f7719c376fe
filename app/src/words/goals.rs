//! Goals and custom properties.

/// Goals and custom properties.
#[derive(Clone, Copy, Debug)]
pub struct GoalWords {
    /// The head of it.
    pub title: &'static str,
    /// The title of the page, from the domain.
    pub page_title: fn(&str) -> String,
    /// What goals are.
    pub why: &'static str,
    /// Nothing yet.
    pub none: &'static str,
    /// A field.
    pub currency: &'static str,
    /// Changes one.
    pub edit: &'static str,
    /// The same, from the goal's name; only heard.
    pub edit_one: fn(&str) -> String,
    /// Removes one, from its name; only heard.
    pub remove_one: fn(&str) -> String,
    /// The head of the forms.
    pub new: &'static str,
    /// The head of the form that changes one.
    pub change: &'static str,
    /// A kind of goal, and what a row says before the event.
    pub event: &'static str,
    /// What it is.
    pub event_why: &'static str,
    /// A field.
    pub event_name: &'static str,
    /// The legend of the fields of properties.
    pub props: &'static str,
    /// Below it.
    pub props_hint: &'static str,
    /// A field, from its place.
    pub prop_key: fn(usize) -> String,
    /// A field, from its place.
    pub prop_value: fn(usize) -> String,
    /// A kind of goal.
    pub page: &'static str,
    /// A field.
    pub path: &'static str,
    /// Below it.
    pub path_hint: &'static str,
    /// A kind of goal.
    pub scroll: &'static str,
    /// A field.
    pub percent: &'static str,
    /// A field that may stay empty.
    pub display_name: &'static str,
    /// Below it.
    pub display_name_hint: &'static str,
    /// Below the currency.
    pub currency_hint: &'static str,
    /// A button.
    pub make: &'static str,
    /// What a row says of a page, from its pattern.
    pub of_page: fn(&str) -> String,
    /// What a row says of a depth, from percent and pattern.
    pub of_scroll: fn(u8, &str) -> String,
    /// What is wrong with a field.
    pub wrong: WrongGoal,
    /// The head of the page of properties, and of a way to it.
    pub properties: &'static str,
    /// The title of that page, from the domain.
    pub properties_title: fn(&str) -> String,
    /// What can be chosen there.
    pub properties_why: &'static str,
    /// A choice.
    pub show_all: &'static str,
    /// A choice.
    pub show_these: &'static str,
    /// No hit had one.
    pub no_properties: &'static str,
    /// A field for those not seen yet.
    pub more_properties: &'static str,
    /// Below it.
    pub more_properties_hint: &'static str,
    /// Something there is no name of a property.
    pub wrong_property: &'static str,
}

/// What is wrong with a field of a goal's form.
#[derive(Clone, Copy, Debug)]
pub struct WrongGoal {
    /// The event.
    pub event: &'static str,
    /// The properties.
    pub props: &'static str,
    /// The page.
    pub page: &'static str,
    /// The depth.
    pub scroll: &'static str,
    /// The currency.
    pub currency: &'static str,
    /// The name.
    pub name: &'static str,
    /// There is the same.
    pub exists: &'static str,
    /// There are as many as fit, from the limit.
    pub full: fn(usize) -> String,
    /// A shared link stands on a segment that asks for it, from the link's name.
    pub of_link: fn(&str) -> String,
}

pub(super) const EN: GoalWords = GoalWords {
    title: "Goals",
    page_title: |domain| format!("Goals of {domain}"),
    why: "What visitors are hoped to do. A goal made today counts last year too: hits are kept, goals are questions.",
    none: "No goals yet. Make one below.",
    currency: "Currency",
    edit: "Change",
    edit_one: |name| format!("Change the goal {name}"),
    remove_one: |name| format!("Remove the goal {name}"),
    new: "New goal",
    change: "Change the goal",
    event: "Custom event",
    event_why: "Sent by the tracker or by your program.",
    event_name: "Name of the event",
    props: "Only with these properties",
    props_hint: "May stay empty. All of them must be there, with exactly these values.",
    prop_key: |at| format!("Property {at}"),
    prop_value: |at| format!("Value {at}"),
    page: "Page view",
    path: "Page",
    path_hint: "A path such as /thanks; * stands for anything: /blog/*",
    scroll: "Scroll depth",
    percent: "Percent of the page",
    display_name: "Name to show",
    display_name_hint: "May stay empty.",
    currency_hint: "Three letters such as EUR. May stay empty; only with it do pages show revenue.",
    make: "Make the goal",
    of_page: |pattern| format!("Views of {pattern}"),
    of_scroll: |percent, pattern| format!("{percent}% of {pattern} seen"),
    wrong: WrongGoal {
        event: "Write the name of a custom event, at most 120 characters. For page views make a goal of a page.",
        props: "Write each property once, with its name and one value.",
        page: "Write a path that begins with /, such as /blog/*, at most 500 characters.",
        scroll: "Write a whole number from 1 to 100.",
        currency: "Write a currency as three letters, such as EUR or USD.",
        name: "Write a name of one line, at most 600 characters.",
        exists: "There is this very goal already.",
        full: |most| format!("At most {most} goals fit. Remove one first."),
        of_link: |link| {
            format!(
                "The shared link “{link}” shows what a segment with this goal lets through. Only who may share the site changes or removes it."
            )
        },
    },
    properties: "Properties",
    properties_title: |domain| format!("Properties of {domain}"),
    properties_why: "Hits may carry custom properties. Choose those whose values the dashboard lists; the others are kept all the same.",
    show_all: "Show all that were seen",
    show_these: "Show only these",
    no_properties: "No hit of the last 28 days had a custom property.",
    more_properties: "Others",
    more_properties_hint: "Names of properties to come, with commas between.",
    wrong_property: "Something here is no name of a property: at most 300 characters on one line, at most 300 names.",
};

pub(super) const DE: GoalWords = GoalWords {
    title: "Ziele",
    page_title: |domain| format!("Ziele von {domain}"),
    why: "Was Besucher tun sollen. Ein Ziel von heute zählt auch das letzte Jahr: Zugriffe bleiben erhalten, Ziele sind Fragen.",
    none: "Noch keine Ziele. Unten lässt sich eins anlegen.",
    currency: "Währung",
    edit: "Ändern",
    edit_one: |name| format!("Das Ziel {name} ändern"),
    remove_one: |name| format!("Das Ziel {name} entfernen"),
    new: "Neues Ziel",
    change: "Ziel ändern",
    event: "Eigenes Ereignis",
    event_why: "Vom Tracker oder von Ihrem Programm gesendet.",
    event_name: "Name des Ereignisses",
    props: "Nur mit diesen Eigenschaften",
    props_hint: "Kann leer bleiben. Alle müssen da sein, mit genau diesen Werten.",
    prop_key: |at| format!("Eigenschaft {at}"),
    prop_value: |at| format!("Wert {at}"),
    page: "Seitenaufruf",
    path: "Seite",
    path_hint: "Ein Pfad wie /danke; * steht für Beliebiges: /blog/*",
    scroll: "Scrolltiefe",
    percent: "Prozent der Seite",
    display_name: "Angezeigter Name",
    display_name_hint: "Kann leer bleiben.",
    currency_hint: "Drei Buchstaben wie EUR. Kann leer bleiben; nur damit zeigen die Seiten Umsatz.",
    make: "Ziel anlegen",
    of_page: |pattern| format!("Aufrufe von {pattern}"),
    of_scroll: |percent, pattern| format!("{percent} % von {pattern} gesehen"),
    wrong: WrongGoal {
        event: "Den Namen eines eigenen Ereignisses angeben, höchstens 120 Zeichen. Für Seitenaufrufe gibt es Ziele von Seiten.",
        props: "Jede Eigenschaft einmal angeben, mit Namen und einem Wert.",
        page: "Einen Pfad angeben, der mit / beginnt, etwa /blog/*, höchstens 500 Zeichen.",
        scroll: "Eine ganze Zahl von 1 bis 100 angeben.",
        currency: "Eine Währung als drei Buchstaben angeben, etwa EUR oder USD.",
        name: "Einen Namen in einer Zeile angeben, höchstens 600 Zeichen.",
        exists: "Genau dieses Ziel gibt es schon.",
        full: |most| format!("Mehr als {most} Ziele passen nicht. Zuerst eins entfernen."),
        of_link: |link| {
            format!(
                "Der geteilte Link „{link}“ zeigt, was ein Segment mit diesem Ziel durchlässt. Ändern und entfernen kann es nur, wer die Website teilen darf."
            )
        },
    },
    properties: "Eigenschaften",
    properties_title: |domain| format!("Eigenschaften von {domain}"),
    properties_why: "Zugriffe können eigene Eigenschaften tragen. Hier steht, wessen Werte die Übersicht auflistet; die anderen bleiben trotzdem erhalten.",
    show_all: "Alle zeigen, die vorkamen",
    show_these: "Nur diese zeigen",
    no_properties: "Kein Zugriff der letzten 28 Tage hatte eine eigene Eigenschaft.",
    more_properties: "Weitere",
    more_properties_hint: "Namen künftiger Eigenschaften, durch Kommas getrennt.",
    wrong_property: "Etwas hier ist kein Name einer Eigenschaft: höchstens 300 Zeichen in einer Zeile, höchstens 300 Namen.",
};
