//! What panels, lists and values are called.

use super::{List, MachineList, Panel};
use crate::format;
use crate::site_page::Subject;
use crate::words::{Lang, ListWords, PanelWords};
use footfall_domain::{Dimension, MachineClass, labels};

/// The head of a panel.
pub fn panel_label(panel: Panel, words: &PanelWords) -> &'static str {
    match panel {
        Panel::Sources => words.sources,
        Panel::Pages => words.pages,
        Panel::Places => words.places,
        Panel::Devices => words.devices,
        Panel::Goals => words.goals,
        Panel::Machines => words.machines,
        Panel::Properties => words.properties,
    }
}

/// What a list is called. A property is called by its own name: see [`super::Shown::property`].
pub fn list_words(list: List, words: &PanelWords) -> ListWords {
    match list {
        List::Values(dimension) | List::Versions { version: dimension, .. } => dimension_words(dimension, words),
        List::Map => words.map,
        List::Goals => words.goal,
        List::Property => ListWords { tab: words.properties, one: words.property_value },
        List::Machines(MachineList::Names(Some(MachineClass::AiCrawler))) => words.ai_crawler,
        List::Machines(MachineList::Names(Some(MachineClass::AiAssistant))) => words.ai_assistant,
        List::Machines(MachineList::Names(_)) => words.machine,
        List::Machines(MachineList::Pages) => words.machine_page,
    }
}

fn dimension_words(dimension: Dimension, words: &PanelWords) -> ListWords {
    match dimension {
        Dimension::Page => words.page,
        Dimension::Hostname => words.hostname,
        Dimension::Name => words.event,
        Dimension::EntryPage => words.entry_page,
        Dimension::ExitPage => words.exit_page,
        Dimension::EntryPageHostname => words.entry_hostname,
        Dimension::ExitPageHostname => words.exit_hostname,
        Dimension::Source => words.source,
        Dimension::Referrer => words.referrer,
        Dimension::Channel => words.channel,
        Dimension::UtmMedium => words.utm_medium,
        Dimension::UtmSource => words.utm_source,
        Dimension::UtmCampaign => words.utm_campaign,
        Dimension::UtmContent => words.utm_content,
        Dimension::UtmTerm => words.utm_term,
        Dimension::Device => words.device,
        Dimension::Browser => words.browser,
        Dimension::BrowserVersion => words.browser_version,
        Dimension::Os => words.os,
        Dimension::OsVersion => words.os_version,
        Dimension::Country => words.country,
        Dimension::Region => words.region,
        Dimension::City => words.city,
        Dimension::Screen => words.screen,
        Dimension::Language => words.language,
    }
}

/// What a filter is about, in a sentence such as its chip.
pub fn subject_label(subject: &Subject, lang: Lang) -> String {
    let words = &lang.words().panels;
    match subject {
        Subject::Value(dimension) => dimension_words(*dimension, words).one.to_owned(),
        Subject::Property(name) => plain(name),
        Subject::Goal => words.goal.one.to_owned(),
        Subject::Segment => words.segment.one.to_owned(),
    }
}

/// A value as people read it.
pub fn value_label(subject: &Subject, value: &str, lang: Lang) -> String {
    let words = &lang.words().panels;
    match subject {
        Subject::Value(Dimension::Country) if value == labels::NOT_SET => words.unknown.to_owned(),
        Subject::Value(Dimension::Country) => format::country(value, lang),
        Subject::Value(Dimension::Source | Dimension::Referrer) if value == labels::DIRECT => words.direct.to_owned(),
        Subject::Value(Dimension::Language) if value != labels::NOT_SET => format::language(value, lang),
        _ if value == labels::NOT_SET => words.not_set.to_owned(),
        Subject::Value(Dimension::Channel) => (lang.words().values.channel)(value).to_owned(),
        Subject::Value(Dimension::Device | Dimension::Screen) => (lang.words().values.device)(value).to_owned(),
        _ => plain(value),
    }
}

/// Text from outside, with a sign in the place of characters that cannot be seen but turn round or hide what stands
/// beside them: a path that ends in `exe` must not look as if it ended in `png`.
pub(crate) fn plain(text: &str) -> String {
    let hides = |c: char| {
        let turns = matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        c.is_control() || turns || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
    };
    text.chars().map(|c| if hides(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// What machines of a class are called.
pub fn class_words(class: MachineClass, words: &PanelWords) -> &'static str {
    match class {
        MachineClass::Search => words.class.search,
        MachineClass::AiCrawler => words.class.ai_crawler,
        MachineClass::AiAssistant => words.class.ai_assistant,
        MachineClass::Monitor => words.class.monitor,
        MachineClass::Scraper => words.class.scraper,
        MachineClass::Library => words.class.library,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_people_read_them() {
        let shown = |dimension, value| value_label(&Subject::Value(dimension), value, Lang::En);
        assert_eq!(shown(Dimension::Country, "DE"), "Germany");
        assert_eq!(shown(Dimension::Country, "(not set)"), "Unknown");
        assert_eq!(shown(Dimension::Country, "QQ"), "QQ");
        assert_eq!(value_label(&Subject::Value(Dimension::Source), "Direct / None", Lang::De), "Direkt / ohne");
        assert_eq!(shown(Dimension::Page, "Direct / None"), "Direct / None");
    }

    #[test]
    fn what_cannot_be_seen_is_seen() {
        assert_eq!(plain("/a\u{202E}gnp.exe\n"), "/a\u{FFFD}gnp.exe\u{FFFD}");
        assert_eq!(plain("/über-uns/日本語 שלום 👩‍💻"), "/über-uns/日本語 שלום 👩‍💻");
    }
}
