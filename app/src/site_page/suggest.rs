//! What may be typed into the form of a filter: the most frequent values, by what is typed already.

use super::load::{Asker, Asking};
use super::{PageState, Subject};
use crate::panels::{plain, seen_with, value_label};
use footfall_domain::{Dimension, Metric};
use footfall_query::{RunError, property_keys};

/// A value, and how people read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// As a filter compares it.
    pub value: String,
    /// As people read it.
    pub label: String,
}

/// What may be typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Suggested {
    /// Values of a subject.
    Values(Subject),
    /// Names of properties.
    PropertyNames,
}

impl Suggested {
    /// What has this name: a subject, or the names of properties, by Plausible's word or by the address's.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "prop_key" | "props" => Some(Suggested::PropertyNames),
            _ => Subject::from_name(name).map(Suggested::Values),
        }
    }
}

/// How many are suggested.
const MOST: u32 = 25;
/// The longest text that is looked for, bytes: what is longer finds nothing.
const MAX_TYPED_BYTES: usize = 500;

/// The values of a subject that have `typed` in them, whatever its case; most visitors first, at most 25. The other
/// filters of the page hold, those on the same subject do not: one wants to choose another value.
///
/// # Errors
/// As [`super::load`].
pub async fn suggestions(asker: &Asker<'_>, state: &PageState, of: &Suggested, typed: &str) -> Result<Vec<Suggestion>, RunError> {
    let typed = typed.trim();
    if typed.len() > MAX_TYPED_BYTES {
        return Ok(Vec::new());
    }
    let subject = match of {
        Suggested::Values(subject) => subject,
        Suggested::PropertyNames => return properties(asker, state, typed).await,
    };
    let named = match subject {
        Subject::Goal => asker.site.goals.iter().map(|goal| (goal.name.clone(), plain(&goal.name))).collect(),
        Subject::Segment => asker.site.segments.iter().map(|segment| (segment.id.to_string(), plain(&segment.name))).collect(),
        // Nobody is told more of a property than its list would show.
        Subject::Property(name) if !Asking::of(asker, state).lists().may_show(name) => return Ok(Vec::new()),
        Subject::Value(_) | Subject::Property(_) => return seen(asker, state, subject, typed).await,
    };
    Ok(among(named, typed))
}

/// The properties of the page's period that may be shown, most visitors first.
pub(super) async fn property_names(asking: &Asking<'_>) -> Result<Vec<String>, RunError> {
    let Asker { source, view, context, site, .. } = *asking.asker;
    let keys = property_keys(&asking.query(asking.range, vec![Metric::Visitors]), context, site, view, source).await?;
    let lists = asking.lists();
    Ok(keys.into_iter().map(|key| key.name).filter(|name| lists.may_show(name)).collect())
}

async fn properties(asker: &Asker<'_>, state: &PageState, typed: &str) -> Result<Vec<Suggestion>, RunError> {
    let typed = typed.to_lowercase();
    let names = property_names(&Asking::of(asker, state)).await?;
    let found = names.into_iter().filter(|name| name.to_lowercase().contains(&typed)).take(MOST as usize);
    Ok(found.map(|name| Suggestion { label: plain(&name), value: name }).collect())
}

/// Of what people have named, those that have the text in their name.
fn among(named: Vec<(String, String)>, typed: &str) -> Vec<Suggestion> {
    let typed = typed.to_lowercase();
    let mut found: Vec<_> = named.into_iter().filter(|(_, label)| label.to_lowercase().contains(&typed)).collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found.dedup();
    found.into_iter().take(MOST as usize).map(|(value, label)| Suggestion { value, label }).collect()
}

async fn seen(asker: &Asker<'_>, state: &PageState, subject: &Subject, typed: &str) -> Result<Vec<Suggestion>, RunError> {
    let mut others = state.clone();
    others.filters.retain(|filter| filter.subject != *subject);
    let asking = Asking::of(asker, &others);
    let Some(by) = subject.by() else { return Ok(Vec::new()) };
    let mut query = asking.query(asking.range, vec![Metric::Visitors]).by(by).page(MOST, 0);
    if !typed.is_empty() {
        // By what the reader sees.
        let Some(found) = seen_with(subject, typed, asker.lang) else { return Ok(Vec::new()) };
        query = query.searched(found);
    }
    let report = asking.run(&query).await?;
    let values = report.rows.into_iter().filter_map(|row| row.dimensions.into_iter().next());
    let shown = values.filter(|value| *subject != Subject::Value(Dimension::Name) || value != "pageview");
    Ok(shown.map(|value| Suggestion { label: value_label(subject, &value, asker.lang), value }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_properties_have_two_names() {
        for name in ["prop_key", "props"] {
            assert_eq!(Suggested::from_name(name), Some(Suggested::PropertyNames));
        }
        assert_eq!(Suggested::from_name("props:plan"), Some(Suggested::Values(Subject::Property("plan".into()))));
        assert_eq!(Suggested::from_name("shoe"), None);
    }

    #[test]
    fn named_things_are_found_by_their_names() {
        let named = vec![("2".to_owned(), "Berlin shop".to_owned()), ("1".to_owned(), "All of ASIA".to_owned())];
        let values = |typed| among(named.clone(), typed).into_iter().map(|found| found.value).collect::<Vec<_>>();
        assert_eq!(values(""), ["1", "2"]);
        assert_eq!(values("asia"), ["1"]);
        assert!(values("x").is_empty());
    }
}
