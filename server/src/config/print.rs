//! `--print-config`.

use super::Config;

/// The settings as TOML, each section under its name. The one secret, `Config::secret_key`, is not written.
pub(super) fn to_toml(config: &Config) -> String {
    toml::to_string_pretty(config).expect("settings are plain data")
}
