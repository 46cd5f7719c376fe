//! Keeping the picture current: who belongs to the cluster, and who is well.

use super::Cluster;
use crate::client::execute::ask_control;
use crate::client::node::Node;
use crate::client::retry::{Cause, Failed};
use crate::wire::requests::Control;
use std::sync::{Arc, Weak};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// Asks for the nodes and for their health, each at its interval, for as long as the client lives.
pub async fn keep(cluster: Weak<Cluster>) {
    let Some((refresh, health)) = cluster.upgrade().map(|cluster| {
        let settings = cluster.settings();
        (settings.refresh_interval, settings.health_interval)
    }) else {
        return;
    };
    let mut refresh = interval_at(Instant::now() + refresh, refresh);
    let mut health = interval_at(Instant::now() + health, health);
    // A machine that slept does not owe the cluster the questions it missed.
    refresh.set_missed_tick_behavior(MissedTickBehavior::Delay);
    health.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = refresh.tick() => {
                let Some(cluster) = cluster.upgrade() else { return };
                if let Err(error) = cluster.discover().await {
                    tracing::debug!(%error, "the DAX cluster did not name its nodes");
                }
            }
            _ = health.tick() => {
                let Some(cluster) = cluster.upgrade() else { return };
                check_all(&cluster).await;
            }
        }
    }
}

/// Asks every node at the same time.
async fn check_all(cluster: &Arc<Cluster>) {
    let routes = cluster.routes();
    let checks: Vec<_> = routes
        .nodes()
        .map(|node| {
            node.close_idle(cluster.settings().idle_timeout);
            tokio::spawn(check(cluster.clone(), node.clone()))
        })
        .collect();
    for check in checks {
        // A check that panicked would be a bug of ours; the node is asked again next time.
        let _ = check.await;
    }
}

async fn check(cluster: Arc<Cluster>, node: Arc<Node>) {
    let was_well = node.is_healthy();
    let asked = async {
        // A connection that cannot be made has been counted where it was tried.
        let Ok(mut lease) = cluster.lease(&node).await else { return };
        match ask_control(&cluster, &mut lease, &Control::Endpoints).await {
            Ok(_) => {
                lease.give_back();
                node.well();
            }
            // Whatever it answered, it answers.
            Err(Failed { cause: Cause::Service(_) | Cause::Answer(_), .. }) => node.well(),
            Err(Failed { cause: Cause::Io(_) | Cause::Slow, .. }) => node.ailing(),
            Err(_) => {}
        }
    };
    if tokio::time::timeout(cluster.settings().health_timeout, asked).await.is_err() {
        node.ailing();
    }
    match (was_well, node.is_healthy()) {
        (true, false) => tracing::warn!(node = %node.address, "a DAX node does not answer and is asked no more"),
        (false, true) => tracing::info!(node = %node.address, "a DAX node answers again"),
        _ => {}
    }
}
