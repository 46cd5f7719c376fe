//! Which answered requests of an access log are page views (`docs/import.md`).

use footfall_domain::DropReason;
use percent_encoding::percent_decode;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Files that are part of a page, or no page at all, by extension: looks and scripts, pictures, sound and film, data,
/// downloads. What is not here is a page: `/release-1.2` has no extension.
static ASSETS: Words = Words::new(
    "
    css scss less js mjs cjs tsx jsx map wasm vue woff woff2 ttf otf eot
    png jpg jpeg jpe gif webp avif svg svgz ico cur bmp tif tiff heic heif jxl psd eps ai
    mp3 m4a ogg oga opus wav flac aac mp4 m4v m4s webm ogv mov avi mkv mpg mpeg wmv flv swf m3u8 vtt srt ts
    json jsonld geojson ndjson webmanifest manifest xml xsl xsd csv tsv txt text log yml yaml toml ini conf cfg
    env sql sqlite db bak old orig swp pem crt key asc sig sha256 md5 appcache axd
    pdf doc docx odt rtf xls xlsx ods ppt pptx odp pps epub mobi ps zip gz tgz bz2 tbz xz txz zst 7z rar tar jar
    war whl gem crx xpi exe msi dmg pkg deb rpm apk ipa iso img bin dll so torrent ics vcf patch diff
    ",
);
/// Feeds by the last part of the path.
static FEED_NAMES: Words = Words::new(
    "
    feed feeds rss rss2 atom feed.xml rss.xml atom.xml feed.json index.xml rss.php feed.php rss2.xml
    ",
);
/// Feeds by a parameter and its value, as blogs ask for them.
static FEED_PARAMETERS: Words = Words::new("feed flav flavour format type alt output");
static FEED_VALUES: Words = Words::new("feed rss rss1 rss2 rss20 rss091 atom rdf comments-rss2");
/// Paths that load balancers and monitors ask for.
static HEALTH_PATHS: Words = Words::new(
    "
    /health /healthz /health/live /health/ready /healthcheck /health-check /health_check /_health /api/health
    /api/healthz /-/healthy /-/ready /livez /readyz /ready /ping /up /heartbeat /__heartbeat__ /__lbheartbeat__
    /lbcheck /actuator/health /server-status /nginx_status /stub_status /fpm-status /fpm-ping
    ",
);
/// Folders no page lives in.
const ASSET_FOLDERS: [&str; 6] = ["/.well-known/", "/wp-json/", "/cdn-cgi/", "/_next/static/", "/_next/data/", "/_nuxt/"];
/// Programs that do nothing but check health: the beginnings of their user agents.
const HEALTH_AGENTS: [&[u8]; 9] = [
    b"ELB-HealthChecker/",
    b"kube-probe/",
    b"GoogleHC/",
    b"Amazon-Route53-Health-Check",
    b"Consul Health Check",
    b"Envoy/HC",
    b"HAProxy",
    b"DigitalOcean Uptime Probe",
    b"DO-HealthCheck",
];

/// Why an answer is no page shown, by its status: 200 and 203 showed one, and so did 304, from the browser's own copy.
pub(super) fn status(status: Option<u16>) -> Option<DropReason> {
    match status {
        Some(200 | 203 | 304) => None,
        // An answer without a whole page: nothing at all, a part of a file.
        Some(201..=299) => Some(DropReason::Asset),
        Some(300..=399) => Some(DropReason::Redirect),
        _ => Some(DropReason::ErrorStatus),
    }
}

/// Why a GET is for no page, by what it asks for and who asks.
pub(super) fn request(path_and_query: &[u8], user_agent: &[u8]) -> Option<DropReason> {
    let end = path_and_query.iter().position(|byte| matches!(byte, b'?' | b'#'));
    let (path, query) = path_and_query.split_at(end.unwrap_or(path_and_query.len()));
    let path = percent_decode(path).decode_utf8_lossy().to_ascii_lowercase();
    let query = String::from_utf8_lossy(query.strip_prefix(b"?").unwrap_or_default());
    if is_health_check(&path, user_agent) {
        Some(DropReason::HealthCheck)
    } else if is_feed(&path, &query) {
        Some(DropReason::Feed)
    } else if is_asset(&path) {
        Some(DropReason::Asset)
    } else {
        None
    }
}

fn is_health_check(path: &str, user_agent: &[u8]) -> bool {
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    HEALTH_PATHS.have(path) || HEALTH_AGENTS.iter().any(|agent| user_agent.starts_with(agent))
}

fn is_feed(path: &str, query: &str) -> bool {
    let name = last_part(path.trim_end_matches('/'));
    let mut asked = query.split('&').filter_map(|parameter| parameter.split_once('='));
    FEED_NAMES.have(name)
        || matches!(extension(name), Some("rss" | "atom" | "rdf"))
        || asked.any(|(name, value)| FEED_PARAMETERS.have(name) && FEED_VALUES.have(&value.to_ascii_lowercase()))
}

fn is_asset(path: &str) -> bool {
    let service = matches!(path, "/wp-admin/admin-ajax.php" | "/wp-cron.php" | "/xmlrpc.php" | "/wp-json" | "/wp-login.php");
    service
        || ASSET_FOLDERS.iter().any(|folder| path.starts_with(folder))
        || extension(last_part(path)).is_some_and(|extension| ASSETS.have(extension))
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// A set of words, split when it is first asked.
struct Words {
    text: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl Words {
    const fn new(text: &'static str) -> Self {
        Self { text, set: OnceLock::new() }
    }

    fn have(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.text.split_whitespace().collect()).contains(word)
    }
}
