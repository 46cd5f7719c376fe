//! Devices by class. uap-core knows brands and models; what people ask is what it is held in, or stands on.

use footfall_domain::labels;

/// `Desktop`, `Mobile`, `Tablet`, `TV`, `Console`, `Wearable`, or the label for none.
///
/// The first class that a word gives away. An Android device is a telephone if it says `Mobile`, as Google asks of makers;
/// an iPad that asks for desktop pages says it is a Mac, and is believed.
pub(super) fn class(user_agent: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|word| user_agent.contains(word));
    if has(CONSOLES) {
        "Console"
    } else if has(TELEVISIONS) {
        "TV"
    } else if has(WEARABLES) {
        "Wearable"
    } else if has(TABLETS) {
        "Tablet"
    } else if has(&["Android"]) {
        if has(TELEPHONES) { "Mobile" } else { "Tablet" }
    } else if has(TELEPHONES) {
        "Mobile"
    } else if has(DESKTOPS) {
        "Desktop"
    } else {
        labels::NOT_SET
    }
}

const CONSOLES: &[&str] = &["PlayStation", "PLAYSTATION", "Xbox", "Nintendo", "Steam GameOverlay"];
const TELEVISIONS: &[&str] = &[
    "SmartTV",
    "SMART-TV",
    "Smart-TV",
    "Smart TV",
    "SmartHub",
    "HbbTV",
    "Apple TV",
    "AppleTV",
    "tvOS",
    "GoogleTV",
    "Google TV",
    "Android TV",
    "AndroidTV",
    "BRAVIA",
    "; AFT",
    "CrKey",
    "Roku",
    "Web0S",
    "NetCast",
    "NETTV",
    "VIDAA",
    "MiTV",
    "MiBOX",
    "MIBOX",
    "DTV",
    "Viera",
    "Chromecast",
    "SHIELD Android TV",
    "Opera TV",
    "OPR TV",
    "InettvBrowser",
    "Hisense",
    "PhilipsTV",
    "TV Safari",
    "Tizen 2.4; TV",
    "LG Browser",
    "Large Screen",
];
const WEARABLES: &[&str] =
    &["Watch OS", "watchOS", "WatchOS", "Apple Watch", "; Quest", "OculusBrowser", "Pico Neo", "PICO ", "SM-R8", "SM-R9", "Wear OS"];
const TABLETS: &[&str] =
    &["iPad", "Tablet;", "; Tablet", "PlayBook", "Kindle", "Silk-Accelerated", "RIM Tablet", "(Tablet", "Opera Tablet", "hp-tablet"];
const TELEPHONES: &[&str] = &[
    "Mobi",
    "mobi",
    "iPhone",
    "iPod",
    "Windows Phone",
    "Windows CE",
    "IEMobile",
    "BlackBerry",
    "BB10",
    "Opera Mini",
    "Symbian",
    "SymbOS",
    "Series60",
    "Series40",
    "KAIOS",
    "KaiOS",
    "MIDP",
    "J2ME",
    "UCWEB",
    "webOS/",
    "hpwOS",
    "Phone",
    "NetFront",
    "DoCoMo",
    "KDDI",
    "SoftBank",
    "Nokia",
    "SAMSUNG-",
    "LG-",
];
const DESKTOPS: &[&str] = &[
    "Windows",
    "Macintosh",
    "Mac OS",
    "Mac_PowerPC",
    "CrOS",
    "X11",
    "Linux",
    "BSD",
    "SunOS",
    "Haiku",
    "AmigaOS",
    "OS/2",
    "Ubuntu",
    "Darwin",
];
