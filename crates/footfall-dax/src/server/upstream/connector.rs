//! How connections to DynamoDB are made and kept.

use http::Uri;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

pub(super) type Connector = HttpsConnector<HttpConnector>;

/// DynamoDB closes connections that are idle for longer.
const IDLE: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(5);

/// The address requests go to: scheme, host and port only.
pub(super) fn endpoint(text: &str) -> io::Result<Uri> {
    let refuse =
        || io::Error::new(io::ErrorKind::InvalidInput, "the endpoint of DynamoDB must be http://host[:port] or https://host[:port]");
    let uri: Uri = text.trim_end_matches('/').parse().map_err(|_| refuse())?;
    let (Some("http" | "https"), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(refuse()) };
    if authority.as_str().contains('@') || uri.path() != "/" || uri.query().is_some() {
        return Err(refuse());
    }
    Ok(uri)
}

pub(super) fn client(uri: &Uri, most: usize) -> io::Result<Client<Connector, Full<Bytes>>> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(Some(CONNECT));
    http.set_keepalive(Some(Duration::from_secs(30)));
    let builder = if uri.scheme_str() == Some("https") {
        HttpsConnectorBuilder::new().with_provider_and_native_roots(ring::default_provider())?
    } else {
        // Plain HTTP checks no certificate, and a machine without any must be able to use it.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        HttpsConnectorBuilder::new().with_tls_config(config)
    };
    let connector = builder.https_or_http().enable_http1().wrap_connector(http);
    Ok(Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(most)
        .build(connector))
}

#[cfg(test)]
mod tests {
    use super::endpoint;

    #[test]
    fn an_endpoint_is_a_scheme_and_a_host() {
        for good in ["http://127.0.0.1:8000", "https://dynamodb.eu-west-1.amazonaws.com/", "http://[::1]:8000"] {
            assert!(endpoint(good).is_ok(), "{good}");
        }
        for bad in ["", "127.0.0.1:8000", "ftp://x", "http://", "http://u:p@x", "http://x/path", "http://x/?q"] {
            assert!(endpoint(bad).is_err(), "{bad}");
        }
    }
}
