//! Operating systems: name and version.
//!
//! Browsers have frozen what they say of the newest systems, so that some versions only say "this one or a later one".
//! Such a version carries a plus sign: Windows `10+`, Mac `10.15+`, and Android `10+` in Chrome's reduced form
//! (`docs/decisions/0302-frozen-versions.md`).

use crate::lists;
use footfall_domain::labels;
use std::borrow::Cow;
use std::sync::LazyLock;
use ua_parser::os::{Builder, Extractor, Parser};

static SYSTEMS: LazyLock<Extractor<'static>> = LazyLock::new(|| {
    let cell = |text: &'static str| (!text.is_empty()).then_some(Cow::Borrowed(text));
    let parsers = lists::rows(lists::SYSTEMS).map(|[regex, os, v1, v2]| Parser {
        regex: Cow::Borrowed(regex),
        os_replacement: cell(os),
        os_v1_replacement: cell(v1),
        os_v2_replacement: cell(v2),
        ..Parser::default()
    });
    let builder = Builder::new().push_all(parsers).expect("the committed patterns compile: a test builds them");
    builder.build().expect("the committed patterns make a filter: a test builds it")
});

/// Name and version of a system.
pub(super) fn read(user_agent: &str, device: &str) -> (Box<str>, Box<str>) {
    if let Some((os, version)) = told_by_a_word(user_agent) {
        return (os.into(), version.unwrap_or(labels::NOT_SET).into());
    }
    let Some(value) = SYSTEMS.extract(user_agent) else {
        return (labels::NOT_SET.into(), labels::NOT_SET.into());
    };
    let os = name(&value.os, device);
    let version = match (value.major.as_deref(), value.minor.as_deref()) {
        (Some(major), _) if os == "Windows" || os == "Android" && major.len() > 1 => major.to_owned(),
        (Some(major), Some(minor)) if !minor.is_empty() => format!("{major}.{minor}"),
        (Some(major), _) => major.to_owned(),
        (None, _) => String::new(),
    };
    (os.into(), known_version(os, &version, user_agent).into())
}

/// Systems that uap-core takes for another.
fn told_by_a_word(user_agent: &str) -> Option<(&'static str, Option<&str>)> {
    if user_agent.contains("Xbox") {
        return Some(("Xbox", None));
    }
    for (word, os) in
        [("OpenHarmony ", "HarmonyOS"), ("HarmonyOS ", "HarmonyOS"), ("PlayStation ", "PlayStation"), ("PLAYSTATION ", "PlayStation")]
    {
        if let Some(at) = user_agent.find(word) {
            return Some((os, number_at(&user_agent[at + word.len()..])));
        }
    }
    user_agent.contains("Nintendo").then_some(("Nintendo", None))
}

/// The name users of Plausible know for a system of uap-core's.
fn name<'a>(os: &'a str, device: &str) -> &'a str {
    match os {
        "Mac OS X" | "Mac OS" | "macOS" => "Mac",
        "Linux" => "GNU/Linux",
        "iOS" if device == "Tablet" => "iPadOS",
        "ATV OS X" => "tvOS",
        "WatchOS" => "watchOS",
        "Web0S" => "webOS",
        "Other" => labels::NOT_SET,
        os => os,
    }
}

/// A version as far as it can be believed.
fn known_version<'a>(os: &str, version: &'a str, user_agent: &'a str) -> Cow<'a, str> {
    match os {
        // A kernel's or a build's number, and none that people know.
        "GNU/Linux" | "Chrome OS" => labels::NOT_SET.into(),
        "Windows" if version == "10" => "10+".into(),
        "Mac" if version == "10.15" => "10.15+".into(),
        "Android" if version == "10" && user_agent.contains("Android 10; K)") => "10+".into(),
        // From 26 on, Safari's own version is the system's; the number beside `OS` stays at 18.
        "iOS" | "iPadOS" if version.starts_with("18.") => safari_version(user_agent).unwrap_or(version).into(),
        _ if version.is_empty() => labels::NOT_SET.into(),
        _ => version.into(),
    }
}

fn safari_version(user_agent: &str) -> Option<&str> {
    let (_, rest) = user_agent.split_once("Version/")?;
    let number = number_at(rest)?;
    let major: u32 = number.split('.').next()?.parse().ok()?;
    (major >= 26).then_some(number)
}

/// The number that a text begins with, at most two parts of it.
fn number_at(text: &str) -> Option<&str> {
    let end = text.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let two_parts = number.match_indices('.').nth(1).map_or(number, |(second, _)| &number[..second]);
    (!two_parts.is_empty()).then_some(two_parts)
}
