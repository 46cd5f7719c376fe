//! Authorising connections.

use super::cluster::Cluster;
use super::connection::Connection;
use super::retry::{Cause, Failed};
use crate::wire::auth::Authorization;
use crate::wire::cbor::Writer;
use crate::wire::requests::{Authorize, Control};
use std::time::Duration;

/// A connection is authorised again when this long has passed: half of what the server allows, as the Python and the
/// Node client do.
const AUTHORIZED_FOR: Duration = Duration::from_secs(150);

/// Writes what authorises the connection, when it is time to. It has no answer: the next request's tells.
pub async fn authorize(cluster: &Cluster, connection: &mut Connection, to: &mut Writer) -> Result<(), Failed> {
    let credentials = cluster.credentials.get().await.map_err(|error| Failed::before(Cause::Credentials(error)))?;
    let Some(credentials) = credentials else { return Ok(()) };
    let now = cluster.config.clock.age();
    let still = |(since, key): &(Duration, String)| now.saturating_sub(*since) < AUTHORIZED_FOR && key == credentials.access_key_id();
    if connection.authorized.as_ref().is_some_and(still) {
        return Ok(());
    }
    let signed = Authorization::sign(
        credentials.access_key_id(),
        credentials.secret_access_key(),
        credentials.session_token(),
        cluster.config.region.as_ref(),
        cluster.config.clock.unix().as_secs(),
    );
    let authorize = Authorize {
        access_key: signed.access_key,
        signature: signed.signature,
        string_to_sign: signed.string_to_sign,
        token: signed.token,
        user_agent: Some(cluster.settings().user_agent.clone()),
    };
    Control::Authorize(authorize).write(to);
    connection.authorized = Some((now, credentials.access_key_id().to_owned()));
    Ok(())
}
