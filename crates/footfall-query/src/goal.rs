//! Goals: named filters over hits. Made today, they count last year too (`docs/decisions/0603`).

use crate::filter::wildcard;
use crate::{By, Filter, Op, QueryError};
use footfall_domain::{Currency, Dimension};
use serde_json::{Map, Value, json};

/// The longest name of a goal, characters: room for the usual name of any.
pub const MAX_NAME_CHARS: usize = 600;
/// The longest name of an event, characters: what a tracker may send.
pub const MAX_EVENT_CHARS: usize = 120;
/// The longest pattern of pages, bytes.
pub const MAX_PATTERN_BYTES: usize = 500;
/// The most properties a goal may ask for.
pub const MAX_PROPS: usize = 3;
/// The longest value of a property, bytes.
const MAX_VALUE_BYTES: usize = 2_000;
/// The longest name of a property, bytes.
const MAX_KEY_BYTES: usize = 300;

/// Something visitors are hoped to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Goal {
    /// What `event:goal` calls it. Goals of one name are one goal: any of them will do.
    pub name: String,
    /// What has to be done.
    pub kind: GoalKind,
    /// The currency in which its revenue is reported; none: that of the amounts.
    pub currency: Option<Currency>,
}

/// What a goal asks of a hit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GoalKind {
    /// A custom event.
    Event {
        /// Its name.
        name: String,
        /// Properties it must have, with these very values.
        props: Vec<(String, String)>,
    },
    /// A pageview.
    Page {
        /// The page; `*` stands for any characters.
        pattern: String,
        /// How far down the visit must have scrolled on that page, percent.
        scroll: Option<u8>,
    },
}

impl GoalKind {
    /// What a goal of this kind is called when nobody says otherwise.
    pub fn usual_name(&self) -> String {
        match self {
            GoalKind::Event { name, .. } => name.clone(),
            GoalKind::Page { pattern, scroll: None } => format!("Visit {pattern}"),
            GoalKind::Page { pattern, scroll: Some(percent) } => format!("Scroll {percent}% on {pattern}"),
        }
    }

    /// The hits of which it is done.
    fn filter(&self) -> Filter {
        let name_is = |name: &str| Filter::test(Op::Is, By::Value(Dimension::Name), [name.to_owned()]);
        match self {
            GoalKind::Event { name, props } if props.is_empty() => name_is(name),
            GoalKind::Event { name, props } => {
                let props = props.iter().map(|(key, value)| Filter::test(Op::Is, By::Property(key.clone()), [value.clone()]));
                Filter::And(std::iter::once(name_is(name)).chain(props).collect())
            }
            GoalKind::Page { pattern, scroll } => {
                let page = By::Value(Dimension::Page);
                let page = match pattern.contains('*') {
                    true => Filter::test(Op::Matches, page, [wildcard(pattern)]),
                    false => Filter::test(Op::Is, page, [pattern.clone()]),
                };
                Filter::And([name_is("pageview"), page].into_iter().chain(scroll.map(Filter::Scrolled)).collect())
            }
        }
    }

    fn to_json(&self) -> Value {
        match self {
            GoalKind::Event { name, props } => {
                let props: Map<_, _> = props.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
                json!({ "event": name, "props": props })
            }
            GoalKind::Page { pattern, scroll } => json!({ "page": pattern, "scroll": scroll }),
        }
    }
}

impl Goal {
    /// A goal by its usual name.
    pub fn new(kind: GoalKind) -> Self {
        Self { name: kind.usual_name(), kind, currency: None }
    }

    /// A custom event.
    pub fn event(name: impl Into<String>) -> Self {
        Self::new(GoalKind::Event { name: name.into(), props: Vec::new() })
    }

    /// A pageview; `*` stands for any characters.
    pub fn page(pattern: impl Into<String>) -> Self {
        Self::new(GoalKind::Page { pattern: pattern.into(), scroll: None })
    }

