//! Browsers: name and major version.

use crate::lists;
use footfall_domain::labels;
use std::borrow::Cow;
use std::sync::LazyLock;
use ua_parser::user_agent::{Builder, Extractor, Parser};

static BROWSERS: LazyLock<Extractor<'static>> = LazyLock::new(|| {
    let cell = |text: &'static str| (!text.is_empty()).then_some(Cow::Borrowed(text));
    let parsers = lists::rows(lists::MORE_BROWSERS).chain(lists::rows(lists::BROWSERS)).map(|[regex, family, v1, v2]| Parser {
        regex: Cow::Borrowed(regex),
        family_replacement: cell(family),
        v1_replacement: cell(v1),
        v2_replacement: cell(v2),
        ..Parser::default()
    });
    Builder::new().push_all(parsers).and_then(|builder| Ok(builder.build()?)).expect("the committed patterns compile: a test builds them")
});

/// Name and major version of a browser.
pub(super) fn read(user_agent: &str) -> (Box<str>, Box<str>) {
    let Some(value) = BROWSERS.extract(user_agent) else {
        return (labels::NOT_SET.into(), labels::NOT_SET.into());
    };
    (name(&value.family).into(), value.major.filter(|major| !major.is_empty()).unwrap_or(labels::NOT_SET).into())
}

/// The name users of Plausible know for a family of uap-core's.
fn name(family: &str) -> &str {
    match family {
        "Chrome Mobile" | "Chrome Mobile iOS" => "Chrome",
        "Mobile Safari" => "Safari",
        "Firefox Mobile" | "Firefox iOS" | "Firefox Alpha" | "Firefox Beta" => "Firefox",
        family if family.starts_with("Firefox (") => "Firefox",
        "Edge" | "Edge Mobile" => "Microsoft Edge",
        "IE" | "IE Mobile" | "IE Large Screen" => "Internet Explorer",
        "Opera Mobile" | "Opera Mini" | "Opera Tablet" | "Opera Touch" => "Opera",
        "Samsung Internet" => "Samsung Browser",
        "Android" => "Android Browser",
        "DuckDuckGo Mobile" => "DuckDuckGo",
        "MiuiBrowser" => "MIUI Browser",
        "HuaweiBrowser" => "Huawei Browser",
        "VivoBrowser" => "Vivo Browser",
        "HeyTapBrowser" => "HeyTap Browser",
        "QQ Browser Mobile" | "QQ Browser Mini" => "QQ Browser",
        "Whale" => "Whale Browser",
        "BlackBerry WebKit" | "BlackBerry" => "BlackBerry Browser",
        "Seznam prohlížeč" => "Seznam Browser",
        // A page shown inside an application that is no browser.
        "Chrome Mobile WebView"
        | "Mobile Safari UI/WKWebView"
        | "Facebook"
        | "Facebook Messenger"
        | "Instagram"
        | "Google"
        | "LINE"
        | "Snapchat"
        | "Twitter"
        | "Pinterest"
        | "LinkedIn"
        | "Slack"
        | "TopBuzz"
        | "Skype"
        | "WhatsApp"
        | "WeChat"
        | "KakaoTalk"
        | "CFNetwork"
        | "TikTok"
        | "BaiduBoxApp"
        | "Flipboard"
        | "Flipboard-Briefing" => "Mobile App",
        "Other" => labels::NOT_SET,
        family => family,
    }
}
