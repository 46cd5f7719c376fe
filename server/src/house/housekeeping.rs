//! What has to be tidied up now and then.

use super::{House, orphans, retention};
use std::sync::Arc;
use std::time::Duration;

/// Nothing of it is urgent: sign-ins end by themselves, and hits of removed sites are in no report.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// How long the log of who changed what is kept, in milliseconds: two years.
const LOG_KEPT: i64 = 2 * 366 * 24 * 60 * 60 * 1_000;

/// Tidies up every hour, until the house closes.
pub(super) async fn run(house: Arc<House>) {
    let mut stopping = house.stopping();
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + EVERY, EVERY);
    let mut hours = 0_u32;
    loop {
        tokio::select! {
            _ = tick.tick() => {
                tidy(&house).await;
                // Once a day: in a table it is a question for each site.
                if hours.is_multiple_of(24) {
                    forget_old_entries(&house).await;
                    retention::sweep(&house, true).await;
                }
                hours = hours.wrapping_add(1);
            }
            _ = async { stopping.wait_for(|stopping| *stopping).await.map(|_| ()) } => return,
        }
    }
}

/// Tidies up once; what fails is tried again the next time.
pub(super) async fn tidy(house: &House) {
    orphans::sweep(house).await;
    retention::sweep(house, false).await;
    forget_ended_sign_ins(house).await;
}

/// Forgets what was changed longer ago than [`LOG_KEPT`].
async fn forget_old_entries(house: &House) {
    match house.registry.remove_audit_before(house.now().plus(-LOG_KEPT)).await {
        Ok(0) => {}
        Ok(old) => tracing::debug!(entries.old = old, "forgot old entries of the log of changes"),
        Err(error) => tracing::warn!(error = %error, "cannot forget old entries of the log of changes; trying again"),
    }
}

async fn forget_ended_sign_ins(house: &House) {
    match house.registry.remove_ended_sign_ins(house.now()).await {
        Ok(0) => {}
        Ok(ended) => tracing::debug!(sign_ins.ended = ended, "forgot sign-ins that have ended"),
        Err(error) => tracing::warn!(error = %error, "cannot forget sign-ins that have ended; trying again"),
    }
}
