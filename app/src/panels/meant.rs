//! What is meant by words that people read on the page, where what is kept has other names: the way back from labels.

use super::value_label;
use crate::format;
use crate::site_page::Subject;
use crate::words::{CHANNELS, DEVICES, Lang};
use footfall_domain::{Dimension, labels};
use footfall_query::{Filter, Op, country};

/// How many codes stand in one regular expression: a few bytes each, and 2,000 are the most.
const CODES_OF_A_PATTERN: usize = 150;

/// Whether all values of a subject have names of ours, so that nobody need know how they are kept.
pub fn goes_by_name(subject: &Subject) -> bool {
    named(subject).is_some()
}

fn named(subject: &Subject) -> Option<Vec<&'static str>> {
    match subject {
        Subject::Value(Dimension::Country) => Some(country::NAMES.iter().map(|(code, _)| *code).chain([labels::NOT_SET]).collect()),
        Subject::Value(Dimension::Channel) => Some(CHANNELS.to_vec()),
        Subject::Value(Dimension::Device | Dimension::Screen) => Some(DEVICES.to_vec()),
        _ => None,
    }
}

/// What finds the rows that have a text in what the reader sees, as a search; nothing where none can have it.
pub(crate) fn seen_with(subject: &Subject, text: &str, lang: Lang) -> Option<Filter> {
    let by = subject.by()?;
    let values = values_with(subject, text, &[lang]);
    if *subject == Subject::Value(Dimension::Country) {
        return (!values.is_empty()).then(|| Filter::test(Op::Is, by, values));
    }
    let patterns = language_patterns(subject, text, &[lang]);
    let mut any = vec![Filter::Test { op: Op::Contains, by: by.clone(), values: vec![text.to_owned()], case_sensitive: false }];
    any.extend((!values.is_empty()).then(|| Filter::test(Op::Is, by.clone(), values)));
    any.extend((!patterns.is_empty()).then(|| Filter::test(Op::Matches, by, patterns)));
    if any.len() == 1 { any.pop() } else { Some(Filter::Or(any)) }
}

/// The value that has this name, in whatever case; what is no name in any of the languages stays as it is.
pub(crate) fn value_called(subject: &Subject, typed: &str, langs: &[Lang]) -> String {
    let text = typed.to_lowercase();
    let called = |value: &&&str| langs.iter().any(|lang| value_label(subject, value, *lang).to_lowercase() == text);
    let spelt = |value: &&&str| value.to_lowercase() == text;
    let values = named(subject).unwrap_or_else(|| missing(subject));
    let known = values.iter().find(|value| **value == typed).or_else(|| values.iter().find(called)).or_else(|| values.iter().find(spelt));
    match known {
        Some(value) => (*value).to_owned(),
        None if *subject == Subject::Value(Dimension::Language) => tag_called(&text, langs).unwrap_or_else(|| typed.to_owned()),
        None => typed.to_owned(),
    }
}

/// What says the same as a part of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Meant {
    /// One of these values.
    Values(Vec<String>),
    /// One of these regular expressions of values: where there are too many, or nobody has a list of them.
    Patterns(Vec<String>),
}

/// What says the same as "has one of these texts in its name", of subjects that go by name: all values, `most` of them
/// one by one. Nothing where no name has any of the texts.
pub(crate) fn named_with(subject: &Subject, texts: &[String], langs: &[Lang], most: usize) -> Option<Meant> {
    let language = *subject == Subject::Value(Dimension::Language);
    if !language && !goes_by_name(subject) {
        return None;
    }
    let mut values: Vec<String> = texts.iter().flat_map(|text| values_with(subject, text, langs)).collect();
    values.sort_unstable();
    values.dedup();
    let mut patterns: Vec<String> = texts.iter().flat_map(|text| language_patterns(subject, text, langs)).collect();
    if values.len() <= most && patterns.is_empty() {
        return (!values.is_empty()).then_some(Meant::Values(values));
    }
    let whole = |some: &[String]| format!("^({})$", some.join("|").replace('(', "\\(").replace(')', "\\)"));
    patterns.extend(values.chunks(CODES_OF_A_PATTERN).map(whole));
    Some(Meant::Patterns(patterns))
}

/// The values known beforehand that have a text in what the reader sees.
fn values_with(subject: &Subject, text: &str, langs: &[Lang]) -> Vec<String> {
    let text = text.to_lowercase();
    let is_code = |value: &str| *subject == Subject::Value(Dimension::Country) && value.to_lowercase() == text;
    let fits = |value: &str| is_code(value) || langs.iter().any(|lang| value_label(subject, value, *lang).to_lowercase().contains(&text));
    let values = named(subject).unwrap_or_else(|| missing(subject));
    values.into_iter().filter(|value| fits(value)).map(str::to_owned).collect()
}

/// The word for nothing, where it is ours: of properties and events it may be somebody else's.
fn missing(subject: &Subject) -> Vec<&'static str> {
    match subject {
        Subject::Value(Dimension::Source | Dimension::Referrer) => vec![labels::DIRECT, labels::NOT_SET],
        Subject::Value(dimension) if *dimension != Dimension::Name => vec![labels::NOT_SET],
        _ => Vec::new(),
    }
}

/// Languages are kept as tags such as `de-AT`, of which nobody has a list: the part whose name has the text is looked for.
fn language_patterns(subject: &Subject, text: &str, langs: &[Lang]) -> Vec<String> {
    if *subject != Subject::Value(Dimension::Language) {
        return Vec::new();
    }
    let text = text.to_lowercase();
    let has = |name: String| name.to_lowercase().contains(&text);
    let fits = |code: &str| *code == *text || langs.iter().any(|lang| has(format::language(code, *lang)));
    let languages: Vec<&str> = format::language_codes().filter(|code| fits(code)).collect();
    let lies_in = |code: &str| langs.iter().any(|lang| has(format!("({})", format::country(code, *lang))));
    let regions: Vec<&str> = country::NAMES.iter().map(|(code, _)| *code).filter(|code| lies_in(code)).collect();
    let languages = languages.chunks(CODES_OF_A_PATTERN).map(|some| format!("^({})(-|$)", some.join("|")));
    let regions = regions.chunks(CODES_OF_A_PATTERN).map(|some| format!("-({})(-|$)", some.join("|")));
    let whole = tag_called(&text, langs).filter(|tag| tag.contains('-')).map(|tag| format!("^{tag}$"));
    languages.chain(regions).chain(whole).collect()
}

/// The tag of a name such as `German` or `German (Austria)`, in small letters.
fn tag_called(name: &str, langs: &[Lang]) -> Option<String> {
    let (language, region) = match name.strip_suffix(')').and_then(|name| name.split_once(" (")) {
        Some((language, region)) => (language, Some(region)),
        None => (name, None),
    };
    langs.iter().find_map(|lang| {
        let language = format::language_codes().find(|code| format::language(code, *lang).to_lowercase() == language)?;
        let Some(region) = region else { return Some(language.to_owned()) };
        let (region, _) = country::NAMES.iter().find(|(code, _)| format::country(code, *lang).to_lowercase() == region)?;
        Some(format!("{language}-{region}"))
    })
}
