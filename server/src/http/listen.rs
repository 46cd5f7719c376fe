//! Taking connections, and letting go of them in good order.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tower::Service;

/// How long a connection may take to send the head of a request; an idle one is let go after as long.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// The largest head of a request.
const MAX_HEAD_BYTES: usize = 64 * 1024;
/// How long to wait when the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(100);

/// A bound address.
pub struct Listener(TcpListener);

impl Listener {
    /// Binds an address; connections wait until [`Listener::serve`].
    ///
    /// # Errors
    /// The address is in use, or not ours.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        Ok(Self(TcpListener::bind(address).await?))
    }

    /// Where it listens; with port 0 the system has chosen one.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// Serves until `stop` is done; then takes no more connections, and waits for the requests under way for at most
    /// `patience`.
    pub async fn serve(self, router: Router, stop: impl Future<Output = ()>, patience: Duration) {
        let graceful = GracefulShutdown::new();
        tokio::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = self.0.accept() => accepted,
                () = &mut stop => break,
            };
            match accepted {
                Ok((stream, peer)) => {
                    // Answers are small and complete: waiting to fill a packet only delays them.
                    let _ = stream.set_nodelay(true);
                    let connection = connection(TokioIo::new(stream), peer, router.clone());
                    let watched = graceful.watch(connection);
                    tokio::spawn(async move {
                        if let Err(error) = watched.await {
                            tracing::debug!(error = %error, "a connection broke");
                        }
                    });
                }
                // A client that gave up while it waited.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => {
                    tracing::warn!(error = %error, "cannot take connections for the moment");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        drop(self.0);
        if tokio::time::timeout(patience, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests were not finished in time");
        }
    }
}

fn connection(
    io: TokioIo<tokio::net::TcpStream>,
    peer: SocketAddr,
    router: Router,
) -> http1::Connection<
    TokioIo<tokio::net::TcpStream>,
    impl hyper::service::Service<http::Request<Incoming>, Response = axum::response::Response, Error = Infallible, Future: Send>,
> {
    let service = hyper::service::service_fn(move |mut request: http::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().call(request.map(Body::new))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(io, service)
}
