//! Encrypted clusters.

use crate::kit::{config, get, item_at, number, text};
use crate::scripted::{Act, FakeNode, Membership, agree, endpoint};
use footfall_dax::client::Client;
use footfall_dax::wire::responses::Role;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// A cluster of one whose certificate is for `localhost`, and that certificate.
async fn encrypted() -> (FakeNode, CertificateDer<'static>) {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let tls = ServerConfig::builder_with_provider(Arc::new(tokio_rustls::rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key.into())
        .expect("a key that fits");
    let members = Membership::default();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let node = FakeNode::start(members.clone(), Some(acceptor), |request| Act::Answer(item_at(request, "secret"))).await;
    members.lock().expect("not poisoned").push(endpoint(node.address, Role::Leader));
    (node, own.cert.der().clone())
}

fn encrypted_client(node: &FakeNode, host: &str, root: CertificateDer<'static>) -> Client {
    let config = config(node).url(format!("daxs://{host}:{}", node.address.port())).root_certificates([root]).max_attempts(1);
    Client::from_conf(config.build().expect("a configuration"))
}

#[tokio::test]
async fn an_encrypted_cluster_is_read() {
    let (node, root) = encrypted().await;
    let client = encrypted_client(&node, "localhost", root);
    for _ in 0..3 {
        assert_eq!(get(&client).await, Ok(Some("secret".into())));
    }
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 2, "session tickets do not make a connection look used");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (node, root) = encrypted().await;
    let client = encrypted_client(&node, "127.0.0.1", root);
    let error = client.get_item().table_name("t").key("pk", text("p")).key("sk", number(1)).send().await.expect_err("another name");
    let words = format!("{}", aws_sdk_dynamodb::error::DisplayErrorContext(&error));
    assert!(words.contains("not valid for name"), "{words}");
    assert_eq!(node.seen.requests(), 0);
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused() {
    let (node, _) = encrypted().await;
    let (_, other) = encrypted().await;
    let client = encrypted_client(&node, "localhost", other);
    assert_eq!(get(&client).await, Err("io".into()));
    assert_eq!(node.seen.authorizations(), Vec::<String>::new(), "nothing was told to it");
}

#[tokio::test]
async fn a_plain_server_is_no_encrypted_one() {
    let node = FakeNode::alone(agree).await;
    let (_, root) = encrypted().await;
    let client = encrypted_client(&node, "localhost", root);
    // The server sees no preamble; the client sees no TLS.
    assert_eq!(get(&client).await, Err("io".into()));
}
