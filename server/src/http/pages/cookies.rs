//! Cookies: six, none of them follows anybody.
//!
//! | name | holds | for |
//! |---|---|---|
//! | `footfall` | a token | who is signed in |
//! | `footfall-form` | a token | forms before sign-in come back from where they were shown |
//! | `footfall-link` | a ticket | the password of a shared link was said |
//! | `theme` | `light` or `dark` | the look |
//! | `lang` | `en` or `de` | the language |
//! | `period` | such as `7d` | the period chosen last |

use axum::response::Response;
use footfall_app::site_page::Period;
use footfall_app::words::Lang;
use http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};

/// Who is signed in.
pub(super) const SIGN_IN: &str = "footfall";
/// Ties a form to the browser it was shown in.
pub(super) const FORM: &str = "footfall-form";
/// The password of a shared link was said: one ticket, of the link opened last.
pub(super) const LINK: &str = "footfall-link";
/// Light or dark.
pub(super) const THEME: &str = "theme";
/// The language of the pages. A copy of the account's, so that no page has to ask for it.
pub(super) const LANGUAGE: &str = "lang";

/// The period of the site page that was chosen last.
pub(super) const PERIOD: &str = "period";

/// How long a choice is remembered.
pub(super) const A_YEAR_SECONDS: u64 = 365 * 24 * 60 * 60;

/// The value of a cookie. Of several with one name the first counts, as in all browsers' order: the most specific.
pub(super) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The name a cookie has over https: a prefix by which browsers refuse one that another host or plain http has set
/// (RFC 6265bis, 4.1.3).
pub(super) fn name_of(name: &str, https: bool) -> String {
    if https { format!("__Host-{name}") } else { name.to_owned() }
}

/// Sets a cookie that scripts cannot read and that other sites' requests do not carry.
pub(super) fn set(name: &str, value: &str, max_age_seconds: u64, https: bool) -> HeaderValue {
    set_plain(&name_of(name, https), value, max_age_seconds, https)
}

/// The same under the name as it stands.
pub(super) fn set_plain(name: &str, value: &str, max_age_seconds: u64, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("tokens and names are plain letters")
}

/// The language of an account in this browser; taken away where the browser's own is wanted.
pub(super) fn language(lang: Option<Lang>, https: bool) -> HeaderValue {
    set_plain(LANGUAGE, lang.map_or("", Lang::code), if lang.is_some() { A_YEAR_SECONDS } else { 0 }, https)
}

/// Remembers the period of a page, where it is another than the one remembered already and one worth remembering.
pub(super) fn remembering(mut response: Response, period: Period, recalled: Option<Period>, https: bool) -> Response {
    if let Some(name) = period.remembered().filter(|_| period != recalled.unwrap_or_default()) {
        response.headers_mut().append(SET_COOKIE, set_plain(PERIOD, name, A_YEAR_SECONDS, https));
    }
    response
}

/// Takes a cookie away.
pub(super) fn clear(name: &str, https: bool) -> HeaderValue {
    set(name, "", 0, https)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = headers(&["a=1; footfall=x; xfootfall=y", "b=2"]);
        assert_eq!(get(&headers, "footfall"), Some("x"));
        assert_eq!(get(&headers, "b"), Some("2"));
        assert_eq!(get(&headers, "foot"), None);
    }

    #[test]
    fn over_https_a_cookie_is_bound_to_its_host() {
        assert_eq!(set(SIGN_IN, "t", 60, true), "__Host-footfall=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(set(SIGN_IN, "t", 60, false), "footfall=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
    }
}
