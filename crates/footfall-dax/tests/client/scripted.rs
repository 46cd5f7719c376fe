//! Nodes of a cluster that do what a test tells them to, and note what they were asked.

use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::model::{GetItemOutput, Request, Response, WriteOutput};
use footfall_dax::wire::requests::{Control, RawRequest, RequestScanner, read_preamble, read_request};
use footfall_dax::wire::responses::{Endpoint, Role, encode_endpoints, encode_key_schema, encode_list, encode_list_id, encode_response};
use footfall_dax::wire::value::{Item, KeySchema, KeyType};
use footfall_dax::wire::{KnownNames, Names, WireError, list_id_of};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// What a node does about a request.
#[derive(Clone)]
pub enum Act {
    /// Answers.
    Answer(Response),
    /// Answers with an error of these codes.
    Refuse(Vec<i64>, &'static str),
    /// Closes the connection without a word.
    Close,
    /// Sends the first bytes of an answer, then closes.
    Truncate(Response, usize),
    /// Sends an answer and something after it.
    Chatter(Response, Vec<u8>),
    /// Sends these bytes for an answer.
    Say(Vec<u8>),
    /// Never answers.
    Hang,
    /// Answers when it is told to.
    Hold(Response, Arc<Notify>),
    /// Answers, and once more when it is told to.
    Twice(Response, Arc<Notify>),
    /// Sends an answer byte by byte.
    Dribble(Response),
}

type Behaviour = dyn Fn(&Request) -> Act + Send + Sync;

/// What a node has seen.
#[derive(Default, Debug)]
pub struct Seen {
    pub connections: AtomicUsize,
    pub endpoints: AtomicUsize,
    pub schemas: AtomicUsize,
    pub lists: AtomicUsize,
    pub list_ids: AtomicUsize,
    pub requests: Mutex<Vec<Request>>,
    /// Access keys in the order they came.
    pub authorizations: Mutex<Vec<String>>,
}

impl Seen {
    pub fn requests(&self) -> usize {
        self.requests.lock().expect("not poisoned").len()
    }

    pub fn authorizations(&self) -> Vec<String> {
        self.authorizations.lock().expect("not poisoned").clone()
    }
}

/// A cluster: what every node of it says of the nodes.
pub type Membership = Arc<Mutex<Vec<Endpoint>>>;

pub fn endpoint(address: SocketAddr, role: Role) -> Endpoint {
    Endpoint {
        node: i64::from(address.port()),
        hostname: "node.test".into(),
        address: address.ip(),
        port: address.port(),
        role,
        zone: "test-1a".into(),
        leader_session: Some(1),
    }
}

/// One node.
pub struct FakeNode {
    pub address: SocketAddr,
    pub seen: Arc<Seen>,
    /// Lists are numbered in the order they come, from this number.
    first_list: u64,
    names: Arc<Mutex<KnownNames>>,
    behaviour: Arc<Behaviour>,
    members: Membership,
    tls: Option<TlsAcceptor>,
    /// While true, nothing is answered.
    pub mute: Arc<std::sync::atomic::AtomicBool>,
    task: Option<JoinHandle<()>>,
}

impl FakeNode {
    /// A cluster of one.
    pub async fn alone(behaviour: impl Fn(&Request) -> Act + Send + Sync + 'static) -> Self {
        let members = Membership::default();
        let node = Self::start(members.clone(), None, behaviour).await;
        members.lock().expect("not poisoned").push(endpoint(node.address, Role::Leader));
        node
    }

    pub async fn start(members: Membership, tls: Option<TlsAcceptor>, behaviour: impl Fn(&Request) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mut names = KnownNames::default();
        names.tables.insert("t".into(), Arc::new(schema()));
        let mut node = Self {
            address: listener.local_addr().expect("bound"),
            seen: Arc::default(),
            first_list: 0,
            names: Arc::new(Mutex::new(names)),
            behaviour: Arc::new(behaviour),
            members,
            tls,
            mute: Arc::default(),
            task: None,
        };
        node.serve(listener);
        node
    }

