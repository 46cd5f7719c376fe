//! What a site has named: goals and segments (decision 0603).

use super::{PlainHit, Visit};
use footfall_domain::Kind;
use serde_json::Value;
use std::collections::BTreeMap;

/// Goals, and segments by number.
#[derive(Default)]
pub(super) struct Names {
    pub(super) goals: Vec<Goal>,
    pub(super) segments: BTreeMap<u64, Value>,
}

/// A goal as its JSON says it.
#[derive(Clone)]
pub(super) struct Goal {
    pub(super) name: String,
    /// The currency it is in, if it names one.
    pub(super) currency: Option<String>,
    asks: Asks,
}

#[derive(Clone)]
enum Asks {
    Event { name: String, props: Vec<(String, String)> },
    Page { pattern: String, scroll: Option<u64> },
}

impl Names {
    /// Reads `{"goals": [GOAL, …], "segments": [{"id": 1, "filters": […]}, …]}`; every goal has a name.
    pub(super) fn read(json: &Value) -> Self {
        let list = |what: &str| json[what].as_array().cloned().unwrap_or_default();
        let segment = |segment: &Value| (segment["id"].as_u64().expect("a number"), segment["filters"].clone());
        Self { goals: list("goals").iter().map(Goal::read).collect(), segments: list("segments").iter().map(segment).collect() }
    }

    /// The currency that all goals of a name agree on.
    pub(super) fn currency(&self, name: &str) -> Option<String> {
        let mut currencies = self.goals.iter().filter(|goal| goal.name == name).map(|goal| goal.currency.clone());
        let first = currencies.next()??;
        currencies.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }
}

impl Goal {
    fn read(json: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let props = |(name, value): (&String, &Value)| (name.clone(), text(value).expect("a property's value is a text"));
        let asks = match (text(&json["event"]), text(&json["page"])) {
            (Some(name), _) => {
                Asks::Event { name, props: json["props"].as_object().map(|all| all.iter().map(props).collect()).unwrap_or_default() }
            }
            (None, Some(pattern)) => Asks::Page { pattern, scroll: json["scroll"].as_u64() },
            (None, None) => panic!("no goal: {json}"),
        };
        Self { name: text(&json["name"]).expect("a goal has a name"), currency: text(&json["currency"]), asks }
    }

    /// Whether a hit of a visit counts for it.
    pub(super) fn is_reached_by(&self, hit: &PlainHit, visit: &Visit) -> bool {
        match &self.asks {
            Asks::Event { name, props } => {
                hit.kind == Kind::Custom && hit.name == *name && props.iter().all(|(key, value)| hit.property(key) == *value)
            }
            Asks::Page { pattern, scroll } => {
                let deepest =
                    visit.engagements().iter().filter(|other| other.page == hit.page).filter_map(|other| other.scroll_depth).max();
                let deep_enough = scroll.is_none_or(|percent| deepest.is_some_and(|deepest| u64::from(deepest) >= percent));
                hit.kind == Kind::Pageview && fits(pattern, &hit.page) && deep_enough
            }
        }
    }
}

/// Whether a text is the pattern, with any characters for each `*`.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((beginning, rest)) => {
            let Some(text) = text.strip_prefix(beginning) else { return false };
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.into_iter().any(|at| fits(rest, &text[at..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_characters_or_none() {
        for (pattern, text, expected) in [
            ("/a", "/a", true),
            ("/a", "/ab", false),
            ("/a*", "/a", true),
            ("/a*", "/a/b\nc", true),
            ("*b", "/a/b", true),
            ("*b", "/a/bc", false),
            ("/*/x*z", "/a/b/xyz", true),
            ("/*/x*z", "/a/b/xy", false),
            ("**", "", true),
            ("/ü*", "/über", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
