//! Who a connection speaks for.

use crate::server::Shared;
use crate::server::metrics::Front;
use crate::wire::error::DynamoError;
use crate::wire::error_frame::AUTHENTICATION_REQUIRED;
use crate::wire::requests::Authorize;
use std::time::Duration;

/// How long a signature admits. The official clients sign anew after 150 or 225 seconds, and take five minutes for the
/// life of a signature.
const VALID: Duration = Duration::from_secs(300);

/// What a connection has proved.
#[derive(Default, Debug)]
pub(super) struct Admission {
    /// Until this age of the clock.
    until: Option<Duration>,
    /// Whether it ever proved anything.
    once: bool,
}

/// What is due to a peer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// Everything.
    Admitted,
    /// He was admitted and has to sign again: silence is as normal as before, large requests are not.
    Lapsed,
    /// He has proved nothing: he is to do so soon, and takes no room.
    Stranger,
}

impl Admission {
    /// A signature came. It has no answer: the next request's tells.
    pub(super) fn authorize(&mut self, signed: Authorize, shared: &Shared) {
        let Some(key) = shared.config.keys.iter().find(|key| key.id == signed.access_key) else {
            self.until = None;
            return;
        };
        let clock = &shared.config.clock;
        let checked = signed.check(&key.secret, Some(&shared.config.region), clock.unix().as_secs());
        self.until = match checked {
            Ok(()) => {
                self.once = true;
                Some(clock.age() + VALID)
            }
            Err(reason) => {
                tracing::debug!(%reason, "a DAX connection is not admitted");
                None
            }
        };
    }

    /// Requests are answered when he is admitted.
    pub(super) fn standing(&self, shared: &Shared) -> Standing {
        if shared.config.keys.is_empty() || self.until.is_some_and(|until| shared.config.clock.age() < until) {
            return Standing::Admitted;
        }
        if self.once { Standing::Lapsed } else { Standing::Stranger }
    }

    /// A request came that is not answered.
    pub(super) fn refuse(shared: &Shared) -> DynamoError {
        shared.metrics.front(Front::Dax).refused_signatures.add(1);
        DynamoError::client(AUTHENTICATION_REQUIRED, "the connection must be authorized with a key of this server")
    }
}