    /// Closes everything: no connection survives, and new ones are refused.
    pub async fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            let _ = task.await;
        }
    }

    /// Comes back at the same address, with what it knew or without.
    pub async fn restart(&mut self, forget_lists_and_number_from: Option<u64>) {
        self.stop().await;
        if let Some(first) = forget_lists_and_number_from {
            self.names.lock().expect("not poisoned").lists = Default::default();
            self.first_list = first;
        }
        let listener = TcpListener::bind(self.address).await.expect("the port is still free");
        self.serve(listener);
    }

    fn serve(&mut self, listener: TcpListener) {
        let shared = Server {
            seen: self.seen.clone(),
            names: self.names.clone(),
            first_list: self.first_list,
            behaviour: self.behaviour.clone(),
            members: self.members.clone(),
            mute: self.mute.clone(),
        };
        let tls = self.tls.clone();
        self.task = Some(tokio::spawn(async move {
            // Dropped with the task, and all connections with it.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                shared.seen.connections.fetch_add(1, Ordering::SeqCst);
                let (shared, tls) = (shared.clone(), tls.clone());
                connections.spawn(async move {
                    match tls {
                        None => shared.connection(stream).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                shared.connection(stream).await;
                            }
                        }
                    }
                });
            }
        }));
    }
}

impl Drop for FakeNode {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// Table `t`: a partition key `pk` of text, a sort key `sk` of number.
pub fn schema() -> KeySchema {
    KeySchema { hash: ("pk".into(), KeyType::S), range: Some(("sk".into(), KeyType::N)) }
}

#[derive(Clone)]
struct Server {
    seen: Arc<Seen>,
    names: Arc<Mutex<KnownNames>>,
    first_list: u64,
    behaviour: Arc<Behaviour>,
    members: Membership,
    mute: Arc<std::sync::atomic::AtomicBool>,
}

impl Server {
    async fn connection(self, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut bytes = Vec::new();
        let used = loop {
            match read_preamble(&bytes) {
                Ok((_, used)) => break used,
                Err(WireError::Incomplete) => {
                    if !more(&mut stream, &mut bytes).await {
                        return;
                    }
                }
                Err(_) => return,
            }
        };
        bytes.drain(..used);
        loop {
            let mut scanner = RequestScanner::new();
            let length = loop {
                match scanner.scan(&bytes) {
                    Ok(length) => break length,
                    Err(WireError::Incomplete) => {
                        if !more(&mut stream, &mut bytes).await {
                            return;
                        }
                    }
                    Err(error) => panic!("no request: {error}"),
                }
            };
            let frame: Vec<u8> = bytes.drain(..length).collect();
            if !self.request(&frame, &mut stream).await {
                return;
            }
        }
    }

    /// False when the connection is to end.
    async fn request(&self, frame: &[u8], stream: &mut (impl AsyncWrite + Unpin)) -> bool {
        if self.mute.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        let mut answer = Writer::new();
        let data = match read_request(frame).expect("a whole request").0 {
            RawRequest::Data(data) => data,
            RawRequest::Control(Control::Authorize(authorize)) => {
                self.seen.authorizations.lock().expect("not poisoned").push(authorize.access_key);
                return true;
            }
            RawRequest::Control(control) => {
                self.control(&control, &mut answer);
                return stream.write_all(answer.as_bytes()).await.is_ok();
            }
        };
        let request = data.resolve(&*self.names.lock().expect("not poisoned"));
        let request = match request {
            Ok(request) => request,
            Err(error) => {
                refuse(&[4, 37, 38, 39, 46], &error.to_string(), &mut answer);
                return stream.write_all(answer.as_bytes()).await.is_ok();
            }
        };
        self.seen.requests.lock().expect("not poisoned").push(request.clone());
        match (self.behaviour)(&request) {
            Act::Answer(response) => stream.write_all(&self.encode(&request, &response)).await.is_ok(),
            Act::Refuse(codes, name) => {
                refuse(&codes, name, &mut answer);
                stream.write_all(answer.as_bytes()).await.is_ok()
            }
            Act::Close => false,
            Act::Truncate(response, bytes) => {
                let whole = self.encode(&request, &response);
                let _ = stream.write_all(&whole[..bytes.min(whole.len() - 1)]).await;
                let _ = stream.flush().await;
                false
            }
            Act::Chatter(response, more) => {
                let mut whole = self.encode(&request, &response);
                whole.extend(more);
                stream.write_all(&whole).await.is_ok()
            }
            Act::Say(bytes) => stream.write_all(&bytes).await.is_ok(),
            Act::Hang => std::future::pending().await,
            Act::Hold(response, told) => {
                told.notified().await;
                stream.write_all(&self.encode(&request, &response)).await.is_ok()
            }
            Act::Twice(response, told) => {
                let whole = self.encode(&request, &response);
                let first = stream.write_all(&whole).await.is_ok();
                told.notified().await;
                first && stream.write_all(&whole).await.is_ok()
            }
            Act::Dribble(response) => {
                for byte in self.encode(&request, &response) {
                    if stream.write_all(&[byte]).await.is_err() || stream.flush().await.is_err() {
                        return false;
                    }
                    tokio::task::yield_now().await;
                }
                true
            }
        }
    }

