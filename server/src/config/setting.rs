//! The list of all settings: where each stands in the file, what it is called in the environment.

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The table it is in; empty at the top.
    pub section: &'static str,
    /// Its key there.
    pub key: &'static str,
    /// How a value is written in the environment.
    pub kind: Kind,
}

/// How the text of a variable becomes a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// As it stands.
    Text,
    /// A whole number.
    Number,
    /// Several, with commas between.
    List,
}

/// All settings, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    Setting { section: "", key: "data", kind: Kind::Text },
    Setting { section: "server", key: "listen", kind: Kind::Text },
    Setting { section: "server", key: "public_url", kind: Kind::Text },
    Setting { section: "server", key: "trusted_proxies", kind: Kind::List },
    Setting { section: "backends", key: "eventlog", kind: Kind::Text },
    Setting { section: "backends", key: "archive", kind: Kind::Text },
    Setting { section: "backends", key: "store", kind: Kind::Text },
    Setting { section: "backends", key: "reads", kind: Kind::Text },
    Setting { section: "backends", key: "secret_key_file", kind: Kind::Text },
    Setting { section: "ingest", key: "script_path", kind: Kind::Text },
    Setting { section: "ingest", key: "full_script_path", kind: Kind::Text },
    Setting { section: "ingest", key: "event_path", kind: Kind::Text },
    Setting { section: "ingest", key: "pixel_path", kind: Kind::Text },
    Setting { section: "ingest", key: "queue_hits", kind: Kind::Number },
    Setting { section: "ingest", key: "max_log_bytes", kind: Kind::Number },
    Setting { section: "cdn", key: "fresh_seconds", kind: Kind::Number },
    Setting { section: "cdn", key: "purge", kind: Kind::List },
    Setting { section: "places", key: "files", kind: Kind::List },
    Setting { section: "accounts", key: "sign_in_days", kind: Kind::Number },
    Setting { section: "accounts", key: "hashes_at_once", kind: Kind::Number },
    Setting { section: "accounts", key: "sites_per_member", kind: Kind::Number },
    Setting { section: "api", key: "requests_per_hour", kind: Kind::Number },
    Setting { section: "log", key: "format", kind: Kind::Text },
    Setting { section: "log", key: "filter", kind: Kind::Text },
];

impl Setting {
    /// Its name in the environment: `FOOTFALL_DATA`, `FOOTFALL_LISTEN`, `FOOTFALL_INGEST_EVENT_PATH`. The section
    /// `server` is left out: the program is the server.
    pub fn variable(&self) -> String {
        match self.section {
            "" | "server" => format!("FOOTFALL_{}", self.key.to_uppercase()),
            section => format!("FOOTFALL_{}_{}", section.to_uppercase(), self.key.to_uppercase()),
        }
    }

    /// Its name in messages: `ingest.event_path`.
    pub fn path(&self) -> String {
        if self.section.is_empty() { self.key.to_owned() } else { format!("{}.{}", self.section, self.key) }
    }
}
