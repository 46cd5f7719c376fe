//! What has to be tidied up now and then.

use super::House;
use std::sync::Arc;
use std::time::Duration;

/// Sign-ins end by themselves; forgetting them only saves room.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Tidies up at the start and every hour, until the house closes.
pub(super) async fn run(house: Arc<House>) {
    let mut stopping = house.stopping();
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => forget_ended_sign_ins(&house).await,
            _ = async { stopping.wait_for(|stopping| *stopping).await.map(|_| ()) } => return,
        }
    }
}

async fn forget_ended_sign_ins(house: &House) {
    match house.registry.remove_ended_sign_ins(house.now()).await {
        Ok(0) => {}
        Ok(ended) => tracing::debug!(sign_ins.ended = ended, "forgot sign-ins that have ended"),
        Err(error) => tracing::warn!(error = %error, "cannot forget sign-ins that have ended; trying again"),
    }
}
