//! What a filter is about.

use footfall_domain::Dimension;
use footfall_query::By;

/// What a filter is about: a value of hits or visits, or something the site's people have named.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// A dimension's value.
    Value(Dimension),
    /// The value of a custom property.
    Property(String),
    /// A goal, by its name.
    Goal,
    /// A segment, by its number.
    Segment,
}

/// The longest name of a custom property, bytes; what a tracker may send.
const MAX_PROPERTY_BYTES: usize = 300;

impl Subject {
    /// Its name in the address, Plausible's: `page`, `utm_source`, `props:author`, `goal`, `segment`.
    pub fn name(&self) -> String {
        match self {
            Subject::Value(dimension) => short(*dimension).to_owned(),
            Subject::Property(name) => format!("props:{name}"),
            Subject::Goal => "goal".to_owned(),
            Subject::Segment => "segment".to_owned(),
        }
    }

    /// What has this name. The names of the query (`visit:source`, `event:props:author`) are understood too.
    pub fn from_name(name: &str) -> Option<Self> {
        let bare = name.strip_prefix("event:").or_else(|| name.strip_prefix("visit:")).unwrap_or(name);
        match bare {
            "goal" => return Some(Subject::Goal),
            "segment" => return Some(Subject::Segment),
            _ => {}
        }
        if let Some(property) = bare.strip_prefix("props:") {
            let known = !property.is_empty() && property.len() <= MAX_PROPERTY_BYTES;
            return known.then(|| Subject::Property(property.to_owned()));
        }
        Dimension::ALL.iter().copied().find(|dimension| short(*dimension) == bare).map(Subject::Value)
    }

    /// The same for the query; a segment is none of its dimensions.
    pub fn by(&self) -> Option<By> {
        match self {
            Subject::Value(dimension) => Some(By::Value(*dimension)),
            Subject::Property(name) => Some(By::Property(name.clone())),
            Subject::Goal => Some(By::Goal),
            Subject::Segment => None,
        }
    }

    /// Whether it belongs to single hits: a visit can have several.
    pub fn of_hits(&self) -> bool {
        match self {
            Subject::Value(dimension) => !dimension.of_visit(),
            Subject::Property(_) | Subject::Goal => true,
            Subject::Segment => false,
        }
    }
}

impl From<Dimension> for Subject {
    fn from(dimension: Dimension) -> Self {
        Subject::Value(dimension)
    }
}

fn short(dimension: Dimension) -> &'static str {
    dimension.name().split_once(':').map_or(dimension.name(), |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_reads_back() {
        let values = Dimension::ALL.iter().copied().map(Subject::Value);
        for subject in values.chain([Subject::Goal, Subject::Segment, Subject::Property("author".into())]) {
            assert_eq!(Subject::from_name(&subject.name()), Some(subject));
        }
    }

    #[test]
    fn names_of_the_query_are_understood() {
        assert_eq!(Subject::from_name("visit:source"), Some(Subject::Value(Dimension::Source)));
        assert_eq!(Subject::from_name("event:props:a:b"), Some(Subject::Property("a:b".into())));
        for nonsense in ["", "shoe", "props:", "visit:"] {
            assert_eq!(Subject::from_name(nonsense), None, "{nonsense}");
        }
    }
}