    fn control(&self, control: &Control, answer: &mut Writer) {
        let mut names = self.names.lock().expect("not poisoned");
        match control {
            Control::Authorize(_) => unreachable!("has no answer"),
            Control::Endpoints => {
                self.seen.endpoints.fetch_add(1, Ordering::SeqCst);
                encode_endpoints(&self.members.lock().expect("not poisoned"), answer);
            }
            Control::DefineKeySchema { table } => {
                self.seen.schemas.fetch_add(1, Ordering::SeqCst);
                match names.key_schema(table) {
                    Some(schema) => encode_key_schema(&schema, answer),
                    None => refuse(&[4, 37, 38, 39, 41], "ResourceNotFoundException", answer),
                }
            }
            Control::DefineAttributeList { id } => {
                self.seen.lists.fetch_add(1, Ordering::SeqCst);
                match names.list(*id) {
                    Some(list) => encode_list(&list, answer),
                    None => refuse(&[4, 37, 38, 39, 46], "ValidationException", answer),
                }
            }
            Control::DefineAttributeListId { names: list } => {
                self.seen.list_ids.fetch_add(1, Ordering::SeqCst);
                encode_list_id(self.list_id(&mut names, list), answer);
            }
        }
    }

    fn list_id(&self, names: &mut KnownNames, list: &[String]) -> u64 {
        let borrowed: Vec<&str> = list.iter().map(String::as_str).collect();
        names.list_id(&borrowed).unwrap_or_else(|| {
            let id = if self.first_list == 0 { list_id_of(list) } else { self.first_list + names.lists.len() as u64 };
            names.lists.add(id, list.to_vec()).expect("no collision");
            id
        })
    }

    fn encode(&self, request: &Request, response: &Response) -> Vec<u8> {
        let mut names = self.names.lock().expect("not poisoned");
        let mut answer = Writer::new();
        while let Err(missing) = encode_response(request, response, &*names, &mut answer) {
            match missing {
                WireError::UnnamedList(list) => self.list_id(&mut names, &list),
                error => panic!("the answer cannot be encoded: {error}"),
            };
        }
        answer.into_bytes()
    }
}

async fn more(stream: &mut (impl AsyncRead + Unpin), bytes: &mut Vec<u8>) -> bool {
    matches!(stream.read_buf(bytes).await, Ok(read) if read > 0)
}

/// An error frame.
pub fn refuse(codes: &[i64], name: &str, to: &mut Writer) {
    to.array(codes.len());
    codes.iter().for_each(|code| to.int(*code));
    to.text("refused by the script");
    to.array(3);
    to.null();
    to.text(name);
    to.uint(if codes[0] == 4 { 400 } else { 500 });
}

/// An answer to a `getItem` that found this.
pub fn found(item: Item) -> Response {
    Response::GetItem(GetItemOutput { item: Some(Arc::new(item)), capacity: None })
}

/// An answer to a write that gives nothing back.
pub fn written() -> Response {
    Response::Write(WriteOutput::default())
}

/// The answer that fits: reads find nothing, writes give nothing back.
pub fn agree(request: &Request) -> Act {
    Act::Answer(match request {
        Request::GetItem(_) => Response::GetItem(GetItemOutput::default()),
        Request::PutItem(_) | Request::UpdateItem(_) | Request::DeleteItem(_) => written(),
        Request::Query(_) | Request::Scan(_) => {
            Response::Page(footfall_dax::wire::model::PageOutput { items: Some(vec![]), ..Default::default() })
        }
        Request::BatchGetItem(_) => Response::BatchGetItem(Default::default()),
        Request::BatchWriteItem(_) => Response::BatchWriteItem(Default::default()),
        Request::TransactGetItems(request) => Response::TransactGetItems(footfall_dax::wire::model::TransactGetOutput {
            items: vec![None; request.gets.len()],
            ..Default::default()
        }),
        Request::TransactWriteItems(_) => Response::TransactWriteItems(Default::default()),
    })
}
