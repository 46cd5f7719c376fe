//! Filters of a query as filters of the page, where it has words for them.

use super::Filter;
use footfall_query::{Filter as Asked, Op};

impl Filter {
    /// The filter of the page that asks the same; `None`: the page cannot say it.
    pub fn of_query(asked: &Asked) -> Option<Self> {
        let (operator, test) = match asked {
            Asked::Test { op, .. } => (op.name(), asked),
            Asked::HasDone(inner) => ("has_done", &**inner),
            Asked::HasNotDone(inner) => ("has_not_done", &**inner),
            _ => return None,
        };
        let Asked::Test { op, by, values, case_sensitive } = test else { return None };
        // What was done is one of some values; other comparisons the page cannot ask inside.
        if operator != op.name() && *op != Op::Is {
            return None;
        }
        let case = if *case_sensitive { "" } else { "~" };
        let escaped = |text: &str| text.replace('%', "%25").replace(',', "%2C");
        let values: Vec<String> = values.iter().map(|value| escaped(value)).collect();
        Self::parse_whole(&format!("{case}{operator},{},{}", escaped(&by.name()), values.join(",")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_comes_back() {
        for text in ["is,source,Google,a%2Cb", "~contains,page,Blog", "has_done,goal,Buy", "has_not_done,page,/a", "matches,props:x,^1%25$"]
        {
            let filter = Filter::parse(text).expect("a filter");
            assert_eq!(Filter::of_query(&filter.query_filter()), Some(filter), "{text}");
        }
    }

    #[test]
    fn what_the_page_cannot_say_is_none() {
        let filter = Filter::parse("is,page,/a").expect("a filter").query_filter();
        assert_eq!(Filter::of_query(&Asked::Not(Box::new(filter.clone()))), None);
        assert_eq!(Filter::of_query(&Asked::Or(vec![filter])), None);
        let many = (0..101).map(|n| format!("/{n}"));
        let many = Asked::test(Op::Is, footfall_query::By::Value(footfall_domain::Dimension::Page), many);
        assert_eq!(Filter::of_query(&many), None, "a part of them would be another filter");
    }
}
