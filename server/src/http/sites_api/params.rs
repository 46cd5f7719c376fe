//! What a program sent: parts of the path, the query string, and a body as JSON or as a form. All of one kind: what stands
//! in the path holds before what stands in the body, and that before the query string.

use super::multipart;
use super::refusal::Refusal;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// Everything that was sent, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Map<String, Value>);

impl Params {
    /// Reads it.
    ///
    /// # Errors
    /// The body is not what its type says, or of a type that is not understood.
    pub(super) fn read(query: &str, headers: &HeaderMap, body: &[u8], path: Vec<(String, String)>) -> Result<Self, Refusal> {
        let mut all = nested(url::form_urlencoded::parse(query.as_bytes()).into_owned());
        all.extend(of_body(headers, body)?);
        all.extend(path.into_iter().map(|(name, text)| (name, Value::String(text))));
        Ok(Self(all))
    }

    /// A text, without blanks around it; `None` where it was not sent, is null or empty.
    ///
    /// # Errors
    /// It is something else than a text.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            Some(_) => Err(Refusal::Wrong(format!("{name}: this must be a text"))),
        }
    }

    /// What is a number or a name of one, in letters; `None` where it was not sent or is null. An empty one is one.
    ///
    /// # Errors
    /// It is something else than a text or a number.
    pub(super) fn number(&self, name: &str) -> Result<Option<String>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim().to_owned())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Refusal::Wrong(format!("{name}: this must be a number"))),
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// It is not.
    pub(super) fn needed(&self, name: &str) -> Result<String, Refusal> {
        self.text(name)?.ok_or_else(|| Refusal::Wrong(format!("the parameter `{name}` is missing")))
    }

    /// A value as it was sent; `None` where it was not, or is null.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }
}

fn of_body(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = said.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(fields),
            Ok(_) => Err(Refusal::Wrong("the body must be an object of JSON".to_owned())),
            Err(failure) => Err(Refusal::Wrong(format!("the body cannot be read as JSON: {failure}"))),
        },
        "application/x-www-form-urlencoded" => Ok(nested(url::form_urlencoded::parse(body).into_owned())),
        "multipart/form-data" => {
            let fields = multipart::fields(said, body);
            Ok(nested(
                fields.ok_or_else(|| Refusal::Wrong("the body cannot be read as multipart/form-data of texts".to_owned()))?.into_iter(),
            ))
        }
        _ => Err(Refusal::Kind),
    }
}

/// Fields of a form; `a[b]` is the field `b` of the object `a`. Of equal names the last one holds.
fn nested(pairs: impl Iterator<Item = (String, String)>) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, text) in pairs {
        match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
            Some((outer, inner)) => {
                let object = all.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(object) = object {
                    object.insert(inner.to_owned(), Value::String(text));
                }
            }
            None => {
                all.insert(name, Value::String(text));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use serde_json::json;

    fn read(kind: &'static str, body: &str) -> Result<Params, Refusal> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))]);
        Params::read("site_id=q.example&limit=2&name=of+query", &headers, body.as_bytes(), vec![("site_id".into(), "p.example".into())])
    }

    #[test]
    fn json_and_forms_say_the_same() {
        let part = |name: &str, text: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        let parts = format!("{}{}--x--\r\n", part("name", " Buy "), part("custom_props[plan]", "gold"));
        for (kind, body) in [
            ("application/json; charset=utf-8", json!({"name": " Buy ", "custom_props": {"plan": "gold"}}).to_string()),
            ("application/x-www-form-urlencoded", "name=+Buy+&custom_props%5Bplan%5D=gold".to_owned()),
            ("multipart/form-data; boundary=x", parts),
        ] {
            let params = read(kind, &body).expect(kind);
            assert_eq!(params.needed("name").expect("there"), "Buy", "{kind}");
            assert_eq!(params.value("custom_props"), Some(&json!({"plan": "gold"})), "{kind}");
            assert_eq!(params.needed("site_id").expect("there"), "p.example", "the path holds");
            assert_eq!(params.text("limit").expect("a text"), Some("2".into()));
        }
    }

    #[test]
    fn what_is_not_there_is_missing() {
        let params = read("application/json", r#"{"name": null, "event_name": "  ", "id": 7, "list": []}"#).expect("read");
        assert_eq!(params.text("name").expect("none"), None, "null takes away what the query string says");
        assert!(matches!(params.needed("event_name"), Err(Refusal::Wrong(_))));
        assert_eq!(params.number("id").expect("a number"), Some("7".into()));
        assert_eq!(params.number("limit").expect("a number"), Some("2".into()));
        for name in ["id", "list"] {
            assert!(matches!(params.text(name), Err(Refusal::Wrong(_))), "{name}");
        }
        assert!(matches!(params.number("list"), Err(Refusal::Wrong(_))));
    }

    #[test]
    fn a_body_is_what_it_says() {
        for (kind, body) in [("application/json", "{"), ("application/json", "[]"), ("multipart/form-data; boundary=x", "--x")] {
            assert!(matches!(read(kind, body), Err(Refusal::Wrong(_))), "{kind}");
        }
        assert!(matches!(read("text/plain", "name=1"), Err(Refusal::Kind)));
        assert!(read("text/plain", "").is_ok(), "no body is of any type");
    }
}
