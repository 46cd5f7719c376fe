//! TLS: whom to trust, and by which name.

use super::config::ConfigError;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A configuration that trusts these roots, or the system's.
pub fn config(roots: Option<Vec<CertificateDer<'static>>>) -> Result<Arc<ClientConfig>, ConfigError> {
    let store = match roots {
        Some(roots) => given(roots)?,
        None => native()?,
    };
    // The provider is named so that a program with several of them linked in does not have to choose one for us.
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::Tls(format!("TLS cannot be set up: {error}")))?
        .with_root_certificates(store)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// The name that certificates of all nodes must have: the seed's.
pub fn server_name(host: &str) -> std::io::Result<ServerName<'static>> {
    ServerName::try_from(host.to_owned())
        .map_err(|_| std::io::Error::new(std::io::ErrorKind::InvalidInput, format!("{host:?} is no name a certificate could have")))
}

fn given(roots: Vec<CertificateDer<'static>>) -> Result<RootCertStore, ConfigError> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root).map_err(|error| ConfigError::Tls(format!("a given root certificate cannot be used: {error}")))?;
    }
    if store.is_empty() {
        return Err(ConfigError::Tls("no root certificate is given, so no server could be trusted".into()));
    }
    Ok(store)
}

fn native() -> Result<RootCertStore, ConfigError> {
    let found = rustls_native_certs::load_native_certs();
    let mut store = RootCertStore::empty();
    // Systems carry certificates that rustls refuses for their form; the others are enough.
    store.add_parsable_certificates(found.certs);
    if store.is_empty() {
        let causes: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        return Err(ConfigError::Tls(format!("the system has no root certificates that can be read {}", causes.join("; "))));
    }
    Ok(store)
}
