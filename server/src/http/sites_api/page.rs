//! Lists in pages: `limit`, `after`, `before`, and `meta` with the ways on and back.

use super::params::Params;
use super::refusal::Refusal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Entries of a page, where nothing is said.
const USUAL: usize = 100;
/// The most entries of a page.
const MOST: usize = 1_000;

/// An entry of a list with what it is ordered by, which is also what a page after or before it is found by: entries that
/// come and go move no others.
pub(super) struct Entry {
    /// Its place: lists are in the order of these.
    pub place: String,
    /// What is told of it.
    pub told: Value,
}

/// The place of an entry by its number, the highest first.
pub(super) fn newest_first(number: u64) -> String {
    format!("{:020}", u64::MAX - number)
}

/// One page of a list: `{NAME: […], "meta": {"after", "before", "limit"}}`.
///
/// # Errors
/// `limit`, `after` or `before` make no sense.
pub(super) fn page(name: &str, mut entries: Vec<Entry>, params: &Params) -> Result<Value, Refusal> {
    let limit = match params.number("limit")? {
        None => USUAL,
        Some(text) => {
            let limit: Option<usize> = text.parse().ok().filter(|limit| *limit > 0);
            limit.ok_or_else(|| Refusal::Wrong("limit: this must be a whole number from 1".to_owned()))?.min(MOST)
        }
    };
    let (after, before) = (cursor(params, "after")?, cursor(params, "before")?);
    entries.sort_by(|a, b| a.place.cmp(&b.place));
    let (first, last) = match (after, before) {
        (Some(after), _) => {
            let first = entries.partition_point(|entry| entry.place <= after);
            (first, entries.len().min(first + limit))
        }
        (None, Some(before)) => {
            let last = entries.partition_point(|entry| entry.place < before);
            (last.saturating_sub(limit), last)
        }
        (None, None) => (0, entries.len().min(limit)),
    };
    let way = |place: &String| json!(URL_SAFE_NO_PAD.encode(place));
    let back = if first > 0 { entries.get(first).map(|entry| way(&entry.place)) } else { None };
    let on = if last < entries.len() { entries[..last].last().map(|entry| way(&entry.place)) } else { None };
    let told: Vec<Value> = entries.drain(first..last).map(|entry| entry.told).collect();
    Ok(json!({name: told, "meta": {"after": on, "before": back, "limit": limit}}))
}

fn cursor(params: &Params, name: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = params.number(name)? else { return Ok(None) };
    let place = URL_SAFE_NO_PAD.decode(&text).ok().filter(|bytes| !bytes.is_empty()).and_then(|bytes| String::from_utf8(bytes).ok());
    place.map(Some).ok_or_else(|| Refusal::Wrong(format!("{name}: this is not from the `meta` of an answer")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn asked(entries: &[u64], query: &str) -> Value {
        let params = Params::read(query, &HeaderMap::new(), b"", Vec::new()).expect("a query");
        let entries = entries.iter().map(|n| Entry { place: newest_first(*n), told: json!(n) }).collect();
        page("numbers", entries, &params).unwrap_or_else(|refusal| json!(format!("{refusal:?}")))
    }

    fn way(answer: &Value, name: &str) -> String {
        format!("{name}={}", answer["meta"][name].as_str().unwrap_or_else(|| panic!("no {name} in {answer}")))
    }

    #[test]
    fn a_list_is_walked_on_and_back() {
        let all = [1, 2, 3, 4, 5];
        let first = asked(&all, "limit=2");
        assert_eq!((&first["numbers"], &first["meta"]["before"], &first["meta"]["limit"]), (&json!([5, 4]), &Value::Null, &json!(2)));
        let second = asked(&all, &format!("limit=2&{}", way(&first, "after")));
        assert_eq!(second["numbers"], json!([3, 2]));
        let third = asked(&all, &format!("limit=2&{}", way(&second, "after")));
        assert_eq!((&third["numbers"], &third["meta"]["after"]), (&json!([1]), &Value::Null));
        assert_eq!(asked(&all, &format!("limit=2&{}", way(&third, "before")))["numbers"], second["numbers"]);
        let back = asked(&all, &format!("limit=2&{}", way(&second, "before")));
        assert_eq!((&back["numbers"], &back["meta"]["before"]), (&first["numbers"], &Value::Null));
    }

    #[test]
    fn what_goes_and_comes_moves_nothing() {
        let first = asked(&[1, 2, 3, 4, 5], "limit=2");
        assert_eq!(asked(&[1, 2, 3, 5, 6], &format!("limit=2&{}", way(&first, "after")))["numbers"], json!([3, 2]), "4 is gone, 6 is new");
    }

    #[test]
    fn a_list_has_a_usual_length_and_a_greatest() {
        let many: Vec<u64> = (1..=1_200).collect();
        for (query, found) in [("", 100), ("limit=1200", 1_000), ("limit=7", 7)] {
            assert_eq!(asked(&many, query)["numbers"].as_array().map(Vec::len), Some(found), "{query}");
        }
        assert_eq!(asked(&[], "")["meta"], json!({"after": null, "before": null, "limit": 100}));
        for query in ["limit=0", "limit=-1", "limit=a", "after=%20*", "before=a"] {
            assert!(asked(&many, query).is_string(), "{query}");
        }
    }
}
