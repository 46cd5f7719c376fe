//! When there is no page to show.

use super::Frame;

/// Why there is no page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FailureKind {
    /// 404. Also what somebody sees who may not know that the page exists.
    NotFound,
    /// 403: the form was too old, or came from elsewhere.
    Forbidden,
    /// 400: the address makes no sense; why.
    BadAddress(String),
    /// 405: the address takes forms; there is no page to read.
    FormsOnly,
    /// 422: what a form asks cannot be done; why.
    Refused(String),
    /// 429: too many attempts; seconds until the next is welcome.
    TooMany(u64),
    /// 503: the numbers are behind (starting, folding again); seconds until it is worth a try.
    Behind(u64),
    /// 503: more is asked for than can be made at the moment; seconds until it is worth a try.
    Crowded(u64),
    /// 500. The id is what the log has about it.
    Broken(String),
}

/// When there is no page to show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// Around the page.
    pub frame: Frame,
    /// Why.
    pub kind: FailureKind,
}

impl FailureKind {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            FailureKind::NotFound => 404,
            FailureKind::Forbidden => 403,
            FailureKind::BadAddress(_) => 400,
            FailureKind::FormsOnly => 405,
            FailureKind::Refused(_) => 422,
            FailureKind::TooMany(_) => 429,
            FailureKind::Behind(_) | FailureKind::Crowded(_) => 503,
            FailureKind::Broken(_) => 500,
        }
    }
}
