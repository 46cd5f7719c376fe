//! Which node is asked.

use crate::client::node::Node;
use std::net::SocketAddr;
use std::sync::Arc;

/// The nodes of a cluster at one time.
#[derive(Default)]
pub struct Routes {
    nodes: Vec<Route>,
}

/// A node and its role.
#[derive(Clone)]
pub struct Route {
    pub node: Arc<Node>,
    pub leads: bool,
}

impl Routes {
    pub fn new(nodes: Vec<Route>) -> Self {
        Self { nodes }
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub fn nodes(&self) -> impl Iterator<Item = &Arc<Node>> {
        self.nodes.iter().map(|route| &route.node)
    }

    pub fn find(&self, address: SocketAddr) -> Option<&Arc<Node>> {
        self.nodes().find(|node| node.address == address)
    }

    /// The node to ask: for a write the leader, for a read any; in both cases one that is in the routes and not to be
    /// avoided, if there is one. `choose` picks one of so many. `None` when there are no nodes.
    pub fn pick(&self, write: bool, avoid: &[SocketAddr], choose: impl Fn(usize) -> usize) -> Option<Arc<Node>> {
        let routed = self.routed();
        let wanted = |route: &&Route| !avoid.contains(&route.node.address);
        if write && let Some(leader) = routed.iter().copied().filter(wanted).find(|route| route.leads) {
            return Some(leader.node.clone());
        }
        let wanted: Vec<&Route> = routed.iter().copied().filter(wanted).collect();
        let choices = if wanted.is_empty() { routed } else { wanted };
        if choices.is_empty() {
            return None;
        }
        Some(choices[choose(choices.len())].node.clone())
    }

    /// The nodes that are well. When fewer than two thirds are, all of them: then it is more likely that something
    /// between us and them fails than that they all do, and a node thought ill may still answer.
    fn routed(&self) -> Vec<&Route> {
        let well: Vec<&Route> = self.nodes.iter().filter(|route| route.node.is_healthy()).collect();
        if well.len() * 3 < self.nodes.len() * 2 { self.nodes.iter().collect() } else { well }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;

    fn cluster(nodes: u16) -> Routes {
        let node = |at| {
            let address = SocketAddr::from(([10, 0, 0, 1], at));
            Route { node: Arc::new(Node::new(address, None, 1, SystemClock::shared())), leads: at == 1 }
        };
        Routes::new((1..=nodes).map(node).collect())
    }

    fn down(routes: &Routes, ports: &[u16]) {
        for node in routes.nodes().filter(|node| ports.contains(&node.address.port())) {
            (0..5).for_each(|_| node.ailing());
        }
    }

    /// The ports that are picked, over all choices.
    fn picks(routes: &Routes, write: bool, avoid: &[u16]) -> Vec<u16> {
        let avoid: Vec<SocketAddr> = avoid.iter().map(|port| SocketAddr::from(([10, 0, 0, 1], *port))).collect();
        let mut ports: Vec<u16> = (0..routes.nodes.len())
            .filter_map(|chance| routes.pick(write, &avoid, |choices| chance % choices))
            .map(|node| node.address.port())
            .collect();
        ports.sort_unstable();
        ports.dedup();
        ports
    }

    #[test]
    fn writes_go_to_the_leader_and_reads_to_any_node() {
        let routes = cluster(3);
        assert_eq!(picks(&routes, true, &[]), [1]);
        assert_eq!(picks(&routes, false, &[]), [1, 2, 3]);
    }

    #[test]
    fn a_node_that_failed_is_avoided_while_there_is_another() {
        let routes = cluster(3);
        assert_eq!(picks(&routes, false, &[2]), [1, 3]);
        assert_eq!(picks(&routes, true, &[1]), [2, 3], "every node takes writes");
        assert_eq!(picks(&cluster(1), true, &[1]), [1], "there is no other");
    }

    #[test]
    fn an_ill_node_leaves_the_routes_and_comes_back() {
        let routes = cluster(3);
        down(&routes, &[3]);
        assert_eq!(picks(&routes, false, &[]), [1, 2]);
        routes.find(SocketAddr::from(([10, 0, 0, 1], 3))).expect("known").well();
        assert_eq!(picks(&routes, false, &[]), [1, 2, 3]);
    }

    #[test]
    fn four_failures_are_not_five() {
        let routes = cluster(3);
        for node in routes.nodes() {
            (0..4).for_each(|_| node.ailing());
        }
        assert_eq!(picks(&routes, false, &[]), [1, 2, 3]);
    }

    #[test]
    fn when_fewer_than_two_thirds_are_well_all_are_asked() {
        let routes = cluster(3);
        down(&routes, &[2, 3]);
        assert_eq!(picks(&routes, false, &[]), [1, 2, 3]);
        let routes = cluster(6);
        down(&routes, &[1, 2]);
        assert_eq!(picks(&routes, false, &[]), [3, 4, 5, 6], "two thirds are well");
        assert_eq!(picks(&routes, true, &[]), [3, 4, 5, 6], "the leader is not, and every node takes writes");
    }

    #[test]
    fn no_nodes_give_no_route() {
        assert!(Routes::default().pick(false, &[], |_| 0).is_none());
    }
}
