//! A filter in words.

use super::{Filter, Names, Operator, Subject};
use crate::panels::{plain, subject_label, value_label};
use crate::words::{FilterWords, Lang};
use footfall_query::Filter as Asked;

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

/// Whatever a query may ask, in words and whole: also what no filter of the page can say, such as `Country is Germany or
/// (Page contains /blog and Source is Google)`.
pub fn asked_words(asked: &Asked, names: &Names, lang: Lang) -> String {
    if let Some(filter) = Filter::of_query(asked) {
        let (subject, operator, values) = filter_words(&filter, names, lang);
        return format!("{subject} {operator} {values}");
    }
    let words = &lang.words().filter;
    let inner = |asked: &Asked| format!("({})", asked_words(asked, names, lang));
    match asked {
        Asked::And(all) => joined(all, words.and, names, lang),
        Asked::Or(any) => joined(any, words.or, names, lang),
        Asked::Not(asked) => format!("{} {}", words.not, inner(asked)),
        Asked::HasDone(asked) => format!("{} {}", words.operators.has_done, inner(asked)),
        Asked::HasNotDone(asked) => format!("{} {}", words.operators.has_not_done, inner(asked)),
        Asked::Segment(ids) => {
            let called = |id: &u64| names.segment(&id.to_string()).map_or_else(|| id.to_string(), str::to_owned);
            let called: Vec<String> = ids.iter().map(called).collect();
            let (subject, is) = (subject_label(&Subject::Segment, lang), words.operators.is);
            format!("{subject} {is} {}", called.join(&format!(" {} ", words.or)))
        }
        Asked::Test { op, by, values, .. } => {
            let operator = Operator::from_name(op.name()).map_or(op.name(), |operator| operator.words(&words.operators));
            format!("{} {operator} {}", dimension_label(&by.name(), lang), values_words(&by.name(), values, words, lang))
        }
        Asked::Scrolled(percent) => format!("{} ≥ {percent} %", lang.words().details.columns.scroll_depth),
    }
}

/// Each with a bracket around it where it has parts of its own.
fn joined(parts: &[Asked], word: &str, names: &Names, lang: Lang) -> String {
    let part = |asked: &Asked| {
        let text = asked_words(asked, names, lang);
        let simple = match asked {
            Asked::Test { values, .. } => values.len() < 2,
            Asked::And(parts) | Asked::Or(parts) => parts.len() < 2,
            _ => true,
        };
        if simple || parts.len() < 2 { text } else { format!("({text})") }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(&format!(" {word} "))
}

/// What no page filters by (`visit:country_name`, `event:currency`) goes by its own name.
fn dimension_label(name: &str, lang: Lang) -> String {
    let subject = Subject::from_name(name).or_else(|| Subject::from_name(name.strip_suffix("_name")?));
    subject.map_or_else(|| name.to_owned(), |subject| subject_label(&subject, lang))
}

fn values_words(name: &str, values: &[String], words: &FilterWords, lang: Lang) -> String {
    let subject = Subject::from_name(name);
    let value = |value: &String| subject.as_ref().map_or_else(|| plain(value), |subject| value_label(subject, value, lang));
    values.iter().map(value).collect::<Vec<_>>().join(&format!(" {} ", words.or))
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::Dimension;
    use footfall_query::{By, Op};

    fn said(asked: &Asked, lang: Lang) -> String {
        asked_words(asked, &Names { goals: true, segments: vec![(4, "Readers".to_owned())], held: None }, lang)
    }

    fn test(op: Op, dimension: Dimension, values: &[&str]) -> Asked {
        Asked::test(op, By::Value(dimension), values.iter().map(|value| (*value).to_owned()))
    }

    #[test]
    fn what_no_chip_can_say_is_said_whole() {
        let blog = test(Op::Contains, Dimension::Page, &["/blog"]);
        let google = Asked::Not(Box::new(test(Op::Is, Dimension::Source, &["Google"])));
        let across = Asked::Or(vec![test(Op::Is, Dimension::Country, &["DE", "FR"]), Asked::And(vec![blog, google])]);
        let english = "(Country is Germany or France) or (Page contains /blog and not (Source is Google))";
        let german = "(Land ist Deutschland oder Frankreich) oder (Seite enthält /blog und nicht (Quelle ist Google))";
        assert_eq!([said(&across, Lang::En), said(&across, Lang::De)], [english, german]);
        let many: Vec<String> = (0..120).map(|n| format!("/{n}")).collect();
        let text = said(&Asked::test(Op::Is, By::Value(Dimension::Page), many), Lang::En);
        assert!(text.starts_with("Page is /0 or /1 or") && text.ends_with("or /119"), "{text}");
        assert_eq!(said(&Asked::test(Op::Is, By::CountryName, ["Germany".to_owned()]), Lang::En), "Country is Germany");
        assert_eq!(said(&Asked::Segment(vec![4]), Lang::En), "Segment is Readers");
    }
}
