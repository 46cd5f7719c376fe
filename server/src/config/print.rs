//! `--print-config`.

use super::Config;

/// The settings as TOML, each section under its name. There are no secrets among them.
pub(super) fn to_toml(config: &Config) -> String {
    toml::to_string_pretty(config).expect("settings are plain data")
}
