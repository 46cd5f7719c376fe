//! `[ingest]`: how hits come in.

use serde::{Deserialize, Serialize};

/// How hits come in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IngestConfig {
    /// Path of the tracker script. Blockers know the usual one.
    pub script_path: String,
    /// Path of the tracker script with engagement, links, downloads and forms.
    pub full_script_path: String,
    /// Path that takes hits. Blockers know the usual one; the usual one goes on working too.
    pub event_path: String,
    /// Path of the pixel for pages without scripts.
    pub pixel_path: String,
    /// Hits that may wait for the log at once; what comes on top is told to come again (503).
    pub queue_hits: usize,
    /// The largest size of the event log in bytes; beyond it hits are refused as on a full disk (503). 0: the disk is
    /// the limit.
    pub max_log_bytes: u64,
}

impl Default for IngestConfig {
    fn default() -> Self {
        Self {
            script_path: "/js/script.js".into(),
            full_script_path: "/js/script.full.js".into(),
            event_path: "/api/event".into(),
            pixel_path: "/pixel.gif".into(),
            queue_hits: 50_000,
            max_log_bytes: 0,
        }
    }
}

/// Paths that lead elsewhere; see `http::router`.
const OURS: [&str; 21] = [
    "/setup",
    "/login",
    "/logout",
    "/sites",
    "/sites/new",
    "/account",
    "/account/password",
    "/theme",
    "/healthz",
    "/readyz",
    "/metrics",
    "/count",
    "/matomo.php",
    "/piwik.php",
    "/api",
    "/assets",
    "/embed",
    "/favicon.ico",
    "/js",
    "/robots.txt",
    "/share",
];

impl IngestConfig {
    /// The paths that trackers ask for, by the names of their settings.
    pub fn paths(&self) -> [(&'static str, &str); 4] {
        [
            ("script_path", &self.script_path),
            ("full_script_path", &self.full_script_path),
            ("event_path", &self.event_path),
            ("pixel_path", &self.pixel_path),
        ]
    }

    /// What is wrong with the paths; `None` when nothing is.
    pub fn fault(&self) -> Option<String> {
        let named = self.paths();
        for (at, (name, path)) in named.iter().enumerate() {
            let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte));
            if !path.starts_with('/') || path.len() < 2 || !plain || path.contains("//") {
                return Some(format!("ingest.{name} = \"{path}\": a path begins with / and has letters, digits, - _ . ~ only"));
            }
            let usual = matches!((*name, *path), ("event_path", "/api/event"));
            if !usual && (OURS.contains(path) || path.starts_with("/api/") || path.starts_with("/assets/")) {
                return Some(format!("ingest.{name} = \"{path}\": this path belongs to Footfall itself; choose another"));
            }
            if let Some((other, _)) = named[..at].iter().find(|(_, earlier)| earlier == path) {
                return Some(format!("ingest.{name} and ingest.{other} are both \"{path}\"; give them different paths"));
            }
        }
        (self.queue_hits == 0).then(|| "ingest.queue_hits = 0: at least one hit must be able to wait".to_owned())
    }
}
