//! One connection: one request in flight, and never an answer taken for another request's.

use super::tls;
use crate::wire::WireError;
use crate::wire::responses::ResponseEnd;
use bytes::{Bytes, BytesMut};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;

/// How connections of a cluster are made.
#[derive(Clone)]
pub struct Security {
    pub tls: Arc<ClientConfig>,
    /// The name every node's certificate must have.
    pub host: String,
}

/// A connection. It is reused only after a whole answer has been read and nothing else: see [`Self::is_quiet`].
pub struct Connection {
    stream: Stream,
    received: BytesMut,
    /// What goes before the first request.
    preamble: Vec<u8>,
    /// When (by the clock's age) and as whom it was authorised.
    pub authorized: Option<(Duration, String)>,
}

/// Why an exchange failed.
#[derive(Debug)]
pub enum Broken {
    /// The request cannot have reached the server as a whole: it was not carried out.
    Unsent(io::Error),
    /// It may have been carried out.
    Lost(io::Error),
    /// What came is no answer.
    Answer(WireError),
}

impl Connection {
    pub async fn open(address: SocketAddr, security: Option<&Security>, preamble: Vec<u8>) -> io::Result<Self> {
        let tcp = TcpStream::connect(address).await?;
        // A request is one write; waiting to join it with the next would only delay it.
        tcp.set_nodelay(true)?;
        let stream = match security {
            None => Stream::Plain(tcp),
            Some(Security { tls: config, host }) => {
                let name = tls::server_name(host)?;
                Stream::Tls(Box::new(TlsConnector::from(config.clone()).connect(name, tcp).await?))
            }
        };
        Ok(Self { stream, received: BytesMut::new(), preamble, authorized: None })
    }

    /// Whether it can be used again: open, as far as is known, and with nothing said unasked.
    pub fn is_quiet(&mut self) -> bool {
        if !self.received.is_empty() {
            return false;
        }
        let mut byte = [0];
        let mut buffer = ReadBuf::new(&mut byte);
        // Anything that is there would be an end, an error, or an answer nobody asked for.
        let mut nobody = Context::from_waker(Waker::noop());
        matches!(Pin::new(&mut self.stream).poll_read(&mut nobody, &mut buffer), Poll::Pending)
    }

    /// Sends one request and reads its answer: exactly the bytes up to its `end`. After an error, or when
    /// the future is dropped on the way, the connection must not be used again; it lives in a
    /// [`Lease`](super::node::Lease) that sees to it.
    pub async fn exchange(&mut self, request: &[u8], end: ResponseEnd) -> Result<Bytes, Broken> {
        let preamble = std::mem::take(&mut self.preamble);
        if preamble.is_empty() {
            self.stream.send(request).await?;
        } else {
            self.stream.send(&[preamble.as_slice(), request].concat()).await?;
        }
        self.answer(end).await
    }

    async fn answer(&mut self, mut end: ResponseEnd) -> Result<Bytes, Broken> {
        // Answers are small more often than not; an empty buffer would take 64 bytes at a time.
        self.received.reserve(4096);
        loop {
            match self.stream.read_buf(&mut self.received).await {
                Ok(0) => return Err(Broken::Lost(io::Error::new(io::ErrorKind::UnexpectedEof, "the node closed the connection"))),
                Ok(_) => {}
                Err(error) => return Err(Broken::Lost(error)),
            }
            match end.find(&self.received) {
                Ok(whole) if whole == self.received.len() => return Ok(self.received.split().freeze()),
                Ok(_) => return Err(Broken::Answer(WireError::malformed("bytes follow the answer that nobody asked for"))),
                // The buffer grows with what has come, not with what a length promises.
                Err(WireError::Incomplete) => self.received.reserve(self.received.len().max(4096)),
                Err(error) => return Err(Broken::Answer(error)),
            }
        }
    }
}

/// Plain or encrypted.
enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Writes everything. Over plain TCP an error before the last byte is taken means that the server cannot have the
    /// whole request. TLS takes bytes before it sends them, so there nothing is known.
    async fn send(&mut self, mut bytes: &[u8]) -> Result<(), Broken> {
        match self {
            Self::Plain(tcp) => {
                while !bytes.is_empty() {
                    match tcp.write(bytes).await {
                        Ok(0) => return Err(Broken::Unsent(io::ErrorKind::WriteZero.into())),
                        Ok(taken) => bytes = &bytes[taken..],
                        Err(error) => return Err(Broken::Unsent(error)),
                    }
                }
                Ok(())
            }
            Self::Tls(tls) => {
                tls.write_all(bytes).await.map_err(Broken::Lost)?;
                tls.flush().await.map_err(Broken::Lost)
            }
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_read(context, buffer),
            Self::Tls(tls) => Pin::new(tls.as_mut()).poll_read(context, buffer),
        }
    }
}
