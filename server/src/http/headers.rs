//! What every answer carries: nothing may be sniffed, framed or run that we did not send.

use axum::response::Response;
use footfall_domain::Site;
use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// For pages: our own files only, no inline script or style, no frames. `wasm-unsafe-eval` lets the islands' WASM be
/// compiled and nothing else (docs/decisions/0803-content-security-policy.md).
const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);
/// What of it says that nobody may frame.
const NOBODY: &str = "'none'";
/// For widgets: their style sheets, their typeface, and the script that says how high they are and asks how many visitors
/// there are.
const WIDGET_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// For the page that shows a widget before it is put into another: it frames us, and nobody else.
const BUILDER_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);
/// For everything else: nothing at all.
const BARE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
/// Who may load an answer into a page of theirs; routes made for other people's pages set it themselves.
pub(super) const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// What a page needs. An answer that has none of it among its extensions is a page as all are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::http) enum Policy {
    /// A page of ours.
    #[default]
    Page,
    /// A widget.
    Widget,
    /// The page that makes frames of widgets.
    Builder,
}

impl Policy {
    fn value(self) -> HeaderValue {
        match self {
            Policy::Page => PAGE_POLICY,
            Policy::Widget => WIDGET_POLICY,
            Policy::Builder => BUILDER_POLICY,
        }
    }
}

/// Who may frame a page. An answer that has it among its extensions is a page, also where it has no body (304).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::http) enum Frames {
    /// Nobody.
    Nobody,
    /// Any page.
    Anybody,
    /// Pages of these hosts, as `frame-ancestors` takes them.
    Hosts(Vec<String>),
}

impl Frames {
    /// Who may frame widgets and shared links of a site.
    pub(in crate::http) fn of(site: &Site) -> Self {
        match &site.sharing.frame_hosts[..] {
            [] => Self::Anybody,
            hosts => Self::Hosts(hosts.to_vec()),
        }
    }

    /// The policy of such a page. What is no host by its letters is none: nothing else may come into a policy.
    fn policy(&self, policy: Policy) -> HeaderValue {
        let ancestors = match self {
            Self::Nobody => return policy.value(),
            Self::Anybody => "*".to_owned(),
            Self::Hosts(hosts) => {
                let letters = |host: &&String| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:/*[]".contains(&byte));
                let hosts: Vec<&str> = hosts.iter().filter(letters).map(String::as_str).collect();
                // Ourselves too: the page that makes frames shows what it makes.
                format!("'self' {}", hosts.join(" "))
            }
        };
        let whole = policy.value();
        let text = whole.to_str().ok().and_then(|policy| policy.strip_suffix(NOBODY));
        let with = text.and_then(|policy| HeaderValue::from_str(format!("{policy}{ancestors}").trim_end()).ok());
        with.unwrap_or(whole)
    }
}

/// Adds them to an answer.
pub(super) fn secure(mut response: Response, https: bool) -> Response {
    let said = response.extensions().get::<Frames>().cloned();
    let policy = response.extensions().get::<Policy>().copied().unwrap_or_default();
    let is_html = response.headers().get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    let frames = said.or(is_html.then_some(Frames::Nobody));
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, frames.as_ref().map_or(BARE_POLICY, |frames| frames.policy(policy)));
    if let Some(frames) = frames {
        secure_page(headers, https);
        if frames != Frames::Nobody {
            // It knows only one origin, and would forbid what the policy allows.
            headers.remove(X_FRAME_OPTIONS);
        }
    }
    headers.entry(RESOURCE_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    response
}

fn secure_page(headers: &mut HeaderMap, https: bool) {
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static("camera=(), microphone=(), geolocation=(), browsing-topics=()"));
    if https {
        // Without subdomains and preload: they are not ours to decide about.
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::{Html, IntoResponse};

    fn secured(frames: Option<Frames>) -> HeaderMap {
        let mut response = Html("x").into_response();
        response.extensions_mut().extend(
            frames
                .map(|frames| {
                    let mut extensions = http::Extensions::new();
                    extensions.insert(frames);
                    extensions
                })
                .unwrap_or_default(),
        );
        secure(response, true).headers().clone()
    }

    fn ancestors(frames: Frames) -> (String, bool) {
        let headers = secured(Some(frames));
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
        (policy.split("frame-ancestors ").nth(1).expect("said").to_owned(), headers.contains_key(X_FRAME_OPTIONS))
    }

    #[test]
    fn only_who_may_frames_a_page() {
        let hosts = |hosts: &[&str]| Frames::Hosts(hosts.iter().map(|host| (*host).to_owned()).collect());
        assert_eq!(ancestors(Frames::Nobody), ("'none'".to_owned(), true));
        assert_eq!(ancestors(Frames::Anybody), ("*".to_owned(), false));
        assert_eq!(ancestors(hosts(&["https://a.example", "*.b.example"])).0, "'self' https://a.example *.b.example");
        assert_eq!(ancestors(hosts(&["a; script-src *", "'self'"])).0, "'self'", "nothing else comes into a policy");
        assert_eq!(secured(None)[X_FRAME_OPTIONS], "DENY");
    }
}
