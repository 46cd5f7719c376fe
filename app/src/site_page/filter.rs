//! Filters of the page: one Boolean test each, all of which must hold.

use footfall_domain::Dimension;

/// How a filter compares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Operator {
    /// One of the values.
    Is,
    /// None of the values.
    IsNot,
    /// Holds one of the values somewhere.
    Contains,
    /// Holds none of the values.
    ContainsNot,
}

/// One test on a dimension.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Filter {
    /// What is compared.
    pub dimension: Dimension,
    /// How.
    pub operator: Operator,
    /// With what; sorted, at least one.
    pub values: Vec<String>,
}

impl Operator {
    const ALL: [Operator; 4] = [Operator::Is, Operator::IsNot, Operator::Contains, Operator::ContainsNot];

    /// Its name in the query, and in the address.
    pub fn name(self) -> &'static str {
        match self {
            Operator::Is => "is",
            Operator::IsNot => "is_not",
            Operator::Contains => "contains",
            Operator::ContainsNot => "contains_not",
        }
    }

    /// How people say it.
    pub fn words(self) -> &'static str {
        match self {
            Operator::Is => "is",
            Operator::IsNot => "is not",
            Operator::Contains => "contains",
            Operator::ContainsNot => "does not contain",
        }
    }
}

impl Filter {
    /// The filter a row of a panel stands for.
    pub fn is(dimension: Dimension, value: &str) -> Self {
        Self { dimension, operator: Operator::Is, values: vec![value.to_owned()] }
    }

    /// Reads `is,visit:source,Google`; a comma inside a value is written `%2C`, a percent sign `%25`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let operator = parts.next().and_then(|name| Operator::ALL.into_iter().find(|operator| operator.name() == name))?;
        let dimension = parts.next().and_then(Dimension::from_name)?;
        let mut values: Vec<String> = parts.map(|part| part.replace("%2C", ",").replace("%25", "%")).collect();
        values.sort_unstable();
        values.dedup();
        (!values.is_empty() && values.iter().all(|value| !value.is_empty())).then_some(Self { dimension, operator, values })
    }

    /// How [`Filter::parse`] reads it.
    pub fn spell(&self) -> String {
        let mut out = format!("{},{}", self.operator.name(), self.dimension.name());
        for value in &self.values {
            out.push(',');
            out.push_str(&value.replace('%', "%25").replace(',', "%2C"));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_reads_back() {
        for value in ["Google", "a,b", "100%", "%2C", "Direct / None"] {
            let filter = Filter::is(Dimension::Source, value);
            assert_eq!(Filter::parse(&filter.spell()), Some(filter));
        }
    }

    #[test]
    fn nonsense_is_no_filter() {
        for text in ["", "is", "is,visit:source", "is,visit:source,", "like,visit:source,a", "is,visit:shoe,a"] {
            assert_eq!(Filter::parse(text), None, "{text}");
        }
    }
}
