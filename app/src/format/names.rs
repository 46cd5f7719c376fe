//! Names of countries and languages in the reader's language.
//!
//! The tables are made by `app/names/make.mjs`. Regions and cities are kept under the name that the place database
//! gives them, and are shown as they are.

use crate::words::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// ISO 3166-1 alpha-2 code → German name; the English ones are those of the API.
static GERMAN_COUNTRIES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| include_str!("countries.tsv").lines().filter_map(|line| line.split_once('\t')).collect());

/// Language code → English and German name.
static LANGUAGES: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("languages.tsv").lines().filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(code, names)| Some((code, names.split_once('\t')?))).collect()
});

/// The name of an ISO 3166-1 alpha-2 code; what is no code stays as it is.
pub fn country(code: &str, lang: Lang) -> String {
    let english = || footfall_query::country::name(code);
    let name = match lang {
        Lang::En => english(),
        Lang::De => GERMAN_COUNTRIES.get(code).copied().or_else(english),
    };
    name.unwrap_or(code).to_owned()
}

/// The name of a BCP 47 tag: `Deutsch (Österreich)` for `de-AT`; what is no tag of a known language stays as it is.
pub fn language(tag: &str, lang: Lang) -> String {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let Some((english, german)) = LANGUAGES.get(primary.as_str()) else { return tag.to_owned() };
    let name = match lang {
        Lang::En => english,
        Lang::De => german,
    };
    let region = parts.find(|part| part.len() == 2).map(|code| code.to_ascii_uppercase());
    match region {
        Some(code) => format!("{name} ({})", country(&code, lang)),
        None => (*name).to_owned(),
    }
}

/// The codes of the languages that have a name.
pub(crate) fn language_codes() -> impl Iterator<Item = &'static str> {
    let rows = include_str!("languages.tsv").lines();
    rows.filter_map(|line| line.split_once('\t')).map(|(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{De, En};

    #[test]
    fn countries_are_named_in_both_languages() {
        for (code, en, de) in [("DE", "Germany", "Deutschland"), ("XK", "Kosovo", "Kosovo"), ("(not set)", "(not set)", "(not set)")] {
            assert_eq!([country(code, En), country(code, De)], [en, de]);
        }
        for (code, english) in footfall_query::country::NAMES {
            assert!(GERMAN_COUNTRIES.contains_key(code), "{code}, {english}");
        }
    }

    #[test]
    fn languages_are_named_with_their_country() {
        for (tag, en, de) in [
            ("de", "German", "Deutsch"),
            ("de-AT", "German (Austria)", "Deutsch (Österreich)"),
            ("zh-Hans-CN", "Chinese (China)", "Chinesisch (China)"),
            ("EN-us", "English (United States)", "Englisch (Vereinigte Staaten)"),
            ("xx-YY", "xx-YY", "xx-YY"),
            ("", "", ""),
        ] {
            assert_eq!([language(tag, En), language(tag, De)], [en, de], "{tag}");
        }
    }
}
