//! A filter in words.

use super::{Filter, Names, Subject};
use crate::panels::{subject_label, value_label};
use crate::words::Lang;

/// What a filter says: `Source`, `is`, `Google or Bing`. Segments are said by their names.
pub fn filter_words(filter: &Filter, names: &Names, lang: Lang) -> (String, &'static str, String) {
    let words = &lang.words().filter;
    let value = |value: &String| match filter.subject {
        Subject::Segment => names.segment(value).unwrap_or(value).to_owned(),
        _ => value_label(&filter.subject, value, lang),
    };
    let values: Vec<String> = filter.values.iter().map(value).collect();
    let or = format!(" {} ", words.or);
    (subject_label(&filter.subject, lang), filter.operator.words(&words.operators), values.join(&or))
}
