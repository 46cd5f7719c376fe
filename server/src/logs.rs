//! The server's log: on standard error, for people or for programs.
//!
//! What never stands in it: an address, a user agent, a secret, a token, a password, a query string, a URL. Requests
//! are named by the route they matched. This is checked by a test that reads everything a busy server wrote.

use crate::config::{LogConfig, LogFormat};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// Starts the log of this process. A second call changes nothing.
///
/// # Errors
/// The filter is none.
pub fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.filter).map_err(|error| {
        anyhow::anyhow!("log.filter = \"{}\": {error}; write error, warn, info, debug or such as info,footfall=debug", config.filter)
    })?;
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_span_events(FmtSpan::NONE).with_target(true);
    // Only the first can be set; a test that opens several servers in one process keeps it.
    let _ = match config.format {
        LogFormat::Text => builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    Ok(())
}
