//! A small HTTP client: no redirects followed, no cookies kept unless asked, no failure for 4xx and 5xx.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

/// A client; keeps cookies when it was made by [`Client::browser`].
pub struct Client {
    agent: ureq::Agent,
    cookies: Option<RefCell<BTreeMap<String, String>>>,
}

/// An answer, whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// All of them: names in small letters, and values.
    pub fn headers(&self) -> impl Iterator<Item = (String, &str)> {
        self.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_str()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The value of a form's hidden field.
    pub fn field(&self, name: &str) -> String {
        let text = self.text();
        let from = text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name} in {text}")).1;
        from.split('"').next().expect("a value").to_owned()
    }
}

impl Client {
    /// Keeps nothing.
    pub fn new() -> Self {
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(Duration::from_secs(30)));
        Self { agent: config.build().into(), cookies: None }
    }

    /// Keeps cookies.
    pub fn browser() -> Self {
        Self { cookies: Some(RefCell::default()), ..Self::new() }
    }

    pub fn get(&self, url: &str) -> Answer {
        self.send("GET", url, &[], None)
    }

    pub fn get_with(&self, url: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", url, headers, None)
    }

    pub fn post(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.send("POST", url, headers, Some(body))
    }

    /// Sends a form.
    pub fn form(&self, url: &str, fields: &[(&str, &str)]) -> Answer {
        self.form_with(url, &[], fields)
    }

    pub fn form_with(&self, url: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut headers = headers.to_vec();
        headers.push(("Content-Type", "application/x-www-form-urlencoded"));
        self.send("POST", url, &headers, Some(body.as_bytes()))
    }

    pub fn options(&self, url: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("OPTIONS", url, headers, None)
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.as_ref()?.borrow().get(name).cloned()
    }

    pub fn send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        self.try_send(method, url, headers, body).unwrap_or_else(|error| panic!("{method} {url}: {error}"))
    }

    pub fn try_send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookies) = &self.cookies {
            let line: Vec<String> = cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !line.is_empty() {
                request = request.header("Cookie", line.join("; "));
            }
        }
        let request = request.body(body.unwrap_or_default().to_vec()).expect("a request");
        let mut response = match body {
            Some(_) => self.agent.run(request)?,
            None => self.agent.run(request.map(|_| ()))?,
        };
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let answer = Answer { status: response.status().as_u16(), headers, body: response.body_mut().read_to_vec()? };
        self.keep_cookies(&answer);
        Ok(answer)
    }

    fn keep_cookies(&self, answer: &Answer) {
        let Some(cookies) = &self.cookies else { return };
        for (_, line) in answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').expect("a cookie");
            if attributes.contains("Max-Age=0") {
                cookies.borrow_mut().remove(name);
            } else {
                cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
