//! What has to be tidied up now and then.

use super::{House, orphans};
use std::sync::Arc;
use std::time::Duration;

/// Nothing of it is urgent: sign-ins end by themselves, and hits of removed sites are in no report.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Tidies up every hour, until the house closes.
pub(super) async fn run(house: Arc<House>) {
    let mut stopping = house.stopping();
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + EVERY, EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => tidy(&house).await,
            _ = async { stopping.wait_for(|stopping| *stopping).await.map(|_| ()) } => return,
        }
    }
}

/// Tidies up once; what fails is tried again the next time.
pub(super) async fn tidy(house: &House) {
    orphans::sweep(house).await;
    forget_ended_sign_ins(house).await;
}

async fn forget_ended_sign_ins(house: &House) {
    match house.registry.remove_ended_sign_ins(house.now()).await {
        Ok(0) => {}
        Ok(ended) => tracing::debug!(sign_ins.ended = ended, "forgot sign-ins that have ended"),
        Err(error) => tracing::warn!(error = %error, "cannot forget sign-ins that have ended; trying again"),
    }
}
