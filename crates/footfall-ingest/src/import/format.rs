//! The formats of files, and how one is recognised.

use super::{access_log, hits, log_line};
use std::fmt;
use std::str::FromStr;

/// How the lines of a file are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// One hit a line, as a JSON object.
    Hits,
    /// `host ident user [time] "request" status bytes`.
    Common,
    /// Common, then `"referrer" "user agent"`.
    Combined,
    /// Common after the virtual host.
    CommonVhost,
    /// Combined after the virtual host.
    CombinedVhost,
}

/// A name that is no format's.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("'{0}' is no format; use hits, combined, common, combined-vhost or common-vhost")]
pub struct UnknownFormat(pub String);

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Hits, Self::Combined, Self::Common, Self::CombinedVhost, Self::CommonVhost];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hits => "hits",
            Self::Common => "common",
            Self::Combined => "combined",
            Self::CommonVhost => "common-vhost",
            Self::CombinedVhost => "combined-vhost",
        }
    }

    /// Whether a line begins with the virtual host.
    pub(super) fn has_vhost(self) -> bool {
        matches!(self, Self::CommonVhost | Self::CombinedVhost)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.into_iter().find(|format| format.name() == text).ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

/// The format most of these lines are in; `None` when no line is in any. Lines of an unknown kind do not vote.
pub fn detect(first_lines: &[&[u8]]) -> Option<Format> {
    let votes = first_lines.iter().filter_map(|line| format_of(log_line::trimmed(line)));
    let mut counts = [0_u32; Format::ALL.len()];
    for vote in votes {
        counts[Format::ALL.iter().position(|format| *format == vote)?] += 1;
    }
    let (best, votes) = Format::ALL.into_iter().zip(counts).max_by_key(|(_, votes)| *votes)?;
    (votes > 0).then_some(best)
}

fn format_of(line: &[u8]) -> Option<Format> {
    if line.first() == Some(&b'{') {
        return hits::looks_like(line).then_some(Format::Hits);
    }
    // With a virtual host first: there the second word is an address, where other logs have an identity nobody sends.
    [(true, Format::CombinedVhost, Format::CommonVhost), (false, Format::Combined, Format::Common)].into_iter().find_map(
        |(vhost, combined, common)| {
            let entry = access_log::read(line, vhost).ok()?;
            Some(if entry.user_agent.is_some() { combined } else { common })
        },
    )
}
