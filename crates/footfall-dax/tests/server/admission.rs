//! Who is let in, and through which door.

use crate::backend::{Backend, Memory};
use crate::client::{Dax, Page, post_with, send};
use crate::world::{NOW, World, config, put, read};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use footfall_dax::clock::ManualClock;
use footfall_dax::server::{AccessKey, Config, Server, Tls};
use footfall_dax::wire::model::Request;
use footfall_dax::wire::requests::Authorize;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const NEEDS_AUTHORIZATION: &[i64] = &[4, 23, 31, 33];

fn with_key(config: &mut Config) {
    config.keys = vec![AccessKey { id: "AK".into(), secret: "SECRET".into() }];
}

fn signed(secret: &str, region: &str, after: u64) -> Authorize {
    Authorize::sign("AK", secret, None, region, NOW.as_secs() + after)
}

#[tokio::test]
async fn without_keys_only_this_machine_is_listened_to() {
    let clock = ManualClock::at(NOW);
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let config = Config { listen: listen.parse().expect("an address"), ..config("http://127.0.0.1:1", &clock) };
        let error = Server::start(config).await.expect_err("refused");
        assert!(error.to_string().contains("access keys"), "{error}");
    }
    let mut config = Config { listen: "0.0.0.0:0".parse().expect("an address"), ..config("http://127.0.0.1:1", &clock) };
    with_key(&mut config);
    Server::start(config).await.expect("a server").stop().await;
}

#[tokio::test]
async fn a_connection_must_be_signed_and_signed_again() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, with_key).await;
    let mut dax = world.dax().await;
    let get = Request::GetItem(read(1));
    assert_eq!(dax.ask(&get).await.expect_err("refused").codes, NEEDS_AUTHORIZATION);
    dax.authorize(signed("SECRET", "us-east-1", 0)).await;
    assert_eq!(dax.value(1).await, None);
    world.advance(299);
    assert_eq!(dax.value(1).await, None);
    world.advance(1);
    assert_eq!(dax.ask(&get).await.expect_err("refused").codes, NEEDS_AUTHORIZATION);
    dax.authorize(signed("SECRET", "us-east-1", 300)).await;
    assert_eq!(dax.value(1).await, None);
    dax.authorize(signed("OTHER", "us-east-1", 300)).await;
    assert_eq!(dax.ask(&get).await.expect_err("refused").codes, NEEDS_AUTHORIZATION);
}

#[tokio::test]
async fn another_secret_key_region_or_time_does_not_let_in() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, with_key).await;
    let other_key = Authorize { access_key: "AK2".into(), ..signed("SECRET", "us-east-1", 0) };
    for bad in [signed("WRONG", "us-east-1", 0), signed("SECRET", "eu-west-1", 0), signed("SECRET", "us-east-1", 301), other_key] {
        let mut dax = world.dax().await;
        dax.authorize(bad).await;
        assert_eq!(dax.ask(&Request::GetItem(read(1))).await.expect_err("refused").codes, NEEDS_AUTHORIZATION);
    }
    assert_eq!(backend.count("GetItem"), 0);
    assert_eq!(world.metric("footfall_dax_refused_signatures_total{front=\"dax\"}").await, 4.0);
}

const BODY: &str = r#"{"TableName":"t","Key":{"pk":{"S":"p"},"sk":{"N":"1"}}}"#;

async fn get_signed(address: SocketAddr, secret: &str, region: &str, after: u64, sent: &str) -> Page {
    let identity = Credentials::new("AK", secret, None, None, "test").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("dynamodb")
        .time(UNIX_EPOCH + NOW + Duration::from_secs(after))
        .settings(SigningSettings::default())
        .build()
        .expect("parameters")
        .into();
    let host = address.to_string();
    let headers = [("host", host.as_str()), ("x-amz-target", "DynamoDB_20120810.GetItem")];
    let request = SignableRequest::new("POST", format!("http://{host}/"), headers.into_iter(), SignableBody::Bytes(BODY.as_bytes()));
    let (instructions, _) = sign(request.expect("a request"), &params).expect("signed").into_parts();
    let headers: String = instructions.headers().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    post_with(address, "GetItem", sent, &headers).await
}

