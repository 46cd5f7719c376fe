//! File, then environment, then flags.

use super::hint::nearest;
use super::secret_key::{self, SECRET_KEY_VARIABLE};
use super::{Config, Environment, Kind, SETTINGS, Setting};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// What the command line said.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config FILE`.
    pub config: Option<PathBuf>,
    /// `--data DIR`.
    pub data: Option<PathBuf>,
    /// `--listen ADDRESS:PORT`.
    pub listen: Option<SocketAddr>,
}

/// Why there is no configuration. Every message says where the fault is and what would be right.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {0}")]
    Read(PathBuf, #[source] std::io::Error),
    /// The file is no TOML.
    #[error("the configuration file {0} is no TOML: {1}")]
    Syntax(PathBuf, String),
    /// A key nobody knows.
    #[error("{origin}: there is no setting '{name}'{}", hint.as_ref().map(|hint| format!("; did you mean '{hint}'?")).unwrap_or_default())]
    Unknown {
        /// The file, or "environment".
        origin: String,
        /// As written.
        name: String,
        /// The nearest known name.
        hint: Option<String>,
    },
    /// A value that does not fit.
    #[error("{0}")]
    Value(String),
}

/// Variables that are no settings: where the file is, the key that is in no file, and what tests and the build use.
const OTHER_VARIABLES: [&str; 5] = ["FOOTFALL_CONFIG", SECRET_KEY_VARIABLE, "FOOTFALL_SITE_DIR", "FOOTFALL_BIN", "FOOTFALL_BUILD"];

/// Reads the configuration.
///
/// # Errors
/// The file cannot be read, a key is unknown, or a value does not fit.
pub fn load(environment: &Environment, flags: &Flags) -> Result<Config, ConfigError> {
    let file = flags.config.clone().or_else(|| environment.get("FOOTFALL_CONFIG").map(PathBuf::from));
    let mut table = file.as_deref().map(read).transpose()?.unwrap_or_default();
    if let Some(file) = &file {
        refuse_unknown(&file.display().to_string(), &table)?;
    }
    apply_environment(&mut table, environment)?;
    apply_flags(&mut table, flags);
    let mut config: Config = table.try_into().map_err(|error: toml::de::Error| ConfigError::Value(error.to_string().trim().to_owned()))?;
    config.secret_key = secret_key::given(environment)?;
    match fault(&config) {
        Some(fault) => Err(ConfigError::Value(fault)),
        None => Ok(config),
    }
}

fn read(file: &Path) -> Result<Table, ConfigError> {
    let text = std::fs::read_to_string(file).map_err(|error| ConfigError::Read(file.to_owned(), error))?;
    text.parse().map_err(|error: toml::de::Error| ConfigError::Syntax(file.to_owned(), error.to_string().trim().to_owned()))
}

fn refuse_unknown(origin: &str, table: &Table) -> Result<(), ConfigError> {
    let known: Vec<String> = SETTINGS.iter().map(Setting::path).collect();
    let sections = || SETTINGS.iter().map(|setting| setting.section).filter(|section| !section.is_empty());
    for (key, value) in table {
        let unknown =
            |name: String, hint: Option<&str>| ConfigError::Unknown { origin: origin.to_owned(), name, hint: hint.map(str::to_owned) };
        let Value::Table(inner) = value else {
            if !known.contains(key) {
                let elsewhere = SETTINGS.iter().find(|setting| setting.key == key).map(Setting::path);
                let hint = elsewhere.as_deref().or_else(|| nearest(key, known.iter().map(String::as_str)));
                return Err(unknown(key.clone(), hint));
            }
            continue;
        };
        if !sections().any(|section| section == key) {
            return Err(unknown(format!("[{key}]"), nearest(key, sections())));
        }
        if let Some(name) = inner.keys().map(|name| format!("{key}.{name}")).find(|name| !known.contains(name)) {
            let hint = nearest(&name, known.iter().map(String::as_str));
            return Err(unknown(name, hint));
        }
    }
    Ok(())
}

fn apply_environment(table: &mut Table, environment: &Environment) -> Result<(), ConfigError> {
    let known: Vec<(String, &Setting)> = SETTINGS.iter().map(|setting| (setting.variable(), setting)).collect();
    for name in environment.names() {
        let meant =
            known.iter().any(|(variable, _)| variable == name) || OTHER_VARIABLES.contains(&name) || name.starts_with("FOOTFALL_TEST_");
        if !meant {
            let hint = nearest(name, known.iter().map(|(variable, _)| variable.as_str())).map(str::to_owned);
            return Err(ConfigError::Unknown { origin: "environment".into(), name: name.to_owned(), hint });
        }
    }
    for (variable, setting) in known {
        if let Some(text) = environment.get(&variable) {
            set(table, setting, parse(&variable, setting.kind, text)?);
        }
    }
    Ok(())
}

fn parse(variable: &str, kind: Kind, text: &str) -> Result<Value, ConfigError> {
    Ok(match kind {
        Kind::Text => Value::String(text.to_owned()),
        Kind::Number => {
            Value::Integer(text.trim().parse().map_err(|_| ConfigError::Value(format!("{variable}={text}: write a whole number")))?)
        }
        Kind::List => Value::Array(
            text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(|item| Value::String(item.to_owned())).collect(),
        ),
    })
}

fn apply_flags(table: &mut Table, flags: &Flags) {
    if let Some(data) = &flags.data {
        table.insert("data".into(), Value::String(data.to_string_lossy().into_owned()));
    }
    if let Some(listen) = flags.listen {
        section(table, "server").insert("listen".into(), Value::String(listen.to_string()));
    }
}

fn set(table: &mut Table, setting: &Setting, value: Value) {
    let table = if setting.section.is_empty() { table } else { section(table, setting.section) };
    table.insert(setting.key.to_owned(), value);
}

fn section<'a>(table: &'a mut Table, name: &str) -> &'a mut Table {
    let entry = table.entry(name.to_owned()).or_insert_with(|| Value::Table(Table::new()));
    if !entry.is_table() {
        *entry = Value::Table(Table::new());
    }
    entry.as_table_mut().expect("made a table above")
}

/// What the types cannot say.
fn fault(config: &Config) -> Option<String> {
    if config.data.as_os_str().is_empty() {
        return Some("data: the data folder has no name".into());
    }
    let url = &config.server.public_url;
    if !url.is_empty()
        && !url::Url::parse(url).is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.path() == "/" && url.query().is_none())
    {
        return Some(format!("server.public_url = \"{url}\": write scheme and host only, such as https://stats.example.com"));
    }
    if config.accounts.hashes_at_once == 0 || config.accounts.sign_in_days == 0 {
        return Some("accounts: sign_in_days and hashes_at_once are at least 1".into());
    }
    if let Err(error) = config.server.trusted() {
        return Some(format!("server.trusted_proxies: {error}"));
    }
    if let Some(fault) = config.cdn.fault(url) {
        return Some(fault);
    }
    let backends = &config.backends;
    if config.secret_key.is_some() && !backends.secret_key_file.as_os_str().is_empty() {
        return Some(format!("{SECRET_KEY_VARIABLE} and backends.secret_key_file both give the key; leave one of them out"));
    }
    let refused = [
        backends.eventlog(&config.data).err(),
        backends.archive(&config.data).err(),
        backends.store(&config.data).err(),
        backends.reads(&config.data).err(),
    ];
    config.ingest.fault().or_else(|| refused.into_iter().flatten().next().map(|error| error.to_string()))
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
