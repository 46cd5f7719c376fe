//! Asking the cluster for its nodes.

use super::Cluster;
use super::routes::{Route, Routes};
use crate::client::execute::ask_control;
use crate::client::node::Node;
use crate::client::retry::{Cause, Failed};
use crate::wire::requests::Control;
use crate::wire::responses::{Endpoint, Role, decode_endpoints};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

impl Cluster {
    /// Asks for the nodes: a seed first, on a connection of its own that is then closed, as the official clients do;
    /// when no seed answers, a node already known. Who comes while somebody asks gets the same answer: a cluster that
    /// is gone must not make a queue of callers wait for one timeout after another.
    pub async fn discover(&self) -> io::Result<()> {
        let before = self.discovered.load(Ordering::Acquire);
        let mut last = self.discovering.lock().await;
        if self.discovered.load(Ordering::Acquire) != before {
            return last.as_ref().map_or(Ok(()), |(kind, words)| Err(io::Error::new(*kind, words.clone())));
        }
        let outcome = self.ask_for_nodes().await;
        *last = outcome.as_ref().err().map(|error| (error.kind(), error.to_string()));
        self.discovered.fetch_add(1, Ordering::Release);
        outcome
    }

    async fn ask_for_nodes(&self) -> io::Result<()> {
        let mut last = None;
        for address in self.candidates().await? {
            match self.endpoints_at(address).await {
                Ok(endpoints) if endpoints.is_empty() => last = Some(io::Error::new(io::ErrorKind::NotFound, "the cluster names no nodes")),
                Ok(endpoints) => {
                    self.adopt(address, &endpoints);
                    return Ok(());
                }
                Err(error) => last = Some(io::Error::new(error.kind(), format!("{address}: {error}"))),
            }
        }
        Err(last.unwrap_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("{} has no address", self.config.seeds))))
    }

    /// The addresses of the seeds in random order, then those of known nodes.
    async fn candidates(&self) -> io::Result<Vec<SocketAddr>> {
        let mut addresses = Vec::new();
        let mut failure = None;
        for seed in self.config.seeds.seeds() {
            match tokio::net::lookup_host((seed.host.as_str(), seed.port)).await {
                Ok(found) => addresses.extend(found),
                Err(error) => failure = Some(io::Error::new(error.kind(), format!("the name {} cannot be resolved: {error}", seed.host))),
            }
        }
        self.rng().shuffle(&mut addresses);
        let known: Vec<SocketAddr> = self.routes().nodes().map(|node| node.address).filter(|known| !addresses.contains(known)).collect();
        addresses.extend(known);
        match failure {
            Some(error) if addresses.is_empty() => Err(error),
            _ => Ok(addresses),
        }
    }

    async fn endpoints_at(&self, address: SocketAddr) -> io::Result<Vec<Endpoint>> {
        let node = Arc::new(self.node(address));
        let asked = async {
            let mut lease = self.lease(&node).await?;
            ask_control(self, &mut lease, &Control::Endpoints).await
        };
        match tokio::time::timeout(self.settings().connect_timeout * 2, asked).await {
            Ok(Ok(answer)) => match decode_endpoints(&answer) {
                Ok(Ok(endpoints)) => Ok(endpoints),
                Ok(Err(error)) => Err(io::Error::other(error)),
                Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
            },
            Ok(Err(failed)) => Err(as_io(failed)),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    /// Takes over what the cluster says of itself. Nodes known before keep their connections and their health.
    fn adopt(&self, asked: SocketAddr, endpoints: &[Endpoint]) {
        let before = self.routes();
        let mut nodes: Vec<Route> = Vec::new();
        for endpoint in of_one_family(asked, endpoints) {
            let address = SocketAddr::new(endpoint.address, endpoint.port);
            let node = before.find(address).cloned().unwrap_or_else(|| Arc::new(self.node(address)));
            nodes.push(Route { node, leads: endpoint.role == Role::Leader });
        }
        *self.routes.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Routes::new(nodes));
    }

    fn node(&self, address: SocketAddr) -> Node {
        Node::new(address, self.security.clone(), self.settings().connections_per_node, self.config.clock.clone())
    }
}

/// The endpoints of the family of addresses that is known to work; all when there are none.
fn of_one_family(asked: SocketAddr, endpoints: &[Endpoint]) -> Vec<&Endpoint> {
    let same: Vec<&Endpoint> = endpoints.iter().filter(|endpoint| endpoint.address.is_ipv4() == asked.is_ipv4()).collect();
    if same.is_empty() { endpoints.iter().collect() } else { same }
}

fn as_io(failed: Failed) -> io::Error {
    match failed.cause {
        Cause::Io(error) => error,
        Cause::Slow => io::ErrorKind::TimedOut.into(),
        Cause::Service(error) => io::Error::other(error),
        Cause::Request(error) => io::Error::other(error),
        Cause::Answer(error) => io::Error::new(io::ErrorKind::InvalidData, error),
        Cause::Credentials(error) => io::Error::other(error),
    }
}
