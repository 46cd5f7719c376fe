//! What of a URL may be kept (design, section 5): its path, and of its query the parameters of a short list.
//!
//! The text is cut, not written anew: what stays is as it was sent.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Parameters that advertisers put behind a link to recognise one person's click. That there was one tells paid channels
/// from others, so the name is kept; the value would be an identity, so it is not.
const CLICK_IDS: &[&str] = &[
    "gclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "dclid",
    "gad_source",
    "gad_campaignid",
    "srsltid",
    "fbclid",
    "igshid",
    "msclkid",
    "ttclid",
    "twclid",
    "li_fat_id",
    "yclid",
    "ysclid",
    "sccid",
    "ScCid",
    "rdt_cid",
    "epik",
    "qclid",
    "irclickid",
    "tblci",
    "dicbo",
];

/// A URL with its query cut to `utm_*`, `ref`, `source` and the names in `keep`; of click ids the name stays. Fragment,
/// user and password are dropped.
pub fn cut_query(url: &str, keep: &[String]) -> String {
    cut(without_fragment(url).0, keep)
}

/// As [`cut_query`], for a site that routes by the fragment: it stays, its own query cut likewise.
pub fn cut_query_keep_fragment(url: &str, keep: &[String]) -> String {
    match without_fragment(url) {
        (before, Some(fragment)) => format!("{}#{}", cut(before, keep), cut_parameters(fragment, keep)),
        (before, None) => cut(before, keep),
    }
}

fn without_fragment(url: &str) -> (&str, Option<&str>) {
    url.split_once('#').map_or((url, None), |(before, fragment)| (before, Some(fragment)))
}

fn cut(url: &str, keep: &[String]) -> String {
    cut_parameters(&without_user(url), keep)
}

/// Drops `user:password@`.
fn without_user(url: &str) -> Cow<'_, str> {
    let Some(start) = url.find("://").map(|at| at + 3) else { return Cow::Borrowed(url) };
    let end = url[start..].find(['/', '?', '\\']).map_or(url.len(), |at| start + at);
    match url[start..end].rfind('@') {
        Some(at) => Cow::Owned(format!("{}{}", &url[..start], &url[start + at + 1..])),
        None => Cow::Borrowed(url),
    }
}

fn cut_parameters(text: &str, keep: &[String]) -> String {
    let Some((path, query)) = text.split_once('?') else { return text.to_owned() };
    let mut cut = path.to_owned();
    for kept in query.split('&').filter_map(|parameter| kept(parameter, keep)) {
        cut.push(if cut.len() == path.len() { '?' } else { '&' });
        cut.push_str(kept);
    }
    cut
}

/// What stays of a parameter.
fn kept<'a>(parameter: &'a str, keep: &[String]) -> Option<&'a str> {
    let written = parameter.split_once('=').map_or(parameter, |(name, _)| name);
    let name = percent_decode_str(written).decode_utf8_lossy();
    if name.starts_with("utm_") || name == "ref" || name == "source" || keep.iter().any(|kept| *kept == name) {
        return Some(parameter);
    }
    CLICK_IDS.contains(&name.as_ref()).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(url: &str, expected: &str) {
        assert_eq!(cut_query(url, &["page".to_owned()]), expected, "{url}");
    }

    #[test]
    fn only_the_list_stays() {
        check("https://a.example/p?x=1", "https://a.example/p");
        check(
            "https://a.example/p?utm_source=n%20l&x=1&ref=r&source=s&page=2",
            "https://a.example/p?utm_source=n%20l&ref=r&source=s&page=2",
        );
        check("https://a.example/p?email=me@b.example&utm_campaign=c#frag", "https://a.example/p?utm_campaign=c");
        check("https://a.example?token=1", "https://a.example");
        check("https://a.example/p?", "https://a.example/p");
        check("https://a.example/p?&&=&=x", "https://a.example/p");
        check("/p?UTM_SOURCE=x&Ref=y", "/p");
        check("https://a.example/p?utm%5Fsource=x", "https://a.example/p?utm%5Fsource=x");
        check("https://a.example/p?a?utm_source=x&ref=1?2", "https://a.example/p?ref=1?2");
    }

    #[test]
    fn of_click_ids_only_the_name_stays() {
        check(
            "https://a.example/?gclid=Cj0KCQ&utm_medium=cpc&fbclid=IwAR&msclkid",
            "https://a.example/?gclid&utm_medium=cpc&fbclid&msclkid",
        );
    }

    #[test]
    fn user_and_password_go() {
        check("https://me:secret@a.example/p@q", "https://a.example/p@q");
        check("https://a.example/?ref=x@y", "https://a.example/?ref=x@y");
        check("https://me@a.example?x", "https://a.example");
    }

    #[test]
    fn the_fragment_stays_for_sites_that_route_by_it() {
        let cut = |url: &str| cut_query_keep_fragment(url, &[]);
        assert_eq!(cut("https://a.example/?x=1#/users/7?token=t&utm_source=s"), "https://a.example/#/users/7?utm_source=s");
        assert_eq!(cut("https://a.example/p"), "https://a.example/p");
        assert_eq!(cut("https://a.example/#"), "https://a.example/#");
    }

    proptest! {
        #[test]
        fn cutting_twice_is_cutting_once(url in "[a-z:/?#&=@%.é]{0,40}") {
            let once = cut_query(&url, &[]);
            prop_assert_eq!(&cut_query(&once, &[]), &once);
            prop_assert!(once.len() <= url.len());
            let fragment = cut_query_keep_fragment(&url, &[]);
            prop_assert_eq!(&cut_query_keep_fragment(&fragment, &[]), &fragment);
        }

        #[test]
        fn no_value_outside_the_list_survives(name in "[a-z]{1,8}", value in "[0-9]{9}") {
            prop_assume!(name != "ref" && name != "source");
            let url = format!("https://a.example/p?utm_source=s&{name}={value}");
            prop_assert!(!cut_query(&url, &[]).contains(&value));
        }
    }
}