#[tokio::test]
async fn over_http_every_request_is_signed() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, with_key).await;
    let right = get_signed(world.address, "SECRET", "us-east-1", 0, BODY).await;
    assert_eq!((right.status, right.body.as_str()), (200, "{}"));
    let other_body = BODY.replace('p', "q");
    for (secret, region, after, body) in [
        ("WRONG", "us-east-1", 0, BODY),
        ("SECRET", "eu-west-1", 0, BODY),
        ("SECRET", "us-east-1", 301, BODY),
        ("SECRET", "us-east-1", 0, &other_body),
    ] {
        let refused = get_signed(world.address, secret, region, after, body).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        assert!(refused.body.contains("InvalidSignatureException"), "{}", refused.body);
    }
    let unsigned = post_with(world.address, "GetItem", BODY, "").await;
    assert!(unsigned.body.contains("MissingAuthenticationTokenException"), "{}", unsigned.body);
    for strange in ["Basic eDp5", "AWS4-HMAC-SHA256 Credential=AK, SignedHeaders=host, Signature=00", "AWS4-HMAC-SHA256 "] {
        let refused =
            post_with(world.address, "GetItem", BODY, &format!("Authorization: {strange}\r\nX-Amz-Date: 20261123T000000Z\r\n")).await;
        assert!(refused.body.contains("IncompleteSignatureException"), "{}", refused.body);
    }
    assert_eq!(backend.count("GetItem"), 1);
}

#[tokio::test]
async fn one_port_speaks_dax_and_http_with_tls_and_without() {
    let certificate = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let chain = certificate.cert.der().clone();
    let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).expect("a key");
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| config.tls = Some(Tls::new(vec![chain.clone()], key).expect("they belong together"))).await;
    let mut roots = RootCertStore::empty();
    roots.add(chain).expect("a root");
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let connector = TlsConnector::from(Arc::new(client.with_root_certificates(roots).with_no_client_auth()));
    let secured = async || {
        let stream = TcpStream::connect(world.address).await.expect("a connection");
        connector.connect(ServerName::try_from("localhost").expect("a name"), stream).await.expect("a handshake")
    };
    let get = Request::GetItem(read(1));
    assert!(Dax::over(secured().await).await.ask(&get).await.is_ok());
    assert!(world.dax().await.ask(&get).await.is_ok());
    let health = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", world.address);
    assert_eq!(send(secured().await, &health).await.status, 200);
    assert_eq!(send(TcpStream::connect(world.address).await.expect("a connection"), &health).await.status, 200);
}

/// On a machine's own port nobody is asked for a key. A page in that machine's browser, from a name that its owner
/// points at 127.0.0.1, could otherwise read and write every table.
#[tokio::test]
async fn pages_in_a_browser_are_not_let_in_where_nobody_is_asked_for_a_key() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::new(&backend).await;
    assert_eq!(post_with(world.address, "GetItem", BODY, "Origin: http://elsewhere.example\r\n").await.status, 403);
    assert_eq!(backend.count("GetItem"), 0);
    assert_eq!(post_with(world.address, "GetItem", BODY, "").await.status, 200);
}

/// Large requests share a bounded room. Who has proved nothing gets none of it: his body is not read, and his frame is
/// cut off.
#[tokio::test]
async fn strangers_take_no_room() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, with_key).await;
    for headers in [
        "",
        "Authorization: AWS4-HMAC-SHA256 Credential=AK2/20261123/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00\r\nX-Amz-Date: 20261123T000000Z\r\n",
    ] {
        let head = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\n{headers}Content-Length: 1000000\r\nConnection: close\r\n\r\n"
        );
        // Not one byte of the body comes, and the answer does all the same.
        assert_eq!(send(TcpStream::connect(world.address).await.expect("a connection"), &head).await.status, 400);
    }
    let mut dax = world.dax().await;
    let large = put(1, &"x".repeat(200_000));
    dax.authorize(signed("SECRET", "us-east-1", 0)).await;
    dax.write(&large).await;
    world.advance(300);
    let refused = dax.ask(&large).await.expect_err("refused");
    assert_eq!(refused.codes, NEEDS_AUTHORIZATION);
    assert_eq!(backend.count("PutItem"), 1);
}

/// Connections are silent for long as a rule, and there is only room for so many: who never signed is not waited for.
#[tokio::test]
async fn strangers_are_not_waited_for() {
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| {
        with_key(config);
        config.limits.handshake = Duration::from_secs(1);
    })
    .await;
    let (mut stranger, mut friend) = (world.dax().await, world.dax().await);
    friend.authorize(signed("SECRET", "us-east-1", 0)).await;
    assert_eq!(friend.value(1).await, None);
    world.advance(300);
    let mut byte = [0];
    let closed = tokio::time::timeout(Duration::from_secs(60), stranger.stream.read(&mut byte)).await;
    assert_eq!(closed.expect("closed in time").expect("closed in good order"), 0);
    friend.authorize(signed("SECRET", "us-east-1", 300)).await;
    assert_eq!(friend.value(1).await, None);
}

#[test]
fn with_a_certificate_others_must_use_it() {
    assert!(!config("http://127.0.0.1:1", &ManualClock::at(NOW)).allow_plain);
}
