//! Taking connections, and finding out what each speaks.

use super::stream::{Sniffed, Stream};
use super::{Shared, metrics::Front};
use socket2::{SockRef, TcpKeepalive};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// Probes of a silent connection begin after this time, so that a peer that vanished is noticed.
const KEEPALIVE_AFTER: Duration = Duration::from_secs(60);

/// Where a connection comes from and how it reached us.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) peer: SocketAddr,
    pub(super) local: SocketAddr,
    pub(super) tls: bool,
}

/// Takes connections until told to stop, then waits for those it took.
pub(super) async fn run(listener: TcpListener, shared: Arc<Shared>, mut stopping: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(shared.config.limits.connections));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stopped(&mut stopping) => break,
            Some(_ended) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                        shared.metrics.refused_connections.add(1);
                        continue;
                    };
                    let (shared, stopping) = (Arc::clone(&shared), stopping.clone());
                    connections.spawn(async move {
                        serve(stream, peer, &shared, stopping).await;
                        drop(place);
                    });
                }
                // Out of file descriptors, mostly: those in use must end first.
                Err(error) => {
                    tracing::warn!(kind = ?error.kind(), "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Waits until the server is told to stop, or is gone.
pub(super) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the server was dropped.
    let _gone = stopping.wait_for(|stop| *stop).await.is_err();
}

/// One connection from its first byte to its last. How it failed is the peer's business and is only counted.
async fn serve(stream: TcpStream, peer: SocketAddr, shared: &Arc<Shared>, stopping: watch::Receiver<bool>) {
    let Ok(local) = prepare(&stream) else { return };
    let ends = Ends { peer, local, tls: false };
    let handshake = shared.config.limits.handshake;
    let first = tokio::time::timeout(handshake, Sniffed::read(stream)).await;
    let Ok(Ok(Some((first, stream)))) = first else { return };
    if first != TLS_HANDSHAKE {
        return speak(first, stream, ends, shared, stopping).await;
    }
    let Some(tls) = &shared.config.tls else { return };
    let acceptor = TlsAcceptor::from(Arc::clone(&tls.0));
    let secured = tokio::time::timeout(handshake, async {
        let stream = acceptor.accept(stream).await?;
        Sniffed::read(stream).await
    });
    if let Ok(Ok(Some((first, stream)))) = secured.await {
        speak(first, stream, Ends { tls: true, ..ends }, shared, stopping).await;
    } else {
        shared.metrics.failed_handshakes.add(1);
    }
}

/// The first byte of a TLS record that begins a handshake.
const TLS_HANDSHAKE: u8 = 0x16;
/// The first byte of DAX's magic text: seven characters.
const DAX_MAGIC: u8 = 0x67;

async fn speak<S: Stream>(first: u8, stream: S, ends: Ends, shared: &Arc<Shared>, stopping: watch::Receiver<bool>) {
    let front = match first {
        DAX_MAGIC => Front::Dax,
        b'A'..=b'Z' => Front::Http,
        _ => return shared.metrics.failed_handshakes.add(1),
    };
    if shared.config.tls.is_some() && !ends.tls && !shared.config.allow_plain && !ends.peer.ip().to_canonical().is_loopback() {
        return shared.metrics.refused_connections.add(1);
    }
    let _open = shared.metrics.open(front);
    match front {
        Front::Dax => super::dax::serve(stream, ends, shared, stopping).await,
        Front::Http => super::http::serve(stream, ends, shared, stopping).await,
    }
}

/// Small answers at once; probes for peers that vanished.
fn prepare(stream: &TcpStream) -> io::Result<SocketAddr> {
    stream.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE_AFTER).with_interval(Duration::from_secs(15)).with_retries(4);
    SockRef::from(stream).set_tcp_keepalive(&keepalive)?;
    stream.local_addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One that is cut off from the network says nothing, not even that it is gone.
    #[tokio::test]
    async fn peers_that_vanish_are_looked_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let _peer = TcpStream::connect(listener.local_addr().expect("bound")).await.expect("connected");
        let (stream, _) = listener.accept().await.expect("accepted");
        prepare(&stream).expect("prepared");
        let socket = SockRef::from(&stream);
        assert!(socket.keepalive().expect("a setting"));
        let patience = socket.tcp_keepalive_time().expect("a time")
            + socket.tcp_keepalive_interval().expect("a time") * socket.tcp_keepalive_retries().expect("a number");
        assert_eq!(patience, Duration::from_secs(120));
        assert!(stream.nodelay().expect("a setting"));
    }
}
