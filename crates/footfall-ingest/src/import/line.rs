//! One line, judged.

use super::{Format, access_log, hits, log_line};
use crate::Sent;
use footfall_domain::{DropReason, Feed, UnixMillis};
use std::fmt;
use std::net::IpAddr;

/// What a line is.
#[derive(Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "one line at a time; a box for each would cost more")]
pub enum Line {
    /// Something that was seen.
    Hit {
        /// When, by the line.
        time: UnixMillis,
        /// What.
        sent: Sent,
        /// By whom: canonical.
        address: IpAddr,
        /// With what, byte for byte; empty when the line does not say.
        user_agent: Vec<u8>,
        /// `Log` for access logs, `Server` for hits.
        feed: Feed,
    },
    /// A request that is no page view of this site, and when it was made.
    Dropped(DropReason, Option<UnixMillis>),
    /// Nothing this format can hold, and why; never holds the line itself.
    Unreadable(String),
    /// An empty line: nothing at all.
    Blank,
}

impl fmt::Debug for Line {
    /// Without address and user agent: what is printed may end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hit { time, sent, feed, .. } => {
                f.debug_struct("Hit").field("time", time).field("sent", sent).field("feed", feed).finish_non_exhaustive()
            }
            Self::Dropped(reason, time) => f.debug_tuple("Dropped").field(reason).field(time).finish(),
            Self::Unreadable(why) => f.debug_tuple("Unreadable").field(why).finish(),
            Self::Blank => f.write_str("Blank"),
        }
    }
}

/// Reads a line, with or without its end. `site_domain` is the site's normal domain: the host of a log that names none,
/// and what a virtual host must be or end in.
pub fn parse_line(format: Format, line: &[u8], site_domain: &str) -> Line {
    let line = log_line::trimmed(line);
    if line.is_empty() {
        return Line::Blank;
    }
    match format {
        Format::Hits => hits::parse(line, site_domain),
        _ => log_line::parse(line, format.has_vhost(), site_domain),
    }
}

/// Whether a line that has no end yet has everything it should: the last line of a file may still be being written.
pub fn is_whole(format: Format, line: &[u8]) -> bool {
    let line = log_line::trimmed(line);
    match format {
        Format::Hits => hits::is_whole(line),
        Format::Common | Format::CommonVhost => access_log::read(line, format.has_vhost()).is_ok(),
        Format::Combined | Format::CombinedVhost => {
            access_log::read(line, format.has_vhost()).is_ok_and(|entry| entry.user_agent.is_some())
        }
    }
}