    /// The same by another name.
    pub fn called(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The hits that count for it, as the filter one could write instead.
    pub fn filter(&self) -> Filter {
        self.kind.filter()
    }

    /// Whether it can be kept; for whoever takes goals from people.
    ///
    /// # Errors
    /// The first thing that is wrong, with its field: `name`, `event`, `props`, `page`, `scroll`.
    pub fn check(&self) -> Result<(), QueryError> {
        let wrong = |field: &str, message: String| Err(QueryError::new(field, message));
        let is_plain = |text: &str| !text.trim().is_empty() && !text.chars().any(char::is_control);
        let kind = match &self.kind {
            GoalKind::Event { name, .. } if name == "pageview" || name == "engagement" => {
                wrong("event", format!("'{name}' is no custom event; make a goal of a page instead"))
            }
            GoalKind::Event { name, .. } if !is_plain(name) || name.chars().count() > MAX_EVENT_CHARS => {
                wrong("event", format!("write the event's name, 1 to {MAX_EVENT_CHARS} characters"))
            }
            GoalKind::Event { props, .. } if props.len() > MAX_PROPS => {
                wrong("props", format!("a goal has at most {MAX_PROPS} properties"))
            }
            GoalKind::Event { props, .. } => {
                let fits = |(key, value): &(String, String)| {
                    (1..=MAX_KEY_BYTES).contains(&key.len()) && (1..=MAX_VALUE_BYTES).contains(&value.len())
                };
                let twice = props.iter().enumerate().any(|(at, (key, _))| props[..at].iter().any(|(other, _)| other == key));
                match props.iter().all(fits) && !twice {
                    true => Ok(()),
                    false => wrong("props", "write each property once, by its name and one value, neither of them empty or huge".into()),
                }
            }
            GoalKind::Page { pattern, .. }
                if !pattern.starts_with(['/', '*']) || pattern.len() > MAX_PATTERN_BYTES || !is_plain(pattern) =>
            {
                wrong("page", format!("write a path that begins with '/', such as /blog/*, at most {MAX_PATTERN_BYTES} bytes"))
            }
            GoalKind::Page { scroll: Some(percent), .. } if !(1..=100).contains(percent) => {
                wrong("scroll", "write a percentage from 1 to 100".into())
            }
            GoalKind::Page { .. } => Ok(()),
        };
        kind?;
        if !is_plain(&self.name) || self.name.chars().count() > MAX_NAME_CHARS {
            return wrong("name", format!("write a name of 1 to {MAX_NAME_CHARS} characters on one line"));
        }
        Ok(())
    }

    /// The goal as it is stored and told: `{"name", "currency", "event", "props"}` or `{"name", "currency", "page", "scroll"}`.
    pub fn to_json(&self) -> Value {
        let mut json = self.kind.to_json();
        json["name"] = json!(self.name);
        json["currency"] = json!(self.currency.map(|currency| currency.code().to_owned()));
        json
    }

    /// Reads what [`Goal::to_json`] writes, and what people send: a missing name is the usual one.
    ///
    /// # Errors
    /// The first thing that is wrong, with the path of its field.
    pub fn from_json(json: &Value) -> Result<Self, QueryError> {
        crate::parse::goal(json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_reads_what_it_writes() {
        let scroll = GoalKind::Page { pattern: "/blog/*".into(), scroll: Some(75) };
        let props = GoalKind::Event { name: "Buy".into(), props: vec![("plan".into(), "gold".into())] };
        for kind in [scroll, props] {
            let goal = Goal { currency: Currency::parse("EUR"), ..Goal::new(kind) };
            assert_eq!(Goal::from_json(&goal.to_json()), Ok(goal));
        }
        assert_eq!(Goal::from_json(&json!({"page": "/a"})).map(|goal| goal.name), Ok("Visit /a".into()));
        assert_eq!(Goal::from_json(&json!({"event": "Buy"})), Ok(Goal::event("Buy")));
    }

    #[test]
    fn what_is_wrong_with_a_goal_is_said() {
        let table = [
            (json!([]), ""),
            (json!({}), ""),
            (json!({"event": "Buy", "page": "/"}), ""),
            (json!({"event": 7}), "event"),
            (json!({"event": ""}), "event"),
            (json!({"event": "pageview"}), "event"),
            (json!({"event": "a".repeat(121)}), "event"),
            (json!({"event": "Buy", "name": "a\nb"}), "name"),
            (json!({"event": "Buy", "name": ""}), "name"),
            (json!({"event": "Buy", "props": []}), "props"),
            (json!({"event": "Buy", "props": {"a": 1}}), "props.a"),
            (json!({"event": "Buy", "props": {"a": ""}}), "props"),
            (json!({"event": "Buy", "props": {"a": "1", "b": "1", "c": "1", "d": "1"}}), "props"),
            (json!({"event": "Buy", "scroll": 5}), "scroll"),
            (json!({"event": "Buy", "currency": "euro"}), "currency"),
            (json!({"page": "blog"}), "page"),
            (json!({"page": format!("/{}", "a".repeat(500))}), "page"),
            (json!({"page": "/", "scroll": 0}), "scroll"),
            (json!({"page": "/", "scroll": 101}), "scroll"),
            (json!({"page": "/", "scroll": -1}), "scroll"),
            (json!({"page": "/", "props": {}}), "props"),
            (json!({"page": "/", "colour": "red"}), "colour"),
        ];
        for (json, path) in table {
            let error = Goal::from_json(&json).expect_err(&json.to_string());
            assert_eq!(error.path, path, "{json}: {error}");
        }
    }
}
