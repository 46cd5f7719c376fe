//! The plainest client of each protocol.

use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::error_frame::ServerError;
use footfall_dax::wire::model::{Request, Response};
use footfall_dax::wire::requests::{Authorize, Control, encode_preamble, encode_request};
use footfall_dax::wire::responses::{ResponseEnd, decode_list, decode_list_id, decode_response};
use footfall_dax::wire::value::{KeySchema, KeyType};
use footfall_dax::wire::{KnownNames, Method, WireError};
use serde_json::Value as Json;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that speaks DAX.
pub struct Dax<S = TcpStream> {
    pub stream: S,
    pub names: KnownNames,
}

impl Dax {
    pub async fn connect(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).await.expect("a connection")).await
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Dax<S> {
    pub async fn over(mut stream: S) -> Self {
        stream.write_all(&preamble()).await.expect("written");
        let mut names = KnownNames::default();
        let schema = KeySchema { hash: ("pk".into(), KeyType::S), range: Some(("sk".into(), KeyType::N)) };
        names.tables.insert("t".into(), Arc::new(schema));
        Self { stream, names }
    }

    /// Asks, and learns attribute lists on the way as every client does.
    pub async fn ask(&mut self, request: &Request) -> Result<Response, ServerError> {
        let mut frame = Writer::new();
        while let Err(missing) = encode_request(request, &self.names, &mut frame) {
            let WireError::UnnamedList(names) = missing else { panic!("{missing}") };
            let id = self.number_of(names.clone()).await;
            self.names.lists.add(id, names).expect("a number of its own");
        }
        let answer = self.exchange(frame.as_bytes(), method(request)).await.expect("an answer");
        loop {
            match decode_response(request, &answer, &self.names) {
                Err(WireError::UnknownList(id)) => {
                    let names = self.list(id).await.expect("a number this server gave");
                    self.names.lists.add(id, names).expect("a number of its own");
                }
                decoded => return decoded.expect("an answer as the protocol says"),
            }
        }
    }

    pub async fn number_of(&mut self, names: Vec<String>) -> u64 {
        let answer = self.control(&Control::DefineAttributeListId { names }).await.expect("an answer");
        decode_list_id(&answer).expect("a number").expect("no error")
    }

    pub async fn list(&mut self, id: u64) -> Result<Vec<String>, ServerError> {
        let answer = self.control(&Control::DefineAttributeList { id }).await.expect("an answer");
        decode_list(&answer).expect("a list")
    }

    /// The bytes of an answer.
    pub async fn control(&mut self, control: &Control) -> io::Result<Vec<u8>> {
        let mut frame = Writer::new();
        control.write(&mut frame);
        self.exchange(frame.as_bytes(), control.method()).await
    }

    /// Signs; there is no answer.
    pub async fn authorize(&mut self, authorize: Authorize) {
        let mut frame = Writer::new();
        Control::Authorize(authorize).write(&mut frame);
        self.stream.write_all(frame.as_bytes()).await.expect("written");
    }

    pub async fn exchange(&mut self, frame: &[u8], method: Method) -> io::Result<Vec<u8>> {
        self.stream.write_all(frame).await?;
        self.answer(method).await
    }

    pub async fn answer(&mut self, method: Method) -> io::Result<Vec<u8>> {
        let mut answer = Vec::new();
        let mut end = ResponseEnd::of(method);
        loop {
            match end.find(&answer) {
                Ok(length) => {
                    assert_eq!(length, answer.len(), "one answer and nothing after it");
                    return Ok(answer);
                }
                Err(WireError::Incomplete) if self.stream.read_buf(&mut answer).await? > 0 => {}
                Err(WireError::Incomplete) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Err(malformed) => panic!("{malformed}"),
            }
        }
    }
}

/// What a connection begins with.
pub fn preamble() -> Vec<u8> {
    let mut first = Writer::new();
    encode_preamble(&[7; 16], "test", &mut first);
    first.into_bytes()
}

/// The frame of a request that needs no attribute list.
pub fn frame(request: &Request) -> Vec<u8> {
    let mut names = KnownNames::default();
    let schema = KeySchema { hash: ("pk".into(), KeyType::S), range: Some(("sk".into(), KeyType::N)) };
    names.tables.insert("t".into(), Arc::new(schema));
    let mut frame = Writer::new();
    encode_request(request, &names, &mut frame).expect("no attributes");
    frame.into_bytes()
}

fn method(request: &Request) -> Method {
    match request {
        Request::GetItem(_) => Method::GetItem,
        Request::PutItem(_) => Method::PutItem,
        Request::UpdateItem(_) => Method::UpdateItem,
        Request::DeleteItem(_) => Method::DeleteItem,
        Request::Query(_) => Method::Query,
        Request::Scan(_) => Method::Scan,
        Request::BatchGetItem(_) => Method::BatchGetItem,
        Request::BatchWriteItem(_) => Method::BatchWriteItem,
        Request::TransactGetItems(_) => Method::TransactGetItems,
        Request::TransactWriteItems(_) => Method::TransactWriteItems,
    }
}

/// What an HTTP server answered.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Page {
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// One operation of the JSON API.
pub async fn post(address: SocketAddr, operation: &str, body: Json) -> Page {
    post_with(address, operation, &body.to_string(), "").await
}

pub async fn post_with(address: SocketAddr, operation: &str, body: &str, headers: &str) -> Page {
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nX-Amz-Target: DynamoDB_20120810.{operation}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    send(TcpStream::connect(address).await.expect("a connection"), &(head + body)).await
}

pub async fn get(address: SocketAddr, path: &str) -> Page {
    let stream = TcpStream::connect(address).await.expect("a connection");
    send(stream, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")).await
}

pub async fn send(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &str) -> Page {
    stream.write_all(request.as_bytes()).await.expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer to the end");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head[9..12].parse().expect("a status");
    Page { status, head: head.to_owned(), body: body.to_owned() }
}
